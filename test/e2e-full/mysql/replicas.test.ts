import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from './measures';
import { cut, heal } from './network';
import { membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-replicas';
const FIRST = 'mysql-replica-0';
const SECOND = 'mysql-replica-1';

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));
  const measures = new Measures();

  diagnosed('one command says who is the source, who is ready and why, and how far behind replicas are', [NAMESPACE], async () => {
    await startCluster(cluster);
    await cluster.startWriter();
    await until('all replicas follow', 60, async () => (await cluster.log(SOURCE)).includes('2 replicas follow'));
    const state = await runBlock('mysql-state', NAMESPACE);
    for (const [pod, role] of [[SOURCE, 'source'], [FIRST, 'replica'], [SECOND, 'replica']]) {
      expect(state).toMatch(new RegExp(`^${pod} +2/2 .* ${role}$`, 'm'));
    }
    expect(state).toMatch(new RegExp(`^${SOURCE}: ready SOURCE: open for writes, 2 replicas follow$`, 'm'));
    expect(state).toMatch(new RegExp(`^${FIRST}: ready REPLICA: follows ${SOURCE}, at most 15 s behind$`, 'm'));
    expect(state.match(/Seconds_Behind_Source: \d$/gm)).toHaveLength(2);
  });

  diagnosed('a replica whose source purged what it needs says so, gets a new copy, and follows', [NAMESPACE], async () => {
    const before = await cluster.sql(FIRST, 'SELECT @@server_uuid');
    await cluster.sql(FIRST, 'STOP REPLICA');
    await leaves(FIRST, 'REPLICATION_STOPPED: the receiver is OFF');
    await cluster.writes();
    await until('the source has purged what the replica needs', 60, async () => {
      await cluster.sql(SOURCE, 'FLUSH BINARY LOGS');
      const current = (await cluster.sql(SOURCE, 'SHOW BINARY LOG STATUS')).split('\t')[0];
      await cluster.sql(SOURCE, `PURGE BINARY LOGS TO '${current}'`);
      const missing = `SELECT GTID_SUBSET('${await cluster.sql(SOURCE, 'SELECT @@GLOBAL.gtid_purged')}', @@GLOBAL.gtid_executed)`;
      return await cluster.sql(FIRST, missing.replaceAll('\\n', '')) === '0';
    });
    const start = Date.now();
    await cluster.sql(FIRST, 'START REPLICA');
    await until('the replica asks for a new copy', 60, async () => /has purged the transactions \S+, which this replica needs/
      .test(await cluster.log(FIRST)));
    await until('the replica has a new copy', 120, async () => await cluster.sql(FIRST, 'SELECT @@server_uuid') !== before);
    await cluster.ready();
    measures.add('a new copy for a replica whose source purged what it needs', Date.now() - start);
    expect(await cluster.log(FIRST, 'mysqld')).toMatch(/copied the data of mysql-source-0 in \d+ s/);
    await cluster.writes();
  });

  diagnosed('a replica with transactions of its own stops, names them, and keeps its data', [NAMESPACE], async () => {
    await cluster.sql(SECOND, 'SET GLOBAL super_read_only = OFF; CREATE TABLE shop.mine (id INT PRIMARY KEY)');
    const own = await cluster.sql(SECOND, 'SELECT CONCAT(@@server_uuid, ":1")');
    await leaves(SECOND, `ERRANT: this replica committed transactions of its own: ${own}`);
    await until('it has stopped', 30, async () => await cluster.sql(SECOND,
      'SELECT service_state FROM performance_schema.replication_connection_status') === 'OFF');
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', SECOND);
    await until('it says so after a restart', 120, async () => (
      (await cluster.log(SECOND)).includes(`the source ${SOURCE} does not have the transactions ${own} of this replica`)));
    expect(await cluster.condition(SECOND)).toBe('False');
    expect(await cluster.sql(SECOND, 'SELECT COUNT(*) FROM shop.mine')).toBe('0');
    expect(await runBlock('mysql-own-transactions', NAMESPACE)).toMatch(new RegExp(`^${own}\n[^]*CREATE TABLE shop.mine`));
    await cluster.writes();
  });

  diagnosed('the documented fix brings it back', [NAMESPACE], async () => {
    await measures.of('a new copy for a replica by the documented steps', async () => {
      await runBlock('mysql-replace-replica', NAMESPACE);
      await cluster.ready();
    });
    expect(await cluster.sql(SECOND, 'SHOW TABLES IN shop')).toBe('numbers');
    await cluster.writes();
  });

  diagnosed('a replica that the network cuts off leaves the read Service, and comes back', [NAMESPACE], async () => {
    await measures.of('from the cut until a replica is out of the read Service (maxLag 15 s)', async () => {
      await cut(cluster, FIRST);
      await leaves(FIRST, `LAGGING: nothing received from ${SOURCE} for more than 10 s`);
    });
    expect(await readers()).toEqual([SECOND]);
    await cluster.writes(); // acknowledged by the other replica
    await measures.of('from the end of the cut until it is in it again', async () => {
      await heal(cluster, FIRST);
      await comesBack(FIRST);
    });
  });

  diagnosed('a replica whose applier stopped leaves the read Service, and comes back', [NAMESPACE], async () => {
    await cluster.sql(FIRST, 'STOP REPLICA SQL_THREAD');
    await leaves(FIRST, 'REPLICATION_STOPPED: the applier is OFF');
    await cluster.sql(FIRST, 'START REPLICA SQL_THREAD');
    await comesBack(FIRST);
  });

  diagnosed('a replica that a locked table keeps behind leaves the read Service, and comes back', [NAMESPACE], async () => {
    const lock = cluster.sql(FIRST, 'LOCK TABLES shop.numbers READ; DO SLEEP(250)').catch(() => 'killed');
    await leaves(FIRST, `LAGGING: more than 10 s behind ${SOURCE}`);
    await cluster.sql(FIRST, `KILL ${await cluster.sql(FIRST, 'SELECT id FROM performance_schema.processlist WHERE info LIKE "DO SLEEP%"')}`);
    expect(await lock).toBe('killed');
    await comesBack(FIRST);
  });

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
    measures.report();
  });

  /** Waits until a replica is unready for this reason, and out of the read Service. */
  async function leaves(pod: string, reason: string): Promise<void> {
    await until(`${pod} says: ${reason}`, 90, async () => (await cluster.log(pod)).includes(`unready: ${reason}`));
    await until(`${pod} is out of the read Service`, 60, async () => !(await readers()).includes(pod));
  }

  async function comesBack(pod: string): Promise<void> {
    await until(`${pod} is in the read Service`, 90, async () => (await readers()).includes(pod));
    await cluster.ready();
  }

  /** The pods to which the read Service sends clients. */
  async function readers(): Promise<string[]> {
    const { items } = JSON.parse(await kubectl('--namespace', NAMESPACE, 'get', 'endpointslices', '--selector',
      'kubernetes.io/service-name=mysql-read', '--output', 'json')) as EndpointSlices;
    const ready = items.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions.ready);
    return ready.map(({ targetRef }) => targetRef.name).sort();
  }
});

interface EndpointSlices {
  readonly items: { readonly endpoints: Endpoint[] | null }[];
}

interface Endpoint {
  readonly conditions: { readonly ready: boolean };
  readonly targetRef: { readonly name: string };
}
