import { Size } from 'cdk8s';
import { PodVolume } from '../../lib';
import { renderWeb } from '../util';

test.each<[string, PodVolume, object]>([
  ['the keys of a ConfigMap', PodVolume.configMap('v', 'conf'), { configMap: { name: 'conf' } }],
  ['some keys of a ConfigMap, with a mode, if it exists',
    PodVolume.configMap('v', 'conf', { items: { a: 'x/a', b: 'b' }, defaultMode: 0o440, optional: true }),
    { configMap: { name: 'conf', items: [{ key: 'a', path: 'x/a' }, { key: 'b', path: 'b' }], defaultMode: 288, optional: true } }],
  ['the keys of a Secret', PodVolume.secret('v', 'tls'), { secret: { secretName: 'tls' } }],
  ['some keys of a Secret, with a mode, if it exists',
    PodVolume.secret('v', 'tls', { items: { a: 'x/a' }, defaultMode: 0o400, optional: false }),
    { secret: { secretName: 'tls', items: [{ key: 'a', path: 'x/a' }], defaultMode: 256, optional: false } }],
  ['an empty folder', PodVolume.emptyDir('v'), { emptyDir: {} }],
  ['an empty folder in memory', PodVolume.emptyDir('v', { inMemory: true }), { emptyDir: { medium: 'Memory' } }],
  ['an empty folder with a limit',
    PodVolume.emptyDir('v', { inMemory: false, sizeLimit: Size.gibibytes(1) }),
    { emptyDir: { sizeLimit: '1Gi' } }],
  ['a claim that exists', PodVolume.persistentVolumeClaim('v', 'files'), { persistentVolumeClaim: { claimName: 'files' } }],
  ['a folder of an NFS server', PodVolume.nfs('v', 'nfs.example.com', '/files'), { nfs: { server: 'nfs.example.com', path: '/files' } }],
])('%s is rendered with nothing but itself', (_, volume, source) => {
  const { pod } = renderWeb({ mounts: [{ volume, mountPath: '/v' }] });
  expect(pod.volumes?.[0]).toEqual({ name: 'v', ...source });
});
