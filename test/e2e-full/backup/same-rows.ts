import { BackupDrill } from '../../../lib/mysql/backup/backup-drill';
import { BackedUp } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';

const ROWS = 'COUNT(*), COALESCE(SUM(number), 0), BIT_XOR(CRC32(number))';

/** A drill whose check is true only for exactly the rows of the writers that a member has. */
export async function drillForRowsOf(cluster: TestedCluster, member: string): Promise<BackupDrill> {
  const values = (await cluster.sql(member, `SELECT ${ROWS} FROM shop.numbers`)).split('\t');
  return BackupDrill.weekly({ check: `SELECT (${ROWS}) = (${values.join(', ')}), COUNT(*) FROM shop.numbers` });
}

/** Runs the drill, which must restore all transactions of this set. */
export async function requireRestored(backups: BackedUp, cluster: TestedCluster, member: string, executed: string): Promise<void> {
  const log = await backups.succeed('drill');
  expect(log).toContain('drill passed');
  const [, restored] = /restored the base \S+ and \d+ logs of timeline \S+: (\S+)/.exec(log)!;
  expect(await cluster.sql(member, `SELECT GTID_SUBTRACT('${executed}', '${restored}')`)).toBe('');
}
