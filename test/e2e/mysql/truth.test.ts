import { Faults } from '../registers/faults';
import { NodeHands } from '../registers/node-hands';
import { Trial } from '../registers/trial';
import { diagnosed } from '../support/diagnosed';
import { describeInNamespace } from '../support/own-namespace';
import { TestedGroup } from './group';

const NAMESPACE = 'e2e-mysql-truth';
const CUT_S = 25;
const LAG_BOUND_S = 30 + 6; // the topology's default of `maxLag`, and what an agent needs to see that it is exceeded
const BAR_MS = 15_000;

// The short form of test/e2e-full/group/truth.test.ts
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);
  const trial = new Trial({ cluster: group, role: 'primary', lagBound: LAG_BOUND_S });

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group starts, and clients read and write registers', [NAMESPACE], async () => {
    await hands.start();
    await group.start();
    await group.whole();
    await trial.start(await group.primary());
  });

  event('kill -9 of the primary', async () => await faults.kill(await group.primary()));

  event('the primary is cut off from the members, and clients reach it', async () => {
    await faults.cut([await group.primary()], CUT_S, false);
  });

  event('rolling restart', async () => await faults.roll());

  diagnosed('no read was stale in any event, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    const { wrong } = await trial.finish(await group.primary());
    expect(wrong).toEqual([]);
  });

  function event(what: string, body: () => Promise<void>): void {
    diagnosed(what, [NAMESPACE], async () => {
      const { pause, wrong } = await trial.during(what, async () => {
        await body();
        await group.whole(240);
      });
      expect(wrong).toEqual([]);
      expect(pause).toBeLessThan(BAR_MS);
    }, 400);
  }
});
