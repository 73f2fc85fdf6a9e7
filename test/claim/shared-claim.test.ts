import { Chart, JsonPatch, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { PrunePolicy, SharedClaim, SharedClaimProps } from '../../lib';
import { addVolumes, addWeb, objectOfKind, objectsOfKind, podOf, synth, synthYaml, testChart } from '../util';

const { READ_WRITE_MANY, READ_ONLY_MANY } = PersistentVolumeAccessMode;

/** Every property set: `Required` makes the compiler ask for those that are added later. */
const EVERYTHING: Required<SharedClaimProps> = {
  size: Size.mebibytes(1536),
  name: 'shop-uploads',
  accessModes: [READ_WRITE_MANY, READ_ONLY_MANY],
  storageClassName: 'nfs',
  labels: { 'example.com/team': 'shop' },
  annotations: { 'example.com/runbook': 'https://example.com/uploads' },
  prune: PrunePolicy.KEEP,
};

function addClaim(chart: Chart, props: Partial<SharedClaimProps> = {}, id = 'uploads'): SharedClaim {
  return new SharedClaim(chart, id, { size: Size.gibibytes(1), ...props });
}

describe('YAML', () => {
  test('of the minimum is that of the snapshot', () => {
    const chart = testChart('shop');
    addClaim(chart);
    expect(synthYaml(chart)).toMatchSnapshot();
  });

  test('of everything on is that of the snapshot', () => {
    const chart = testChart('shop');
    addClaim(chart, EVERYTHING);
    expect(synthYaml(chart)).toMatchSnapshot();
  });
});

test('all pods of a web mount it', () => {
  const chart = testChart('shop');
  const web = { replicas: 3, mounts: [{ volume: addClaim(chart).asVolume(), mountPath: '/srv/uploads' }] };
  addWeb(chart, web);
  const { volumes, containers } = podOf(objectOfKind(synth(chart), 'StatefulSet'));
  expect(volumes).toContainEqual({ name: 'uploads', persistentVolumeClaim: { claimName: 'uploads' } });
  expect(containers[0].volumeMounts).toContainEqual({ name: 'uploads', mountPath: '/srv/uploads' });
});

test('its volume in a pod may have a name of its own', () => {
  const chart = testChart('shop');
  addWeb(chart, { mounts: [{ volume: addClaim(chart, { name: 'shop.uploads' }).asVolume('files'), mountPath: '/srv/uploads' }] });
  expect(podOf(objectOfKind(synth(chart), 'StatefulSet')).volumes)
    .toContainEqual({ name: 'files', persistentVolumeClaim: { claimName: 'shop.uploads' } });
});

test('a volume can be reserved for it, and gives it its class', () => {
  const chart = testChart('shop');
  const uploads = addClaim(chart);
  addVolumes(chart, { accessModes: [READ_WRITE_MANY] }).reserveFor(uploads);
  const objects = synth(chart);
  expect(objectOfKind(objects, 'PersistentVolumeClaim').spec?.storageClassName).toBe('');
  expect(objectsOfKind(objects, 'PersistentVolume')[0].spec?.claimRef)
    .toEqual({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'uploads' });
});

test('it can be patched', () => {
  const chart = testChart('shop');
  addClaim(chart).persistentVolumeClaim.addJsonPatch(JsonPatch.add('/spec/volumeAttributesClassName', 'gold'));
  expect(objectOfKind(synth(chart), 'PersistentVolumeClaim').spec).toMatchObject({ volumeAttributesClassName: 'gold' });
});

test.each<[what: string, props: Partial<SharedClaimProps>, message: string]>([
  ['a name in capitals', { name: 'Uploads' }, `'name' must be a DNS name of at most 253 characters, got "Uploads": ` +
  'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part'],
  ['size 0', { size: Size.gibibytes(0) }, `'size' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)`],
  ['no access mode', { accessModes: [] }, `'accessModes' must name at least one access mode, got []: leave it out for ReadWriteOnce`],
  ['a class in capitals', { storageClassName: 'NFS' }, `'storageClassName' must be a DNS name of at most 253 characters, got "NFS": ` +
  'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part'],
  ['an annotation in place of a guard', { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'enabled' } },
    `'annotations.kustomize.toolkit.fluxcd.io/prune' must not replace the guard "disabled", got "enabled": ` +
    'leave it out, or set prune to PrunePolicy.ALLOW and write both guards yourself'],
])('fails with %s', (_, props, message) => {
  expect(() => addClaim(testChart('shop'), props)).toThrow(new Error(`[test/uploads] ${message}`));
});

test.each([
  ['Shop', 'be a DNS label of at most 63 characters, got "Shop": '
  + 'use lower-case letters, digits and hyphens, with a letter or digit at both ends'],
  ['0o14', 'be a text that YAML does not take for a number, got "0o14": '
  + 'cdk8s writes it without quotes, and Kubernetes reads a number: write it in another way'],
])('a chart of namespace %s fails', (namespace, message) => {
  expect(() => addClaim(testChart(namespace))).toThrow(new Error(`[test/uploads] 'namespace of the chart' must ${message}`));
});

test('a second one of the same name fails', () => {
  const chart = testChart('shop');
  addClaim(chart);
  expect(() => addClaim(chart, { name: 'uploads' }, 'more')).toThrow(new Error(
    `[test/more] 'name' must be a PersistentVolumeClaim name that no other construct of namespace shop renders, got "uploads": ` +
    `'test/uploads' renders it already; give each its own name`,
  ));
});
