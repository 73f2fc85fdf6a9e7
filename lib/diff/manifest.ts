/** The fields of an object, or of a part of one. */
export type Fields = Record<string, unknown>;

/** A Kubernetes object as a file holds it. */
export interface Manifest extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Record<string, string> };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isManifest(value: unknown): value is Manifest {
  return isFields(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string'
    && isFields(value.metadata) && typeof value.metadata.name === 'string' && value.metadata.name !== '';
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

/** Copies but for these keys. */
export function without(fields: Fields, keys: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

/** `kubectl -n shop`, or without a namespace `kubectl`. */
export function kubectlFor(manifest: Manifest): string {
  const namespace = namespaceOf(manifest);
  return namespace ? `kubectl -n ${namespace}` : 'kubectl';
}
