import { at, Fields, fieldsAt, isFields, listAt, textAt } from '../../manifests/manifest';

/** `app=web, tier in (a, b)`. */
export function selectorText(selector: unknown): string {
  return [
    ...Object.entries(fieldsAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`),
    ...listAt(selector, 'matchExpressions').map((term) => {
      const [key, operator] = [textAt(term, 'key'), textAt(term, 'operator')];
      const values = listAt(term, 'values').join(', ');
      return { In: `${key} in (${values})`, NotIn: `${key} not in (${values})`, Exists: `${key}`, DoesNotExist: `no ${key}` }[operator ?? '']
        ?? `${key} ${operator}`;
    }),
  ].join(', ');
}

export function isEmptySelector(selector: unknown): boolean {
  return isFields(selector) && selectorText(selector) === '';
}

/** Whether a label selector, with `matchLabels` and `matchExpressions`, selects these labels. */
export function selects(selector: unknown, labels: Fields): boolean {
  return Object.entries(fieldsAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value)
    && listAt(selector, 'matchExpressions').every((term) => matches(term, labels));
}

function matches(term: unknown, labels: Fields): boolean {
  const key = textAt(term, 'key') ?? '';
  const among = listAt(term, 'values').includes(labels[key]);
  switch (at(term, 'operator')) {
    case 'In': return among;
    case 'NotIn': return !among;
    case 'Exists': return key in labels;
    case 'DoesNotExist': return !(key in labels);
    default: return false;
  }
}

/**
 * The labels of a selector that pods can only have at run time, e.g. a role that a program writes. Undefined if the pods cannot match:
 * their controller keeps the labels of its own selector as they are, and the selector must name one of them.
 */
export function runTimeLabels(labels: Fields, pod: Fields, fixed: Fields): string[] | undefined {
  const entries = Object.entries(labels);
  const open = entries.filter(([key, value]) => pod[key] !== value);
  const possible = open.every(([key]) => !(key in fixed)) && entries.some(([key, value]) => key in fixed && fixed[key] === value);
  return open.length === 0 || possible ? open.map(([key, value]) => `${key}=${String(value)}`) : undefined;
}
