import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from './errors';
import { cpuQuantity, kibibytes, millis, quantity } from './quantity';

/** A kind of resource: what the user calls it and the API calls it, and how to read its values. */
interface Kind<T> {
  readonly property: string;
  readonly name: string;
  readonly request?: T;
  readonly limit?: T;
  readonly number: (value: T) => number;
  readonly text: (value: T) => string;
  readonly cure: string;
}

const SIZE = { number: kibibytes, text: quantity, cure: 'write it as in Size.mebibytes(128)' };
const CPU = { number: millis, text: cpuQuantity, cure: 'write it as in Cpu.millis(100)' };

/**
 * The container's `resources`. A kind of resource that the user names is rendered as named; the others take the default.
 *
 * @param owner what stands before the names of the properties, e.g. `sidecars[0].`
 */
export function renderResources(
  scope: IConstruct, resources: ContainerResources = {}, defaults: ContainerResources, owner = '',
): Record<string, unknown> {
  const cpu: Kind<Cpu> = { ...CPU, ...resources.cpu ?? defaults.cpu, property: 'cpu', name: 'cpu' };
  const memory: Kind<Size> = { ...SIZE, ...resources.memory ?? defaults.memory, property: 'memory', name: 'memory' };
  const storage: Kind<Size> = {
    ...SIZE, ...resources.ephemeralStorage ?? defaults.ephemeralStorage, property: 'ephemeralStorage', name: 'ephemeral-storage',
  };
  const property = `${owner}resources`;
  requireSound(scope, property, cpu);
  requireSound(scope, property, memory);
  requireSound(scope, property, storage);
  const render = (end: 'request' | 'limit') => present({ ...one(cpu, end), ...one(memory, end), ...one(storage, end) });
  return { limits: render('limit'), requests: render('request') };
}

function one<T>(kind: Kind<T>, end: 'request' | 'limit'): Record<string, string> {
  const value = kind[end];
  return value === undefined ? {} : { [kind.name]: kind.text(value) };
}

function present(rendered: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(rendered).length > 0 ? rendered : undefined;
}

function requireSound<T>(scope: IConstruct, resources: string, { property, request, limit, number, text, cure }: Kind<T>): void {
  for (const [end, value] of Object.entries({ request, limit })) {
    if (value !== undefined && !(number(value) > 0)) {
      fail(scope, { property: `${resources}.${property}.${end}`, rule: 'be above zero', value, cure });
    }
    if (value !== undefined && text(value).includes('e')) { // as JavaScript writes 1e+21, and Kubernetes does not read it
      fail(scope, { property: `${resources}.${property}.${end}`, rule: 'be a quantity without an exponent', value, cure });
    }
  }
  if (request !== undefined && limit !== undefined && number(request) > number(limit)) {
    fail(scope, {
      property: `${resources}.${property}.request`,
      rule: `be at most the limit of ${text(limit)}`,
      value: request,
      cure: 'lower the request or raise the limit',
    });
  }
}
