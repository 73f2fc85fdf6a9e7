import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { exceptTcp, NamedPort } from './listening-ports';

export interface ServiceConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly annotations?: { [key: string]: string };
  readonly ports: NamedPort[];
  /** Labels that its pods must also have. */
  readonly narrowedTo?: { [key: string]: string };
  /** More fields of its spec. */
  readonly spec?: Record<string, unknown>;
}

/** A Service in front of pods. Its ports lead to the ports of the same names. */
export function renderService(scope: Construct, id: string, config: ServiceConfig): ApiObject {
  const { name, labels, annotations, ports, narrowedTo, spec } = config;
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: labels.common, annotations: annotations && { ...annotations } },
    spec: {
      ports: ports.map((own) => ({ name: own.name, port: own.port, protocol: exceptTcp(own.protocol), targetPort: own.name })),
      selector: { ...labels.selector, ...narrowedTo },
      ...spec,
    },
  });
}
