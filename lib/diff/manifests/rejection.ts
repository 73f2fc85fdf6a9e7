import { errorMessage } from '../../core/errors';

/** Refuses an input of the comparison. `value` must show nothing of what is in Secrets and ConfigMaps. */
export function reject(property: string, rule: string, value: unknown, fix: string): never {
  throw new Error(`[ManifestDiff.compare] ${errorMessage({ property, rule, value, fix })}`);
}
