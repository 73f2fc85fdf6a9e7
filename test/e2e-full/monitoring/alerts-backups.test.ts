import { Duration } from 'cdk8s';
import { BackupDrill } from '../../../lib/mysql/backup/backup-drill';
import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedGroup } from '../../e2e/mysql/group';
import { TestedStore } from '../../e2e/mysql/store';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Fault, Watched } from './faults';

const NAMESPACE = 'e2e-alerts-backups';
const AGE = Duration.minutes(3);
/** What is so for the rest of the file. */
const STANDING = ['MySqlBackupTooOld', 'MySqlCertificateExpires'];

/** What operators hear when backups are missing or old, or the archive does not store. */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const store = new TestedStore(NAMESPACE);
  const backups = new BackedUp(NAMESPACE);
  const watched = new Watched(group);

  diagnosed('a group without any backup is watched: MySqlBackupMissing fires', [NAMESPACE], async () => {
    await store.start();
    const mysql = await group.apply({ backups: backupsIn(store), metrics: MySqlMetrics.exporter() });
    await group.whole();
    await group.startWriter();
    await until('the archive is ready', 120, async () => await group.condition('mysql-archive-0') === 'True');
    const alerts = await watched.watch(mysql, { backupAge: AGE, certificateExpiry: Duration.days(4000) });
    await watched.prometheus.fires('MySqlBackupMissing', 150);
    const needed = [...new Set(alerts._rules.flatMap(({ needs }) => needs))];
    const served = await Promise.all(needed.map(async (name) => (await watched.prometheus.query(name)).length));
    expect(needed.filter((_, index) => served[index] === 0)).toEqual(['cdk8s_stateful_mysql_backup_proven_last_timestamp_seconds']);
  }, 600);

  diagnosed('a certificate that is not valid for long is told of', [NAMESPACE], async () => {
    await watched.prometheus.fires('MySqlCertificateExpires', 90); // for more than the ten years that servers give theirs
  });

  diagnosed('a backup is made, which nobody needs to hear of, and it gets too old: MySqlBackupTooOld fires', [NAMESPACE], async () => {
    await runBlock('backup-now', NAMESPACE);
    await backups.archived();
    await until('MySqlBackupMissing resolves', 120, async () => !(await watched.prometheus.firing()).includes('MySqlBackupMissing'));
    await watched.prometheus.fires('MySqlBackupTooOld', AGE.toSeconds() + 300);
  }, 900);

  diagnosed('no drill has ever passed: MySqlDrillMissing fires, and resolves when one passes', [NAMESPACE], async () => {
    await watched.prometheus.fires('MySqlDrillMissing', 90);
    await backups.succeed('drill');
    await watched.isQuiet(480, STANDING);
  }, 900);

  const faults: Fault[] = [{
    what: 'the check of a drill fails', alert: 'MySqlDrillFailed', within: 600, implies: STANDING, settles: 600,
    make: async () => {
      const drill = (check: string) => ({
        backups: backupsIn(store, { drill: BackupDrill.weekly({ check }) }), metrics: MySqlMetrics.exporter(),
      });
      await group.apply(drill('SELECT COUNT(*) < 0 FROM shop.numbers'));
      await backups.create('drill');
      return async () => {
        await group.apply(drill('SELECT COUNT(*) > 0 FROM shop.numbers'));
        await backups.succeed('drill');
      };
    },
  }, {
    what: 'the store is away', alert: 'MySqlArchiveBehind', within: 300, implies: STANDING,
    make: async () => {
      await store.reachable(false);
      return async () => await store.reachable(true);
    },
  }, {
    what: 'the archive is gone', alert: 'MySqlArchiveBehind', within: 300, implies: STANDING,
    make: async () => {
      const scale = async (replicas: number) => await kubectl('--namespace', NAMESPACE, 'scale', 'statefulset/mysql-archive',
        '--replicas', String(replicas));
      await scale(0);
      return async () => await scale(1);
    },
  }];

  for (const fault of faults) {
    const { what, alert } = fault;
    diagnosed(`${what}: ${alert} fires, and resolves`, [NAMESPACE], async () => await watched.see(fault, STANDING), 1500);
  }

  afterAll(() => watched.report());
});
