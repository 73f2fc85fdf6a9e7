import { isDeepStrictEqual } from 'util';
import { Manifest, objectsOfKind } from '../util';

/** A folder of `dist`, which is applied as a whole. */
export interface Folder {
  readonly name: string;
  readonly objects: Manifest[];
}

const CLUSTER_SCOPED = [
  'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'Namespace', 'PersistentVolume', 'PriorityClass', 'StorageClass',
];
const CLAIM_REF = ['apiVersion', 'kind', 'name', 'namespace'];

/** The objects that live outside of namespaces and name one, and those that live in one and name none. */
export function inWrongNamespace(folders: Folder[]): string[] {
  return all(folders).filter((object) => CLUSTER_SCOPED.includes(object.kind) === (object.metadata?.namespace !== undefined)).map(show);
}

/** The volumes whose reference to a claim lacks a field, or has one that only the cluster may set. */
export function withIncompleteClaimRef(folders: Folder[]): string[] {
  return objectsOfKind(all(folders), 'PersistentVolume')
    .filter(({ spec }) => spec?.claimRef && !isDeepStrictEqual(Object.keys(spec.claimRef).sort(), CLAIM_REF)).map(show);
}

/** The StatefulSets with a claim template that GitOps tools would forever see as changed. */
export function withIncompleteTemplate(folders: Folder[]): string[] {
  return objectsOfKind(all(folders), 'StatefulSet').filter(({ spec }) => spec?.volumeClaimTemplates?.some((template) => (
    template.apiVersion !== 'v1'
    || template.kind !== 'PersistentVolumeClaim'
    || !isDeepStrictEqual(Object.keys(template.metadata ?? {}), ['name'])
    || template.spec?.volumeMode === undefined
  ))).map(show);
}

/** The objects with something that only the cluster writes, or with nothing where a value belongs. */
export function withForeignFields(folders: Folder[]): string[] {
  return all(folders).filter((object) => 'status' in object || hasForeignFields(object)).map(show);
}

function hasForeignFields(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value === null;
  }
  return 'creationTimestamp' in value || Object.values(value).some(hasForeignFields);
}

/** The objects that another one of the same folder would replace. */
export function comingTwice(folders: Folder[]): string[] {
  return folders.flatMap(({ objects }) => {
    const names = objects.map(show);
    return names.filter((name, index) => names.indexOf(name) !== index);
  });
}

/** Which StatefulSet of a namespace would adopt the pods of another one. */
export function adoptions(folders: Folder[]): string[] {
  const sets = objectsOfKind(all(folders), 'StatefulSet');
  return sets.flatMap((owner) => sets
    .filter((other) => other !== owner && other.metadata?.namespace === owner.metadata?.namespace)
    .filter((other) => matches(owner.spec?.selector.matchLabels, other.spec?.template.metadata?.labels))
    .map((other) => `${show(owner)} adopts ${show(other)}`));
}

/** The StatefulSets without a headless Service in their folder that selects their pods. */
export function withoutService(folders: Folder[]): string[] {
  return folders.flatMap(({ objects }) => objectsOfKind(objects, 'StatefulSet').filter((set) => !objectsOfKind(objects, 'Service')
    .filter((service) => service.metadata?.name === set.spec?.serviceName && service.metadata?.namespace === set.metadata?.namespace)
    .some(({ spec }) => spec?.clusterIP === 'None' && matches(spec.selector, set.spec?.template.metadata?.labels)))).map(show);
}

/** Nothing and the empty selector match every pod. */
function matches(selector: Record<string, string> = {}, labels: Record<string, string> = {}): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function all(folders: Folder[]): Manifest[] {
  return folders.flatMap((folder) => folder.objects);
}

function show(object: Manifest): string {
  return `${object.kind} ${object.metadata?.namespace ?? ''}/${object.metadata?.name}`;
}
