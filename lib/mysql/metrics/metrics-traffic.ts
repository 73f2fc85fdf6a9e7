import { Construct } from 'constructs';
import { NetworkRules } from '../../network/render/network-policy';
import { NetworkRule } from '../../network/render/network-rule';
import { METRICS_PORTS, MYSQL_PORT } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { ResolvedMetrics } from './mysql-metrics';

/** Where a member without data says so, the account is not known. */
const SERVER_PORTS = [{ port: MYSQL_PORT }];

/** What the members must let in where metrics are read. */
export function metricsRules(scope: Construct, context: ClusterContext, metrics?: ResolvedMetrics): NetworkRule[] {
  return metrics === undefined ? [] : [{
    peers: [{ podSelector: { matchLabels: componentLabels(scope, context, 'metrics').selector } }], ports: SERVER_PORTS,
  }];
}

/** The policy of the pod with the metrics: in come those who read them, out it reaches the members and DNS. */
export function renderMetricsTraffic(
  scope: Construct, cluster: Construct, context: ClusterContext, metrics: ResolvedMetrics,
): NetworkRules {
  const { name, labels, isolation } = context;
  const network = new NetworkRules(scope, {
    name: `${name}-metrics`,
    labels: componentLabels(cluster, context, 'metrics'),
    isolation,
    ports: Object.values(METRICS_PORTS).map((port) => ({ port })),
    clients: 'cluster',
    always: {
      from: [],
      to: [{ peers: [{ podSelector: { matchLabels: labels.selector } }], ports: SERVER_PORTS }],
    },
  });
  metrics.allowFrom.forEach((peer) => network.allowFrom(peer));
  return network;
}
