import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Labels, LabelSet } from '../../core/labels';

/** What the Deployments of this library differ in. */
export interface DeploymentConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly replicas: number;
  readonly strategy: Record<string, unknown>;
  readonly podAnnotations: Labels;
  readonly podSpec: Record<string, unknown>;
}

/** The one Deployment of this library. */
export function renderDeployment(scope: Construct, config: DeploymentConfig): ApiObject {
  const { name, labels, replicas, strategy, podAnnotations, podSpec } = config;
  return new ApiObject(scope, 'Resource', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: labels.common },
    spec: {
      replicas,
      selector: { matchLabels: labels.selector },
      strategy,
      template: { metadata: { annotations: podAnnotations, labels: labels.common }, spec: podSpec },
    },
  });
}
