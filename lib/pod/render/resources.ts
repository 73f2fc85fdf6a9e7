import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { merged } from '../../core/merged';
import { cpuQuantity, kibibytes, millis, quantity } from '../../core/quantity';

/** How to read the values of a kind of resource. */
interface Reading<T> {
  readonly number: (value: T) => number;
  readonly text: (value: T) => string;
  readonly fix: string;
}

/** A kind of resource: what the user calls it and the API calls it, and its values. */
interface Kind<T> {
  readonly property: string;
  readonly name: string;
  readonly reading: Reading<T>;
  readonly values?: { readonly request?: T; readonly limit?: T };
}

const SIZE: Reading<Size> = { number: kibibytes, text: quantity, fix: 'write it as in Size.mebibytes(128)' };
const CPU: Reading<Cpu> = { number: millis, text: cpuQuantity, fix: 'write it as in Cpu.millis(100)' };

/** The rendered defaults: the same object for each container without resources of its own. */
const renderedDefaults = new WeakMap<ContainerResources, Record<string, unknown>>();

/**
 * The container's `resources`. A kind of resource that the user names is rendered as named; the others take the default.
 *
 * @param owner what stands before the names of the properties, e.g. `sidecars[0].`
 */
export function renderResources(
  scope: IConstruct, resources: ContainerResources | undefined, defaults: ContainerResources, owner = '',
): Record<string, unknown> {
  if (resources !== undefined) {
    return render(scope, resources, defaults, `${owner}resources`);
  }
  const rendered = renderedDefaults.get(defaults) ?? render(scope, {}, defaults, `${owner}resources`);
  renderedDefaults.set(defaults, rendered);
  return rendered;
}

function render(
  scope: IConstruct, resources: ContainerResources, defaults: ContainerResources, property: string,
): Record<string, unknown> {
  const cpu: Kind<Cpu> = { property: 'cpu', name: 'cpu', reading: CPU, values: resources.cpu ?? defaults.cpu };
  const memory: Kind<Size> = { property: 'memory', name: 'memory', reading: SIZE, values: resources.memory ?? defaults.memory };
  const storage: Kind<Size> = {
    property: 'ephemeralStorage', name: 'ephemeral-storage', reading: SIZE, values: resources.ephemeralStorage ?? defaults.ephemeralStorage,
  };
  requireSound(scope, property, cpu);
  requireSound(scope, property, memory);
  requireSound(scope, property, storage);
  const all = (end: 'request' | 'limit') => present(merged(one(cpu, end), one(memory, end), one(storage, end)));
  return { limits: all('limit'), requests: all('request') };
}

function one<T>({ name, reading, values }: Kind<T>, end: 'request' | 'limit'): Record<string, string> | undefined {
  const value = values?.[end];
  return value === undefined ? undefined : { [name]: reading.text(value) };
}

function present(rendered: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(rendered).length > 0 ? rendered : undefined;
}

function requireSound<T>(scope: IConstruct, resources: string, { property, reading: { number, text, fix }, values = {} }: Kind<T>): void {
  const { request, limit } = values;
  for (const [end, value] of Object.entries({ request, limit })) {
    if (value !== undefined && !(number(value) > 0)) {
      fail(scope, { property: `${resources}.${property}.${end}`, rule: 'be above zero', value, fix });
    }
    if (value !== undefined && text(value).includes('e')) { // as JavaScript writes 1e+21, and Kubernetes does not read it
      fail(scope, { property: `${resources}.${property}.${end}`, rule: 'be a quantity without an exponent', value, fix });
    }
  }
  if (request !== undefined && limit !== undefined && number(request) > number(limit)) {
    fail(scope, {
      property: `${resources}.${property}.request`,
      rule: `be at most the limit of ${text(limit)}`,
      value: request,
      fix: 'lower the request or raise the limit',
    });
  }
}
