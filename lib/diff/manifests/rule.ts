import { Manifest, nameOf } from '../../manifests/manifest';
import { Difference } from './differences';
import { Inventory } from './inventory';
import { ManifestChange, ManifestChangeLevel } from './manifest-change';

/** An object that both folders have, and all the others. */
export interface Pair {
  readonly oldObject: Manifest;
  readonly newObject: Manifest;
  readonly oldInventory: Inventory;
  readonly newInventory: Inventory;
}

/** Looks at the two states of an object. */
export type Rule = (pair: Pair) => ManifestChange[];

export interface Advice {
  readonly reason: string;
  readonly remedy: string;
}

/** Reports a difference between the two states of an object. */
export function change(level: ManifestChangeLevel, object: Manifest, difference: Difference, advice: Advice): ManifestChange {
  return {
    level,
    object: nameOf(object),
    field: difference.field,
    oldValue: json(difference.oldValue),
    newValue: json(difference.newValue),
    ...advice,
  };
}

function json(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}
