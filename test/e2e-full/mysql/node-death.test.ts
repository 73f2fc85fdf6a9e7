import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { NodeRequirement } from '../../../lib/scheduling/node-requirement';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from './measures';
import { MortalNode } from './mortal-node';
import { applyCluster, membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-node-death';
const REPLICAS = ['mysql-replica-0', 'mysql-replica-1'];
const HOST = 'kubernetes.io/hostname';
const READER = 'reader';

const impossible = MortalNode.impossible();

if (impossible === undefined) {
  describeInNamespace(NAMESPACE, () => {
    const cluster = new TestedCluster(NAMESPACE, membersOf(2));
    const measures = new Measures();
    let node: MortalNode;
    let promoted: string;
    let identity: string;

    describe('a node of the source', () => { // so that the node lives before the namespace is deleted
      afterAll(async () => {
        await node?.start();
      }, 180_000);

      diagnosed('a source runs on a node of its own', [NAMESPACE], async () => {
        node = await MortalNode.choose();
        cluster.avoidedNode = node.name;
        await startCluster(cluster, placed(NodeRequirement.isIn(HOST, [node.name])));
        expect(await nodeOf(SOURCE)).toBe(node.name);
        identity = await cluster.sql(SOURCE, 'SELECT @@server_uuid');
        await cluster.startWriter();
        await cluster.startClient(READER, 'writer', readFileSync(join(__dirname, 'reader.sh'), 'utf8'));
        await until('the reader reads', 30, async () => (await reads()).length > 5);
      });

      diagnosed('when it dies, replicas go on serving reads', [NAMESPACE], async () => {
        await die();
        const before = (await reads()).length;
        await until('clients go on reading', 60, async () => (await reads()).length > before + 40);
        const pauses = (await reads()).map((at, index, all) => at - (all[index - 1] ?? at));
        measures.add('longest pause of reads when the node of the source died', Math.max(...pauses));
        expect(Math.max(...pauses)).toBeLessThan(10_000);
      });

      diagnosed('a replica takes over', [NAMESPACE], async () => {
        promoted = await promote();
        await cluster.writes();
        measures.add('pause of writes from the death of the node to the end of the promotion', (await cluster.acknowledged()).longestPause);
      });

      diagnosed('its source comes back with it and follows with the data that it had; nothing is lost', [NAMESPACE], async () => {
        const start = Date.now();
        await node.start();
        await until('the old source runs', 120, async () => (await cluster.log(SOURCE)).includes(`follow ${promoted}`)
          || (await cluster.log(SOURCE)).includes('nothing is removed'));
        if ((await cluster.log(SOURCE)).includes('nothing is removed')) {
          await inFlight();
        } else {
          await cluster.ready();
          expect(await cluster.sql(SOURCE, 'SELECT @@server_uuid')).toBe(identity);
          measures.add('from the start of the node until its old source follows', Date.now() - start);
        }
        await cluster.writes();
        await cluster.requireNothingLost(promoted, await cluster.stopWriter());
        await cluster.startWriter();
      });

      diagnosed('it takes over again', [NAMESPACE], async () => {
        expect(await runBlock('mysql-switchover', NAMESPACE)).toContain(`${SOURCE} is the source and open for writes`);
        await cluster.ready();
        await cluster.writes();
        measures.add('longest pause of writes in a switchover', (await cluster.acknowledged()).longestPause);
        await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
        await cluster.startWriter();
      });

      diagnosed('when the node is gone for good, another one gets the source, with a change in code', [NAMESPACE], async () => {
        await die();
        promoted = await promote();
        await cluster.writes();
        await applyCluster(NAMESPACE, 2, placed(NodeRequirement.isNotIn(HOST, [node.name])));
        await measures.of('from the change in code until a new source has the data, and has taken over', async () => {
          await runBlock('mysql-replace-source', NAMESPACE);
          await until(`${SOURCE} follows`, 150, async () => (await cluster.log(SOURCE)).includes(`follow ${promoted}`));
          expect(await runBlock('mysql-switchover', NAMESPACE)).toContain(`${SOURCE} is the source and open for writes`);
          await cluster.ready();
        });
        expect(await nodeOf(SOURCE)).not.toBe(node.name);
        await cluster.writes();
        await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
        measures.report();
      }, 500);
    });

    /** The node dies, and Kubernetes notices. */
    async function die(): Promise<void> {
      await node.kill();
      await node.noticed();
    }

    /** Runs the documented promotion; who is the source now. */
    async function promote(): Promise<string> {
      const [, name] = /(mysql-replica-\d) is open for writes/.exec(await runBlock('mysql-promote', NAMESPACE)) ?? [];
      expect(REPLICAS).toContain(name);
      return name;
    }

    /** A commit that nobody had acknowledged yet may be on the old source alone: it says so, and gets a new copy. */
    async function inFlight(): Promise<void> {
      const own = await cluster.sql(SOURCE, `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${await cluster.executed(promoted)}')`);
      console.log(`the old source has a transaction that nobody received before the node died: ${own}`);
      expect(own).toMatch(/^[\da-f-]+:\d+$/); // the writer waits for one at a time
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${SOURCE}`, '--wait=false');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', SOURCE);
      await until(`${SOURCE} follows`, 150, async () => (await cluster.log(SOURCE)).includes('run the promotion again'));
      expect(await cluster.operate('promote')).toContain('labels corrected: ');
      await cluster.ready();
    }

    /** When reads were answered. */
    async function reads(): Promise<number[]> {
      return (await kubectl('--namespace', NAMESPACE, 'logs', READER)).trim().split('\n').filter((line) => /^\d+$/.test(line)).map(Number);
    }

    async function nodeOf(pod: string): Promise<string> {
      return await kubectl('--namespace', NAMESPACE, 'get', 'pod', pod, '--output', 'jsonpath={.spec.nodeName}');
    }

    /** With a source on such a node, replicas elsewhere, and reads for as long as the test takes. */
    function placed(source: NodeRequirement) {
      return {
        topology: MySqlTopology.sourceReplica({
          replicas: REPLICAS.length, semiSynchronous: {}, maxLag: Duration.minutes(10),
          source: { requiredNodes: [source] },
          replica: { requiredNodes: [NodeRequirement.isNotIn(HOST, [node.name])] },
        }),
      };
    }
  });
} else {
  test.skip(`the death of a node: ${impossible}`, () => undefined);
}
