import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { RestorePoint } from '../../../lib/mysql/backup/restore-point';
import { runBlock } from '../support/block';
import { diagnosed } from '../support/diagnosed';
import { kubectl } from '../support/kubectl';
import { describeInNamespace } from '../support/own-namespace';
import { until } from '../support/wait';
import { BackedUp, backupsIn } from './backed-up';
import { TestedCluster } from './cluster';
import { applyDeclared } from './declare';
import { statusBecomes } from './shown-status';
import { TestedStore } from './store';
import { TOPOLOGIES } from './topologies';

describe.each(TOPOLOGIES)('$id', ({ id, members, topology }) => {
  const namespace = `e2e-backup-${id}`;
  const restored = `${namespace}-restored`;
  const namespaces = [namespace, restored];

  describeInNamespace(restored, () => describeInNamespace(namespace, () => {
    const store = new TestedStore(namespace);
    const cluster = new TestedCluster(namespace, members);
    const other = new TestedCluster(restored, members);
    const backups = new BackedUp(namespace);
    let dropped = '';

    diagnosed('a cluster with backups starts, and its archive is ready', namespaces, async () => {
      await store.start();
      await applyDeclared(namespace, topology(), { backups: backupsIn(store) });
      await cluster.ready();
      await cluster.startWriter();
      await until('the archive is ready', 120, async () => await cluster.condition('mysql-archive-0') === 'True');
    });

    diagnosed('a backup is made while clients write, and no client sees an error', namespaces, async () => {
      const log = await runBlock('backup-now', namespace);
      expect(log).toMatch(/copied the data of \S+ in \d+ s/);
      expect(await kubectl('--namespace', namespace, 'logs', 'writer')).not.toContain('ERROR');
      await cluster.writes();
    });

    diagnosed('the list says until when the data can be restored', namespaces, async () => {
      await backups.archived();
      expect(await runBlock('backup-list', namespace)).toMatch(/^timeline initial: recoverable from \S+Z until \S+Z$/m);
      expect(await runBlock('backup-archive', namespace)).toMatch(/^ready ARCHIVING: /m);
    });

    diagnosed('the status of a member says it, too', namespaces, async () => {
      const { output } = await statusBecomes(namespace, members[0], /is fine: .*recoverable until \S+Z/, 120);
      console.log(output);
      expect(output).toMatch(/^recoverable until \S+Z \(\d+ s ago\); 1 proven bases, the newest \S+ of \S+Z; last drill passed never; /m);
      expect(output).toMatch(/; archive ARCHIVING$/m);
    });

    diagnosed('the drill restores it, and its check is true', namespaces, async () => {
      expect(await runBlock('backup-drill', namespace)).toContain('drill passed');
      expect(await kubectl('--namespace', namespace, 'logs', 'job/drill', '--container', 'publish'))
        .toContain('the store has that the drill');
      expect(await backups.succeed('backup-list')).toContain('timeline initial: a drill passed at ');
    });

    diagnosed('a table is dropped, and another cluster is restored to the transaction before', namespaces, async () => {
      const seen = await cluster.stopWriter();
      const source = await cluster.writable();
      await cluster.sql(source, 'CREATE TABLE shop.last (id INT PRIMARY KEY); INSERT INTO shop.last VALUES (1)');
      const before = await cluster.executed(source);
      await cluster.sql(source, 'DROP TABLE shop.numbers');
      dropped = (await cluster.sql(source, `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${before}')`)).trim();
      expect(dropped).toMatch(/:\d+$/);
      if (id === 'group') {
        expect(await runBlock('backup-find-transaction', namespace)).toBe(`GTID_NEXT= '${dropped}'\n`);
      }
      await cluster.sql(source, 'INSERT INTO shop.last VALUES (2)');
      await backups.archived();

      await store.admit(restored);
      await applyDeclared(restored, topology(), {
        backups: backupsIn(store),
        restore: MySqlRestore.from(store.asBackup(), {
          cluster: `${namespace}/mysql`, id: 'r1', until: RestorePoint.beforeTransaction(dropped),
        }),
      });
      await other.ready(240);
      const first = await other.writable();
      expect(await other.sql(first, 'SELECT GROUP_CONCAT(id) FROM shop.last')).toBe('1');
      await other.requireNothingLost(first, seen);
    });

    diagnosed('the restored cluster writes transactions that no other cluster ever had', namespaces, async () => {
      const source = await other.writable();
      const before = await other.executed(source);
      await other.sql(source, 'INSERT INTO shop.last VALUES (3)');
      const own = await other.sql(source, `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${before}')`);
      expect(await other.sql(source, `SELECT GTID_SUBTRACT('${own}', '${await cluster.executed(await cluster.writable())}')`)).toBe(own);
    });

    diagnosed('the same manifests again restore nothing', namespaces, async () => {
      await applyDeclared(restored, topology(), {
        backups: backupsIn(store),
        restore: MySqlRestore.from(store.asBackup(), {
          cluster: `${namespace}/mysql`, id: 'r1', until: RestorePoint.beforeTransaction(dropped),
        }),
      });
      await other.ready();
      expect(await other.sql(await other.writable(), 'SELECT GROUP_CONCAT(id ORDER BY id) FROM shop.last')).toBe('1,3');
    });

    diagnosed('everything is lost but the store, and the cluster is restored to the last transaction', namespaces, async () => {
      await cluster.startWriter('again');
      await cluster.writes('again', 50);
      const seen = await cluster.stopWriter('again');
      await backups.archived();
      await lose(id, namespace);
      await applyDeclared(namespace, topology(), {
        backups: backupsIn(store),
        restore: MySqlRestore.from(store.asBackup(), { cluster: `${namespace}/mysql`, id: 'r1' }),
      });
      await cluster.ready(240);
      await cluster.requireNothingLost(await cluster.writable(), seen);
      expect(await cluster.sql(await cluster.writable(), 'SELECT GROUP_CONCAT(id ORDER BY id) FROM shop.last')).toBe('1,2');
      await until('the archive goes on in the new timeline', 120, async () => await cluster.condition('mysql-archive-0') === 'True');
      await backups.firstOf('r1');
    });
  }));
});

/** Loses all data: in place, as the guide says, or with everything that the namespace has but the store. */
async function lose(id: string, namespace: string): Promise<void> {
  if (id === 'group') {
    await runBlock('backup-in-place', namespace);
    return;
  }
  await kubectl('--namespace', namespace, 'delete', 'statefulset', '--all', '--wait');
  const pods = ['pod', '--selector', 'app.kubernetes.io/managed-by=cdk8s'];
  await kubectl('--namespace', namespace, 'delete', ...pods, '--force', '--grace-period', '0');
  await kubectl('--namespace', namespace, 'delete', 'persistentvolumeclaim', '--all', '--wait');
}
