/** The fields of an object, or of a part of one. */
export type Fields = Record<string, unknown>;

/** A Kubernetes object as a file holds it. */
export interface Manifest extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Record<string, string> };
}

/** The kinds of Kubernetes itself that are in no namespace. */
const CLUSTER_SCOPED = new Set([
  '/ComponentStatus', '/Namespace', '/Node', '/PersistentVolume',
  ...['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration'].map((kind) => `admissionregistration.k8s.io/${kind}`),
  'apiextensions.k8s.io/CustomResourceDefinition', 'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest', 'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema', 'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass', 'networking.k8s.io/IPAddress', 'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass', 'rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass', 'resource.k8s.io/ResourceSlice', 'scheduling.k8s.io/PriorityClass',
  ...['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'].map((kind) => `storage.k8s.io/${kind}`),
  'gateway.networking.k8s.io/GatewayClass', 'cert-manager.io/ClusterIssuer', 'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'snapshot.storage.k8s.io/VolumeSnapshotContent',
]);

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isManifest(value: unknown): value is Manifest {
  return missingOf(value).length === 0 && isText(at(value, 'metadata.name'));
}

/** What a value lacks to be an object that has a name, or that the API server gives one. */
export function missingOf(value: unknown): string[] {
  const hasName = isText(at(value, 'metadata.name')) || isText(at(value, 'metadata.generateName'));
  return [
    ...['apiVersion', 'kind'].filter((field) => !isText(at(value, field))),
    ...hasName ? [] : ['metadata.name'],
  ];
}

/** Group and kind, e.g. `apps/StatefulSet`, `/Service`: a kind of another version is the same kind. */
export function kindOf({ apiVersion, kind }: Manifest): string {
  return `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`;
}

/** Equal for what is one object to the API server. */
export function identityOf(manifest: Manifest): string {
  return [kindOf(manifest), namespaceOf(manifest), manifest.metadata.name].join('\n');
}

export function namespaceOf({ metadata }: Manifest): string {
  return metadata.namespace ?? '';
}

/** The object in the namespace in which it is applied, when it names none itself. */
export function inNamespace(manifest: Manifest, namespace?: string): Manifest {
  return !namespace || namespaceOf(manifest) || CLUSTER_SCOPED.has(kindOf(manifest)) ? manifest
    : { ...manifest, metadata: { ...manifest.metadata, namespace } };
}

/** `StatefulSet shop/web`, `PersistentVolume pv000`. */
export function nameOf(manifest: Manifest): string {
  const namespace = namespaceOf(manifest);
  return `${manifest.kind} ${namespace && `${namespace}/`}${manifest.metadata.name}`;
}

/** The field at a path such as `spec.selector`; null is the same as nothing. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((part, key) => isFields(part) ? part[key] : undefined, value) ?? undefined;
}

export function fieldsAt(value: unknown, path: string): Fields {
  const part = at(value, path);
  return isFields(part) ? part : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Copies but for these keys. */
export function without(fields: Fields, keys: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

/** `kubectl -n shop`, or without a namespace `kubectl`. */
export function kubectlFor(manifest: Manifest): string {
  const namespace = namespaceOf(manifest);
  return namespace ? `kubectl -n ${namespace}` : 'kubectl';
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, path: string): unknown[] {
  const part = at(value, path);
  return Array.isArray(part) ? part : [];
}

/** The text, number or boolean at a path, as text. */
export function textAt(value: unknown, path: string): string | undefined {
  const part = at(value, path);
  return ['string', 'number', 'boolean'].includes(typeof part) ? String(part) : undefined;
}
