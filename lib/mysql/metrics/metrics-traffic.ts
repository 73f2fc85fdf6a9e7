import { Construct } from 'constructs';
import { NetworkRules } from '../../network/render/network-policy';
import { NetworkRule } from '../../network/render/network-rule';
import { METRICS_PORTS, MYSQL_PORT } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { ResolvedMetrics } from './mysql-metrics';

/** What the pods that the metrics are read from must let in: the servers of the members, and that of the archive. */
export function metricsRules(scope: Construct, context: ClusterContext, metrics?: ResolvedMetrics): NetworkRule[] {
  return metrics === undefined ? [] : [{
    peers: [{ podSelector: { matchLabels: componentLabels(scope, context, 'metrics').selector } }], ports: [{ port: MYSQL_PORT }],
  }];
}

/** The policy of the pod with the metrics: in come those who read them, out it reaches the members, the archive and DNS. */
export function renderMetricsTraffic(
  scope: Construct, cluster: Construct, context: ClusterContext, metrics: ResolvedMetrics,
): NetworkRules {
  const { name, labels, isolation } = context;
  const archive = componentLabels(cluster, context, 'archive');
  const network = new NetworkRules(scope, {
    name: `${name}-metrics`,
    labels: componentLabels(cluster, context, 'metrics'),
    isolation,
    ports: Object.values(METRICS_PORTS).map((port) => ({ port })),
    clients: 'cluster',
    always: {
      from: [],
      to: [{ peers: [labels, archive].map(({ selector }) => ({ podSelector: { matchLabels: selector } })), ports: [{ port: MYSQL_PORT }] }],
    },
  });
  metrics.allowFrom.forEach((peer) => network.allowFrom(peer));
  return network;
}
