import { Edge, Graph } from './graph';

/**
 * How many columns an edge spans. What a workload uses is drawn behind all workloads that it reaches, since edges between workloads would
 * otherwise lie below it. Accounts with permissions are the widest nodes and are drawn last.
 */
export function lengthsOf(graph: Graph): (edge: Edge) => number {
  const shapes = new Map(graph.nodes.map(({ id, shape }) => [id, shape]));
  const isWorkload = (id: string): boolean => shapes.get(id) === 'workload';
  const last = graph.nodes.filter(({ shape, lines }) => shape === 'account' && lines.length > 1).map(({ id }) => id);
  const traffic = graph.edges.filter(({ from, to }) => isWorkload(from) && isWorkload(to));
  const reach = (id: string, passed: string[]): number => Math.max(0, ...traffic
    .filter(({ from, to }) => from === id && !passed.includes(to)).map(({ to }) => 1 + reach(to, [...passed, to])));
  const reached = new Map(graph.nodes.filter(({ id }) => isWorkload(id)).map(({ id }) => [id, reach(id, [id])]));
  return ({ from, to, style }) => style !== 'plain' || isWorkload(to) ? 1 : 1 + (reached.get(from) ?? 0) + (last.includes(to) ? 1 : 0);
}
