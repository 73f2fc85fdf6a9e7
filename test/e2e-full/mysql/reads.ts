import { readFileSync } from 'fs';
import { join } from 'path';
import { TestedCluster } from '../../e2e/mysql/cluster';

const READS = 120;
// By their text, since clients send queries of their own.
const ANSWERED = `SELECT COALESCE(SUM(count_star), 0) FROM performance_schema.events_statements_summary_by_digest
  WHERE digest_text LIKE "SELECT MAX%shop%numbers%"`;

/** How many of the same reads from the read Service each member has answered. */
export async function spreadReads(cluster: TestedCluster): Promise<Record<string, number>> {
  const counts = async () => await Promise.all(cluster.members.map(async (pod) => Number(await cluster.sql(pod, ANSWERED))));
  const before = await counts();
  const failure = await cluster.asClient('reads', 'writer', `READS=${READS}\n${readFileSync(join(__dirname, 'reads.sh'), 'utf8')}`);
  expect(failure).toBe('');
  const after = await counts();
  const answered = Object.fromEntries(cluster.members.map((pod, index) => [pod, after[index] - before[index]]));
  console.log(`${READS} reads: ${Object.entries(answered).map(([pod, number]) => `${pod} ${number}`).join(', ')}`);
  expect(Object.values(answered).reduce((sum, number) => sum + number)).toBe(READS);
  return answered;
}
