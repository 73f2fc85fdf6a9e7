import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Labels, LabelSet } from '../../core/labels';
import { merged } from '../../core/merged';
import { renderScheduling, SchedulingConfig } from '../../scheduling/scheduling';
import { ClaimRetention } from '../../storage/claim-retention';
import { ClaimTemplates } from '../../storage/render/claim-templates';
import { PodAdditions } from '../additions/pod-additions';
import { PodSecurity } from '../pod-security';
import { PodAccessConfig, renderPodAccess } from './pod-access';
import { renderContainerSecurityContext, renderPodSecurityContext } from './pod-security-context';

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
  readonly initContainers: ContainerConfig[];
  readonly volumes: Record<string, unknown>[];
  readonly claims: ClaimTemplates;
  readonly claimRetention: ClaimRetention;
  /** Further fields of the spec. */
  readonly spec: Record<string, unknown>;
  /** Further fields of the pods' spec. */
  readonly podSpec: Record<string, unknown>;
  readonly podAnnotations?: Labels;
  readonly scheduling: SchedulingConfig;
  /** From which pods these keep apart, and how many there are of both; left out only from each other. */
  readonly spreadOver?: { readonly selector: Labels; readonly count: number };
  readonly access: PodAccessConfig;
  /** What is added to the pods after construction. */
  readonly additions?: PodAdditions;
  /** Whether an autoscaler chooses the number of pods, which may be known after construction only. */
  readonly isAutoscaled?: () => boolean;
}

/**
 * The one StatefulSet of this library. It is no typed class of cdk8s-plus-27, because that one drops `apiVersion` and `kind` of claim
 * templates and every field that is younger than Kubernetes 1.27 (docs/adr/0001-rendering.md).
 */
export function renderStatefulSet(scope: Construct, config: StatefulSetConfig): ApiObject {
  const securityContext = renderContainerSecurityContext(config.security);
  const { additions } = config;
  const secured = (container: ContainerConfig) => ({ securityContext, ...additions?.container(container) ?? container });
  const late = (render: () => unknown): unknown => (additions === undefined ? render() : Lazy.any({ produce: render }));
  const ports = [...config.containers, ...config.initContainers]
    .flatMap((container) => container.ports ?? []).map((port) => port.containerPort);
  const { selector, count } = config.spreadOver ?? { selector: config.labels.selector, count: config.replicas };
  return new ApiObject(scope, 'Resource', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: config.name, labels: config.labels.common },
    spec: {
      // Explicit, so that the reviewer of a change sees what happens to the data.
      persistentVolumeClaimRetentionPolicy: config.claims.isEmpty ? undefined : config.claimRetention._toKube(),
      replicas: Lazy.any({ produce: () => config.isAutoscaled?.() ? undefined : config.replicas }),
      selector: { matchLabels: config.labels.selector },
      serviceName: config.serviceName,
      template: {
        metadata: { annotations: config.podAnnotations, labels: config.labels.common },
        spec: merged(
          config.podSpec,
          renderScheduling(scope, selector, count, config.scheduling),
          renderPodAccess(scope, config.access),
          {
            containers: late(() => config.containers.map(secured)),
            enableServiceLinks: false,
            initContainers: config.initContainers.length > 0 ? late(() => config.initContainers.map(secured)) : undefined,
            securityContext: renderPodSecurityContext(scope, config.security, ports),
            volumes: late(() => additions?.renderVolumes() ?? present(config.volumes)),
          },
        ),
      },
      volumeClaimTemplates: config.claims.isEmpty ? undefined : Lazy.any({ produce: () => config.claims.render() }),
      ...config.spec,
    },
  });
}

/** Undefined for what is empty, so that it is not rendered. */
function present(volumes: Record<string, unknown>[]): Record<string, unknown>[] | undefined {
  return volumes.length > 0 ? volumes : undefined;
}
