import { Construct } from 'constructs';
import { renderHeadlessService } from '../private/headless-service';
import { NetworkRules } from '../private/network-policy';
import { requireUniqueInApp } from '../private/registry';
import { ClusterContext } from './cluster-context';
import { operationLabels } from './operation';
import { routerPeers } from './router/router-labels';
import { API_SERVER_PORTS, MYSQL_PORT, MYSQL_PORT_NAME, RECIPIENT_PORT } from './server-constants';

const API_SERVER = { peers: [], ports: API_SERVER_PORTS.map((port) => ({ port, protocol: 'TCP' })) };

/**
 * The Service that names the members in DNS, ready or not, since they communicate before clients may connect; and the
 * NetworkPolicies: the members and the Jobs of the cluster reach the members, and other peers are added by `allowFrom`.
 */
export function renderMemberTraffic(scope: Construct, context: ClusterContext): NetworkRules {
  const { name, names, labels, props, topology } = context;
  requireUniqueInApp(scope, {
    property: 'name', value: names.members, what: 'a Service name', scoped: 'namespace', cure: 'give each cluster its own name',
  });
  renderHeadlessService(scope, 'MembersService', {
    name: names.members, labels, publishNotReadyAddresses: true, ports: [{ name: MYSQL_PORT_NAME, port: MYSQL_PORT }],
  });
  const ports = [MYSQL_PORT, RECIPIENT_PORT].map((port) => ({ port, protocol: 'TCP' })); // who has no data says so on the second one
  const among = { peers: [{ podSelector: { matchLabels: labels.selector } }], ports };
  const operations = {
    peers: [{ podSelector: { matchLabels: operationLabels(scope, context).selector } }],
    ports,
  };
  return new NetworkRules(scope, {
    name,
    labels,
    isolation: props.isolation,
    ports: [{ port: MYSQL_PORT }],
    clients: 'nobody',
    always: { from: [among, operations, ...routerPeers(scope, context)], to: [among, ...topology.agentLabelsPods ? [API_SERVER] : []] },
  });
}
