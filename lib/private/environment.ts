import { EnvValue } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { EnvFromSource } from '../pod/env-from-source';
import { requireEnvName } from './validation';

/** What a container's environment is made of. */
export interface EnvironmentConfig {
  readonly envVariables?: Record<string, EnvValue>;
  readonly envFrom?: EnvFromSource[];
}

/**
 * The container's `env`, sorted by name so that the order in code does not show in the output, and `envFrom`, in order, since the last
 * one wins.
 *
 * @param owner what stands before the names of the properties, e.g. `sidecars[0].`
 */
export function renderEnvironment(
  scope: IConstruct, { envVariables = {}, envFrom = [] }: EnvironmentConfig, owner = '',
): Record<string, unknown> {
  const names = Object.keys(envVariables).sort();
  names.forEach((name) => requireEnvName({ scope, property: `${owner}envVariables.${name}` }, name));
  const env = names.map((name) => ({ name, value: envVariables[name].value, valueFrom: envVariables[name].valueFrom }));
  const sources = envFrom.map((source, index) => source._toKube({ scope, property: `${owner}envFrom[${index}]` }));
  return { env: env.length > 0 ? env : undefined, envFrom: sources.length > 0 ? sources : undefined };
}
