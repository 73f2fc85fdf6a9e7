/** What the order of objects depends on. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** How a GitOps tool applies what it syncs as one: the objects of an Argo CD Application or of a Flux Kustomization. */
export interface GitOpsTool {
  readonly name: string;
  /** The arguments of kubectl that make it apply as the tool does. */
  readonly apply: string[];
  /** The sort key of an object; the parts are compared one after the other. */
  readonly order: (manifest: Manifest) => (string | number)[];
}

// https://github.com/argoproj/gitops-engine/blob/v0.7.3/pkg/sync/sync_tasks.go
const ARGO_CD_KINDS = [
  'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget', 'ServiceAccount', 'Secret',
  'SecretList', 'ConfigMap', 'StorageClass', 'PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole',
  'ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList', 'RoleBinding', 'RoleBindingList', 'Service',
  'DaemonSet', 'Pod', 'ReplicationController', 'ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob',
  'IngressClass', 'Ingress', 'APIService',
];

// https://github.com/fluxcd/pkg/blob/ssa/v0.70.0/ssa/sort.go
const FLUX_KINDS = [
  'CustomResourceDefinition', 'Namespace', 'ClusterRole', 'ClusterClass', 'RuntimeClass', 'PriorityClass', 'StorageClass',
  'VolumeSnapshotClass', 'IngressClass', 'GatewayClass', 'ClusterRoleBinding', 'ResourceQuota', 'ServiceAccount', 'Role', 'RoleBinding',
  'ConfigMap', 'Secret', 'Service', 'LimitRange', 'Deployment', 'StatefulSet', 'CronJob', 'PodDisruptionBudget',
];

/** Kinds that are not in its list come last; then by name. */
const ARGO_CD: GitOpsTool = {
  name: 'Argo CD',
  apply: [],
  order: ({ kind, metadata }) => [placeIn(ARGO_CD_KINDS, kind), metadata.name],
};

/** Kinds that are not in its list come last, by group and kind, e.g. volumes after StatefulSets; then by namespace and name. */
const FLUX: GitOpsTool = {
  name: 'Flux',
  apply: ['--server-side', '--force-conflicts', '--field-manager=kustomize-controller'],
  order: ({ apiVersion, kind, metadata }) => [
    placeIn(FLUX_KINDS, kind), apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, metadata.namespace ?? '', metadata.name,
  ],
};

export const GITOPS_TOOLS = [ARGO_CD, FLUX];

/** The manifests in the order in which the tool applies them. */
export function inOrderOf<T extends Manifest>(tool: GitOpsTool, manifests: T[]): T[] {
  return [...manifests].sort((one, other) => compare(tool.order(one), tool.order(other)));
}

function placeIn(kinds: string[], kind: string): number {
  return kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length;
}

function compare(one: (string | number)[], other: (string | number)[]): number {
  const index = one.findIndex((part, at) => part !== other[at]);
  return index < 0 ? 0 : one[index] < other[index] ? -1 : 1;
}
