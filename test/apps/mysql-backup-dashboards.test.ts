import { distObjects } from '../util';

test('the dashboards of the cluster with backups are ConfigMaps in its namespace', () => {
  const objects = distObjects('mysql-backup-dashboards');
  expect(objects.map(({ kind, metadata }) => [kind, metadata!.namespace, metadata!.name])).toEqual([
    ['ConfigMap', 'mysql-backup', 'mysql-backups'], ['ConfigMap', 'mysql-backup', 'mysql-cluster'],
    ['ConfigMap', 'mysql-backup', 'mysql-server'],
  ]);
});
