import { distObjects } from '../util';

test('the folder holds all of the exporter and of the page of facts, and nothing of it is in the folder of the servers', () => {
  const named = (folder: string) => distObjects(folder).map(({ kind, metadata }) => `${kind} ${metadata!.name}`);
  const names = ['ConfigMap mysql-metrics-scripts', 'NetworkPolicy mysql-metrics', 'Service mysql-metrics', 'Deployment mysql-metrics'];
  expect(named('mysql-innodb-cluster-metrics')).toEqual(names);
  expect(named('mysql-innodb-cluster').filter((name) => names.includes(name))).toEqual([]);
});
