import { ApiObject, Lazy } from 'cdk8s';
import { INetworkPolicyPeer, Protocol } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { LabelSet } from '../../core/labels';
import { NetworkIsolation } from '../network-isolation';
import { PeerOptions } from '../peer-options';
import { ListeningPort, listeningPortsOf, noteListeningPorts } from './listening-ports';
import { NetworkRule, renderNetworkRule } from './network-rule';
import { renderPolicyObject } from './policy-object';

/** The clients that may connect until a peer is named: all, the pods of the cluster, none. */
export type DefaultClients = 'everybody' | 'cluster' | 'nobody';

/** A direction of traffic, seen from the pods. */
export type Direction = 'Ingress' | 'Egress';

export interface NetworkRulesConfig {
  readonly name: string;
  readonly labels: LabelSet;
  /** The pods, if they are others than those with the labels. */
  readonly podSelector?: Record<string, unknown>;
  /** The directions that the policy is about; left out both. */
  readonly directions?: Direction[];
  readonly isolation?: NetworkIsolation;
  /** The ports on which the pods listen. */
  readonly ports: ListeningPort[];
  /** The clients that may connect until a peer is named. */
  readonly clients: DefaultClients;
  /** The rules that stay when peers are named. */
  readonly always?: { readonly from: NetworkRule[]; readonly to: NetworkRule[] };
}

/*
 * Where pods ask for names: the cluster's DNS, and the link-local addresses at which nodes answer, of which each platform has its own
 * (docs/adr/0004-network-policy.md).
 */
const DNS_SERVERS = [
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  },
  { ipBlock: { cidr: '169.254.0.0/16' } },
];
/** The rule that lets pods ask for names. */
export const DNS = { to: DNS_SERVERS, ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] };

/** The peers that may connect to the pods of a workload, the peers that the pods may reach, and their NetworkPolicy. */
export class NetworkRules {
  /** The NetworkPolicy; undefined when the user wants none. */
  public readonly policy?: ApiObject;

  private readonly _from: NetworkRule[] = [];
  private readonly _to: NetworkRule[] = [];

  public constructor(private readonly _scope: Construct, private readonly _config: NetworkRulesConfig) {
    const { name, labels, isolation, ports, always, directions = ['Ingress', 'Egress'] } = _config;
    const rules = (direction: Direction, produce: () => unknown): unknown => (
      directions.includes(direction) ? Lazy.any({ produce }) : undefined
    );
    noteListeningPorts(_scope, ports);
    const metadata = { name, labels: labels.common };
    this.policy = isolation === NetworkIsolation.NONE ? undefined : renderPolicyObject(_scope, 'NetworkPolicy', metadata, {
      podSelector: _config.podSelector ?? { matchLabels: labels.selector },
      policyTypes: directions,
      ingress: rules('Ingress', () => this._renderIngress()),
      egress: rules('Egress', () => [DNS, ...[...always?.to ?? [], ...this._to].map(renderEgress)]),
    });
  }

  public allowFrom(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    this._requirePolicy('allowFrom');
    this._from.push(renderNetworkRule(this._scope, 'allowFrom', peer, options.ports ?? listeningPortsOf(this._scope)));
  }

  public allowTo(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    this._requirePolicy('allowTo');
    this._to.push(renderNetworkRule(this._scope, 'allowTo', peer, options.ports ?? listeningPortsOf(peer)));
  }

  /** The default applies until a peer is named (docs/adr/0004-network-policy.md). */
  private _renderIngress(): Record<string, unknown>[] {
    const { clients, always } = this._config;
    const named = [...always?.from ?? [], ...this._from].map(({ peers, ports }) => ({ from: peers, ports }));
    if (this._from.length > 0 || clients === 'nobody') {
      return named;
    }
    const ports = this._config.ports.map(({ port, protocol = Protocol.TCP }) => ({ port, protocol }));
    return [...named, clients === 'everybody' ? { ports } : { from: [{ namespaceSelector: {} }], ports }];
  }

  private _requirePolicy(method: string): void {
    if (this.policy === undefined) {
      fail(this._scope, {
        property: 'isolation', rule: `be NetworkIsolation.POLICY where ${method} names a peer`, value: this._config.isolation,
        fix: `leave isolation out, or the call of ${method}`,
      });
    }
  }
}

function renderEgress({ peers, ports }: NetworkRule): Record<string, unknown> {
  return { to: peers.length > 0 ? peers : undefined, ports };
}
