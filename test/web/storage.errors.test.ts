import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ClaimTemplate, PodSecurity, PodVolume, StatefulWebProps } from '../../lib';
import { addWeb, claim, testChart } from '../util';

type Case<T> = [what: string, input: T, message: string];

const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
const LABEL = 'use lower-case letters, digits and hyphens, with a letter or digit at both ends';
const DNS_NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const PATH = 'be an absolute path without "..", ":", doubled or trailing slashes';
const RELATIVE_PATH = 'be a relative path without "..", doubled or trailing slashes';
const MODES = 'ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod';
const OWN_VOLUME_CURE = 'another volume or claim has this name; rename one, or mount the same PodVolume object twice to share it';
const SCRATCH_CURE = 'the folders that must be writable use this name; choose another one';

describe('fails with a claim of', () => {
  test.each<Case<Partial<ClaimTemplate>>>([
    ['an empty name', { name: '' }, `'claims[1].name' must be a DNS label of at most 63 characters, got "": ${LABEL}`],
    ['a name in capitals', { name: 'WWW' }, `'claims[1].name' must be a DNS label of at most 63 characters, got "WWW": ${LABEL}`],
    ['the name of another claim', { name: 'first' },
      `'claims[1].name' must be a claim name of its own, got "first": 'claims[0].name' has it already`],
    ['size 0', { size: Size.gibibytes(0) }, `'claims[1].size' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)`],
    ['no size, as JavaScript allows', { size: undefined },
      `'claims[1].size' must be a size above zero, got nothing: write it as in Size.gibibytes(1)`],
    ['a size that is a text, as JavaScript allows', { size: '1Gi' as unknown as Size },
      `'claims[1].size' must be a size above zero, got "1Gi": write it as in Size.gibibytes(1)`],
    ['no access mode', { accessModes: [] },
      `'claims[1].accessModes' must name at least one access mode, got []: leave it out for ReadWriteOnce`],
    ['an unknown access mode', { accessModes: [READ_WRITE_ONCE, 'RWX' as PersistentVolumeAccessMode] },
      `'claims[1].accessModes[1]' must be one of ${MODES}, got "RWX": use PersistentVolumeAccessMode`],
    ['ReadWriteOncePod and another mode', { accessModes: [READ_WRITE_ONCE_POD, READ_WRITE_ONCE] },
      `'claims[1].accessModes' must not join ReadWriteOncePod with another mode, got ["ReadWriteOncePod","ReadWriteOnce"]: name it alone`],
    ['a class in capitals', { storageClassName: 'Fast' },
      `'claims[1].storageClassName' must be a DNS name of at most 253 characters, got "Fast": ${DNS_NAME_CURE}`],
    ['a class of attributes with an underscore', { volumeAttributesClassName: 'my_gold' },
      `'claims[1].volumeAttributesClassName' must be a DNS name of at most 253 characters, got "my_gold": ${DNS_NAME_CURE}`],
    ['a relative mount path', { mountPath: 'var/www' }, `'claims[1].mountPath' must ${PATH}, got "var/www": write "/var/www"`],
    ['an empty mount path', { mountPath: '' }, `'claims[1].mountPath' must ${PATH}, got "": write "/"`],
    ['the root as mount path', { mountPath: '/' }, `'claims[1].mountPath' must be below "/", got "/": name a folder`],
    ['a mount path with a trailing slash', { mountPath: '/www/' }, `'claims[1].mountPath' must ${PATH}, got "/www/": write "/www"`],
    ['a mount path with doubled slashes', { mountPath: '/a//b' }, `'claims[1].mountPath' must ${PATH}, got "/a//b": write "/a/b"`],
    ['a mount path with two dots', { mountPath: '/a/../b' }, `'claims[1].mountPath' must ${PATH}, got "/a/../b": write "/b"`],
    ['a mount path with a colon', { mountPath: '/a:b' }, `'claims[1].mountPath' must ${PATH}, got "/a:b": write "/ab"`],
    ['the mount path of another claim', { mountPath: '/first' },
      `'claims[1].mountPath' must be a mount path of its own, got "/first": 'claims[0].mountPath' has it already`],
    ['an absolute subPath', { subPath: '/html' }, `'claims[1].subPath' must ${RELATIVE_PATH}, got "/html": write "html"`],
    ['an empty subPath', { subPath: '' }, `'claims[1].subPath' must ${RELATIVE_PATH}, got "": name a file or folder`],
    ['a subPath that leaves the volume', { subPath: '../x' }, `'claims[1].subPath' must ${RELATIVE_PATH}, got "../x": write "x"`],
    ['the name of the folders that must be writable', { name: 'scratch' },
      `'claims[1].name' must be a volume name of its own, got "scratch": ${SCRATCH_CURE}`],
  ])('%s', (_, changes, message) => {
    fails({ claims: [claim({ name: 'first', mountPath: '/first' }), claim(changes)] }, message);
  });
});

