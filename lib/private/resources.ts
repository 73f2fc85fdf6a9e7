import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from './errors';
import { kibibytes, quantity } from './quantity';
import { requireSize } from './validation';

interface Range<T> {
  readonly request?: T;
  readonly limit?: T;
}

/** The container's `resources`. A kind of resource that the user names is rendered as named; the others take the default. */
export function renderResources(
  scope: IConstruct, resources: ContainerResources = {}, defaults: ContainerResources,
): Record<string, unknown> {
  const cpu = resources.cpu ?? defaults.cpu;
  const memory = resources.memory ?? defaults.memory;
  const ephemeralStorage = resources.ephemeralStorage ?? defaults.ephemeralStorage;
  requireOrder(scope, 'cpu', cpu, millis, (value) => value.amount);
  for (const [kind, range] of Object.entries({ memory, ephemeralStorage })) {
    for (const [end, size] of Object.entries(range ?? {})) {
      requireSize({ scope, property: `resources.${kind}.${end}` }, size as Size);
    }
    requireOrder(scope, kind, range, kibibytes, quantity);
  }
  return {
    limits: kinds(cpu?.limit, memory?.limit, ephemeralStorage?.limit),
    requests: kinds(cpu?.request, memory?.request, ephemeralStorage?.request),
  };
}

function kinds(cpu?: Cpu, memory?: Size, ephemeralStorage?: Size): Record<string, string> | undefined {
  const rendered = {
    ...cpu && { cpu: cpu.amount },
    ...ephemeralStorage && { 'ephemeral-storage': quantity(ephemeralStorage) },
    ...memory && { memory: quantity(memory) },
  };
  return Object.keys(rendered).length > 0 ? rendered : undefined;
}

function requireOrder<T>(
  scope: IConstruct, kind: string, range: Range<T> | undefined, number: (value: T) => number, text: (value: T) => string,
): void {
  if (range?.request && range.limit && number(range.request) > number(range.limit)) {
    fail(scope, {
      property: `resources.${kind}.request`,
      rule: `be at most the limit of ${text(range.limit)}`,
      value: text(range.request),
      cure: 'lower the request or raise the limit',
    });
  }
}

/** `Cpu` keeps its amount as a quantity: "500m" or "2". */
function millis(cpu: Cpu): number {
  return cpu.amount.endsWith('m') ? Number(cpu.amount.slice(0, -1)) : Number(cpu.amount) * 1000;
}
