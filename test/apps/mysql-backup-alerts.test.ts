import { distObjects } from '../util';

interface Read {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly groups: { readonly rules: { readonly alert: string }[] }[] };
}

const objects = distObjects('mysql-backup-alerts') as unknown as Read[];
const names = objects[0].spec.groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));

test('the folder holds the alerts, in the namespace of the cluster', () => {
  expect(objects.map(({ kind, metadata: { name, namespace } }) => `${kind} ${namespace}/${name}`))
    .toEqual(['PrometheusRule mysql-backup/mysql-alerts']);
});

test('they are of backups, too', () => {
  expect(names).toEqual(expect.arrayContaining(['MySqlNoPrimary', 'MySqlGroupNoMajority', 'MySqlRolloutStuck']));
  expect(names.filter((name) => /Backup|Archive|Drill/.test(name)))
    .toEqual(['MySqlBackupTooOld', 'MySqlBackupMissing', 'MySqlArchiveBehind', 'MySqlDrillFailed',
      'MySqlDrillTooOld', 'MySqlDrillMissing']);
});
