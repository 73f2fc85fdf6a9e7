import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from './measures';
import { membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-crashes';
// Of two kills each: Kubernetes waits longer before each restart of a container, until its pod is another one.
const ROUNDS = [1, 2, 3, 4, 5];

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));
  const measures = new Measures();

  diagnosed('a source and two replicas start from nothing', [NAMESPACE], async () => {
    await measures.of('cold start', async () => await startCluster(cluster));
    await cluster.startWriter();
  });

  for (const round of ROUNDS) {
    for (const pod of cluster.members) {
      const role = pod === SOURCE ? 'the source' : 'a replica';

      diagnosed(`round ${round}: ${pod} loses nothing by kill -9 of its server, twice, and by its deletion`, [NAMESPACE], async () => {
        for (const kill of ['first', 'second']) {
          await measures.of(`kill -9 of ${role}, the ${kill} in the life of its pod`, async () => await kill9(pod));
          await nothingLost();
        }
        await measures.of(`deletion of ${role}`, async () => {
          await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
          await cluster.ready();
        });
        await nothingLost();
      });
    }

    diagnosed(`round ${round}: all members have the same rows and transactions`, [NAMESPACE], async () => {
      await sameEverywhere();
      await cluster.startWriter();
    });
  }

  for (const pod of ['mysql-replica-1', SOURCE]) {
    diagnosed(`${pod} loses nothing by the deletion of its claim`, [NAMESPACE], async () => {
      const before = await cluster.sql(pod, 'SELECT @@server_uuid');
      await measures.of(`deletion of claim and pod of ${pod}`, async () => {
        await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${pod}`, '--wait=false');
        await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
        await cluster.ready();
      });
      expect(await cluster.sql(pod, 'SELECT @@server_uuid')).not.toBe(before);
      await nothingLost();
    });
  }

  diagnosed('the node of the source may be emptied', [NAMESPACE], async () => {
    const nodeOf = async (pod: string) => (
      await kubectl('--namespace', NAMESPACE, 'get', 'pod', pod, '--output', 'jsonpath={.spec.nodeName}'));
    const node = await nodeOf(SOURCE);
    try {
      await measures.of('emptying a node', async () => {
        await runBlock('mysql-empty-node', NAMESPACE);
      });
    } finally {
      await kubectl('uncordon', node);
    }
    expect(await nodeOf(SOURCE)).not.toBe(node);
    await cluster.ready();
    await nothingLost();
  });

  diagnosed('at last all members have the same rows and transactions', [NAMESPACE], async () => {
    await sameEverywhere();
    measures.report();
  });

  /** Kills the server of a member; until all are ready. */
  async function kill9(pod: string): Promise<void> {
    const inServer = async (script: string) => (
      await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'mysqld', '--', 'bash', '-c', script));
    const life = async () => await inServer('cat /run/mysqld/incarnation').catch(() => '');
    const before = await life();
    await inServer('kill -9 $(</run/mysqld/mysqld.pid)');
    await until(`the server of ${pod} has been started again`, 60, async () => !['', before].includes(await life()));
    await cluster.ready();
  }

  async function nothingLost(): Promise<void> {
    await cluster.writes();
    await cluster.requireNothingLostYet(SOURCE);
  }

  async function sameEverywhere(): Promise<void> {
    const seen = await cluster.stopWriter();
    await cluster.requireNothingLost(SOURCE, seen);
    measures.add('longest pause of writes in a round', seen.longestPause);
  }
});
