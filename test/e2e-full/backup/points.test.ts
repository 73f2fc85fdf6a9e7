import { RestorePoint } from '../../../lib/mysql/backup/restore-point';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { AcknowledgedRow, TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { Random } from '../../e2e/registers/random';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { Restored } from './restored';

const NAMESPACE = 'e2e-backup-points';
const RESTORED = `${NAMESPACE}-restored`;
const NAMESPACES = [NAMESPACE, RESTORED];
const TIMES = 10;
const SEED = Number(process.env.BACKUP_POINTS_SEED ?? Date.now() % 1_000_000);
const WRITES = 400; // between the first backup and the second one, and after it
const [, { members, topology }] = TOPOLOGIES;

describeInNamespace(RESTORED, () => describeInNamespace(NAMESPACE, () => {
  const random = new Random(SEED);
  const store = new TestedStore(NAMESPACE);
  const cluster = new TestedCluster(NAMESPACE, members);
  const backups = new BackedUp(NAMESPACE);
  const restored = new Restored(RESTORED, store, `${NAMESPACE}/mysql`);
  let rows: AcknowledgedRow[] = [];
  let first = 0; // the rows before it are in every backup
  let transactions: string[] = [];

  diagnosed(`rows are written before, between and after two backups; the seed is ${SEED}`, NAMESPACES, async () => {
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store) });
    await cluster.ready();
    await cluster.startWriter();
    await backups.succeed('backup');
    first = (await cluster.acknowledged()).numbers.length;
    await cluster.writes('writer', WRITES, 200);
    await backups.succeed('backup');
    await cluster.writes('writer', WRITES, 200);
    rows = await cluster.acknowledgedRows();
    await cluster.stopWriter();
    await backups.archived();
    transactions = await insertsInOrder(cluster);
    expect(transactions.length).toBeGreaterThanOrEqual(rows.length);
    await store.admit(RESTORED);
  }, 900);

  for (let time = 1; time <= TIMES; time++) {
    diagnosed(`random time ${time} has what was committed before, and nothing that was written later`, NAMESPACES, async () => {
      const index = Math.floor(random.between(first, rows.length - 1));
      const at = Math.floor(random.between(rows[index].at, rows[index + 1].at + 1));
      const numbers = await restored.to(RestorePoint.time(new Date(at).toISOString()));
      console.log(`until ${new Date(at).toISOString()}: ${numbers.length} rows, row ${index + 1} of ${rows.length} was acknowledged before`);
      const before = rows.filter((row) => row.at < at).map(({ number }) => number);
      expect(before.filter((number) => !numbers.includes(number))).toEqual([]);
      const after = rows.filter((_, place) => place > 0 && rows[place - 1].at > at).map(({ number }) => number); // their writes began later
      expect(after.filter((number) => numbers.includes(number))).toEqual([]);
    }, 600);
  }

  for (let time = 1; time <= TIMES; time++) {
    const after = time % 2 === 0;
    diagnosed(`random transaction ${time} is ${after ? 'the last one' : 'the first one that is not there'}`, NAMESPACES, async () => {
      const index = transactions.length - 1 - Math.floor(random.between(0, rows.length - first - 1));
      const transaction = transactions[index];
      const numbers = await restored.to(after ? RestorePoint.afterTransaction(transaction) : RestorePoint.beforeTransaction(transaction));
      const all = (await cluster.sql('mysql-source-0', 'SELECT number FROM shop.numbers ORDER BY number')).split('\n').map(Number);
      console.log(`${after ? 'after' : 'before'} ${transaction}: ${numbers.length} of ${all.length} rows`);
      expect(numbers).toEqual(all.slice(0, after ? index + 1 : index));
    }, 600);
  }
}));

/** The transactions that insert into shop.numbers, in the order of the binary log of the source. */
async function insertsInOrder(cluster: TestedCluster): Promise<string[]> {
  const logs = (await cluster.sql('mysql-source-0', 'SHOW BINARY LOGS')).split('\n').map((line) => line.split('\t')[0]);
  const found: string[] = [];
  let transaction = '';
  for (const log of logs) {
    for (const line of (await cluster.sql('mysql-source-0', `SHOW BINLOG EVENTS IN '${log}'`)).split('\n')) {
      transaction = /GTID_NEXT= '([^']*)'/.exec(line)?.[1] ?? transaction;
      if (/\tTable_map\t.*shop\.numbers/.test(line)) {
        found.push(transaction);
      }
    }
  }
  return found;
}
