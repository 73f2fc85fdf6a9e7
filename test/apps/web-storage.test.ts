import { App } from 'cdk8s';
import { WebStorage } from '../../apps/web-storage';
import { testSeedWeb } from '../support/seed-web';
import { distObjects, objectOfKind, podOf } from '../util';

const objects = distObjects('web-storage');
const statefulSet = objectOfKind(objects, 'StatefulSet');
const [container] = podOf(statefulSet).containers;

test('the folder holds what is in the namespace default', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['networking.k8s.io/v1', 'NetworkPolicy', 'web', 'default'],
    ['policy/v1', 'PodDisruptionBudget', 'web', 'default'],
    ['v1', 'Service', 'nginx', 'default'],
    ['apps/v1', 'StatefulSet', 'web', 'default'],
  ]);
});

testSeedWeb(objects);

test('the pages are on the claim www', () => {
  expect(container.volumeMounts).toEqual([{ name: 'www', mountPath: '/usr/share/nginx/html' }]);
});

test('the claim www asks for 1Gi, ReadWriteOnce, of no class, so that no default class takes it away', () => {
  expect(statefulSet.spec?.volumeClaimTemplates).toEqual([{
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'www' },
    spec: {
      accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: '', volumeMode: 'Filesystem',
    },
  }]);
});

test('the claims outlive the StatefulSet', () => {
  expect(statefulSet.spec?.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
});

test('the pods, their DNS names and their claims are those of the source document', () => {
  const { web } = new WebStorage(new App(), 'web-storage');
  expect(web.podNames).toEqual(['web-0', 'web-1']);
  expect(web.podDnsNames).toEqual(['web-0.nginx.default.svc.cluster.local', 'web-1.nginx.default.svc.cluster.local']);
  expect(web.claimNames).toEqual(['www-web-0', 'www-web-1']);
});
