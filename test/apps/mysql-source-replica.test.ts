import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Manifest, distObjects, objectsOfKind, podOf } from '../util';

const objects = distObjects('mysql-source-replica');
const [replica, source] = objectsOfKind(objects, 'StatefulSet'); // as their files sort

const named = (kind: string) => objects.filter((object) => (object.kind as string) === kind).map(({ metadata }) => metadata?.name);

test('the folder holds what is in the namespace, and not the namespace', () => {
  expect([...new Set(objects.map(({ metadata }) => metadata?.namespace))]).toEqual(['data']);
});

test('one source and one replica run on their nodes, with the server ids and requests of the original manifests', () => {
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
  expect(named('Service')).toEqual(['mysql-members', 'mysql-read-service', 'mysql-service']);
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
