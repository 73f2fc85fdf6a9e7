import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { NetworkRules } from '../../network/render/network-policy';
import { ClusterContext } from './cluster-context';

/** The NetworkPolicy of pods that are not members. */
export interface OutboundPolicyConfig {
  readonly name: string;
  readonly labels: LabelSet;
  /** The pods, if they are others than those with the labels. */
  readonly podSelector?: Record<string, unknown>;
  /** The ports of the members to which the pods connect. */
  readonly memberPorts: number[];
  /** The ports that the pods reach at any address. */
  readonly ports?: number[];
}

/** Renders a policy without ingress, and with egress to the members, DNS and the peers of `allowTo` of the cluster. */
export function renderOutboundPolicy(scope: Construct, { isolation, labels }: ClusterContext, config: OutboundPolicyConfig): NetworkRules {
  return new NetworkRules(scope, {
    ...config,
    isolation,
    ports: [],
    clients: 'nobody',
    always: {
      from: [],
      to: [
        { peers: [{ podSelector: { matchLabels: labels.selector } }], ports: config.memberPorts.map((port) => ({ port })) },
        ...config.ports === undefined ? [] : [{ peers: [], ports: config.ports.map((port) => ({ port })) }],
      ],
    },
  });
}
