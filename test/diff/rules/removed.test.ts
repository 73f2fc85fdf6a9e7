import { ManifestChange, ManifestChangeLevel, ManifestDiff } from '../../../lib';
import { Fields, isFields, Manifest } from '../../../lib/manifests/manifest';
import { distObjects } from '../../util';
import { Folders } from '../folders';

const { DATA, NOTE } = ManifestChangeLevel;
const BY_HAND = 'leave it in until nobody needs it, or keep it from pruning (Argo CD: Prune=false, Flux: prune: disabled)';
const KEEP_NAME = 'keep the name, or apply the new one beside it and move what uses it before the old one goes';

function compare(before: Manifest[], after: Manifest[]): ManifestChange[] {
  const folders = new Folders().write('old', before).write('new', after);
  try {
    return ManifestDiff.compare(folders.old, folders.new);
  } finally {
    folders.remove();
  }
}

/** The app of the original manifests. */
const STORAGE = distObjects('web-storage') as unknown as Manifest[];

function web(changes: Fields = {}): Manifest {
  const statefulSet = structuredClone(STORAGE.find(({ kind }) => kind === 'StatefulSet')!);
  return { ...statefulSet, spec: { ...statefulSet.spec as Fields, ...changes } };
}

function object(kind: string, name: string, fields: Fields = {}, namespace?: string): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name, namespace }, ...fields };
}

function volume(name: string, path: string): Manifest {
  return object('PersistentVolume', name, {
    spec: { nfs: { path, server: 'a' }, capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] },
  });
}

/** With one name for another, wherever it stands. */
function renamed<T>(value: T, before: string, after: string): T {
  if (Array.isArray(value)) {
    return value.map((item) => renamed(item as unknown, before, after)) as T;
  }
  return (isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renamed(part, before, after)]))
    : value === before ? after : value) as T;
}

describe('removed objects', () => {
  test('a StatefulSet leaves its claims behind', () => {
    expect(compare(STORAGE, [])).toEqual([{
      level: DATA, object: 'StatefulSet default/web', reason: 'its pods go, its claims www-web-0 and www-web-1 stay behind',
      remedy: 'applying it again brings the pods back with their data; delete the claims by hand when nobody needs them',
    }]);
  });

  test('a StatefulSet with whenDeleted Delete takes its claims along', () => {
    const deleting = web({ replicas: 5, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } });
    expect(compare([deleting], [])).toEqual([{
      level: DATA, object: 'StatefulSet default/web',
      reason: 'whenDeleted is Delete: its claims www-web-0 to www-web-4 are deleted with it',
      remedy: 'apply whenDeleted Retain first',
    }]);
  });

  test('a StatefulSet that something else scales has any number of claims', () => {
    const [{ reason }] = compare([web({ replicas: undefined })], []);
    expect(reason).toBe('its pods go, its claims www-web-* stay behind');
  });

  test('a StatefulSet without claims has nothing to lose', () => {
    expect(compare([web({ volumeClaimTemplates: undefined })], [])).toEqual([{
      level: NOTE, object: 'StatefulSet default/web', reason: 'the pods web-0 and web-1 go', remedy: 'nothing: they have no claims',
    }]);
  });

  test.each([
    ['Namespace', 'v1', DATA, 'everything in the namespace is deleted with it, claims included'],
    ['PersistentVolume', 'v1', DATA, 'the volume goes with its claim: the data stays where it is, and nothing leads to it any more'],
    ['PersistentVolumeClaim', 'v1', DATA, 'the claim lets go of its volume, whose data is deleted when its reclaim policy is Delete'],
    ['CustomResourceDefinition', 'apiextensions.k8s.io/v1', DATA, 'all objects of its kind are deleted with it, whoever made them'],
    ['StorageClass', 'storage.k8s.io/v1', NOTE, 'volumes that exist stay; claims of the class cannot grow, and new ones stay Pending'],
  ])('a %s is named', (kind, apiVersion, level, reason) => {
    expect(compare([{ ...object(kind, 'a'), apiVersion }], [])).toEqual([{ level, object: `${kind} a`, reason, remedy: BY_HAND }]);
  });

  test.each([
    ['argocd.argoproj.io/sync-options', 'Delete=false,Prune=false'],
    ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
  ])('the annotation %s keeps an object', (key, value) => {
    const kept = { ...object('PersistentVolume', 'pv000'), metadata: { name: 'pv000', annotations: { [key]: value } } };
    expect(compare([kept], [])).toEqual([{
      level: NOTE, object: 'PersistentVolume pv000', reason: 'an annotation keeps it from pruning: it stays in the cluster',
      remedy: 'delete it by hand, or put it back',
    }]);
  });

  test('others are nobody\'s loss, and new ones neither', () => {
    expect(compare([object('Service', 'a'), object('ConfigMap', 'b')], [object('PersistentVolumeClaim', 'c')])).toEqual([]);
  });
});

