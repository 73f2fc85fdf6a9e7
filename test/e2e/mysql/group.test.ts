import { diagnosed } from '../support/diagnosed';
import { kubectl } from '../support/kubectl';
import { describeInNamespace } from '../support/own-namespace';
import { TestedGroup } from './group';

const NAMESPACE = 'e2e-mysql-group';

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);

  diagnosed('three members start from nothing and form one group', [NAMESPACE], async () => {
    await group.startUnderLoad();
  });

  for (const time of ['first', 'second']) {
    diagnosed(`kill -9 of the primary, the ${time} time: another one takes over`, [NAMESPACE], async () => {
      const primary = await group.primary();
      const pause = await group.pauseDuring(() => group.kill(primary));
      await group.whole();
      expect(await group.primary()).not.toBe(primary);
      expect(pause).toBeLessThan(15_000);
    });
  }

  diagnosed('a primary that is deleted hands over first', [NAMESPACE], async () => {
    const primary = await group.primary();
    const pause = await group.pauseDuring(async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', primary);
    });
    await group.whole();
    expect(pause).toBeLessThan(3000);
  });

  diagnosed('when all servers are killed at once they form the group again', [NAMESPACE], async () => {
    const pause = await group.pauseDuring(async () => {
      await Promise.all(group.members.map((member) => group.kill(member)));
    });
    await group.whole();
    expect(pause).toBeLessThan(180_000);
  });

  diagnosed('a member that lost its claim gets the data again, and the others are not disturbed', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    const pause = await group.pauseDuring(async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${secondary}`, '--wait=false');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', secondary);
    });
    await group.whole();
    expect(pause).toBeLessThan(3000);
  });

  diagnosed('nothing that was acknowledged is lost, and no server has transactions of its own', [NAMESPACE], async () => {
    await group.requireSound(await group.stopWriter());
  });
});
