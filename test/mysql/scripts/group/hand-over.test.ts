import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { FIRST, hostOf, is, labels, member, Own, SECOND, statements, tick } from './members';

const UUID = '11111111-2222-3333-4444-555555555555';
const SUCCESSOR: Answer = { command: 'mysql', on: 'local', to: 'count_transactions_remote_in_applier_queue', says: `${hostOf(SECOND)}\t${UUID}\n` };
const SET = `SELECT group_replication_set_as_primary('${UUID}', 10)`;
const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0 };

/** The agent waits and gets SIGTERM, after a command that failed or not: in a trap `return` alone would give the status of that one. */
const AFTER_FAILURE = waits('false ||');
const AFTER_SUCCESS = waits('true &&');

function waits(before: string): string {
  return `trap stop TERM; exec {never}<> <(:); { sleep 0.2; kill -TERM "$$"; } & ${before} read -rt 9 -u "$never"`;
}

/** The agent of the first member is told to stop. */
function stops(own: Own, answers: Answer[] = [], shell = AFTER_FAILURE): Run & { bash: Sandbox; status: number | null } {
  const bash = member(FIRST);
  return { ...tick(bash, own, answers, shell), bash };
}

describeScript('a primary that is told to stop', () => {
  test.each<[string, string]>([
    ['a command that failed', AFTER_FAILURE], ['one that did not', AFTER_SUCCESS],
  ])('after %s hands over to the one that is named, shows it, and lets the server stop', (_, shell) => {
    const run = stops(PRIMARY, [SUCCESSOR], shell);
    expect(statements(run.calls)).toEqual([SET]);
    expect(run.log).toEqual([
      `this primary is to stop: ${SECOND} takes over`, `the pod ${FIRST} had the label mysql.role=primary, and has none now`,
    ]);
    expect(labels(run)).toEqual([`${SECOND}=primary`, `${FIRST}:primary=none`]);
    expect(run.bash.exists('run/handed-over')).toBe(true);
    expect(run.status).toBe(0);
  });

  test('stops when nobody is there to take over', () => {
    const run = stops(PRIMARY, [{ ...SUCCESSOR, says: '' }]);
    expect(statements(run.calls)).toEqual([]);
    expect(run.log).toEqual(['this primary is to stop, and nobody is there to take over']);
    expect(run.bash.exists('run/handed-over')).toBe(true);
  });

  test.each<[string, Answer[], string[]]>([
    ['it does not learn who is there', [{ ...SUCCESSOR, says: '', status: 1 }], []],
    ['the group does not hand over', [{ command: 'mysql', on: 'local', to: 'set_as_primary', status: 1 }, SUCCESSOR],
      [`this primary is to stop: ${SECOND} takes over`]],
  ])('says so and stops all the same when %s', (_, answers, log) => {
    const run = stops(PRIMARY, answers, AFTER_SUCCESS);
    expect(run.log).toEqual([...log, 'the hand-over failed, see above: the others elect']);
    expect(labels(run)).toEqual([]); // those of the pods are what the pods are
    expect(run.bash.exists('run/handed-over')).toBe(true);
    expect(run.status).toBe(0);
  });

  test('hands over without the API server, too', () => {
    const run = stops(PRIMARY, [SUCCESSOR, { command: 'curl', status: 7 }]);
    expect(statements(run.calls)).toEqual([SET]);
    expect(run.status).toBe(0);
    expect(run.bash.exists('run/handed-over')).toBe(true);
  });

  test('asks its server once more when the signal came in the middle of an answer', () => {
    const shell = 'open_session; printf "%s\\n" "SELECT 1;" "SELECT \'$END_OF_ANSWER\';" >&"${SESSION[1]}"; stop';
    expect(statements(stops(PRIMARY, [SUCCESSOR], shell).calls)).toEqual([SET]);
  });

  test.each<[string, Own]>([
    ['a secondary', {}], ['a member that recovers', { state: 'RECOVERING' }], ['one in no group', { state: 'OFFLINE', role: '-' }],
  ])('%s has nothing to hand over', (_, own) => {
    const run = stops(own, [SUCCESSOR]);
    expect(statements(run.calls)).toEqual([]);
    expect(run.bash.exists('run/handed-over')).toBe(true);
  });

  test('without a server that answers it says so', () => {
    const [silent] = is({});
    const run = stops({}, [{ ...silent, status: 1 }]);
    expect(run.log).toEqual(['told to stop, and the server does not answer: nothing is handed over']);
    expect(run.bash.exists('run/handed-over')).toBe(true);
  });
});

describeScript('the agent as a program', () => {
  test('looks until SIGTERM, and hands over then', () => {
    const bash = member(FIRST, { PAUSE: '30' });
    bash.file('run/handed-over', 'of an earlier life');
    const signals: Answer = {
      command: 'curl', to: `/pods/${FIRST} `, says: '{}\n200',
      does: '((turn == 0)) || exit 0; [[ ! -e $RUN/handed-over ]] || touch "$RUN/too-early"; kill -TERM "$(<"$RUN/pid")"',
    };
    bash.answers(SUCCESSOR, signals, ...is(PRIMARY), { command: 'curl', says: '{}\n404' });
    bash.password('secrets/replication-password', 'short');
    const run = bash.run('lib.sh', 'echo "$$" >"$RUN/pid"; exec bash --norc "$SQL/agent.sh"');
    expect(run.status).toBe(0);
    expect(run.log).toContain(`this primary is to stop: ${SECOND} takes over`);
    expect(statements(run.calls).filter((text) => text.includes('set_as_primary'))).toEqual([SET]);
    expect(bash.read('run/handed-over')).toBe('');
    expect(bash.exists('run/too-early')).toBe(false);
  });
});

describeScript('the server\'s preStop hook', () => {
  const AWAIT = '"$SQL/await-hand-over.sh"';

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
