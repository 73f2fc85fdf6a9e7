import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';

/** Within which a server without its data has ended. It has a minute to end, and would write 12,000 lines a second to its log. */
const ENDED_SECONDS = 20;

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
      const pods = await Promise.all(members.map(async (member) => await hands.look(member)));
      await run('delete', 'statefulset', '--all', '--cascade=orphan');
      await run('delete', 'pod', ...members, '--force', '--grace-period', '0');
      await run('delete', 'persistentvolumeclaim', '--all', '--wait');
      await Promise.all(pods.map(async (pod) => await hands.withoutProgram(pod, 'mysqld--defaults-file', ENDED_SECONDS)));
    });

    diagnosed('the same manifests again make a cluster', [namespace], async () => {
      await applyDeclared(namespace, topology(), {});
      await cluster.ready(180);
    });
  });
});
