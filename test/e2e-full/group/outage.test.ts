import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-group-outage';
const ROUNDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const measures = new Measures();

  diagnosed('a group starts', [NAMESPACE], async () => {
    await group.startUnderLoad();
  });

  for (const round of ROUNDS) {
    diagnosed(`outage ${round}: all are killed at once, and form the group again by themselves`, [NAMESPACE], async () => {
      const pause = await group.pauseDuring(killAll);
      measures.add('all killed, until writes are acknowledged again', pause);
      expect(pause).toBeLessThan(180_000);
      await measures.of('from there until the group is whole', () => group.whole());
      await group.requireNothingLostYet(await group.primary());
    });
  }

  diagnosed('a secondary that lost its claim in an outage gets the data of the group, which forms without it', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    const pause = await group.pauseDuring(async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${secondary}`, '--wait=false');
      await killAll();
    });
    measures.add('all killed, and the claim of a secondary lost', pause);
    await group.whole();
  });

  diagnosed('when the last primary lost its claim in an outage, the others wait for a person, and say so', [NAMESPACE], async () => {
    const primary = await group.primary();
    const others = group.members.filter((member) => member !== primary);
    await group.whileHeld(async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${primary}`, '--wait=false');
      await killAll();
    });
    const reason = `${primary}, the last primary, has lost its data`;
    await until('the others say what they wait for', 120, async () => (await group.log(others[0])).includes(reason));
    expect(await group.operate('recover')).toContain(`refused: ${reason}`);
    expect(await group.operate('recover', { WITHOUT: primary })).toMatch(/the group of mysql-\d works/);
    await group.whole();
    await group.writes();
  });

  diagnosed('when a member stays away in an outage the others wait for it, and say so', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    const others = group.members.filter((member) => member !== secondary);
    await Promise.all([group.bury(secondary), ...others.map((member) => group.kill(member))]);
    await until('the others say whom they wait for', 120, async () => (
      (await group.log(others[0])).includes(`MEMBER_SILENT: not bootstrapping: ${secondary} does not answer`)));
    expect(await group.operate('recover')).toContain(`refused: ${secondary} does not answer`);
    await group.replace(secondary);
    await group.whole();
    await group.writes();
  });

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await group.requireSound(await group.stopWriter());
    measures.report();
  });

  /** All pods at once, without a word. */
  async function killAll(): Promise<void> {
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', ...group.members, '--force', '--grace-period', '0');
  }
});
