import { Acknowledged, TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { get, kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { spreadReads } from './reads';
import { applyByBlock, membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-growth';
const LAST = 'last-writer';
const ROWS = 512; // of 1 MiB

describeInNamespace(NAMESPACE, () => {
  const small = new TestedCluster(NAMESPACE, membersOf(1));
  const large = new TestedCluster(NAMESPACE, membersOf(3));

  diagnosed('500 MB of data are written', [NAMESPACE], async () => {
    await startCluster(small);
    await small.startWriter();
    await small.sql(SOURCE, 'CREATE TABLE shop.large (id INT AUTO_INCREMENT PRIMARY KEY, text LONGTEXT)');
    for (let rows = 0; rows < ROWS; rows += 32) {
      await small.sql(SOURCE, `INSERT INTO shop.large (text) WITH RECURSIVE numbers AS (SELECT 1 AS number UNION ALL
        SELECT number + 1 FROM numbers WHERE number < 32) SELECT REPEAT(SHA2(RAND(), 256), 16384) FROM numbers`);
    }
    await small.ready();
  });

  diagnosed('one replica answers all reads', [NAMESPACE], async () => {
    const { [SOURCE]: ofSource } = await spreadReads(small);
    expect(ofSource).toBe(0);
  });

  diagnosed('two more replicas copy the data one after the other, while a client writes', [NAMESPACE], async () => {
    const start = Date.now();
    await applyByBlock('mysql-scale', NAMESPACE, 3);
    await large.ready(280);
    console.log(`1 to 3 replicas with ${ROWS} MiB: all ready after ${seconds(start)}`);
    await large.writes();
    for (const pod of large.members) {
      expect(await large.sql(pod, 'SELECT COUNT(*) FROM shop.large')).toBe(String(ROWS));
    }
    await nothingLost();
    await large.startWriter();
  }, 400);

  diagnosed('reads are spread over all replicas, and none reaches the source', [NAMESPACE], async () => {
    const { [SOURCE]: ofSource, ...ofReplicas } = await spreadReads(large);
    expect(ofSource).toBe(0);
    const fair = Object.values(ofReplicas).reduce((sum, number) => sum + number) / 3;
    expect(Object.values(ofReplicas).filter((number) => number < fair / 2)).toEqual([]); // each connection's replica is drawn by lot
  });

  diagnosed('a change of configuration reaches every member, replicas from the last to the first', [NAMESPACE], async () => {
    const start = Date.now();
    await applyByBlock('mysql-configure', NAMESPACE, 3, { configuration: { long_query_time: '3' } });
    await large.ready();
    const took = seconds(start);
    await large.writes();
    const started = await Promise.all(large.members.map(async (pod) => ({
      pod, at: await kubectl('--namespace', NAMESPACE, 'get', 'pod', pod, '--output', 'jsonpath={.metadata.creationTimestamp}'),
    })));
    for (const { pod } of started) {
      expect([pod, Number(await large.sql(pod, 'SELECT @@GLOBAL.long_query_time'))]).toEqual([pod, 3]);
    }
    const replicas = started.slice(1).map(({ at }) => at);
    expect(replicas).toEqual([...replicas].sort().reverse());
    const { longestPause } = await nothingLost();
    console.log(`a change of configuration took ${took}, the longest pause of writes ${longestPause / 1000} s`);
    expect(longestPause).toBeLessThan(60_000);
    await large.startWriter(LAST);
  }, 400);

  diagnosed('back to one replica: the others go, their claims stay, and writes go on', [NAMESPACE], async () => {
    await applyByBlock('mysql-scale', NAMESPACE, 1, { configuration: { long_query_time: '3' } });
    for (const pod of large.members.slice(2)) {
      await until(`${pod} is gone`, 120, async () => await small.condition(pod) === undefined);
    }
    await small.ready();
    await small.writes(LAST);
    expect((await get('persistentvolumeclaim', 'data-mysql-replica-2', NAMESPACE))?.status?.phase).toBe('Bound');
    await small.requireNothingLost(SOURCE, await small.stopWriter(LAST));
  });

  diagnosed('their claims may be deleted', [NAMESPACE], async () => {
    await runBlock('mysql-delete-claims', NAMESPACE);
    expect(await get('persistentvolumeclaim', 'data-mysql-replica-2', NAMESPACE)).toBeUndefined();
    expect((await get('persistentvolumeclaim', 'data-mysql-replica-0', NAMESPACE))?.status?.phase).toBe('Bound');
  });

  /** Ends the writer, and requires what it saw of all members. */
  async function nothingLost(): Promise<Acknowledged> {
    const seen = await large.stopWriter();
    await large.requireNothingLost(SOURCE, seen);
    return seen;
  }

  function seconds(start: number): string {
    return `${Math.round((Date.now() - start) / 1000)} s`;
  }
});
