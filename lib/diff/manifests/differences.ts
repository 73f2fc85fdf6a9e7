import { at, Fields, isFields } from '../../manifests/manifest';
import { amount } from './amount';

/** A field that two objects differ in. */
export interface Difference {
  readonly field: string;
  readonly oldValue: unknown;
  readonly newValue: unknown;
}

/** What holds quantities, which can be written in several ways. */
const QUANTITIES = ['requests', 'limits', 'capacity'];

/** What is said in one piece. */
const WHOLE = ['spec.selector'];

/** Where two values differ, as deep as it can be said. Lists of named items are compared item by item, when the names are the same. */
export function differences(oldValue: unknown, newValue: unknown, field: string): Difference[] {
  if (same(oldValue, newValue, field)) {
    return [];
  }
  if (isFields(oldValue) && isFields(newValue) && !WHOLE.includes(field)) {
    return [...new Set([...Object.keys(oldValue), ...Object.keys(newValue)])].sort()
      .flatMap((key) => differences(oldValue[key], newValue[key], within(field, key)));
  }
  const [oldNames, newNames] = [namesOf(oldValue), namesOf(newValue)];
  if (oldNames === undefined || newNames === undefined) {
    return [{ field, oldValue, newValue }];
  }
  return same(oldNames, newNames)
    ? oldNames.flatMap((name, index) => differences((oldValue as unknown[])[index], (newValue as unknown[])[index], `${field}[${name}]`))
    : [{ field, oldValue: oldNames, newValue: newNames }];
}

/** As the API server compares: nothing, null and the empty list or map are the same, and so are 1Gi and 1024Mi. */
export function same(a: unknown, b: unknown, field = ''): boolean {
  return JSON.stringify(canonical(a, lastKey(field))) === JSON.stringify(canonical(b, lastKey(field)));
}

function canonical(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map((item) => canonical(item, key) ?? {});
  }
  if (isFields(value)) {
    const entries = Object.keys(value).sort().map((name) => [name, canonical(value[name], QUANTITIES.includes(key) ? key : name)] as const)
      .filter(([, part]) => part !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  return QUANTITIES.includes(key) ? amount(value) ?? value : value ?? undefined;
}

function lastKey(field: string): string {
  const keys = field.split('.');
  return QUANTITIES.find((key) => keys.slice(-2).includes(key)) ?? keys[keys.length - 1];
}

/** The names of list items: `name`, or that of a claim template. */
function namesOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const names = value.map((item: Fields) => at(item, 'metadata.name') ?? at(item, 'name'));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length ? names : undefined;
}

function within(field: string, key: string): string {
  return /^\w+$/.test(key) ? `${field}.${key}` : `${field}[${key}]`;
}
