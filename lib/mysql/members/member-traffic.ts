import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireUniqueInApp } from '../../core/registry';
import { renderHeadlessService } from '../../network/render/headless-service';
import { NetworkRules } from '../../network/render/network-policy';
import { NetworkRule } from '../../network/render/network-rule';
import { MYSQL_PORT, MYSQL_PORT_NAME, RECIPIENT_PORT } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';

/**
 * The Service that names the members in DNS, ready or not, since they communicate before clients may connect; and the
 * NetworkPolicies: the members and the Jobs of the cluster reach the members, and other peers are added by `allowFrom`.
 */
export function renderMemberTraffic(
  scope: Construct, context: ClusterContext, more: { readonly from: NetworkRule[]; readonly to: NetworkRule[] },
): { network: NetworkRules; membersService: ApiObject } {
  const { name, names, labels, isolation, topology } = context;
  requireUniqueInApp(scope, {
    property: 'name', value: names.members, what: 'a Service name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  const membersService = renderHeadlessService(scope, 'MembersService', {
    name: names.members, labels, publishNotReadyAddresses: true, ports: [{ name: MYSQL_PORT_NAME, port: MYSQL_PORT }],
  });
  const ports = [MYSQL_PORT, RECIPIENT_PORT].map((port) => ({ port })); // a member without data says so on the second one
  const members = { podSelector: { matchLabels: labels.selector } };
  const operations = { podSelector: { matchLabels: componentLabels(scope, context, 'operation').selector } };
  const network = new NetworkRules(scope, {
    name,
    labels,
    isolation,
    ports: [{ port: MYSQL_PORT }],
    clients: 'nobody',
    always: {
      from: joined([{ peers: [members, operations], ports }, ...routerPeers(scope, context), ...more.from]),
      to: [{ peers: [members], ports }, ...topology.agentAccess.outbound, ...more.to],
    },
  });
  return { network, membersService };
}

/** One rule for all peers that reach the same ports, so that a reviewer reads the ports once. */
function joined(rules: NetworkRule[]): NetworkRule[] {
  const portsOf = ({ ports }: NetworkRule) => JSON.stringify(ports);
  return [...new Set(rules.map(portsOf))].map((ports) => {
    const same = rules.filter((rule) => portsOf(rule) === ports);
    return { ...same[0], peers: same.flatMap(({ peers }) => peers) };
  });
}

/** What members must let in where there are Routers. */
function routerPeers(scope: Construct, context: ClusterContext): NetworkRule[] {
  if (context.topology.routers === undefined) {
    return [];
  }
  return [{
    peers: (['router', 'router-metadata'] as const).map((component) => (
      { podSelector: { matchLabels: componentLabels(scope, context, component).selector } }
    )),
    ports: [{ port: MYSQL_PORT }],
  }];
}
