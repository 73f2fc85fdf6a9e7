import { Size } from 'cdk8s';
import { PodVolume } from '../../lib';
import { renderWeb } from '../util';

const DNS_NAME = 'be a DNS name of at most 253 characters';
const DNS_NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';

test.each<[what: string, volume: PodVolume, message: string]>([
  ['a ConfigMap name in capitals', PodVolume.configMap('conf', 'Conf'), `configMapName' must ${DNS_NAME}, got "Conf": ${DNS_NAME_CURE}`],
  ['a Secret name with a blank', PodVolume.secret('keys', 'my keys'), `secretName' must ${DNS_NAME}, got "my keys": ${DNS_NAME_CURE}`],
  ['an empty claim name', PodVolume.persistentVolumeClaim('data', ''), `claimName' must ${DNS_NAME}, got "": ${DNS_NAME_CURE}`],
  ['a file outside of the volume', PodVolume.configMap('conf', 'conf', { items: { a: '../a' } }),
    `items.a' must be a relative path without "..", doubled or trailing slashes, got "../a": write "a"`],
  ['a decimal mode', PodVolume.secret('keys', 'keys', { defaultMode: 7777 }),
    `defaultMode' must be a whole number from 0 to 511, got 7777: write it as an octal number, as in 0o440`],
  ['a size limit of nothing', PodVolume.emptyDir('cache', { sizeLimit: Size.gibibytes(0) }),
    `sizeLimit' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)`],
  ['no NFS server', PodVolume.nfs('nfs', '', '/export'), `server' must be a host name or an IP address, got "": ` +
  `a host name has parts of at most 63 letters, digits, "-" and "_", a hyphen neither first nor last, with dots between them`],
  ['a relative NFS path', PodVolume.nfs('nfs', 'server', 'export'),
    `path' must be an absolute path without "..", doubled or trailing slashes, got "export": write "/export"`],
])('fails with %s', (_, volume, message) => {
  expect(() => renderWeb({ mounts: [{ volume, mountPath: '/mnt' }] })).toThrow(new Error(`[test/web] 'mounts[0].volume.${message}`));
});
