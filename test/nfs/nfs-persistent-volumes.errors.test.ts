import { App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { NfsPersistentVolumesProps } from '../../lib';
import { addVolumes, testChart } from '../util';

type Case = [what: string, props: Partial<NfsPersistentVolumesProps>, message: string];

const { READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
const SERVER = `'server' must be a host name or an IP address`;
const SERVER_CURE = 'name the NFS server without a path';
const SERVER_LETTERS =
  'a host name has parts of at most 63 letters, digits, "-" and "_", a hyphen neither first nor last, with dots between them';
const PATH = 'be an absolute path without "..", doubled or trailing slashes';
const DNS_NAME = 'be a DNS name of at most 253 characters';
const DNS_NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const OPTION_CURE = 'write one option, as in "hard"';
const UNCHECKED = 'mend it; what this library does not know goes into uncheckedMountOptions';
const LONG = 'p'.repeat(62) + '.';

test.each<Case>([
  ['an empty server', { server: '' }, `${SERVER}, got "": ${SERVER_LETTERS}`],
  ['a server with a path', { server: 'nfs.example.com:/k8s' }, `${SERVER}, got "nfs.example.com:/k8s": ${SERVER_CURE}`],
  ['a server that is a URL', { server: 'nfs://nfs.example.com' }, `${SERVER}, got "nfs://nfs.example.com": ${SERVER_CURE}`],
  ['a server with a blank', { server: 'nfs ' }, `${SERVER}, got "nfs ": ${SERVER_LETTERS}`],
  ['no path', { paths: [] }, `'paths' must name at least one path, got []: name the folders that the server exports`],
  ['a relative path', { paths: ['/a', 'k8s/nfs'] }, `'paths[1]' must ${PATH}, got "k8s/nfs": write "/k8s/nfs"`],
  ['a path with a trailing slash', { paths: ['/a/'] }, `'paths[0]' must ${PATH}, got "/a/": write "/a"`],
  ['a path that comes twice', { paths: ['/a', '/b', '/a'] }, `'paths[2]' must be a path of its own, got "/a": 'paths[0]' has it already`],
  ['capacity 0', { capacity: Size.gibibytes(0) }, `'capacity' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)`],
  ['no access mode', { accessModes: [] }, `'accessModes' must name at least one access mode, got []: leave it out for ReadWriteOnce`],
  ['an unknown access mode', { accessModes: ['RWX' as PersistentVolumeAccessMode] },
    `'accessModes[0]' must be one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod, got "RWX": use PersistentVolumeAccessMode`],
  ['ReadWriteOncePod', { accessModes: [READ_WRITE_ONCE_POD] },
    `'accessModes[0]' must be one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, got "ReadWriteOncePod": the nfs volume type knows no other`],
  ['ReadWriteOncePod and another mode', { accessModes: [READ_WRITE_ONCE, READ_WRITE_ONCE_POD] },
    `'accessModes' must not join ReadWriteOncePod with another mode, got ["ReadWriteOnce","ReadWriteOncePod"]: name it alone`],
  ['reclaim policy Delete', { reclaimPolicy: PersistentVolumeReclaimPolicy.DELETE },
    `'reclaimPolicy' must be one of Retain, got "Delete": the nfs volume type cannot delete files; delete them on the server`],
  ['an empty mount option', { mountOptions: ['hard', ''] },
    `'mountOptions[1]' must be a text without blanks around it, got "": ${OPTION_CURE}`],
  ['a blank around a mount option', { mountOptions: [' hard'] },
    `'mountOptions[0]' must be a text without blanks around it, got " hard": ${OPTION_CURE}`],
  ['an unknown mount option', { mountOptions: ['hard', 'hart'] },
    `'mountOptions[1]' must be an option of nfs(5), got "hart": ${UNCHECKED}`],
  ['a mount option of an object\'s prototype', { mountOptions: ['constructor'] },
    `'mountOptions[0]' must be an option of nfs(5), got "constructor": ${UNCHECKED}`],
  ['two mount options in one', { mountOptions: ['hard,noatime'] },
    `'mountOptions[0]' must be an option of nfs(5), got "hard,noatime": ${UNCHECKED}`],
  ['a mount option with a value that it does not have', { mountOptions: ['nfsvers=2'] },
    `'mountOptions[0]' must have a value that nfs(5) allows, got "nfsvers=2": ${UNCHECKED}`],
  ['a mount option without its value', { mountOptions: ['timeo'] },
    `'mountOptions[0]' must have a value that nfs(5) allows, got "timeo": ${UNCHECKED}`],
  ['a flag with a value', { mountOptions: ['hard=1'] },
    `'mountOptions[0]' must be an option of nfs(5), got "hard=1": ${UNCHECKED}`],
  ['mount options that contradict each other', { mountOptions: ['nfsvers=4.1', 'soft', 'hard'] },
    `'mountOptions[2]' must not decide again what "soft" decides, got "hard": leave one out`],
  ['a mount option by two names', { mountOptions: ['vers=4.1', 'nfsvers=4.1'] },
    `'mountOptions[1]' must not decide again what "vers=4.1" decides, got "nfsvers=4.1": leave one out`],
  ['a mount option that Kubernetes knows', { mountOptions: ['ro'] },
    `'mountOptions[0]' must not say whether the volume is read-only, got "ro": use readOnly, which Kubernetes knows of`],
  ['an empty unchecked mount option', { uncheckedMountOptions: [''] },
    `'uncheckedMountOptions[0]' must be a text without blanks around it, got "": ${OPTION_CURE}`],
  ['volumes that are read-only and are written to', { readOnly: true, accessModes: [READ_ONLY_MANY, READ_WRITE_ONCE] },
    `'accessModes' must be ReadOnlyMany for volumes that are read-only, got ["ReadOnlyMany","ReadWriteOnce"]: leave it out`],
  ['an annotation with a bad key', { annotations: { '-': 'x' } },
    `'annotations' must be annotations as Kubernetes allows them, got {"-":"x"}: a key has at most 63 letters, digits, "-", "_" and ".", ` +
    'and may have a DNS name and "/" in front; a value is a text'],
  ['an annotation in place of a guard', { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'enabled' } },
    `'annotations.kustomize.toolkit.fluxcd.io/prune' must not replace the guard "disabled", got "enabled": ` +
    'leave it out, or set prune to PrunePolicy.ALLOW and write both guards yourself'],
  ['a class in capitals', { storageClassName: 'NFS' }, `'storageClassName' must ${DNS_NAME}, got "NFS": ${DNS_NAME_CURE}`],
  ['a prefix in capitals', { namePrefix: 'PV' }, `'namePrefix' must ${DNS_NAME}, got "PV000": ${DNS_NAME_CURE}`],
  ['a prefix that begins with a hyphen', { namePrefix: '-pv' }, `'namePrefix' must ${DNS_NAME}, got "-pv000": ${DNS_NAME_CURE}`],
  ['a prefix that makes names of 254 characters', { namePrefix: LONG.repeat(4).slice(0, 251) },
    `'namePrefix' must ${DNS_NAME}, got "${LONG.repeat(4).slice(0, 251)}000": ${DNS_NAME_CURE}`],
  ['a bad label', { labels: { team: '-' } },
    `'labels' must be labels as Kubernetes allows them, got {"team":"-"}: use at most 63 letters, digits, "-", "_" and ".", ` +
    'a letter or digit at both ends; a key may have a DNS name and "/" in front'],
])('fails with %s', (_, props, message) => {
  expect(() => addVolumes(testChart(), props)).toThrow(new Error(`[test/nfs] ${message}`));
});

test.each([
  'vers=3', 'nfsvers=4.2', 'proto=tcp6', 'timeo=600', 'retrans=2', 'sec=krb5p', 'sec=krb5:krb5i', 'nconnect=16', 'rsize=1048576',
  'lookupcache=positive', 'local_lock=none', 'xprtsec=mtls', 'clientaddr=fd00::1', 'soft', 'noac', 'nolock', 'noresvport', 'fsc', 'nosuid',
])('accepts the mount option %s', (option) => {
  expect(() => addVolumes(testChart(), { mountOptions: [option] })).not.toThrow();
});

test('accepts the root of an NFSv4 server', () => {
  expect(addVolumes(testChart(), { paths: ['/'] }).volumes[0].toJson()).toMatchObject({ spec: { nfs: { path: '/' } } });
});

test('accepts a prefix that makes names of 253 characters', () => {
  const [name] = addVolumes(testChart(), { namePrefix: LONG.repeat(4).slice(0, 250) }).volumeNames;
  expect(name).toHaveLength(253);
});

test.each([undefined, 'bank'])('fails for a second volume of one name in an app, in a chart of namespace %p, too', (namespace) => {
  const app = new App();
  addVolumes(new Chart(app, 'one', { namespace: 'shop' }));
  expect(() => addVolumes(new Chart(app, 'two', { namespace }), { paths: ['/a'] })).toThrow(new Error(
    `[two/nfs] 'namePrefix' must be a PersistentVolume name that no other construct of this app renders, got "pv000": ` +
    `'one/nfs' renders it already; give each set its own prefix`,
  ));
});

describe('a folder of two constructs of an app', () => {
  const twice = (first: PersistentVolumeAccessMode[], second: PersistentVolumeAccessMode[], server = 'nfs.example.com') => {
    const app = new App();
    addVolumes(new Chart(app, 'one'), { accessModes: first, paths: ['/a', '/b'] });
    return () => addVolumes(new Chart(app, 'two'), { accessModes: second, paths: ['/b'], namePrefix: 'more', server });
  };

  test.each([
    [[READ_WRITE_ONCE], [READ_WRITE_MANY]],
    [[READ_WRITE_MANY], [READ_WRITE_ONCE, READ_WRITE_MANY]],
    [[READ_WRITE_ONCE], [READ_WRITE_ONCE]],
  ])('fails as %j and as %j', (first, second) => {
    expect(twice(first, second)).toThrow(new Error(
      `[two/nfs] 'paths[0]' must be a folder of its own, unless it is for many pods everywhere, got "/b": ` +
      `it is a volume of 'one/nfs' already; name another, or give both only ReadOnlyMany or ReadWriteMany`,
    ));
  });

  test('is accepted for many pods, e.g. of two namespaces', () => {
    expect(twice([READ_WRITE_MANY], [READ_ONLY_MANY])).not.toThrow();
  });

  test('is another one on another server', () => {
    expect(twice([READ_WRITE_ONCE], [READ_WRITE_ONCE], 'nfs2.example.com')).not.toThrow();
  });
});
