import { Duration } from 'cdk8s';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { Faults, pause } from '../../e2e/registers/faults';
import { NodeHands } from '../../e2e/registers/node-hands';
import { Trial } from '../../e2e/registers/trial';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { membersOf, SOURCE } from './start';

const NAMESPACE = 'e2e-truth-source';
const FREEZE_S = 12;
const CUT_S = 25;
const AWAKE_S = 15; // in which a server that wakes up is looked at
const FOLLOWS = 'ready: REPLICA: follows mysql-replica-';
const MISLABELLED = 'run the promotion again'; // it woke up after the promotion had set the labels
const STRAY = 'does not have the transactions';
const MAX_LAG_S = 15;
const LAG_BOUND_S = MAX_LAG_S + 9; // what an agent needs to see that it is exceeded: its pause, and its bound for an answer
/** A source that never goes on without its replicas, so that all that it acknowledges is on another member. */
const TOPOLOGY = MySqlTopology.sourceReplica({
  replicas: 2, semiSynchronous: { timeout: Duration.hours(24) }, maxLag: Duration.seconds(MAX_LAG_S),
});

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));
  const hands = new NodeHands(cluster);
  const faults = new Faults(cluster, hands, ['mysql-replica', 'mysql-source']);
  // Patient clients stay with a server that is frozen, and go on with it when it wakes up
  const trial = new Trial({
    cluster, role: 'source', readyOnly: true, lagBound: LAG_BOUND_S, clients: { patientReaders: 2, patientWriters: 1 },
  });

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a source and two replicas start, and clients read and write registers', [NAMESPACE], async () => {
    await hands.start();
    await applyDeclared(NAMESPACE, TOPOLOGY);
    await cluster.ready();
    await until('the declared user exists', 30, async () => (
      await cluster.sql(SOURCE, 'SELECT COUNT(*) FROM mysql.user WHERE user = "shop"') === '1'));
    await trial.start(SOURCE);
  });

  for (const time of [1, 2]) {
    event(`kill -9 of the source, ${time}`, async () => await cluster.kill(SOURCE));
  }

  event('rolling restart', async () => await faults.roll());

  event(`the source is frozen for ${FREEZE_S} s`, async () => await faults.freeze(SOURCE, FREEZE_S));

  event('the source is cut off from the replicas, and clients reach it', async () => await faults.cut([SOURCE], CUT_S, false));

  event('a replica is promoted while the source is frozen, and the source wakes up', async () => {
    await faults.stop(SOURCE);
    try {
      await pause(FREEZE_S);
      expect(await cluster.operate('promote')).toMatch(/mysql-replica-[01] is open for writes/);
      await trial.registers.written(60);
    } finally {
      await faults.wake(SOURCE);
    }
    await pause(AWAKE_S);
    if (await asReplica() === STRAY) { // what it had written and not acknowledged when it froze
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${SOURCE}`, '--wait=false');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', SOURCE);
    }
    await until('it follows', 170, async () => await asReplica() !== STRAY);
    if (await asReplica() === MISLABELLED) {
      expect(await cluster.operate('promote')).toContain('labels corrected: ');
    }
  });

  event('switchover, back to the source', async () => {
    expect(await cluster.operate('switchover')).toContain(`${SOURCE} is the source and open for writes`);
  });

  diagnosed('no read was stale in any event, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    const names = await kubectl('--namespace', NAMESPACE, 'get', 'pods', '--selector', 'mysql.role=source', '--output', 'name');
    const { wrong } = await trial.finish(names.trim().split('\n')[0].replace('pod/', ''));
    expect(wrong).toEqual([]);
  });

  /** What the old source says, beside the one that has taken its place. */
  async function asReplica(): Promise<string> {
    return await until('the old source follows, or says why not', 120, async () => {
      const log = await cluster.log(SOURCE);
      return log.match(new RegExp([FOLLOWS, MISLABELLED, STRAY].join('|'), 'g'))?.at(-1);
    });
  }

  /** Something that happens to a cluster whose members are all ready, as they are afterwards. */
  function event(what: string, body: () => Promise<void>): void {
    diagnosed(what, [NAMESPACE], async () => {
      const { wrong } = await trial.during(what, async () => {
        await body();
        await cluster.ready();
      });
      expect(wrong).toEqual([]);
    }, 600);
  }
});
