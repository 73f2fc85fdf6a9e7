import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkIsolation } from '../network/network-isolation';
import { LabelSet } from '../private/labels';
import { DNS } from '../private/network-policy';
import { ClusterContext } from './cluster-context';

/** Of pods beside the members. */
export interface OutboundPolicyConfig {
  readonly id: string;
  readonly name: string;
  readonly labels: LabelSet;
  /** Those of the members that they reach. */
  readonly memberPorts: number[];
  /** What they reach anywhere. */
  readonly ports?: number[];
}

/** They hear nobody, and reach the members and DNS. */
export function renderOutboundPolicy(scope: Construct, { props, labels }: ClusterContext, config: OutboundPolicyConfig): void {
  if (props.isolation === NetworkIsolation.NONE) {
    return;
  }
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  new ApiObject(scope, config.id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: config.name, labels: config.labels.common },
    spec: {
      podSelector: { matchLabels: config.labels.selector },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        DNS,
        { to: [{ podSelector: { matchLabels: labels.selector } }], ports: config.memberPorts.map(tcp) },
        ...config.ports === undefined ? [] : [{ ports: config.ports.map(tcp) }],
      ],
    },
  });
}