describe('renamed objects', () => {
  test('a StatefulSet loses its claims, also with its labels and selector', () => {
    expect(compare([web()], [renamed(web(), 'web', 'shop')])).toEqual([{
      level: DATA, object: 'StatefulSet default/web', field: 'metadata.name', oldValue: '"web"', newValue: '"shop"',
      reason: 'renamed web -> shop: its claims www-web-0 and www-web-1 stay behind, the new pods start with empty claims',
      remedy: 'keep the name, or have volumes with the data reserved for www-shop-0 and www-shop-1 before applying',
    }]);
  });

  test('a StatefulSet in another namespace loses its claims', () => {
    const statefulSet = { ...web(), metadata: { name: 'web', namespace: 'shop' } };
    expect(compare([web()], [statefulSet])).toEqual([{
      level: DATA, object: 'StatefulSet default/web', field: 'metadata.namespace', oldValue: '"default"', newValue: '"shop"',
      reason: 'moved to StatefulSet shop/web: its claims www-web-0 and www-web-1 stay behind, the new pods start with empty claims',
      remedy: 'keep the name, or have volumes with the data reserved for www-web-0 and www-web-1 before applying',
    }]);
  });

  test('a StatefulSet without claims loses the DNS names of its pods', () => {
    const bare = web({ volumeClaimTemplates: undefined });
    expect(compare([bare], [renamed(bare, 'web', 'shop')])).toEqual([{
      level: NOTE, object: 'StatefulSet default/web', field: 'metadata.name', oldValue: '"web"', newValue: '"shop"',
      reason: 'renamed web -> shop: the pods web-0 and web-1 become shop-0 and shop-1, with other DNS names', remedy: 'tell their clients',
    }]);
  });

  test('volumes are each paired with the one on the same path', () => {
    const changes = compare([volume('pv000', '/a'), volume('pv001', '/b')], [volume('nfs-000', '/b'), volume('nfs-001', '/a')]);
    expect(changes.map(({ oldValue, newValue }) => [oldValue, newValue])).toEqual([['"pv000"', '"nfs-001"'], ['"pv001"', '"nfs-000"']]);
    expect(changes[0]).toEqual({
      level: DATA, object: 'PersistentVolume pv000', field: 'metadata.name', oldValue: '"pv000"', newValue: '"nfs-001"',
      reason: 'renamed pv000 -> nfs-001, which makes another object: the volume goes with its claim: the data stays where it is, '
        + 'and nothing leads to it any more',
      remedy: KEEP_NAME,
    });
  });

  test('a Service loses its DNS name, which clients will miss', () => {
    const spec = { ports: [{ port: 80, name: 'web' }], selector: { app: 'web' } };
    expect(compare([object('Service', 'web', { spec }, 'a')], [object('Service', 'shop', { spec }, 'a')])).toEqual([{
      level: NOTE, object: 'Service a/web', field: 'metadata.name', oldValue: '"web"', newValue: '"shop"',
      reason: 'renamed web -> shop, which makes another object: its DNS name goes', remedy: KEEP_NAME,
    }]);
  });

  test.each([
    ['a volume on another path', volume('pv000', '/a'), volume('pv001', '/b')],
    ['a class of another provisioner', object('StorageClass', 'a', { provisioner: 'x', parameters: { a: '1', b: '2' } }),
      object('StorageClass', 'b', { provisioner: 'y' })],
  ])('%s is another object', (_, before, after) => {
    const storage = (manifest: Manifest) => manifest.kind === 'StorageClass' ? { ...manifest, apiVersion: 'storage.k8s.io/v1' } : manifest;
    expect(compare([storage(before)], [storage(after)]).map(({ field }) => field)).toEqual([undefined]);
  });
});
