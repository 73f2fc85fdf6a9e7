import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { BackupDrill } from '../../../lib/mysql/backup/backup-drill';
import { PointInTimeArchive } from '../../../lib/mysql/backup/point-in-time-archive';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedGroup } from '../../e2e/mysql/group';
import { TestedStore } from '../../e2e/mysql/store';
import { containerCost, ContainerCost } from '../../e2e/support/container-cost';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';

const NAMESPACE = 'e2e-backup-costs';
const DOUBLINGS = 8; // of 64 rows of 1 KiB: 16 MiB in a transaction
const COPIES = 15; // of those: 256 MiB
const MEASURED_SECONDS = 60;
const RATIO_MAX = 1.5;
const REST_SECONDS = 120;
const REST = { mebibytes: 250, percent: 1 };
const LOAD = readFileSync(join(__dirname, 'load.sh'), 'utf8');
const FORGET = 'TRUNCATE performance_schema.events_statements_summary_by_digest';
const P99 = `SELECT COUNT_STAR, ROUND(QUANTILE_99 / 1000000000, 1) FROM performance_schema.events_statements_summary_by_digest
  WHERE DIGEST_TEXT LIKE 'INSERT INTO \`shop\` . \`paced\`%'`;

describeInNamespace(NAMESPACE, () => {
  const store = new TestedStore(NAMESPACE);
  const group = new TestedGroup(NAMESPACE);
  const backups = new BackedUp(NAMESPACE);

  diagnosed('a group with backups has 256 MiB', [NAMESPACE], async () => {
    await store.start();
    await group.start({
      resources: undefined, // the share of a busy node that users have
      backups: backupsIn(store, {
        pointInTime: PointInTimeArchive.every(Duration.seconds(30)),
        drill: BackupDrill.weekly({ check: 'SELECT COUNT(*) > 0 FROM shop.paced' }),
      }),
    });
    await group.whole();
    const primary = await group.primary();
    await group.sql(primary, 'CREATE TABLE shop.filling (id INT AUTO_INCREMENT PRIMARY KEY, content VARBINARY(1024))');
    await group.sql(primary, `INSERT INTO shop.filling (content) VALUES ${Array(64).fill('(RANDOM_BYTES(1024))').join()}`);
    for (let time = 0; time < DOUBLINGS; time++) {
      await group.sql(primary, 'INSERT INTO shop.filling (content) SELECT RANDOM_BYTES(1024) FROM shop.filling');
    }
    for (let time = 0; time < COPIES; time++) {
      await group.sql(primary, `INSERT INTO shop.filling (content) SELECT RANDOM_BYTES(1024) FROM shop.filling LIMIT ${64 * 2 ** DOUBLINGS}`);
    }
    await group.whole();
    await backups.archived(180);
    await backups.succeed('backup'); // until there is one the archive looks for it each minute
  }, 900);

  diagnosed('the archive costs little at rest', [NAMESPACE], async () => {
    const [before, start] = [await cost(), Date.now()];
    await new Promise((resolve) => setTimeout(resolve, REST_SECONDS * 1000));
    const after = await cost();
    const percent = (after.nanoseconds - before.nanoseconds) / (Date.now() - start) / 1e4;
    console.log(`the pod of the archive at rest: ${after.mebibytes.toFixed(0)} MiB, ${percent.toFixed(2)} % of a core`);
    expect(after.mebibytes).toBeLessThanOrEqual(REST.mebibytes);
    expect(percent).toBeLessThanOrEqual(REST.percent);
  });

  diagnosed('commits take hardly longer while a backup is made, and while a table changes', [NAMESPACE], async () => {
    const primary = await group.primary();
    await group.startClient('load', 'writer', LOAD);
    await group.sql(primary, 'CREATE TABLE shop.changing (id INT PRIMARY KEY)');
    const before = await quantile(primary, () => new Promise((resolve) => setTimeout(resolve, MEASURED_SECONDS * 1000)));
    const during = await quantile(primary, async () => {
      const job = await backups.create('backup');
      const backup = kubectl('--namespace', NAMESPACE, 'wait', `job/${job}`, '--for', 'condition=Complete', '--timeout', '240s'); // asks once
      await group.sql(primary, 'ALTER TABLE shop.changing ADD COLUMN more INT');
      await backup;
    });
    console.log(`p99 of commits: ${before.milliseconds} ms of ${before.count} before, ${during.milliseconds} ms of ${during.count} during a backup`);
    expect(await kubectl('--namespace', NAMESPACE, 'logs', 'load')).toBe('');
    expect(during.milliseconds / before.milliseconds).toBeLessThanOrEqual(RATIO_MAX);
    expect(await backups.succeed('drill')).toContain('drill passed'); // which requires the set that the backup says
  }, 900);

  async function quantile(primary: string, body: () => Promise<unknown>): Promise<{ count: number; milliseconds: number }> {
    await group.sql(primary, FORGET);
    await body();
    const [count, milliseconds] = (await group.sql(primary, P99)).split('\t').map(Number);
    expect(count).toBeGreaterThan(100);
    return { count, milliseconds };
  }

  /** What the containers of the archive have used. */
  async function cost(): Promise<ContainerCost> {
    const [receive, ship] = await Promise.all(['receive', 'ship'].map(
      async (container) => await containerCost(NAMESPACE, 'mysql-archive-0', container)));
    return { nanoseconds: receive.nanoseconds + ship.nanoseconds, mebibytes: receive.mebibytes + ship.mebibytes };
  }
});
