import { Construct } from 'constructs';
import { NetworkRules } from '../network/render/network-policy';
import { ClusterContext } from './cluster-context';
import { operationLabels } from './operation';
import { renderOutboundPolicy } from './outbound-policy';
import { API_SERVER_PORTS, MYSQL_PORT, RECIPIENT_PORT } from './server-constants';

/** The Jobs of a cluster reach the API server besides. */
export function renderOperationTraffic(scope: Construct, context: ClusterContext): NetworkRules {
  return renderOutboundPolicy(new Construct(scope, 'operation'), context, {
    name: `${context.name}-operation`,
    labels: operationLabels(scope, context),
    memberPorts: [MYSQL_PORT, RECIPIENT_PORT],
    ports: API_SERVER_PORTS,
  });
}
