import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Manifest, distObjects, objectOfKind, objectsOfKind, podOf } from '../util';

const objects = distObjects('mysql-source-replica');
const [source, replica] = objectsOfKind(objects, 'StatefulSet');

const named = (kind: string) => objects.filter((object) => (object.kind as string) === kind).map(({ metadata }) => metadata?.name);

test('the folder holds the namespace that admits restricted pods only, and what is in it', () => {
  expect(objectOfKind(objects, 'Namespace').metadata).toMatchObject({
    name: 'data', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  });
  expect([...new Set(objects.flatMap(({ metadata }) => metadata?.namespace ?? []))]).toEqual(['data']);
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

test('one source and one replica run on their nodes, with the server ids and requests of the source documents', () => {
  const of = (set: typeof source) => {
    const { nodeSelector, containers: [{ env, resources }] } = podOf(set);
    const { name, spec } = { name: set.metadata!.name, spec: set.spec! };
    const [template] = spec.volumeClaimTemplates!;
    return [
      name, spec.replicas, nodeSelector, env!.find((variable) => variable.name === 'SERVER_ID_BASE')!.value, resources!.requests!.cpu,
      resources!.requests!.memory, template.metadata!.name, template.spec!.resources!.requests!.storage, template.spec!.storageClassName,
    ];
  };
  expect(of(source)).toEqual(['mysql-source', 1, { mysql: 'master' }, '100', '500m', '1Gi', 'data', '25Gi', 'mysql-local-storage']);
  expect(of(replica)).toEqual(['mysql-replica', 1, { mysql: 'slave' }, '200', '500m', '1Gi', 'data', '25Gi', 'mysql-local-storage']);
});

test('clients find the Services under the names that they know', () => {
  expect(named('Service')).toEqual(['mysql-members', 'mysql-service', 'mysql-read-service']);
});

test('a Job makes the Secret, so that no password is in Git', () => {
  expect(named('Secret')).toEqual([]);
  expect(named('Job')).toEqual(['mysql-accounts']);
});

test('replication is by GTID, in rows, and replicas are read-only', () => {
  const config = (objects as (Manifest | IConfigMap)[]).find(({ metadata }) => metadata?.name === 'mysql-config') as IConfigMap;
  expect(config.data!['my.cnf'].split('\n')).toEqual(expect.arrayContaining([
    'gtid_mode = ON', 'enforce_gtid_consistency = ON', 'log_replica_updates = ON', 'super_read_only = ON', 'log_bin = binlog',
  ]));
});
