import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { BackedUp, backupsIn, INTERVAL_SECONDS } from '../../e2e/mysql/backed-up';
import { AcknowledgedRow, TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared, declareCluster } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace, renderChart } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-backup-losses';
const ARCHIVE_CLAIM = 'spool-mysql-archive-0';
const TIMES = 10;
const KEPT_TIMES = 3;
const LOSS_MAX = (INTERVAL_SECONDS + 10) * 1000;
const KEPT_LOSS_MAX = 2000;
const [, { members, topology }] = TOPOLOGIES;

describeInNamespace(NAMESPACE, () => {
  const store = new TestedStore(NAMESPACE);
  const cluster = new TestedCluster(NAMESPACE, members);
  const backups = new BackedUp(NAMESPACE);
  const measures = new Measures();
  let restores = 0;

  diagnosed('a cluster has a backup and an archive', [NAMESPACE], async () => {
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store) });
    await cluster.ready();
    await cluster.startWriter();
    await backups.succeed('backup');
    await backups.archived();
  }, 600);

  for (let time = 1; time <= TIMES; time++) {
    diagnosed(`loss ${time} of everything but the store loses no more than an interval and ten seconds`, [NAMESPACE], async () => {
      const rows = await lose([]);
      await restore();
      await requireLoss('everything but the store is lost', rows, LOSS_MAX);
    }, 900);
  }

  for (let time = 1; time <= KEPT_TIMES; time++) {
    diagnosed(`loss ${time} of everything but the store and the claim of the archive loses no more than two seconds`, [NAMESPACE], async () => {
      const rows = await lose([ARCHIVE_CLAIM]);
      await restore(true);
      await requireLoss('the claim of the archive stays', rows, KEPT_LOSS_MAX);
    }, 900);
  }

  afterAll(() => measures.report());

  /** Loses all workloads at once while clients write, and all claims but these; what was acknowledged until then. */
  async function lose(kept: string[]): Promise<AcknowledgedRow[]> {
    await cluster.writes('writer', 100);
    const run = async (...args: string[]) => await kubectl('--namespace', NAMESPACE, ...args);
    await run('delete', 'statefulset,job', '--all', '--cascade=orphan');
    await run('delete', 'pod', '--selector', 'app.kubernetes.io/managed-by=cdk8s', '--force', '--grace-period=0');
    const rows = await cluster.acknowledgedRows();
    await cluster.stopWriter();
    const claims = (await run('get', 'persistentvolumeclaim', '--output', 'name')).split('\n').filter((claim) => (
      claim !== '' && !kept.some((name) => claim.endsWith(`/${name}`))));
    await run('delete', ...claims, '--timeout=60s');
    return rows;
  }

  /** Restores the cluster, with the archive before the rest if that has its claim, until clients write and there is a backup again. */
  async function restore(archiveFirst = false): Promise<void> {
    restores += 1;
    const restored = MySqlRestore.from(store.asBackup(), { cluster: `${NAMESPACE}/mysql`, id: `r${restores}` });
    const props = { backups: backupsIn(store), restore: restored };
    if (archiveFirst) {
      const dist = renderChart(NAMESPACE, (chart) => void declareCluster(chart, topology(), props));
      await runBlock('backup-archive-first', NAMESPACE, { 'dist/shop.k8s.yaml': dist });
    } else {
      await applyDeclared(NAMESPACE, topology(), props);
    }
    await cluster.ready(300);
  }

  /** Measures until when acknowledged rows are there, and goes on. */
  async function requireLoss(what: string, rows: AcknowledgedRow[], most: number): Promise<void> {
    const source = await cluster.writable();
    const stored = new Set((await cluster.sql(source, 'SELECT number FROM shop.numbers')).split('\n').map(Number));
    const lost = rows.filter(({ number }) => !stored.has(number));
    const loss = lost.length === 0 ? 0 : rows.at(-1)!.at - lost[0].at;
    console.log(`${what}: ${rows.length} rows acknowledged, ${lost.length} lost, of the last ${loss} ms`);
    measures.add(what, loss);
    expect(loss).toBeLessThanOrEqual(most);
    expect(lost).toEqual(rows.slice(rows.length - lost.length)); // none between
    await cluster.startWriter();
    await backups.firstOf(`r${restores}`);
    await until('the archive is ready', 120, async () => await cluster.condition('mysql-archive-0') === 'True');
  }
});
