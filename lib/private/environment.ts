import { EnvValue } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { requireEnvName } from './validation';

/** Environment variables by name. */
export type Environment = Record<string, EnvValue>;

/** The container's `env`, sorted by name so that the order in code does not show in the output. */
export function renderEnvironment(scope: IConstruct, environment: Environment = {}): Record<string, unknown>[] | undefined {
  const names = Object.keys(environment).sort();
  names.forEach((name) => requireEnvName({ scope, property: `envVariables.${name}` }, name));
  const rendered = names.map((name) => ({ name, value: environment[name].value, valueFrom: environment[name].valueFrom }));
  return rendered.length > 0 ? rendered : undefined;
}
