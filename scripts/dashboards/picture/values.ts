import { FieldConfig, Mapping, Step } from './data';

/** What a value is shown as. */
export interface Shown {
  readonly text: string;
  readonly color: string;
}

interface Result {
  readonly text: string;
  readonly color: string;
}

const DURATIONS: [seconds: number, name: string][] = [[86_400, 'days'], [3600, 'hours'], [60, 'min'], [1, 's'], [0.001, 'ms']];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];
const DECIMAL = ['', 'k', 'M', 'G', 'T'];
const PER_SECOND: Record<string, string> = { reqps: 'req/s', wps: 'writes/s', rps: 'reads/s', ops: 'ops/s', cps: 'counts/s' };

/** The text and the color of a value, as its mappings, thresholds and unit say. */
export function shown(value: number, { unit, decimals, mappings = [], thresholds }: FieldConfig): Shown {
  const meant = mappings.map((mapping) => meaning(value, mapping)).find((result) => result !== undefined);
  return meant ?? { text: withUnit(value, unit, decimals), color: colorAt(value, thresholds?.steps ?? []) };
}

function meaning(value: number, { type, options }: Mapping): Result | undefined {
  if (type === 'value') {
    return (options as Record<string, Result>)[String(value)];
  }
  const { from, result } = options as { from: number; result: Result };
  return value >= from ? result : undefined;
}

function colorAt(value: number, steps: Step[]): string {
  return steps.filter((step) => step.value === null || value >= step.value).at(-1)?.color ?? 'text';
}

/** As Grafana writes it, or nearly so. */
export function withUnit(value: number, unit = 'short', decimals?: number): string {
  switch (unit) {
    case 'none': return fixed(value, decimals ?? (Number.isInteger(value) ? 0 : undefined));
    case 'percentunit': return `${fixed(value * 100, decimals)} %`;
    case 's': return duration(value, decimals);
    case 'ms': return duration(value / 1000, decimals);
    case 'bytes': return scaled(value, 1024, BINARY, decimals);
    case 'Bps': return `${scaled(value, 1000, BYTES, decimals)}/s`;
    default: return `${scaled(value, 1000, DECIMAL, decimals)} ${PER_SECOND[unit] ?? ''}`.trim();
  }
}

function duration(seconds: number, decimals?: number): string {
  const [size, name] = seconds === 0 ? [1, 's'] : DURATIONS.find(([one]) => Math.abs(seconds) >= one) ?? DURATIONS.at(-1)!;
  const text = fixed(seconds / size, decimals ?? 1);
  return `${text} ${text === '1' ? name.replace(/s$/, (end) => name === 's' || name === 'ms' ? end : '') : name}`;
}

function scaled(value: number, base: number, names: string[], decimals?: number): string {
  const power = value === 0 ? 0 : Math.min(Math.max(Math.floor(Math.log(Math.abs(value)) / Math.log(base)), 0), names.length - 1);
  return `${fixed(value / base ** power, decimals)} ${names[power]}`.trim();
}

/** Without digits that say nothing. */
function fixed(value: number, decimals?: number): string {
  return decimals === undefined ? String(Number(value.toPrecision(3))) : String(Number(value.toFixed(decimals)));
}
