import { TestedCluster } from '../../e2e/mysql/cluster';
import { Faults, pause } from '../../e2e/registers/faults';
import { NodeHands } from '../../e2e/registers/node-hands';
import { Trial } from '../../e2e/registers/trial';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-truth-source';
const FREEZE_S = 12;
const CUT_S = 25;
const AWAKE_S = 15; // in which a server that wakes up is looked at
/** `maxLag` of start.ts, and what an agent needs to see that it is exceeded: its pause, and its bound for an answer. */
const LAG_BOUND_S = 15 + 9;

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));
  const hands = new NodeHands(cluster);
  const faults = new Faults(cluster, hands, ['mysql-replica', 'mysql-source']);
  // Patient clients stay with a server that is frozen, and go on with it when it wakes up
  const trial = new Trial({ cluster, role: 'source', lagBound: LAG_BOUND_S, clients: { patient: 2 } });

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a source and two replicas start, and clients read and write registers', [NAMESPACE], async () => {
    await hands.start();
    await startCluster(cluster);
    await trial.start(SOURCE);
  });

  for (const time of [1, 2]) {
    event(`kill -9 of the source, ${time}`, async () => {
      await faults.kill(SOURCE);
      await until('it is not ready', 60, async () => await cluster.condition(SOURCE) === 'False');
    });
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
    await until('the old source follows', 120, async () => (
      await kubectl('--namespace', NAMESPACE, 'logs', SOURCE, '--container', 'agent')).includes('run the promotion once more'));
    expect(await cluster.operate('promote')).toContain('were wrong and are right now');
  });

  event('switchover, back to the source', async () => {
    expect(await cluster.operate('switchover')).toContain(`${SOURCE} is the source and open for writes`);
  });

  diagnosed('no read was stale in any event, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    const { wrong } = await trial.finish(SOURCE);
    expect(wrong).toEqual([]);
  });

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
