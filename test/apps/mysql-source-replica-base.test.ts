import { distObjects, objectOfKind, objectsOfKind } from '../util';

const objects = distObjects('mysql-source-replica-base');

test('the folder holds the namespace, the class and the volumes, and nothing else', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['v1', 'Namespace', 'data', undefined],
    ['storage.k8s.io/v1', 'StorageClass', 'mysql-local-storage', undefined],
    ['v1', 'PersistentVolume', 'mysql-000', undefined],
    ['v1', 'PersistentVolume', 'mysql-001', undefined],
  ]);
});

test('the namespace admits pods of the level restricted, and GitOps tools keep it', () => {
  expect(objectOfKind(objects, 'Namespace').metadata).toMatchObject({
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  });
});

test('the volumes are local disks of the labelled nodes, reserved for the claims', () => {
  expect(objectOfKind(objects, 'StorageClass')).toMatchObject({
    metadata: { name: 'mysql-local-storage' }, provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer',
  });
  const volumes = objectsOfKind(objects, 'PersistentVolume').map(({ spec }) => [
    spec!.claimRef!.name, spec!.local!.path, spec!.capacity!.storage, spec!.storageClassName,
    spec!.nodeAffinity!.required!.nodeSelectorTerms[0].matchExpressions![0].values![0],
  ]);
  expect(volumes).toEqual([
    ['data-mysql-source-0', '/mnt/mysql', '25Gi', 'mysql-local-storage', 'master'],
    ['data-mysql-replica-0', '/mnt/mysql', '25Gi', 'mysql-local-storage', 'slave'],
  ]);
});
