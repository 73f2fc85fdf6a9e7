import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { NetworkRules } from '../../network/render/network-policy';
import { ClusterContext } from './cluster-context';

/** Of pods beside the members. */
export interface OutboundPolicyConfig {
  readonly name: string;
  readonly labels: LabelSet;
  /** Those of the members that they reach. */
  readonly memberPorts: number[];
  /** What they reach anywhere. */
  readonly ports?: number[];
}

/** They hear nobody, and reach the members, DNS, and whom `allowTo` of the cluster names. */
export function renderOutboundPolicy(scope: Construct, { isolation, labels }: ClusterContext, config: OutboundPolicyConfig): NetworkRules {
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  return new NetworkRules(scope, {
    name: config.name,
    labels: config.labels,
    isolation,
    ports: [],
    clients: 'nobody',
    always: {
      from: [],
      to: [
        { peers: [{ podSelector: { matchLabels: labels.selector } }], ports: config.memberPorts.map(tcp) },
        ...config.ports === undefined ? [] : [{ peers: [], ports: config.ports.map(tcp) }],
      ],
    },
  });
}
