import { readFileSync } from 'fs';
import { join } from 'path';
import { TestedGroup } from '../../e2e/mysql/group';
import { pause } from '../../e2e/registers/faults';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';

const NAMESPACE = 'e2e-group-joining';
/** No majority is left: the member that joins gives up, all of them agree that there is no group, and one bootstraps a new one. */
const PAUSE_MS = 45_000;
const AT_JOIN = readFileSync(join(__dirname, 'at-join.sh'), 'utf8');

type Victims = (primary: string, other: string) => string[];

/** A member joins while others die: it must not go on with a group that has ended (I1, I5). */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const pauses: string[] = [];

  /** What the member answers others: at the moment at which it begins to join, or until it has joined. */
  async function atJoin(pod: string, mode: 'begin' | 'states'): Promise<string> {
    return await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'mysqld', '--', 'bash', '-c', AT_JOIN, 'at-join.sh', mode);
  }

  diagnosed('a group is written to', [NAMESPACE], async () => {
    await group.startUnderLoad();
  }, 400);

  diagnosed('a member that joins tells others so, and one that has left speaks to no group', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    const [states] = await Promise.all([atJoin(secondary, 'states'), group.kill(secondary)]);
    await group.whole(240);
    expect(states.trim().split('\n')).toEqual(expect.arrayContaining(['OFFLINE', 'CHANGING']));
    expect(states.trim()).toMatch(/^OFFLINE\nCHANGING\n(RECOVERING|ONLINE)/);
  }, 300);

  const events: [string, Victims][] = [
    ['the other secondary', (_, other) => [other]],
    ['the primary', (primary) => [primary]],
    ['both others', (primary, other) => [primary, other]],
  ];

  const delayed = events.flatMap(([what, victims]) => [0, 700].map((delay): [string, number, Victims] => [what, delay, victims]));

  test.each(delayed)('a member joins when %s dies, %i ms later', async (what, delay, victims) => {
    const primary = await group.primary();
    const [joiner, other] = await group.labelled('secondary');
    const paused = await group.pauseDuring(async () => {
      await Promise.all([atJoin(joiner, 'begin'), group.kill(joiner)]);
      await pause(delay / 1000);
      await Promise.all(victims(primary, other).map(async (victim) => await group.kill(victim)));
      await group.whole(240);
    });
    pauses.push(`${what}, ${delay} ms later: writes pause ${paused} ms`);
    expect(paused).toBeLessThan(PAUSE_MS);
  }, 400_000);

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    console.log(pauses.join('\n'));
    await group.requireSound(await group.stopWriter());
  });
});
