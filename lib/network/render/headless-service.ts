import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { exceptTcp, NamedPort } from './listening-ports';

export interface HeadlessServiceConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly publishNotReadyAddresses?: boolean;
  readonly ports: NamedPort[];
}

/** The Service that gives each pod of a StatefulSet its DNS name. */
export function renderHeadlessService(scope: Construct, id: string, config: HeadlessServiceConfig): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: config.name, labels: config.labels.common },
    spec: {
      clusterIP: 'None',
      ports: config.ports.map(({ name, port, protocol }) => ({ name, port, protocol: exceptTcp(protocol), targetPort: name })),
      publishNotReadyAddresses: config.publishNotReadyAddresses || undefined,
      selector: config.labels.selector,
    },
  });
}
