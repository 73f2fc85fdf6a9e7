import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Manifest, distObjects, objectOfKind, objectsOfKind, podOf } from '../util';

const objects = distObjects('mysql-innodb-cluster');
const set = objectOfKind(objects, 'StatefulSet');
const [provision] = podOf(set).initContainers!;
const [mysqld, agent] = podOf(set).containers;

const named = (kind: string) => objects.filter((object) => (object.kind as string) === kind).map(({ metadata }) => metadata?.name);
const data = (name: string) => (
  (objects as (Manifest | IConfigMap)[]).find(({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === name) as IConfigMap
).data!;

test('the folder holds what is in the namespace, and not the namespace', () => {
  expect([...new Set(objects.map(({ metadata }) => metadata?.namespace))]).toEqual(['mysql-innodb-cluster']);
});

test('three members count their server ids from 1000, and claim 15Gi each', () => {
  expect([set.metadata!.name, set.spec!.replicas, set.spec!.podManagementPolicy]).toEqual(['mysql', 3, 'Parallel']);
  expect(mysqld.env!.find(({ name }) => name === 'SERVER_ID_BASE')!.value).toBe('1000');
  expect(set.spec!.volumeClaimTemplates!.map(({ metadata, spec }) => [metadata!.name, spec!.resources!.requests!.storage]))
    .toEqual([['data', '15Gi']]);
});

test('members are called by names in DNS, ready or not, since addresses change', () => {
  const members = objectsOfKind(objects, 'Service').find(({ metadata }) => metadata?.name === 'mysql-members')!;
  expect(members.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  expect(set.spec!.serviceName).toBe('mysql-members');
  expect(data('mysql-topology').members).toBe('mysql-0\nmysql-1\nmysql-2\n');
  expect(data('mysql-scripts')['server.sh']).toContain('--report-host="$(member_host "$POD_NAME")"');
});

test('one image runs everything, under the requests of the original manifests', () => {
  expect([provision, mysqld, agent].map(({ image }) => image)).toEqual(['mysql:9.7', 'mysql:9.7', 'mysql:9.7']);
  expect(mysqld.resources!.requests).toMatchObject({ cpu: '500m', memory: '1Gi' });
});

test('servers replicate by GTID, find their group by the agent, and are read-only until it opens one', () => {
  expect(data('mysql-config')['my.cnf'].split('\n')).toEqual(expect.arrayContaining([
    'gtid_mode = ON', 'enforce_gtid_consistency = ON', 'log_replica_updates = ON', 'super_read_only = ON',
    'plugin_load_add = mysql_clone.so;group_replication.so', 'loose_group_replication_start_on_boot = OFF',
    'loose_group_replication_bootstrap_group = OFF', 'loose_group_replication_single_primary_mode = ON',
  ]));
});

test('clients find the primary and the secondaries by what their pods are', () => {
  const selectors = objectsOfKind(objects, 'Service').map(({ metadata, spec }) => [metadata!.name, spec!.selector!['mysql.role']]);
  expect(selectors).toEqual(expect.arrayContaining([['mysql-members', undefined], ['mysql', 'primary'], ['mysql-read', 'secondary']]));
});

test('a Job makes the Secret, so that no password is in Git', () => {
  expect(named('Secret')).toEqual([]);
  expect(named('Job')).toEqual(['mysql-accounts']);
  expect(named('CronJob')).toEqual(['mysql-recover', 'mysql-switchover']);
});
