import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from './errors';

/** What each app has rendered already: key -> path of the construct that has it. Forgotten together with the app. */
const registries = new WeakMap<object, Map<string, string>>();

/** Something that may exist once only. */
export interface Unique {
  /** The property that names it. */
  readonly property: string;
  /** The value that must not come again. */
  readonly value: unknown;
  /** What it is, e.g. `a PersistentVolume name`. */
  readonly what: string;
  /** Unique in a namespace, or in the whole cluster. */
  readonly scoped: 'namespace' | 'cluster';
  readonly cure: string;
}

/**
 * Refuses the second of two constructs of one app that would render the same thing: applied, the later object would silently
 * replace the earlier.
 */
export function requireUniqueInApp(scope: Construct, unique: Unique): void {
  const namespace = unique.scoped === 'namespace' ? Chart.of(scope).namespace ?? '' : '';
  const owner = registerInApp(scope, [unique.what, namespace, unique.value]);
  if (owner !== undefined) {
    fail(scope, {
      property: unique.property,
      value: unique.value,
      rule: `be ${unique.what} that no other construct ${namespace ? `of namespace ${namespace}` : 'of this app'} renders`,
      cure: `'${owner}' renders it already; ${unique.cure}`,
    });
  }
}

/** Notes that this construct renders something; the path of the construct of the same app that did so before. */
export function registerInApp(scope: Construct, what: unknown[]): string | undefined {
  const root = scope.node.root;
  const registry = registries.get(root) ?? new Map<string, string>();
  registries.set(root, registry);
  const key = JSON.stringify(what);
  const owner = registry.get(key);
  registry.set(key, owner ?? scope.node.path);
  return owner;
}
