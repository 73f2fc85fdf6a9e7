import { distObjects } from '../util';

const objects = distObjects('mysql-backup');
const named = (kind: string) => objects.filter((object) => (object.kind as string) === kind).map(({ metadata }) => metadata?.name);

test('the folder holds what is in the namespace, and not the namespace', () => {
  expect([...new Set(objects.map(({ metadata }) => metadata?.namespace))]).toEqual(['mysql-backup']);
});

test('CronJobs make backups and drills, and a suspended one lists what there is', () => {
  expect(named('CronJob')).toEqual(['mysql-backup-list', 'mysql-backup', 'mysql-drill', 'mysql-recover', 'mysql-switchover']);
});

test('binary logs are stored by a pod of its own', () => {
  expect(named('StatefulSet')).toEqual(['mysql-archive', 'mysql']);
});

test('no Secret of the store and no key is in a manifest', () => {
  expect(named('Secret')).toEqual([]);
  expect(named('Job')).toEqual(['mysql-accounts']);
});
