import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import {
  api, FIRST, hostOf, labels, member, MEMBERS, OUT, Own, promotion, SECOND, sees, statements, tells, tellsInGroup, THIRD, tick,
} from './members';

const UUID = '11111111-2222-3333-4444-555555555555';
const SUCCESSOR: Answer = { command: 'mysql', on: 'local', to: 'count_transactions_remote_in_applier_queue',
  says: `${hostOf(SECOND)}\t${UUID}\n` };
const SET = `SELECT group_replication_set_as_primary('${UUID}', 10);\nSET GLOBAL offline_mode = ON;`;
const RECORD = promotion(SECOND, `switchover from ${FIRST}`);
const RECORDS: Answer = { command: 'mysql', on: SECOND, to: 'INSERT INTO' };
const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0, source: FIRST };
const TAKES_OVER = `this primary stops: ${SECOND} takes over`;

/** The agent waits and gets SIGTERM, after a command that failed or not: in a trap `return` alone would give the status of that one. */
const AFTER_FAILURE = waits('false ||');
const AFTER_SUCCESS = waits('true &&');

function waits(before: string): string {
  return `trap stop TERM; exec {never}<> <(:); { command sleep 0.2; kill -TERM "$$"; } & ${before} read -rt 9 -u "$never"`;
}

/** The agent of the first member is told to stop. */
function stops(
  own: Own, answers: Answer[] = [], shell = AFTER_FAILURE, environment: Record<string, string> = {},
): Run & { bash: Sandbox; status: number | null; done: string[] } {
  const bash = member(FIRST, { HAND_OVER_PAUSE: '0', QUORUM_PAUSE: '0', ...environment });
  const run = tick(bash, own, answers, shell);
  const done = run.calls.flatMap(({ command, on, input, arguments: argv }) => (
    command === 'curl' ? [`label ${argv.split('/').at(-1)}`] : /SELECT group_rep|INSERT/.test(input) ? [`${on}: ${input}`] : []));
  return { ...run, bash, done };
}

