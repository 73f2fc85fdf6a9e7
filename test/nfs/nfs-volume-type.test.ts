import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { NfsCsiOptions, NfsOnDelete, NfsPersistentVolumesProps, NfsVolumeType } from '../../lib';
import { addVolumes, objectsOfKind, synth, synthYaml, testChart } from '../util';

const { READ_WRITE_MANY, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
const { DELETE } = PersistentVolumeReclaimPolicy;
const EVERYTHING: Required<NfsCsiOptions> = { driver: 'nfs.example.com', onDelete: NfsOnDelete.ARCHIVE };

function volume(options: NfsCsiOptions = {}, props: Partial<NfsPersistentVolumesProps> = {}) {
  const chart = testChart();
  addVolumes(chart, { paths: ['/k8s/nfs0'], volumeType: NfsVolumeType.csi(options), ...props });
  return objectsOfKind(synth(chart), 'PersistentVolume')[0];
}

test('in-tree is the default', () => {
  const [named, leftOut] = [testChart(), testChart()];
  addVolumes(named, { volumeType: NfsVolumeType.inTree() });
  addVolumes(leftOut);
  expect(synthYaml(named)).toBe(synthYaml(leftOut));
});

describe('a CSI volume', () => {
  test('with everything on is the folder of the server, by the driver', () => {
    const chart = testChart();
    addVolumes(chart, { paths: ['/a/b/c', '/d'], volumeType: NfsVolumeType.csi(EVERYTHING), reclaimPolicy: DELETE, readOnly: true });
    expect(synthYaml(chart)).toMatchSnapshot();
  });

  test('names server and folder, and has the mount options of every NFS volume', () => {
    expect(volume().spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      csi: {
        driver: 'nfs.csi.k8s.io',
        volumeAttributes: { server: 'nfs.example.com', share: '/k8s/nfs0' },
        volumeHandle: 'nfs.example.com#k8s#nfs0#pv000#retain',
      },
      mountOptions: ['nfsvers=4.1', 'hard', 'noatime'],
      persistentVolumeReclaimPolicy: 'Retain',
    });
  });

  test.each([
    ['/', 'nfs.example.com###pv000#retain'],
    ['/a', 'nfs.example.com##a#pv000#retain'],
    ['/a/b/c', 'nfs.example.com#a/b#c#pv000#retain'],
  ])('of %s has a handle that the driver can read', (path, handle) => {
    expect(volume({}, { paths: [path] }).spec?.csi?.volumeHandle).toBe(handle);
  });

  test('has a handle of its own also where another volume has the same folder', () => {
    const chart = testChart();
    const shared = { volumeType: NfsVolumeType.csi(), accessModes: [READ_WRITE_MANY] };
    addVolumes(chart, shared);
    addVolumes(chart, { ...shared, namePrefix: 'more' }, 'more');
    const handles = objectsOfKind(synth(chart), 'PersistentVolume').map(({ spec }) => spec?.csi?.volumeHandle);
    expect(new Set(handles).size).toBe(6);
  });

  test('keeps its handle when a path is added', () => {
    const [before, after] = [['/a'], ['/a', '/b']].map((paths) => volume({}, { paths }).spec?.csi?.volumeHandle);
    expect(before).toBe(after);
  });

  test('may be ReadWriteOncePod', () => {
    expect(volume({}, { accessModes: [READ_WRITE_ONCE_POD] }).spec?.accessModes).toEqual(['ReadWriteOncePod']);
  });

  test('that is deleted with its claim says which driver deletes it, and that it keeps the folder', () => {
    const { metadata, spec } = volume({}, { reclaimPolicy: DELETE });
    expect(metadata?.annotations).toMatchObject({ 'pv.kubernetes.io/provisioned-by': 'nfs.csi.k8s.io' });
    expect(spec?.persistentVolumeReclaimPolicy).toBe('Delete');
    expect(spec?.csi?.volumeHandle).toBe('nfs.example.com#k8s#nfs0#pv000#retain');
  });

  test.each([NfsOnDelete.ARCHIVE, NfsOnDelete.DELETE])('may %s its folder when it is deleted', (onDelete) => {
    expect(volume({ onDelete }, { reclaimPolicy: DELETE }).spec?.csi?.volumeHandle).toBe(`nfs.example.com#k8s#nfs0#pv000#${onDelete}`);
  });

  test('of options that are explicitly undefined is that of options left out', () => {
    expect(volume({ driver: undefined, onDelete: undefined })).toEqual(volume());
  });
});

test.each<[what: string, options: NfsCsiOptions, props: Partial<NfsPersistentVolumesProps>, message: string]>([
  ['a driver in capitals', { driver: 'NFS' }, {}, `'volumeType.driver' must be a DNS name of at most 253 characters, got "NFS": ` +
  'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part'],
  ['a driver of 64 characters', { driver: 'd'.repeat(60) + '.com' }, {},
    `'volumeType.driver' must have at most 63 characters, got "${'d'.repeat(60)}.com": name an installed CSIDriver`],
  ['something to do on deletion that never comes', { onDelete: NfsOnDelete.ARCHIVE }, {},
    `'volumeType.onDelete' must be retain with the reclaim policy Retain, got "archive": ` +
    'leave it out, or set reclaimPolicy to DELETE and let the driver do it when the claim is deleted'],
  ['a path that would break the handle', {}, { paths: ['/a', '/b#c'] },
    `'paths[1]' must have no #, with which the CSI driver parts a volume's handle, got "/b#c": export another folder`],
  ['the deletion of the root', { onDelete: NfsOnDelete.DELETE }, { paths: ['/'], reclaimPolicy: DELETE },
    `'paths[0]' must be below "/" with onDelete delete, got "/": name a folder with a parent`],
  ['an unknown reclaim policy', {}, { reclaimPolicy: 'Recycle' as PersistentVolumeReclaimPolicy },
    `'reclaimPolicy' must be one of Retain, Delete, got "Recycle": use PersistentVolumeReclaimPolicy`],
])('fails with %s', (_, options, props, message) => {
  expect(() => volume(options, props)).toThrow(new Error(`[test/nfs] ${message}`));
});

test('accepts a driver of 63 characters', () => {
  const driver = 'd'.repeat(59) + '.com';
  expect(volume({ driver }).spec?.csi?.driver).toBe(driver);
});
