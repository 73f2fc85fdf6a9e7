import { distObjects, objectsOfKind } from '../util';

const objects = distObjects('nfs-volumes');
const volumes = objectsOfKind(objects, 'PersistentVolume');

test('the folder holds the volumes pv000, pv001 and pv002, and nothing else', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['v1', 'PersistentVolume', 'pv000', undefined],
    ['v1', 'PersistentVolume', 'pv001', undefined],
    ['v1', 'PersistentVolume', 'pv002', undefined],
  ]);
});

test('each volume is a folder that the server exports', () => {
  expect(volumes.map((volume) => volume.spec?.nfs)).toEqual([
    { server: '192.168.199.128', path: '/k8s/nfs0' },
    { server: '192.168.199.128', path: '/k8s/nfs1' },
    { server: '192.168.199.128', path: '/k8s/nfs2' },
  ]);
});

test.each([0, 1, 2])('volume %i is 1Gi, ReadWriteOnce, retained, of no class', (index) => {
  expect(volumes[index].spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '1Gi' },
    claimRef: volumes[index].spec?.claimRef,
    nfs: volumes[index].spec?.nfs,
    persistentVolumeReclaimPolicy: 'Retain',
  });
});

test('the first two volumes are for the claims of the web, the third is free', () => {
  expect(volumes.map((volume) => volume.spec?.claimRef)).toEqual([
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'default', name: 'www-web-0' },
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'default', name: 'www-web-1' },
    undefined,
  ]);
});
