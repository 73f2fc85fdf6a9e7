import { at, Fields, listAt, textAt } from '../../manifests/manifest';
import { portsOf } from './workload';

const LAST = 65535;
export const ALL_PORTS: PortRange[] = ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol, first: 1, last: LAST }));

/** Ports of one protocol. */
export interface PortRange {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  /** A name that none of the pods has. */
  readonly name?: string;
}

/** The ports of a rule of a NetworkPolicy. `receivers` says what the names of ports mean. */
export function portRanges(rule: unknown, receivers: Fields[]): PortRange[] {
  const ports = listAt(rule, 'ports');
  return ports.length === 0 ? ALL_PORTS : ports.flatMap((port) => {
    const protocol = textAt(port, 'protocol') ?? 'TCP';
    const value = at(port, 'port');
    if (value === undefined) {
      return { protocol, first: 1, last: LAST };
    }
    if (typeof value === 'number') {
      return { protocol, first: value, last: Number(at(port, 'endPort') ?? value) };
    }
    const named = portsOf(receivers).filter((one) => one.name === value && one.protocol === protocol);
    return named.length > 0 ? named.map((one) => ({ protocol, first: one.port, last: one.port }))
      : { protocol, first: 0, last: 0, name: textAt(port, 'port') };
  });
}

/** What both sides allow. */
export function common(some: PortRange[], others: PortRange[]): PortRange[] {
  return some.flatMap((one) => others.filter((other) => other.protocol === one.protocol && other.name === one.name)
    .map((other) => ({ ...one, first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) }))
    .filter(({ first, last }) => first <= last));
}

/** `53, 53/UDP, 8000-8080`, sorted, each once. */
export function portsText(ports: PortRange[]): string {
  if (ALL_PORTS.every(({ protocol }) => ports.some((one) => one.protocol === protocol && one.first <= 1 && one.last === LAST))) {
    return 'all ports';
  }
  const sorted = [...ports].sort((one, other) => (
    one.first - other.first || one.last - other.last || (one.protocol < other.protocol ? -1 : 1)
  ));
  return [...new Set(sorted.map(({ protocol, first, last, name }) => {
    const number = name ?? (first === last ? `${first}` : first === 1 && last === LAST ? 'all' : `${first}-${last}`);
    return protocol === 'TCP' ? number : `${number}/${protocol}`;
  }))].join(', ');
}

/** Whether a rule is about name resolution and nothing else. */
export function isNameResolution(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  return ports.length > 0 && ports.every((port) => at(port, 'port') === 53);
}
