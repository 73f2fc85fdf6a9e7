import { errorMessage } from '../core/errors';

/** Refuses an input of a picture. `value` must show nothing of what is in Secrets and ConfigMaps. */
export function reject(property: string, rule: string, value: unknown, fix: string): never {
  throw new Error(`[Diagram.fromManifests] ${errorMessage({ property, rule, value, fix })}`);
}
