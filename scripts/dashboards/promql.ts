/**
 * Two counts as one value: their ratio, which colors it, with both as labels for its name, `{{part}} of {{all}}`. Nothing where one of them
 * is not known.
 */
export function partOf(part: string, all: string): string {
  return `count_values("part", ${part}) * on () group_left (all) count_values("all", ${all}) * on () group_left () (${part} / ${all})`;
}

/** The same, or `? of ?` as if it were none: what must be known. */
export function knownPartOf(part: string, all: string): string {
  const unknown = 'label_replace(label_replace(vector(0), "part", "?", "", ""), "all", "?", "", "")';
  return `${partOf(part, all)} or on () ${unknown}`;
}

/** The name of the series of `partOf`. */
export const PART_OF_ALL = '{{part}} of {{all}}';

/** The value, or another one where there is no series. */
export function orElse(expr: string, value: number | string): string {
  return `${expr} or vector(${value})`;
}

/** The increase for each second, over as long a time as the scrapes and the width of the panel ask for. */
export function perSecond(metric: string): string {
  return `rate(${metric}[$__rate_interval])`;
}