describe('fails with', () => {
  const volume = PodVolume.emptyDir('v');

  test.each<Case<Partial<StatefulWebProps>>>([
    ['a relative path of a mount', { mounts: [{ volume, mountPath: './v' }] }, `'mounts[0].mountPath' must ${PATH}, got "./v": write "/v"`],
    ['a subPath of a mount with a trailing slash', { mounts: [{ volume, mountPath: '/v', subPath: 'a/' }] },
      `'mounts[0].subPath' must ${RELATIVE_PATH}, got "a/": write "a"`],
    ['a mount where a claim is', { claims: [claim()], mounts: [{ volume, mountPath: '/usr/share/nginx/html' }] },
      `'mounts[0].mountPath' must be a mount path of its own, got "/usr/share/nginx/html": 'claims[0].mountPath' has it already`],
    ['two mounts in one place', { mounts: [{ volume, mountPath: '/a' }, { volume, mountPath: '/b' }, { volume, mountPath: '/a' }] },
      `'mounts[2].mountPath' must be a mount path of its own, got "/a": 'mounts[0].mountPath' has it already`],
    ['a relative writable path', { security: PodSecurity.restricted({ writablePaths: ['/tmp', 'run'] }) },
      `'security.writablePaths[1]' must ${PATH}, got "run": write "/run"`],
    ['a volume name in capitals', { mounts: [{ volume: PodVolume.secret('TLS', 'tls'), mountPath: '/v' }] },
      `'mounts[0].volume.name' must be a DNS label of at most 63 characters, got "TLS": ${LABEL}`],
    ['a volume with the name of another one',
      { mounts: [{ volume, mountPath: '/a' }, { volume: PodVolume.emptyDir('v'), mountPath: '/b' }] },
      `'mounts[1].volume.name' must be a volume name of its own, got "v": ${OWN_VOLUME_CURE}`],
    ['a volume with the name of a claim', { claims: [claim()], mounts: [{ volume: PodVolume.emptyDir('www'), mountPath: '/a' }] },
      `'mounts[0].volume.name' must be a volume name of its own, got "www": ${OWN_VOLUME_CURE}`],
    ['a volume with the name of the folders that must be writable',
      { mounts: [{ volume: PodVolume.emptyDir('scratch'), mountPath: '/a' }] },
      `'mounts[0].volume.name' must be a volume name of its own, got "scratch": ${SCRATCH_CURE}`],
  ])('%s', (_, props, message) => {
    fails(props, message);
  });
});

describe('accepts', () => {
  test.each<[string, Partial<ClaimTemplate>]>([
    ['a name of 63 characters', { name: 'n'.repeat(63) }],
    ['ReadWriteOncePod alone', { accessModes: [READ_WRITE_ONCE_POD] }],
    ['no class', { storageClassName: '' }],
    ['a class with dots', { storageClassName: 'fast.example.com' }],
    ['a path with dots in names', { mountPath: '/.a/b..c/d', subPath: '..data/e.f' }],
    ['the smallest size', { size: Size.kibibytes(1) }],
  ])('a claim of %s', (_, changes) => {
    expect(() => addWeb(testChart(), { claims: [claim(changes)] })).not.toThrow();
  });
});

function fails(props: Partial<StatefulWebProps>, message: string): void {
  expect(() => addWeb(testChart(), props)).toThrow(new Error(`[test/web] ${message}`));
}
