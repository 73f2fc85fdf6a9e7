import { TestedCluster } from '../../e2e/mysql/cluster';
import { get, kubectl } from '../../e2e/support/kubectl';
import { SOURCE } from './start';

const LABEL = 'e2e-cut';

interface Policy {
  readonly spec: {
    readonly ingress: { readonly from: { readonly podSelector?: PodSelector }[] }[];
    readonly egress: { readonly to: { readonly podSelector?: PodSelector }[] }[];
  };
}

interface PodSelector {
  matchExpressions?: { readonly key: string; readonly operator: string }[];
}

/**
 * Cuts a replica off from the other members. Policies only add up, so that no further one could: that of the cluster leaves out the pod's
 * label. Enforcers may leave alone what is connected, so the source ends the replica's session.
 */
export async function cut(cluster: TestedCluster, pod: string): Promise<void> {
  const { namespace } = cluster;
  const { spec } = JSON.parse(await kubectl('--namespace', namespace, 'get', 'networkpolicy', 'mysql', '--output', 'json')) as Policy;
  for (const { podSelector } of [...spec.ingress.flatMap(({ from }) => from), ...spec.egress.flatMap(({ to }) => to)]) {
    if (podSelector !== undefined) {
      podSelector.matchExpressions = [{ key: LABEL, operator: 'DoesNotExist' }];
    }
  }
  await kubectl('--namespace', namespace, 'patch', 'networkpolicy', 'mysql', '--type', 'merge', '--patch', JSON.stringify({ spec }));
  await kubectl('--namespace', namespace, 'label', 'pod', pod, `${LABEL}=yes`);
  const address = (await get('pod', pod, namespace))!.status!.podIP!;
  const session = await cluster.sql(SOURCE,
    `SELECT id FROM performance_schema.processlist WHERE command LIKE "Binlog Dump%" AND host LIKE "${address}%"`);
  await cluster.sql(SOURCE, `KILL ${session}`);
}

export async function heal({ namespace }: TestedCluster, pod: string): Promise<void> {
  await kubectl('--namespace', namespace, 'label', 'pod', pod, `${LABEL}-`);
}
