import { App, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { fail } from './errors';

/** What each app has rendered already, and the construct that has it. Forgotten together with the app. */
const registries = new WeakMap<object, Map<string, IConstruct>>();

/** Something that may exist once only. */
export interface Unique {
  /** The property that names it. */
  readonly property: string;
  /** The value that must not come again. */
  readonly value: string;
  /** What it is, e.g. `a PersistentVolume name`. */
  readonly what: string;
  /** Unique in a namespace, or in the whole cluster. */
  readonly scoped: 'namespace' | 'cluster';
  readonly fix: string;
}

/**
 * Refuses the second of two constructs of one app that would render the same thing: applied, the later object would silently
 * replace the earlier.
 */
export function requireUniqueInApp(scope: Construct, unique: Unique): void {
  const namespace = unique.scoped === 'namespace' ? Chart.of(scope).namespace ?? '' : '';
  const owner = registerInApp(scope, unique.what, namespace, unique.value);
  if (owner !== undefined) {
    fail(scope, {
      property: unique.property,
      value: unique.value,
      rule: `be ${unique.what} that no other construct ${namespace ? `of namespace ${namespace}` : 'of this app'} renders`,
      fix: `'${owner}' renders it already; ${unique.fix}`,
    });
  }
}

/** Notes that this construct renders something; the path of the construct of the same app that did so before. */
export function registerInApp(scope: Construct, what: string, namespace: string, name: string): string | undefined {
  const app = App.of(scope);
  let registry = registries.get(app);
  if (registry === undefined) {
    registry = new Map();
    registries.set(app, registry);
  }
  const key = `${what}\n${namespace}\n${name}`;
  const owner = registry.get(key);
  if (owner === undefined) {
    registry.set(key, scope);
  }
  return owner?.node.path;
}
