import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';

const NAMESPACE = 'e2e-group-leaving';
/** A killed one is missed and expelled, another primary is elected, the one that leaves hands over, and the first one joins one alone. */
const PAUSE_MS = 30_000;

type Roles = (primary: string, secondaries: string[]) => [killed: string, deleted: string];

/** A member leaves while another one is dead and not yet expelled: what is left would be no majority (I16). */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const pauses: string[] = [];

  diagnosed('a group is written to', [NAMESPACE], async () => {
    await group.startUnderLoad();
  }, 400);

  const events: [string, Roles][] = [
    ['a secondary is killed and the primary is deleted', (primary, [secondary]) => [secondary, primary]],
    ['the primary is killed and a secondary is deleted', (primary, [secondary]) => [primary, secondary]],
    ['both secondaries go, one by a kill and one by a deletion', (_, [one, other]) => [one, other]],
  ];

  const twice = events.flatMap(([what, roles]) => [1, 2].map((time): [string, Roles] => [`${what}, ${time}`, roles]));

  test.each(twice)('%s', async (what, roles) => {
    const primary = await group.primary();
    const [killed, deleted] = roles(primary, await group.labelled('secondary'));
    const pause = await group.pauseDuring(async () => {
      await Promise.all([group.kill(killed), kubectl('--namespace', NAMESPACE, 'delete', 'pod', deleted)]);
      await group.whole(240);
    });
    pauses.push(`${what}: writes pause ${pause} ms`);
    expect(pause).toBeLessThan(PAUSE_MS);
  }, 400_000);

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    console.log(pauses.join('\n'));
    await group.requireSound(await group.stopWriter());
  });
});
