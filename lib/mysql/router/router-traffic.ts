import { Construct } from 'constructs';
import { NetworkRules } from '../../network/render/network-policy';
import { MYSQL_PORT, ROUTER_PORTS } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { renderOutboundPolicy } from '../context/outbound-policy';

/** The policy of the Routers and of what keeps their metadata: no ingress, and egress to the members and DNS. */
export function renderRouterTraffic(router: Construct, cluster: Construct, context: ClusterContext): NetworkRules {
  const [labels, metadata] = (['router', 'router-metadata'] as const).map((component) => componentLabels(cluster, context, component));
  const [key] = Object.keys(labels.selector);
  return renderOutboundPolicy(router, context, {
    name: `${context.name}-router`,
    labels,
    podSelector: { matchExpressions: [{ key, operator: 'In', values: [labels.selector[key], metadata.selector[key]] }] },
    memberPorts: [MYSQL_PORT],
  });
}

/** The policy with the clients of the Routers, which admits none until `allowFrom`. */
export function renderRouterClients(router: Construct, cluster: Construct, context: ClusterContext): NetworkRules {
  return new NetworkRules(new Construct(router, 'clients'), {
    name: `${context.name}-router-clients`,
    labels: componentLabels(cluster, context, 'router'),
    directions: ['Ingress'],
    isolation: context.isolation,
    ports: routerPorts(),
    clients: 'nobody',
  });
}

/** The ports on which Routers listen. */
export function routerPorts(): { port: number }[] {
  return Object.values(ROUTER_PORTS).map((port) => ({ port }));
}
