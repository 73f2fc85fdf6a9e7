import { readFileSync } from 'fs';
import { join } from 'path';
import { TestedGroup } from '../../e2e/mysql/group';
import { Faults } from '../../e2e/registers/faults';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';
import { Busy } from './busy';

const NAMESPACE = 'e2e-truth-starts';
const STARTS = Number(process.env.STARTS ?? 30);
const OUTAGES = Number(process.env.OUTAGES ?? 20);
const BUSY_PER_CORE = Number(process.env.BUSY_PER_CORE ?? 2);
/** How often each fault comes at each moment of a start. */
const FAULT_ROUNDS = Number(process.env.START_FAULT_ROUNDS ?? 1);
const BAR_MS = 180_000;
const CUT_S = 25;
const FORMING = 'mysql-0'; // which begins when none has data
const AT_MOMENT = readFileSync(join(__dirname, 'at-moment.sh'), 'utf8');

/** Of a start, as `<members ONLINE> <members RECOVERING> <all>`; a moment that was too short to be seen is followed by the next one. */
const MOMENTS = [
  { moment: 'it has formed the group, and is alone', state: '^1 0 1$' },
  { moment: 'others are RECOVERING', state: '^(1 [1-9]|[2-9])' },
  { moment: 'a second one is ONLINE', state: '^[2-9]' },
];
const FAULTS = [
  { fault: 'is frozen for 10 s', signal: 'STOP', seconds: 10 },
  { fault: 'is frozen for 40 s', signal: 'STOP', seconds: 40 },
  { fault: 'is killed', signal: 'KILL', seconds: 0 },
  { fault: 'is cut off', signal: '', seconds: CUT_S },
];

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);
  const busy = new Busy(NAMESPACE);
  const measures = new Measures();

  afterAll(async () => {
    measures.report();
    await hands.remove();
  }, 150_000);

  diagnosed(`${BUSY_PER_CORE} processes for each core keep the machines busy`, [NAMESPACE], async () => {
    await hands.start();
    await busy.start(BUSY_PER_CORE);
  });

  for (const round of range(FAULT_ROUNDS)) {
    for (const { fault, signal, seconds } of FAULTS) {
      for (const { moment, state } of MOMENTS) {
        diagnosed(`start with a fault, ${round}: the forming primary ${fault} when ${moment}`, [NAMESPACE], async () => {
          await group.apply();
          const saw = await atMoment(state, signal, seconds);
          if (signal === '') {
            await faults.cut([FORMING], seconds, false);
          }
          await wholeWithinBar(`the forming primary ${fault} when ${moment}, from the end of that until all are in the group`);
          console.log(`${fault} when ${moment}: ${saw}`);
          await discard();
        }, 600);
      }
    }
  }

  for (const time of range(STARTS)) {
    diagnosed(`start ${time}: three members without data form one group`, [NAMESPACE], async () => {
      const start = Date.now();
      await group.apply();
      await wholeWithinBar('from nothing until all are in the group', start);
      if (time < STARTS) {
        await discard();
      }
    }, 600);
  }

  diagnosed('a group is written to', [NAMESPACE], async () => {
    await group.startUnderLoad();
  });

  for (const time of range(OUTAGES)) {
    diagnosed(`outage ${time}: all are killed at once, and form one group`, [NAMESPACE], async () => {
      const start = Date.now();
      if (time % 2 === 0) {
        await Promise.all(group.members.map(async (member) => await faults.kill(member)));
        await until('a server is gone', 60, async () => await group.condition(FORMING) === 'False');
      } else { // and other pods, whose containers have not been restarted often
        await faults.destroy(group.members);
      }
      await wholeWithinBar('from a complete outage until all are in the group', start);
      await group.writes();
      await group.requireNothingLostYet(await group.primary());
    }, 600);
  }

  diagnosed('nothing that was acknowledged is lost, and no server has transactions of its own', [NAMESPACE], async () => {
    await busy.stop();
    await group.requireSound(await group.stopWriter());
  });

  /** Waits until all are in one group, with the same transactions and the declared user; not for longer than the bar. */
  async function wholeWithinBar(what: string, start = Date.now()): Promise<void> {
    await group.whole(300);
    const took = Date.now() - start;
    measures.add(what, took);
    const everywhere = async (statement: string) => (
      await Promise.all(group.members.map(async (member) => await group.sql(member, statement))));
    await until('the declared user exists everywhere', 60, async () => (
      (await everywhere('SELECT COUNT(*) FROM mysql.user WHERE user = "shop"')).every((count) => count === '1')));
    await until('no member has transactions that the primary lacks', 60, async () => {
      const [first, ...others] = await Promise.all(group.members.map(async (member) => await group.executed(member)));
      const stray = others.map((set) => `GTID_SUBTRACT('${set}', @@GLOBAL.gtid_executed)`);
      return await group.sql(await group.primary(), `SELECT CONCAT_WS('', GTID_SUBTRACT('${first}', @@GLOBAL.gtid_executed), ${stray.join()})`) === '';
    });
    expect(took).toBeLessThanOrEqual(BAR_MS);
  }

  /** Waits for a moment of the start, and sends the forming primary that signal; what was seen of the group. */
  async function atMoment(state: string, signal: string, seconds: number): Promise<string> {
    const script = `STATE='${state}' SIGNAL='${signal}' SECONDS_FROZEN=${seconds}\n${AT_MOMENT}`;
    const run = ['--namespace', NAMESPACE, 'exec', FORMING, '--container', 'mysqld', '--', 'bash', '-c', script];
    await until(`${FORMING} runs`, 120, async () => await kubectl('--namespace', NAMESPACE, 'get', 'pod', FORMING, '--output',
      'jsonpath={.status.containerStatuses[?(@.name=="mysqld")].state.running.startedAt}') !== '');
    // A server that is killed ends its container, and the script with it
    const said = await kubectl(...run).catch((error: Error) => error.message);
    const [saw] = /^saw \d+ \d+ \d+$/m.exec(said) ?? [];
    if (saw === undefined) {
      throw new Error(said);
    }
    return saw;
  }

  /** Takes the group and its data away. */
  async function discard(): Promise<void> {
    await kubectl('--namespace', NAMESPACE, 'delete', 'statefulset', 'mysql', '--cascade=foreground', '--timeout=150s');
    await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', '--all', '--timeout=60s');
  }
});

function range(count: number): number[] {
  return [...Array(count).keys()].map((index) => index + 1);
}
