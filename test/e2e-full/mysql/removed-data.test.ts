import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';

/** Within which a server without its data has ended. It has a minute to end, and would write 12,000 lines a second to its log. */
const ENDED_SECONDS = 20;

const CLAIMED_FROM = 'jsonpath={.items[*].spec.claimRef.namespace}';

/** So much that the checkpoint lags behind by files of the redo log: that opens them again. */
const FILL = `SET SESSION cte_max_recursion_depth = 20000;
  CREATE TABLE shop.filling (id INT AUTO_INCREMENT PRIMARY KEY, content VARBINARY(1024));
  INSERT INTO shop.filling (content) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    SELECT RANDOM_BYTES(1024) FROM n`;

describe.each(TOPOLOGIES)('$id', ({ id, members, topology }) => {
  const namespace = `e2e-removed-data-${id}`;

  describeInNamespace(namespace, () => {
    const cluster = new TestedCluster(namespace, members);
    const hands = new NodeHands(cluster);
    const run = async (...args: string[]) => await kubectl('--namespace', namespace, ...args);

    beforeAll(async () => await hands.start(), 120_000);
    afterAll(async () => await hands.remove(), 150_000);

    diagnosed('a cluster is written to', [namespace], async () => {
      await applyDeclared(namespace, topology(), {});
      await cluster.ready();
      await cluster.startWriter();
      await cluster.writes();
    });

    diagnosed('servers end at once when their claims are deleted while they stop', [namespace], async () => {
      await cluster.sql(await cluster.writable(), FILL);
      const stop = 'kill -STOP $(</run/mysqld/mysqld.pid)'; // until its data is removed, however fast it is
      await Promise.all(members.map(async (member) => await run('exec', member, '--container', 'mysqld', '--', 'bash', '-c', stop)));
      const pods = await Promise.all(members.map(async (member) => await hands.look(member)));
      await run('delete', 'statefulset', '--all', '--cascade=orphan');
      await run('delete', 'pod', ...members, '--wait=false'); // else they have two seconds to end, instead of a minute
      await until('the servers are told to stop', 30, async () => (
        await Promise.all(members.map(async (member) => (await run('logs', member, '--container', 'mysqld')).includes('sending SIGTERM')))
      ).every(Boolean));
      await run('delete', 'pod', ...members, '--force', '--grace-period', '0');
      await run('delete', 'persistentvolumeclaim', '--all', '--wait');
      await until('their volumes are removed', 30, async () => (
        !(await kubectl('get', 'persistentvolumes', '--output', CLAIMED_FROM)).includes(namespace)));
      await Promise.all(pods.map(async (pod) => await hands.withoutProgram(pod, 'mysqld--defaults-file', ENDED_SECONDS)));
    });

    diagnosed('the same manifests again make a cluster', [namespace], async () => {
      await applyDeclared(namespace, topology(), {});
      await cluster.ready(180);
    });
  });
});
