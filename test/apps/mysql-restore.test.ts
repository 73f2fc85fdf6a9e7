import { distObjects } from '../util';

const objects = distObjects('mysql-restore');
const named = (kind: string) => objects.filter((object) => (object.kind as string) === kind).map(({ metadata }) => metadata?.name);

test('the folder holds what is in the namespace, and not the namespace', () => {
  expect([...new Set(objects.map(({ metadata }) => metadata?.namespace))]).toEqual(['mysql-restore']);
});

test('the data is restored by a Job, until the last transaction of the other cluster, and another one makes the first backup', () => {
  expect(named('Job')).toEqual([
    'mysql-accounts', expect.stringMatching(/^mysql-backup-r1-[0-9a-f]{8}$/), expect.stringMatching(/^mysql-restore-r1-[0-9a-f]{8}$/),
  ]);
  const text = JSON.stringify(objects.find(({ metadata }) => metadata!.name!.startsWith('mysql-restore-r1-')));
  expect(text).toContain('"value":"backups/mysql-backup/mysql"');
  expect(text).toContain('"name":"RESTORE_UNTIL","value":"latest"');
});

test('backups of the restored cluster have a folder of their own', () => {
  const archive = objects.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata!.name === 'mysql-archive');
  expect(JSON.stringify(archive)).toContain('"value":"backups/mysql-restore/mysql"');
});
