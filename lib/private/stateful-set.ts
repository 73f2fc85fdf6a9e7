import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { PodSecurity } from '../pod/pod-security';
import { ClaimTemplates } from './claim-templates';
import { LabelSet } from './labels';
import { renderContainerSecurityContext, renderPodSecurityContext } from './pod-security-context';
import { renderSpreading } from './spreading';

/** One of the pod's containers, rendered but for its security context. */
export interface ContainerConfig {
  readonly name: string;
  readonly ports?: { readonly containerPort: number; readonly name: string }[];
  readonly [field: string]: unknown;
}

/** What the StatefulSets of this library differ in. */
export interface StatefulSetConfig {
  readonly name: string;
  readonly serviceName: string;
  readonly labels: LabelSet;
  readonly replicas: number;
  readonly security: PodSecurity;
  readonly containers: ContainerConfig[];
  readonly volumes: Record<string, unknown>[];
  readonly claims: ClaimTemplates;
}

/**
 * The one StatefulSet of this library. It is no typed class of cdk8s-plus-27, because that one drops `apiVersion` and `kind` of claim
 * templates and every field that is younger than Kubernetes 1.27 (docs/adr/0001-rendering.md).
 */
export function renderStatefulSet(scope: Construct, config: StatefulSetConfig): ApiObject {
  const ports = config.containers.flatMap((container) => container.ports ?? []).map((port) => port.containerPort);
  return new ApiObject(scope, 'Resource', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: config.name, labels: config.labels.common },
    spec: {
      // Explicit, so that the reviewer of a change sees what happens to the data.
      persistentVolumeClaimRetentionPolicy: config.claims.isEmpty ? undefined : { whenDeleted: 'Retain', whenScaled: 'Retain' },
      replicas: config.replicas,
      selector: { matchLabels: config.labels.selector },
      serviceName: config.serviceName,
      template: {
        metadata: { labels: config.labels.common },
        spec: {
          ...renderSpreading(config.labels.selector, config.replicas),
          automountServiceAccountToken: false,
          containers: config.containers.map((container) => ({
            ...container,
            securityContext: renderContainerSecurityContext(config.security),
          })),
          enableServiceLinks: false,
          securityContext: renderPodSecurityContext(scope, config.security, ports),
          volumes: config.volumes.length > 0 ? config.volumes : undefined,
        },
      },
      volumeClaimTemplates: config.claims.isEmpty ? undefined : Lazy.any({ produce: () => config.claims.render() }),
    },
  });
}
