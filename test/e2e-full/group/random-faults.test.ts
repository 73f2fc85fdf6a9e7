import { TestedGroup } from '../../e2e/mysql/group';
import { Faults, pause } from '../../e2e/registers/faults';
import { NodeHands } from '../../e2e/registers/node-hands';
import { Random } from '../../e2e/registers/random';
import { Trial } from '../../e2e/registers/trial';
import { diagnosed, diagnosis } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';

const NAMESPACE = 'e2e-truth-random';
/** The same seed gives the same faults, for as many minutes. */
const SEED = Number(process.env.RANDOM_FAULTS_SEED ?? Date.now() % 2 ** 32);
const MINUTES = Number(process.env.RANDOM_FAULTS_MINUTES ?? 30);
const BAR_MS = 45_000;
const LAG_BOUND_S = 30 + 6; // as in truth.test.ts
const TWO_AT_A_TIME = 1 / 4;
const OF_THE_PRIMARY = 2 / 3;

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);
  const random = new Random(SEED);
  const trial = new Trial({
    cluster: group, role: 'primary', lagBound: LAG_BOUND_S, clients: { patientReaders: 1, patientWriters: 1 },
  });
  const kinds: Record<string, (pod: string) => Promise<void>> = {
    'kill -9': async (pod) => await faults.kill(pod),
    'a frozen server': async (pod) => await faults.freeze(pod, random.between(2, 15)),
    'a cut, which clients do not see': async (pod) => await faults.cut([pod], random.between(5, 20), false),
    'a cut': async (pod) => await faults.cut([pod], random.between(5, 20), true),
    deletion: async (pod) => await faults.deletePod(pod),
    'a killed agent': async (pod) => await faults.killAgent(pod),
  };

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group starts, and clients read and write registers', [NAMESPACE], async () => {
    await hands.start();
    await group.start();
    await group.whole();
    await trial.start(await group.primary());
  });

  diagnosed(`random faults for ${MINUTES} minutes, with RANDOM_FAULTS_SEED=${SEED}`, [NAMESPACE], async () => {
    const end = Date.now() + MINUTES * 60_000;
    const wrong: string[] = [];
    let count = 0;
    console.log(`RANDOM_FAULTS_SEED=${SEED} RANDOM_FAULTS_MINUTES=${MINUTES}`);
    while (Date.now() < end) {
      const chosen = await choose();
      const what = `fault ${++count}: ${chosen.map(({ kind, pod }) => `${kind} of ${pod}`).join(', and ')}`;
      const observed = await trial.during(what, async () => {
        // What a fault cannot be done to, since another one is at work there, is none
        await Promise.all(chosen.map(async ({ kind, pod }) => await kinds[kind](pod).catch((error) => console.log(`${what}: ${String(error)}`))));
        await pause(random.between(3, 15)); // members may still be away
      }, 180);
      wrong.push(...observed.wrong.map((text) => `${what}: ${text}`));
      if (observed.pause > BAR_MS) {
        wrong.push(`${what}: writes pause ${observed.pause} ms`);
        console.log(`${what}:\n${await diagnosis([NAMESPACE])}`);
      }
    }
    await group.whole(240);
    expect(wrong).toEqual([]);
  }, MINUTES * 60 + 600);

  diagnosed('no read was stale, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    const { wrong } = await trial.finish(await group.primary());
    expect(wrong).toEqual([]);
  });

  /** One fault or two, of different members. */
  async function choose(): Promise<{ kind: string; pod: string }[]> {
    const count = random.between(0, 1) < TWO_AT_A_TIME ? 2 : 1;
    const [first] = await group.labelled('primary');
    const preferred = random.between(0, 1) < OF_THE_PRIMARY && first !== undefined ? [first] : [];
    const pods = [...preferred, ...random.some(count, group.members.filter((member) => !preferred.includes(member)))].slice(0, count);
    return pods.map((pod) => ({ kind: random.pick(Object.keys(kinds)), pod }));
  }
});
