import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-group-failover';
// Of two kills each: Kubernetes waits longer before each restart of a container, until its pod is another one.
const ROUNDS = [1, 2, 3, 4, 5];
const ROUND_SECONDS = 600; // a former primary is a secondary again after 70 s (I13), twice, and each pod is replaced
const BAR = { median: 10_000, most: 15_000 };

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const measures = new Measures();

  diagnosed('a group starts', [NAMESPACE], async () => {
    await group.startUnderLoad();
  });

  for (const round of ROUNDS) {
    diagnosed(`round ${round}: the primary is killed twice, and its pod is deleted`, [NAMESPACE], async () => {
      for (const kill of ['first', 'second']) {
        const primary = await group.primary();
        measures.add(`kill -9 of the primary`, await group.pauseDuring(() => group.kill(primary)));
        await measures.of(`until it is back after the ${kill} kill in a round`, () => group.whole());
        await group.requireNothingLostYet(await group.primary());
      }
      const primary = await group.primary();
      const pause = await group.pauseDuring(async () => {
        await kubectl('--namespace', NAMESPACE, 'delete', 'pod', primary);
      });
      measures.add('deletion of the primary', pause);
      expect(pause).toBeLessThan(3000);
      await group.whole();
      for (const member of group.members) { // a new pod each, so that no container is restarted often
        await kubectl('--namespace', NAMESPACE, 'delete', 'pod', member);
        await group.whole();
      }
    }, ROUND_SECONDS);
  }

  diagnosed('writes pause for no longer than is promised', [NAMESPACE], () => {
    measures.report();
    expect(measures.median('kill -9 of the primary')).toBeLessThan(BAR.median);
    expect(measures.most('kill -9 of the primary')).toBeLessThan(BAR.most);
    return Promise.resolve();
  });

  diagnosed('a primary that is handed over on purpose pauses writes for less than a second', [NAMESPACE], async () => {
    for (const time of ['first', 'second', 'third']) {
      const before = await group.primary();
      const pause = await group.pauseDuring(async () => {
        expect([time, await group.operate('switchover')]).toEqual([time, expect.stringContaining('is the primary')]);
      });
      await group.whole();
      expect(await group.primary()).not.toBe(before);
      measures.add('switchover', pause);
      expect(pause).toBeLessThan(1000);
    }
  });

  diagnosed('a primary that is killed and stays dead is replaced', [NAMESPACE], async () => {
    const primary = await group.primary();
    const pause = await group.pauseDuring(async () => {
      await group.bury(primary);
      await until('another pod is the primary', 60, async () => !(await group.labelled('primary')).includes(primary));
    });
    measures.add('the primary is killed and stays dead', pause);
    expect(pause).toBeLessThan(BAR.most);
    expect(await group.labelled('primary')).toHaveLength(1);
    await group.replace(primary);
    await group.whole();
  });

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await group.requireSound(await group.stopWriter());
    measures.report();
  });
});
