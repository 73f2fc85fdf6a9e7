import { BlockList, isIP } from 'net';
import { ApiObject, App, Chart } from 'cdk8s';
import { INetworkPolicyPeer, NetworkPolicy, NetworkPolicyPort } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireArrival } from '../../core/yaml-text';

/** One rule of a NetworkPolicy, of either direction. */
export interface NetworkRule {
  readonly peers: { readonly ipBlock?: { readonly cidr: string; readonly except?: string[] }; readonly podSelector?: unknown }[];
  readonly ports?: Record<string, unknown>[];
}

/**
 * What a peer stands for. Only the NetworkPolicy of cdk8s-plus can read its selectors and ports, so a NetworkPolicy in a temporary
 * app renders them.
 */
export function renderNetworkRule(scope: IConstruct, method: string, peer: INetworkPolicyPeer, ports?: NetworkPolicyPort[]): NetworkRule {
  const policy = new NetworkPolicy(new Chart(new App(), 'peers'), 'policy');
  policy.addIngressRule(peer, ports);
  const { spec } = ApiObject.of(policy).toJson() as { spec: { ingress: { from: NetworkRule['peers']; ports?: NetworkRule['ports'] }[] } };
  const [rule] = spec.ingress;
  rule.from.forEach(({ ipBlock }) => requireIpBlock(scope, method, ipBlock));
  requireArrival({ scope, property: `peer of ${method}` }, rule.from);
  return { peers: rule.from, ports: rule.ports?.length ? rule.ports : undefined };
}

function requireIpBlock(scope: IConstruct, method: string, block?: { readonly cidr: string; readonly except?: string[] }): void {
  if (block === undefined) {
    return;
  }
  const property = `peer of ${method}`;
  const { address, family, bits } = requireCidr(scope, `cidr of the ${property}`, block.cidr);
  const outer = new BlockList();
  outer.addSubnet(address, bits, family);
  block.except?.forEach((text) => {
    const inner = requireCidr(scope, `except of the ${property}`, text);
    if (inner.family !== family || inner.bits <= bits || !outer.check(inner.address, family)) {
      fail(scope, {
        property: `except of the ${property}`, rule: `be a part of ${block.cidr}`, value: text, fix: 'leave it out, or name a smaller block',
      });
    }
  });
}

function requireCidr(scope: IConstruct, property: string, value: string): { address: string; family: 'ipv4' | 'ipv6'; bits: number } {
  const [address, bits, more] = value.split('/');
  const version = isIP(address);
  const isPrefix = /^(0|[1-9][0-9]{0,2})$/.test(bits ?? '') && Number(bits) <= (version === 4 ? 32 : 128);
  if (version === 0 || !isPrefix || more !== undefined) {
    fail(scope, { property, rule: 'be a block of IP addresses', value, fix: 'write it as in "10.0.0.0/8" or "2001:db8::/32"' });
  }
  return { address, family: version === 4 ? 'ipv4' : 'ipv6', bits: Number(bits) };
}