describe.each([['a command that failed', AFTER_FAILURE], ['one that did not', AFTER_SUCCESS]])('a primary that is told to stop after %s',
  (_, shell) => {
    describeScript('hands over', () => {
      test('to the one that is named: it is fenced before that one is recorded, and its label is taken before that one gets it', () => {
        const run = stops(PRIMARY, [SUCCESSOR, RECORDS], shell);
        expect(run.done).toEqual([`local: ${SET}`, `${SECOND}: ${RECORD}`, `label ${FIRST}`, `label ${SECOND}`]);
        expect(labels(run)).toEqual([`${FIRST}:primary=none`, `${SECOND}=primary`]);
        expect(run.log).toEqual([TAKES_OVER, `the pod ${FIRST} had the label mysql.role=primary, and has none now`]);
        expect(run.calls.find(({ input }) => input === RECORD)!.arguments).toContain('/run/admin.cnf');
        expect(run.bash.exists('run/handed-over')).toBe(true);
        expect(run.status).toBe(0);
      });

      test('to no one when none is there that could take over', () => {
        const run = stops(PRIMARY, [{ ...SUCCESSOR, says: '' }], shell);
        expect(run).toMatchObject({ status: 0, done: [], log: ['this primary stops, and no member can take over'] });
        expect(run.bash.exists('run/handed-over')).toBe(true);
      });

      test.each<[string, Answer[], string[], string[]]>([
        ['it does not learn who is there', [{ ...SUCCESSOR, says: '', status: 1 }], [], []],
        ['the group does not hand over', [{ command: 'mysql', on: 'local', to: 'set_as_primary', status: 1 }, SUCCESSOR], [TAKES_OVER],
          [`local: ${SET}`]],
      ])('not, says so and stops all the same when %s', (__, answers, log, done) => {
        const run = stops(PRIMARY, [...answers, RECORDS], shell);
        const [lines, sent] = [[...log, 'the hand-over failed, see above'], done];
        expect(run).toMatchObject({ status: 0, done: [1, 2, 3].flatMap(() => sent), log: [1, 2, 3].flatMap(() => lines) });
        expect(run.bash.exists('run/handed-over')).toBe(true);
      });

      test('when the group can do it by then', () => {
        const busy: Answer = { command: 'mysql', on: 'local', to: 'set_as_primary', does: '((turn > 0)) || exit 1' };
        const run = stops(PRIMARY, [busy, SUCCESSOR, RECORDS], shell);
        expect(run.done).toEqual([`local: ${SET}`, `local: ${SET}`, `${SECOND}: ${RECORD}`, `label ${FIRST}`, `label ${SECOND}`]);
        expect(run.log.slice(0, 3)).toEqual([TAKES_OVER, 'the hand-over failed, see above', TAKES_OVER]);
      });

      test('and leaves the labels to the agents when the new primary does not record it', () => {
        const run = stops(PRIMARY, [SUCCESSOR, { ...RECORDS, status: 1 }], shell);
        expect(run.done).toEqual([`local: ${SET}`, `${SECOND}: ${RECORD}`]);
        expect(run.log.at(-1)).toBe(`${SECOND} is elected but did not record it, see above: its agent does that`);
        expect(run.status).toBe(0);
      });

      test.each<[string, Answer]>([
        ['is away', { command: 'curl', status: 7 }], ['refuses', api(403)], ['is in conflict', api(409, FIRST)],
      ])('and gives no label that it could not take when the API server %s', (__, answer) => {
        const run = stops(PRIMARY, [SUCCESSOR, RECORDS, answer], shell);
        expect(run.done).toEqual([`local: ${SET}`, `${SECOND}: ${RECORD}`, `label ${FIRST}`]);
        expect(run.status).toBe(0);
        expect(run.bash.exists('run/handed-over')).toBe(true);
      });

      test('and gives the label when it has none itself', () => {
        expect(stops(PRIMARY, [SUCCESSOR, RECORDS, api(422, FIRST)], shell).done.slice(2)).toEqual([`label ${FIRST}`, `label ${SECOND}`]);
      });
    });

    describeScript('has nothing to hand over', () => {
      test.each<[string, Own]>([
        ['as a secondary', {}], ['as a member that recovers', { state: 'RECOVERING' }], ['as one in no group', OUT],
      ])('%s', (__, own) => {
        const run = stops(own, [SUCCESSOR], shell);
        expect(run).toMatchObject({ done: [], log: [], status: 0 });
        expect(run.bash.exists('run/handed-over')).toBe(true);
      });

      test('when the server has not answered lately, whatever it was before, and says so', () => {
        for (const nothing of ['rm "$RUN/member"; ', 'EPOCHSECONDS=1004; ', 'printf x >"$RUN/member"; ']) {
          const run = stops(PRIMARY, [SUCCESSOR], `observe_self; ${nothing}${shell}`);
          expect(run).toMatchObject({ done: [], log: ['stopping: the server does not answer, so nothing is handed over'], status: 0 });
          expect(run.bash.exists('run/handed-over')).toBe(true);
        }
      });
    });
  });

/** What a member says of the group: that it is in it, with these. */
const lists = (name: string, listed: string[]) => tellsInGroup(name, 'SECONDARY', { listed })[0];

describeScript('a member that is told to stop', () => {
  const GONE: Answer[] = [{ command: 'mysql', on: THIRD, status: 1, says: 'ERROR 2003 (HY000): no\n' }];
  const BACK = tells(THIRD);
  const WAITS = `stopping when the group has expelled ${THIRD}: before, it would have no quorum without this member`;
  /** This member lists the third one at first, and after so many looks no more. */
  const expelled = (looks: number): Answer => ({
    ...lists(FIRST, MEMBERS), says: [...Array(looks).fill(lists(FIRST, MEMBERS).says), lists(FIRST, [FIRST, SECOND]).says].map(String),
  });

  test.each<[string, Answer[]]>([
    ['does not answer', GONE], ['is in no group, since its server started again', BACK], ['lists itself alone', [lists(THIRD, [THIRD])]],
  ])('waits until the group has expelled a member that %s', (_, third) => {
    const answers = [...third, lists(SECOND, MEMBERS), expelled(2)];
    const secondary = stops({}, answers);
    expect(secondary).toMatchObject({ log: [WAITS], done: [], status: 0 });
    expect(secondary.bash.exists('run/handed-over')).toBe(true);
    const primary = stops(PRIMARY, [SUCCESSOR, RECORDS, ...answers]);
    expect(primary.log.slice(0, 2)).toEqual([WAITS, TAKES_OVER]);
    expect(primary.done[0]).toBe(`local: ${SET}`);
  });

  test('waits for nothing while the others are in the group, or recover', () => {
    const third = { ...lists(THIRD, MEMBERS), says: String(lists(THIRD, MEMBERS).says).replace('ONLINE', 'RECOVERING') };
    expect(stops({}, [lists(FIRST, MEMBERS), lists(SECOND, MEMBERS), third]).log).toEqual([]);
  });

  test('waits for nothing where more than half of the others are there, and where it is the last one', () => {
    const five = [...MEMBERS, 'mysql-3', 'mysql-4'];
    const answers = five.slice(0, 4).map((name) => lists(name, five));
    expect(stops({}, [...answers, { command: 'mysql', on: 'mysql-4', status: 1 }]).log).toEqual([]);
    expect(stops({}, [lists(FIRST, [FIRST])]).log).toEqual([]);
  });

  test('asks no other one when it is in no group, or in one without quorum', () => {
    for (const own of [OUT, { majority: 0 }]) {
      expect(stops(own, [...GONE, lists(SECOND, MEMBERS), lists(FIRST, MEMBERS)])).toMatchObject({ calls: [], log: [] });
    }
  });

  test('stops all the same, and says so, when the group does not expel it in time', () => {
    const run = stops({}, [...GONE, lists(SECOND, MEMBERS), lists(FIRST, MEMBERS)], AFTER_FAILURE, { QUORUM_SECONDS_MAX: '0' });
    expect(run.log).toEqual([`stopping, though the group has no quorum then: it has not expelled ${THIRD}`]);
    expect(run.bash.exists('run/handed-over')).toBe(true);
  });
});

