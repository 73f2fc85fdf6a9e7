import { Edge, Graph } from './graph';

/**
 * How many columns an edge spans. What a workload uses is drawn behind all workloads that it reaches, since edges between workloads would
 * otherwise lie below it. Accounts are the widest nodes and are drawn last, unless volumes are.
 */
export function lengthsOf(graph: Graph): (edge: Edge) => number {
  const shapes = new Map(graph.nodes.map(({ id, shape }) => [id, shape]));
  const isWorkload = (id: string): boolean => shapes.get(id) === 'workload';
  const hasVolumes = graph.nodes.some(({ shape, namespace }) => shape === 'storage' && namespace === undefined);
  const traffic = graph.edges.filter(({ from, to }) => isWorkload(from) && isWorkload(to));
  const reach = (id: string, passed: string[]): number => Math.max(0, ...traffic
    .filter(({ from, to }) => from === id && !passed.includes(to)).map(({ to }) => 1 + reach(to, [...passed, to])));
  const reached = new Map(graph.nodes.filter(({ id }) => isWorkload(id)).map(({ id }) => [id, reach(id, [id])]));
  return ({ from, to, style }) => {
    const isLast = shapes.get(to) === 'account' && !hasVolumes;
    return style !== 'plain' || isWorkload(to) ? 1 : 1 + (reached.get(from) ?? 0) + (isLast ? 1 : 0);
  };
}
