import { distObjects } from '../util';

test('the dashboards of the group are ConfigMaps in its namespace', () => {
  const objects = distObjects('mysql-innodb-cluster-dashboards');
  expect(objects.map(({ kind, metadata }) => [kind, metadata!.namespace, metadata!.name])).toEqual([
    ['ConfigMap', 'mysql-innodb-cluster', 'mysql-backups'], ['ConfigMap', 'mysql-innodb-cluster', 'mysql-cluster'],
    ['ConfigMap', 'mysql-innodb-cluster', 'mysql-server'],
  ]);
});