describeScript('the agent as a program', () => {
  test('looks until SIGTERM, and hands over then', () => {
    const bash = member(FIRST, { PAUSE: '30' });
    bash.file('run/handed-over', 'of an earlier life');
    const signals: Answer = {
      command: 'df', does: '[[ ! -e $RUN/handed-over ]] || touch "$RUN/too-early"; kill -TERM "$(<"$RUN/pid")"',
    };
    bash.answers(SUCCESSOR, RECORDS, signals, api());
    bash.password('secrets/replication-password', 'short');
    const run = bash.run('lib.sh', `${sees(PRIMARY)}echo "$$" >"$RUN/pid"; exec bash --norc "$SQL/agent.sh"`);
    expect(run.status).toBe(0);
    expect(run.log).toContain(TAKES_OVER);
    expect(statements(run.calls).filter((text) => text.includes('set_as_primary'))).toEqual([SET]);
    expect(bash.read('run/handed-over')).toBe('');
    expect(bash.exists('run/too-early')).toBe(false);
  });
});

describeScript('the server\'s preStop hook', () => {
  const AWAIT = '"$SQL/await-hand-over.sh"';

  test('asks the stand-in of an agent that is away to hand over', () => {
    const bash = member(FIRST);
    const shell = `(trap 'echo hands over; : >"$RUN/handed-over"; exit' TERM; echo "$BASHPID" >"$RUN/stand-in"; while :; do command sleep 0.02; done) & `
      + `until [[ -s $RUN/stand-in ]]; do sleep 0.02; done; ${AWAIT}; wait; echo stops`;
    expect(bash.run('lib.sh', shell).output).toBe('hands over\nstops\n');
  });

  test('ends at once when the agent has handed over', () => {
    const bash = member(FIRST, { AWAIT_SECONDS_MAX: '5' });
    bash.file('run/handed-over', '');
    expect(bash.run('lib.sh', `${AWAIT}; echo "$? $SECONDS"`).output).toMatch(/^0 [01]\n$/);
  });

  test('waits for it', () => {
    const bash = member(FIRST, { AWAIT_SECONDS_MAX: '8' });
    const { output } = bash.run('lib.sh', `{ sleep 1.2; touch "$RUN/handed-over"; } & start=$EPOCHREALTIME; ${AWAIT}; `
      + 'echo "$? $(((${EPOCHREALTIME/./} - ${start/./}) / 1000))"');
    const [status, milliseconds] = output.trim().split(' ').map(Number);
    expect(status).toBe(0);
    expect(milliseconds).toBeGreaterThan(1000);
    expect(milliseconds).toBeLessThan(7000);
  });

  test('gives up after a time, so that the server stops for certain', () => {
    const bash = member(FIRST, { AWAIT_SECONDS_MAX: '1' });
    expect(bash.run('lib.sh', `${AWAIT}; echo "$? $SECONDS"`).output).toMatch(/^0 [1-4]\n$/);
  });
});
