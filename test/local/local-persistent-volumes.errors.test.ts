import { App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { LocalPersistentVolumesProps, LocalStorageClass, LocalVolume } from '../../lib';
import { addLocalVolumes, addWeb, claim, testChart } from '../util';

const { READ_WRITE_MANY } = PersistentVolumeAccessMode;
const LABELS = 'use at most 63 letters, digits, "-", "_" and ".", a letter or digit at both ends; '
  + 'a key may have a DNS name and "/" in front';
const DNS_NAME = 'be a DNS name of at most 253 characters';
const DNS_NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const PATH = 'be an absolute path without "..", ":", doubled or trailing slashes';
const OWN = 'be a folder that is no other volume of this app';
const OWN_CURE = 'give each volume a folder or node of its own';
const onHost = (...places: [host: string, path: string][]) => ({ volumes: places.map(([host, path]) => LocalVolume.onHost(host, path)) });
const onLabelled = (...labels: Record<string, string>[]) => ({
  volumes: labels.map((one) => LocalVolume.onLabelledNode(one, '/mnt/data')),
});

test.each<[what: string, props: Partial<LocalPersistentVolumesProps>, message: string]>([
  ['no volume', { volumes: [] }, `'volumes' must name at least one folder, got []: as in LocalVolume.onHost("node-1", "/mnt/data")`],
  ['a relative path', onHost(['a', '/x'], ['a', 'x']), `'volumes[1].path' must ${PATH}, got "x": write "/x"`],
  ['the root', onHost(['a', '/']), `'volumes[0].path' must be below "/", got "/": name a folder`],
  ['a hostname with a blank', onHost(['node 1', '/x']),
    `'volumes[0].hostname' must be labels as Kubernetes allows them, got {"kubernetes.io/hostname":"node 1"}: ${LABELS}`],
  ['an empty hostname', onHost(['', '/x']), `'volumes[0].hostname' must name a node, got "": write the node's label kubernetes.io/hostname`],
  ['no label', onLabelled({}), `'volumes[0].labels' must name at least one label, got {}: name a label that only one node has`],
  ['a bad label', onLabelled({ 'my/own/label': 'x' }),
    `'volumes[0].labels' must be labels as Kubernetes allows them, got {"my/own/label":"x"}: ${LABELS}`],
  ['a folder of a host that comes twice', onHost(['a', '/x'], ['a', '/x']),
    `'volumes[1]' must ${OWN}, got {"kubernetes.io/hostname":"a","path":"/x"}: ` +
    `it may be that of {"kubernetes.io/hostname":"a"} in 'test/local'; ${OWN_CURE}`],
  ['a folder of a labelled node that comes twice', onLabelled({ mysql: 'a' }, { mysql: 'a' }),
    `'volumes[1]' must ${OWN}, got {"mysql":"a","path":"/mnt/data"}: it may be that of {"mysql":"a"} in 'test/local'; ${OWN_CURE}`],
  ['a folder of nodes among which the other one is', onLabelled({ mysql: 'a', zone: 'b' }, { mysql: 'a' }),
    `'volumes[1]' must ${OWN}, got {"mysql":"a","path":"/mnt/data"}: it may be that of {"mysql":"a","zone":"b"} in 'test/local'; ${OWN_CURE}`],
  ['capacity 0', { capacity: Size.gibibytes(0) }, `'capacity' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)`],
  ['a mode of many nodes', { accessModes: [READ_WRITE_MANY] },
    `'accessModes[0]' must be one of ReadWriteOnce, ReadWriteOncePod, got "ReadWriteMany": the disk is on one node`],
  ['a class in capitals', { storageClass: LocalStorageClass.create('Local') }, `'storageClass' must ${DNS_NAME}, got "Local": ${DNS_NAME_CURE}`],
  ['an existing class in capitals', { storageClass: LocalStorageClass.existing('Local') },
    `'storageClass' must ${DNS_NAME}, got "Local": ${DNS_NAME_CURE}`],
  ['a prefix in capitals', { namePrefix: 'PV' }, `'namePrefix' must ${DNS_NAME}, got "PV000": ${DNS_NAME_CURE}`],
  ['an annotation in place of a guard', { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=true' } },
    `'annotations.argocd.argoproj.io/sync-options' must not replace the guard "Delete=false,Prune=false", got "Prune=true": ` +
    'leave it out, or set prune to PrunePolicy.ALLOW and write both guards yourself'],
])('fails with %s', (_, props, message) => {
  expect(() => addLocalVolumes(testChart(), props)).toThrow(new Error(`[test/local] ${message}`));
});

describe('in one app', () => {
  const twice = (props: Partial<LocalPersistentVolumesProps>) => {
    const app = new App();
    addLocalVolumes(new Chart(app, 'one'), { volumes: [LocalVolume.onHost('a', '/x')] }, 'disks');
    return () => addLocalVolumes(new Chart(app, 'two'), props, 'more');
  };

  test('a folder that a volume of another construct has fails', () => {
    expect(twice(onHost(['a', '/x']))).toThrow(new Error(
      `[two/more] 'volumes[0]' must ${OWN}, got {"kubernetes.io/hostname":"a","path":"/x"}: ` +
      `it may be that of {"kubernetes.io/hostname":"a"} in 'one/disks'; ${OWN_CURE}`,
    ));
  });

  test('a class that another construct renders fails', () => {
    expect(twice({ storageClass: LocalStorageClass.create('disks') })).toThrow(new Error(
      `[two/more] 'storageClass' must be a StorageClass name that no other construct of this app renders, got "disks": ` +
      `'one/disks' renders it already; use LocalStorageClass.existing() for all sets of volumes but one`,
    ));
  });

  test('a class that another construct renders can be used', () => {
    expect(twice({ storageClass: LocalStorageClass.existing('disks') })).not.toThrow();
  });
});

test('reserving for more claims than there are volumes fails', () => {
  const chart = testChart('shop');
  expect(() => addLocalVolumes(chart).reserveFor(addWeb(chart, { replicas: 3, claims: [claim()] }))).toThrow(new Error(
    `[test/local] 'volumes' must make a volume for each of the 3 claims that are reserved, got 2: add 1 more, or reserve for fewer claims`,
  ));
});

test('reserving for a claim of another class fails', () => {
  const chart = testChart('shop');
  expect(() => addLocalVolumes(chart).reserveFor(addWeb(chart, { claims: [claim({ storageClassName: '' })] }))).toThrow(new Error(
    `[test/local] 'storageClassName of claim www-web-0' must be "local" as that of volume local-000, got "": ` +
    'give volumes and claim the same class, or leave it out of the claim template; a claim of another class never binds to the volume',
  ));
});
