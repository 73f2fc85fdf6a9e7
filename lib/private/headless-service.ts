import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { LabelSet } from './labels';

export interface HeadlessServiceConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly ports: { readonly name: string; readonly port: number }[];
}

/** The Service that gives each pod of a StatefulSet its DNS name. */
export function renderHeadlessService(scope: Construct, id: string, config: HeadlessServiceConfig): k8s.KubeService {
  return new k8s.KubeService(scope, id, {
    metadata: { name: config.name, labels: config.labels.common },
    spec: {
      clusterIp: 'None',
      ports: config.ports.map(({ name, port }) => ({ name, port, targetPort: k8s.IntOrString.fromString(name) })),
      selector: config.labels.selector,
    },
  });
}
