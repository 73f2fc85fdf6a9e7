import { App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { NfsPersistentVolumesProps } from '../../lib';
import { addVolumes, testChart } from '../util';

type Case = [what: string, props: Partial<NfsPersistentVolumesProps>, message: string];

const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
const SERVER = `'server' must be a host name or an IP address`;
const SERVER_CURE = 'name the NFS server without a path';
const PATH = 'be an absolute path without "..", ":", doubled or trailing slashes';
const DNS_NAME = 'be a DNS name of at most 253 characters';
const DNS_NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const OPTION_CURE = 'write one option, as in "hard"';
const LONG = 'p'.repeat(62) + '.';

test.each<Case>([
  ['an empty server', { server: '' }, `${SERVER}, got "": ${SERVER_CURE}`],
  ['a server with a path', { server: 'nfs.example.com:/k8s' }, `${SERVER}, got "nfs.example.com:/k8s": ${SERVER_CURE}`],
  ['a server that is a URL', { server: 'nfs://nfs.example.com' }, `${SERVER}, got "nfs://nfs.example.com": ${SERVER_CURE}`],
  ['a server with a blank', { server: 'nfs ' }, `${SERVER}, got "nfs ": ${SERVER_CURE}`],
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
