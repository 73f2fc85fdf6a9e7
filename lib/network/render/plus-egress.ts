import { ApiObject } from 'cdk8s';
import { INetworkPolicyPeer } from 'cdk8s-plus-27';
import { listeningPortsOf } from './listening-ports';
import { DNS } from './network-policy';
import { renderNetworkRule } from './network-rule';
import { renderPolicyObject } from './policy-object';

/** What is read of a NetworkPolicy. */
interface Policy {
  readonly spec?: { readonly egress?: unknown[]; readonly policyTypes?: string[] };
}

/**
 * Lets the pods of a workload of cdk8s-plus reach a peer, and ask DNS for its name, where a policy of the workload restricts its egress, as
 * `isolate` does. Where none does, they reach it already, and a policy would keep them from everything else.
 */
export function allowPlusEgress(workload: INetworkPolicyPeer, peer: INetworkPolicyPeer): void {
  const policies = workload.node.findAll().filter((child) => ApiObject.isApiObject(child) && child.kind === 'NetworkPolicy')
    .map((child) => (child as ApiObject).toJson() as Policy);
  if (!policies.some(({ spec }) => spec?.policyTypes?.includes('Egress') || spec?.egress !== undefined)) {
    return;
  }
  const [pods] = renderNetworkRule(workload, 'connect', workload).peers;
  const rule = renderNetworkRule(workload, 'connect', peer, listeningPortsOf(peer));
  const namespace = workload.toPodSelector()?.toPodSelectorConfig().namespaces?.names?.[0];
  renderPolicyObject(workload, `AllowEgress-${peer.node.path.replaceAll('/', '-')}`, { namespace }, {
    egress: [DNS, { to: rule.peers, ports: rule.ports }], podSelector: pods.podSelector, policyTypes: ['Egress'],
  });
}
