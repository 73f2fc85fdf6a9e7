/** What the rules read of any object. */
export interface AnyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Fields;
}

/** A folder of `dist`, its objects in the order in which they are applied, and those of its base. */
export interface AppliedFolder {
  readonly name: string;
  /** Applied before; empty when there is no base. */
  readonly base: AnyObject[];
  readonly objects: AnyObject[];
}

type Fields = Readonly<Record<string, unknown>>;

/** What is in a namespace, or holds data, is lost with these. */
const OUTLIVING = ['Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'StorageClass', 'CustomResourceDefinition'];

/** The namespaces that every cluster has. */
const EXISTING = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What no folder holds. Pods wait until it is there, and start then. */
const MADE_IN_THE_CLUSTER = [
  'ConfigMap kube-root-ca.crt', // by Kubernetes, in every namespace
  'Secret mysql-accounts', // by the Job mysql-accounts
];

/** By the field that holds a reference: the kind of the object, and the fields that may hold its name. */
const REFERENCES: Record<string, [kind: string, ...nameFields: string[]]> = {
  configMap: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
  secret: ['Secret', 'secretName', 'name'], // of a volume, of a projected source
  secretKeyRef: ['Secret', 'name'],
  secretRef: ['Secret', 'name'],
};

/** The objects that `kubectl delete -f` of a folder of workloads must not delete. */
export function outlivingAmongWorkloads(folders: AppliedFolder[]): string[] {
  return folders.flatMap(({ name, objects }) => {
    const outliving = objects.filter(({ kind }) => OUTLIVING.includes(kind));
    return outliving.length === objects.length ? [] : outliving.map((object) => `${name}: ${show(object)}`);
  });
}

/** The StatefulSets whose claims are deleted with them. */
export function takingClaimsAlong(folders: AppliedFolder[]): string[] {
  return folders.flatMap(({ name, objects }) => objects.filter(({ spec }) => (
    (spec?.persistentVolumeClaimRetentionPolicy as Fields | undefined)?.whenDeleted === 'Delete'
  )).map((object) => `${name}: ${show(object)}`));
}

/** The objects that the API server refuses, since their namespace comes after them or not at all. */
export function beforeTheirNamespace(folders: AppliedFolder[]): string[] {
  return folders.flatMap(({ name, base, objects }) => {
    const present = new Set(EXISTING);
    return [...base, ...objects].flatMap((object) => {
      if (object.kind === 'Namespace') {
        present.add(object.metadata.name);
      }
      const { namespace } = object.metadata;
      return namespace === undefined || present.has(namespace) ? [] : [`${name}: ${show(object)}`];
    });
  });
}

/**
 * The objects that name something which comes after them or not at all. Kubernetes accepts them and tries again, less and less often: the
 * workload starts later than it could, or never.
 */
export function beforeWhatTheyName(folders: AppliedFolder[]): string[] {
  return folders.flatMap(({ name, base, objects }) => {
    const present = new Set(MADE_IN_THE_CLUSTER);
    return [...base, ...objects].flatMap((object) => {
      const missing = namedBy(object).filter((reference) => !present.has(reference));
      present.add(`${object.kind} ${object.metadata.name}`);
      return missing.map((reference) => `${name}: ${show(object)} names ${reference}`);
    });
  });
}

/** What an object names, of its own namespace or of the cluster. */
function namedBy(object: AnyObject): string[] {
  const { kind, spec = {} } = object;
  if (kind === 'RoleBinding') {
    const { roleRef, subjects = [] } = object as unknown as { roleRef: NamedObject; subjects?: NamedObject[] };
    return [roleRef, ...subjects].map((reference) => `${reference.kind} ${reference.name}`);
  }
  const template = (spec.jobTemplate as { spec: Fields } | undefined)?.spec.template ?? spec.template;
  const claims = (spec.volumeClaimTemplates ?? []) as { spec: { storageClassName?: string } }[];
  return [
    ...kind === 'StatefulSet' ? [`Service ${spec.serviceName as string}`] : [],
    ...claims.flatMap((claim) => claim.spec.storageClassName ? [`StorageClass ${claim.spec.storageClassName}`] : []),
    ...template === undefined ? [] : namedByPod((template as { spec: Fields }).spec),
  ];
}

/** What a pod names, at any depth: volumes, projected sources, environments. */
function namedByPod(pod: Fields): string[] {
  const account = pod.serviceAccountName as string | undefined;
  return [...account === undefined || account === 'default' ? [] : [`ServiceAccount ${account}`], ...namedWithin(pod)];
}

function namedWithin(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, part]) => [...referencesOf(key, part), ...namedWithin(part)]);
}

function referencesOf(key: string, part: unknown): string[] {
  if (!(key in REFERENCES) || typeof part !== 'object' || part === null || (part as Fields).optional === true) {
    return [];
  }
  const [kind, ...nameFields] = REFERENCES[key];
  return nameFields.filter((field) => field in part).map((field) => `${kind} ${(part as Fields)[field] as string}`);
}

interface NamedObject {
  readonly kind: string;
  readonly name: string;
}

function show({ kind, metadata: { namespace = '', name } }: AnyObject): string {
  return `${kind} ${namespace}/${name}`;
}
