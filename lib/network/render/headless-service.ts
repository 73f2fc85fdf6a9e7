import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { NamedPort } from './listening-ports';
import { renderService } from './service';

export interface HeadlessServiceConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly publishNotReadyAddresses?: boolean;
  readonly ports: NamedPort[];
}

/** The Service that gives each pod of a StatefulSet its DNS name. */
export function renderHeadlessService(scope: Construct, id: string, config: HeadlessServiceConfig): ApiObject {
  return renderService(scope, id, {
    name: config.name,
    labels: config.labels,
    ports: config.ports,
    spec: { clusterIP: 'None', publishNotReadyAddresses: config.publishNotReadyAddresses || undefined },
  });
}
