import { EnvValue } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail, Origin } from '../../core/errors';
import { requireEnvName } from '../../core/validation';
import { requireArrival } from '../../core/yaml-text';
import { EnvFromSource } from '../env-from-source';
import { referencesOf, sortByReference } from './references';

/** What a container's environment is made of. */
export interface EnvironmentConfig {
  readonly envVariables?: Record<string, EnvValue>;
  readonly envFrom?: EnvFromSource[];
}

/** What the kubelet adds to every container: the Service of the API server. */
const OF_THE_CLUSTER = /^KUBERNETES_(?:SERVICE_(?:HOST|PORT|PORT_\w+)|PORT|PORT_\w+)$/;

/**
 * The container's `env` and `envFrom`. Kubernetes reads both in order. `env` is sorted by name, so that the order in code does not show in
 * the output, but for variables that refer to others by `$(NAME)`, which stand behind those; of `envFrom` the last one wins.
 *
 * @param owner what stands before the names of the properties, e.g. `sidecars[0].`
 */
export function renderEnvironment(
  scope: IConstruct, { envVariables = {}, envFrom = [] }: EnvironmentConfig, owner = '',
): Record<string, unknown> {
  const property = (name: string) => `${owner}envVariables.${name}`;
  const texts = new Map<string, string | undefined>();
  for (const [name, { value, valueFrom }] of Object.entries(envVariables) as [string, { value: unknown; valueFrom: unknown }][]) {
    requireEnvName({ scope, property: property(name) }, name);
    const text = value === undefined ? undefined : requireText({ scope, property: property(name) }, value);
    const known = envFrom.length > 0 ? undefined : Object.keys(envVariables);
    requireTargets({ scope, property: property(name) }, name, text ?? '', known);
    requireArrival({ scope, property: property(name) }, valueFrom);
    texts.set(name, text);
  }
  const { order, cycle } = sortByReference(texts);
  if (cycle !== undefined) {
    fail(scope, {
      property: property(cycle[0]), rule: 'not refer to itself through others', value: [...cycle, cycle[0]].join(' -> '),
      fix: 'Kubernetes knows only the variables before; write one of them out',
    });
  }
  const env = order.map((name) => ({ name, value: texts.get(name), valueFrom: envVariables[name].valueFrom }));
  const sources = envFrom.map((source, index) => source._toKube({ scope, property: `${owner}envFrom[${index}]` }));
  return { env: env.length > 0 ? env : undefined, envFrom: sources.length > 0 ? sources : undefined };
}

function requireText(origin: Origin, value: unknown): string {
  if (typeof value !== 'string') {
    return fail(origin.scope, { property: origin.property, rule: 'be a text', value, fix: 'write it as in EnvValue.fromValue("8080")' });
  }
  requireArrival(origin, value);
  return value;
}

/**
 * Refuses a reference that Kubernetes would leave as it stands. The value is not shown: it may hold a password.
 *
 * @param known the names of all variables; undefined when others may come from ConfigMaps and Secrets, whose keys are not known here
 */
function requireTargets({ scope, property }: Origin, name: string, value: string, known?: string[]): void {
  for (const target of known === undefined ? [] : referencesOf(value)) {
    if (target === name || !known!.includes(target) && !OF_THE_CLUSTER.test(target)) {
      fail(scope, {
        property, rule: 'refer to variables of the same container only', value: `$(${target})`,
        fix: `${target === name ? 'no variable of this name comes before it' : 'add the variable'}, or write "$$(${target})" for this text itself`,
      });
    }
  }
}
