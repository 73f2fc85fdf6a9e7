import { Construct } from 'constructs';
import { Labels } from '../../core/labels';
import { renderPodAccess } from '../../pod/render/pod-access';
import { renderContainerSecurityContext, renderPodSecurityContext } from '../../pod/render/pod-security-context';
import { renderResources } from '../../pod/render/resources';
import { MYSQL_PORT } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { OPERATION_RESOURCES } from '../context/default-resources';
import { withoutClaims } from '../context/member-security';
import { MOUNTS, RUN_VOLUME, scriptsVolume } from '../context/mounts';
import { pullPolicy } from '../context/pull-policy';

/** A Job of a cluster that speaks to the API server. */
export interface OperationConfig {
  /** The suffix of the objects' names, after the cluster's name. */
  readonly suffix: string;
  readonly command: string[];
  readonly environment: Record<string, string>;
  /** Environment variables from fields of the pod, beside its namespace. */
  readonly fieldEnvironment: Record<string, string>;
  /** The ServiceAccount of the Job. */
  readonly account: string;
  readonly volumes: Record<string, unknown>[];
  readonly volumeMounts: Record<string, unknown>[];
  /** Annotations of the pods. */
  readonly annotations?: Labels;
}

/** The name of an operation's object, and the template of its pods. */
export interface RenderedOperation {
  readonly name: string;
  readonly labels: Labels;
  /** The parent of the Job in the construct tree. */
  readonly scope: Construct;
  readonly podTemplate: Record<string, unknown>;
}

/** Renders the pods of an operation. */
export function renderOperation(cluster: Construct, context: ClusterContext, config: OperationConfig): RenderedOperation {
  const scope = new Construct(cluster, config.suffix);
  const name = `${context.name}-${config.suffix}`;
  const labels = componentLabels(cluster, context, 'operation');
  const { security } = context;
  return {
    name,
    labels: labels.common,
    scope,
    podTemplate: {
      metadata: { annotations: config.annotations, labels: labels.common },
      spec: {
        ...renderPodAccess(cluster, {
          serviceAccountName: config.account, automountServiceAccountToken: true, imagePullSecrets: context.imagePullSecrets,
        }),
        containers: [{
          name: config.suffix,
          image: context.image,
          imagePullPolicy: pullPolicy(context, context.image),
          command: config.command,
          env: [
            ...Object.entries({ POD_NAMESPACE: 'metadata.namespace', ...config.fieldEnvironment })
              .map(([key, fieldPath]) => ({ name: key, valueFrom: { fieldRef: { fieldPath } } })),
            ...Object.entries(config.environment).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ name: key, value })),
          ],
          resources: renderResources(cluster, undefined, OPERATION_RESOURCES),
          securityContext: renderContainerSecurityContext(security),
          volumeMounts: [
            MOUNTS.scripts,
            MOUNTS.run,
            ...config.volumeMounts,
          ],
        }],
        enableServiceLinks: false,
        restartPolicy: 'Never',
        securityContext: withoutClaims(renderPodSecurityContext(cluster, security, [MYSQL_PORT])),
        volumes: [
          scriptsVolume(context.names.configMaps.scripts),
          RUN_VOLUME,
          ...config.volumes,
        ],
      },
    },
  };
}
