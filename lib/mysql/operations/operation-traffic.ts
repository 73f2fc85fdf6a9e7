import { Construct } from 'constructs';
import { NetworkRules } from '../../network/render/network-policy';
import { API_SERVER_PORTS, MYSQL_PORT, RECIPIENT_PORT } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { renderOutboundPolicy } from '../context/outbound-policy';

/** The Jobs of a cluster reach the API server besides. */
export function renderOperationTraffic(scope: Construct, context: ClusterContext): NetworkRules {
  return renderOutboundPolicy(new Construct(scope, 'operation'), context, {
    name: `${context.name}-operation`,
    labels: componentLabels(scope, context, 'operation'),
    memberPorts: [MYSQL_PORT, RECIPIENT_PORT],
    ports: API_SERVER_PORTS,
  });
}
