import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedGroup } from '../../e2e/mysql/group';
import { Faults, pause } from '../../e2e/registers/faults';
import { NodeHands } from '../../e2e/registers/node-hands';
import { Trial } from '../../e2e/registers/trial';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';
import { Partition } from './partition';

const NAMESPACE = 'e2e-truth-group';
const FREEZE_S = 12;
const CUT_S = 25;
/** Of writes, in the median: milliseconds. */
const BARS = { kill: 8000, freeze: 11_000, cut: 11_000, 'hand-over': 1000, 'all killed': 60_000 };
/** The topology's default of `maxLag`, and what an agent needs to see that it is exceeded: its pause, and its bound for an answer. */
const LAG_BOUND_S = 30 + 6;

type Kind = keyof typeof BARS;

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const five = new TestedGroup(NAMESPACE, 5);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);
  const trial = new Trial({
    cluster: group, role: 'primary', lagBound: LAG_BOUND_S, clients: { patientReaders: 1, patientWriters: 1 },
  });
  const measures = new Measures();

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group starts, and clients read and write registers', [NAMESPACE], async () => {
    await hands.start();
    await group.start();
    await group.whole();
    await trial.start(await group.primary());
  });

  for (const time of [1, 2, 3]) {
    event(`kill -9 of the primary, ${time}`, 'kill', async () => {
      await faults.kill(await group.primary());
    });
  }

  for (const time of [1, 2]) {
    event(`the primary is frozen for ${FREEZE_S} s, ${time}`, 'freeze', async () => {
      await faults.freeze(await group.primary(), FREEZE_S);
    });
  }

  event('rolling restart, 1', 'hand-over', async () => await faults.roll());

  event('the primary is cut off from the members, and clients reach it: by policies, which end connections', 'cut', async () => {
    const partition = new Partition(group);
    await partition.cut([await group.primary()]);
    await pause(CUT_S);
    await partition.heal();
  });

  event('the primary is cut off from the members, and clients reach it: packets get lost', 'cut', async () => {
    await faults.cut([await group.primary()], CUT_S, false);
  });

  for (const time of [1, 2]) {
    event(`the primary is cut off from members and clients, ${time}`, 'cut', async () => {
      await faults.cut([await group.primary()], CUT_S, true);
    });
  }

  for (const time of [1, 2]) {
    event(`switchover, ${time}`, 'hand-over', async () => {
      expect(await group.operate('switchover')).toContain('is the primary');
    });
  }

  for (const time of [1, 2]) {
    event(`deletion of the primary, ${time}`, 'hand-over', async () => await faults.deletePod(await group.primary()));
  }

  event('all servers are killed', 'all killed', async () => {
    await Promise.all(group.members.map(async (member) => await faults.kill(member)));
  });

  event('all pods are destroyed', 'all killed', async () => await faults.destroy(group.members));

  event('three members become five', 'hand-over', async () => {
    await five.apply({ topology: MySqlTopology.innoDbCluster({ members: 5 }) });
  }, five, 500);

  event('two of five, the primary and a secondary, are cut off from the members, and clients reach them', 'cut', async () => {
    const primary = await five.primary();
    await new Faults(five, hands).cut([primary, (await five.labelled('secondary'))[0]], CUT_S, false);
  }, five, 500);

  event('five members become three', 'hand-over', async () => {
    await group.apply();
    for (const pod of ['mysql-4', 'mysql-3']) {
      await until(`${pod} is gone`, 150, async () => await group.condition(pod) === undefined);
    }
  }, group, 500);

  event('rolling restart, 2', 'hand-over', async () => await faults.roll());

  diagnosed('no read was stale in any event, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    const { wrong } = await trial.finish(await group.primary());
    measures.report();
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(BARS))('writes pause for no longer than the bar: %s, %d ms', (kind, bar) => {
    expect(measures.median(kind)).toBeLessThanOrEqual(bar);
  });

  /** Something that happens to a whole group, which is whole again afterwards. */
  function event(what: string, kind: Kind, body: () => Promise<void>, after = group, seconds = 400): void {
    diagnosed(what, [NAMESPACE], async () => {
      const { pause: paused, wrong } = await trial.during(what, async () => {
        await body();
        await after.whole(240);
      });
      measures.add(kind, paused);
      expect(wrong).toEqual([]);
    }, seconds);
  }
});
