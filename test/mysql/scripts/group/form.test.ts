import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import {
  api, FIRST, hasNone, hostOf, is, member, MEMBERS, Own, SECOND, statements, tells, tellsInGroup, THIRD, tick, Told, verdict,
} from './members';

const OUT: Own = { state: 'OFFLINE', role: '-', majority: 0, online: 0, primary: '-' };
const GUIDE = '; see "No group" in the operations guide';
const START = (bootstrap: 'ON' | 'OFF') => (
  expect.stringMatching(new RegExp(`group_replication_bootstrap_group = ${bootstrap};\nSTART GROUP_REPLICATION;$`)) as string
);
const FLAG_OFF = 'SET GLOBAL group_replication_bootstrap_group = OFF';
// Quicker than in a pod.
const QUICK = 'sleep() { command sleep 0.02; }; ';

/** A member that gives its vote, over a connection that stays; or that answers something else. */
function votes(name: string, says = '1\n'): Answer {
  return { command: 'mysql', on: name, to: 'GET_LOCK', says, does: 'exec sleep 30 2>/dev/null' };
}

const ALL_VOTE = MEMBERS.map((name) => votes(name));
const ALL_ANSWER = MEMBERS.flatMap((name) => tells(name));

/** A member that is in no group looks: the first one, unless another one is named. */
function looks(answers: Answer[], { pod = FIRST, shell = 'once' } = {}): Run & { bash: Sandbox; verdict: string } {
  const bash = member(pod);
  const run = tick(bash, OUT, answers, QUICK + shell);
  return { ...run, bash, verdict: verdict(bash) };
}

const locks = ({ calls }: Run) => calls.filter((call) => call.arguments.includes('GET_LOCK')).map(({ on }) => on).sort();

describeScript('a group is formed', () => {
  test('by the first of equal ones, when all answer that they are in none, and all give it their vote', () => {
    const run = looks([...ALL_VOTE, ...ALL_ANSWER]);
    expect(statements(run.calls)).toEqual([START('ON'), FLAG_OFF]);
    expect(statements(run.calls)[0]).toContain(`group_replication_local_address = '${hostOf(FIRST)}:3306'`);
    expect(run.log.at(-1)).toBe('forming the group: all 3 members answer and are in none; this one has all that they have: g:1-5');
    expect(locks(run)).toEqual(MEMBERS);
    expect(run.verdict).toBe('none');
  });

  test.each<[string, Told[]]>([
    ['has executed more', [{}, { executed: 'g:1-6' }, {}]],
    ['has received more', [{ executed: 'g:1-6' }, { received: 'g:6-7' }, {}]],
    ['has what all of them have', [{ executed: 'g:1-5' }, { executed: 'g:1-5,h:1-2' }, { executed: 'g:1-4,h:1' }]],
  ])('by the one that %s', (_, told) => {
    const answers = MEMBERS.flatMap((name, index) => tells(name, told[index]));
    expect(looks(answers).verdict).toBe(
      `unready waiting: ${SECOND} is to form the group: of ${MEMBERS.join(' ')} it has all that the others have`,
    );
    expect(statements(looks([...ALL_VOTE, ...answers], { pod: SECOND }).calls)).toEqual([START('ON'), FLAG_OFF]);
  });

  test('at the first start by the only one with data, while the others wait for it', () => {
    const run = looks([votes(FIRST), ...tells(FIRST), ...hasNone(SECOND), ...hasNone(THIRD)]);
    expect(statements(run.calls)).toEqual([START('ON'), FLAG_OFF]);
    expect(locks(run)).toEqual([FIRST]);
  });

  test('after an outage, when the last primary has its data, be it who it may', () => {
    const recorded = { epoch: 3, source: THIRD };
    const run = looks([...ALL_VOTE, ...tells(FIRST, { epoch: 2, source: FIRST }), ...tells(SECOND, recorded), ...tells(THIRD, recorded)]);
    expect(statements(run.calls)).toEqual([START('ON'), FLAG_OFF]);
  });

  test('without members whose data is lost, when none of them was the last primary', () => {
    const recorded = { epoch: 3, source: FIRST };
    const run = looks([...ALL_VOTE, ...tells(FIRST, recorded), ...tells(SECOND, recorded), ...hasNone(THIRD)]);
    expect(statements(run.calls)).toEqual([START('ON'), FLAG_OFF]);
  });

  test('and the flag that says so is OFF again when the server did not start, and the votes are given back', () => {
    const run = looks([{ command: 'mysql', on: 'local', to: 'START GROUP', status: 1 }, ...ALL_VOTE, ...ALL_ANSWER]);
    expect(statements(run.calls)).toEqual([START('ON'), FLAG_OFF]);
    expect(run.log.at(-1)).toBe('could not form the group, see above and the log of mysqld');
  });

  test('and the votes are given back when it works', () => {
    const shell = 'once; echo "votes: ${#lock_holders[@]}"; '
      + 'jobs -pr | while read -r pid; do [[ $pid == "${SESSION_PID-}" ]] || echo "left: $pid"; done';
    const run = looks([...ALL_VOTE, ...ALL_ANSWER], { shell });
    expect(run.output).toBe('votes: 0\n');
  });
});

describeScript('no group is formed', () => {
  const SILENT = (names: string) => (
    `no group, and ${names} may be in one or know more, and does not answer; bring it back, or see "No group" in the operations guide`
  );

  test.each<[string, Answer[], string]>([
    ['while one does not answer', [...tells(FIRST), ...tells(SECOND)],
      SILENT(THIRD)],
    ['while two do not answer', tells(FIRST),
      SILENT(`${SECOND} ${THIRD}`)],
    ['while one says nothing', [...tells(FIRST), ...tells(SECOND), { command: 'mysql', on: THIRD, to: 'gtid_purged', says: '' }],
      SILENT(THIRD)],
    ['while one answers with an error',
      [...tells(FIRST), ...tells(SECOND), { command: 'mysql', on: THIRD, to: 'gtid_purged', says: 'ERROR 1040\n' }],
      SILENT(THIRD)],
    ['while one is in a group without a majority',
      [...tells(FIRST), ...tells(SECOND), ...tells(THIRD, { state: 'ONLINE', role: 'PRIMARY' })],
      `${THIRD} is ONLINE in a group without a majority, until it gives up`],
    ['while one recovers in a group that lost its majority', [...tells(FIRST), ...tells(SECOND, { state: 'RECOVERING' }), ...tells(THIRD)],
      `${SECOND} is RECOVERING in a group without a majority, until it gives up`],
    ['when the last primary has lost its data',
      [...tells(FIRST, { epoch: 3, source: SECOND }), ...hasNone(SECOND), ...tells(THIRD, { epoch: 2, source: FIRST })],
      `no group, and ${SECOND}, the last primary, has lost its data: what it acknowledged at last may be nowhere else${GUIDE}`],
    ['when the last primary is none of the members',
      [...tells(FIRST, { epoch: 3, source: 'mysql-4' }), ...tells(SECOND), ...tells(THIRD)],
      `no group, and mysql-4, the last primary, has lost its data: what it acknowledged at last may be nowhere else${GUIDE}`],
    ['when members have different data',
      [...tells(FIRST, { executed: 'g:1-6' }), ...tells(SECOND, { executed: 'g:1-5,s:1' }), ...tells(THIRD)],
      `no group, and members have different data: ${FIRST} knows g:1-6, ${SECOND} knows g:1-5,s:1, ${THIRD} knows g:1-5${GUIDE}`],
  ])('%s', (_, answers, reason) => {
    const run = looks([...ALL_VOTE, ...answers]);
    expect(run.verdict).toBe(`unready waiting: ${reason}`);
    expect(statements(run.calls)).toEqual([]);
    expect(locks(run)).toEqual([]);
  });

  test.each<[string, Omit<Answer, 'command'>]>([
    ['does not compare', { to: 'GTID_SUBSET', status: 1 }], ['says nothing', { to: 'GTID_SUBSET', says: '' }],
  ])('when the server %s what members know: that is no difference, and no agreement', (_, answer) => {
    const run = looks([{ command: 'mysql', on: 'local', ...answer }, ...ALL_VOTE, ...ALL_ANSWER]);
    expect(run.verdict).toBe('unready waiting: no group, and it is not known which member has all that the others have, see above');
    expect(statements(run.calls)).toEqual([]);
  });
});

describeScript('votes', () => {
  const LOST = 'not all members gave their vote to form the group: looking again';

  test.each<[string, Answer]>([
    ['is given to somebody else', votes(SECOND, '0\n')],
    ['is not known', votes(SECOND, 'NULL\n')],
    ['does not come', votes(SECOND, '')],
    ['is refused', { command: 'mysql', on: SECOND, to: 'GET_LOCK', status: 1 }],
  ])('one that %s is none: nobody forms a group, and the others are given back', (_, answer) => {
    const run = looks([answer, votes(FIRST), votes(THIRD), ...ALL_ANSWER], { shell: 'once; echo "votes: ${#lock_holders[@]}"' });
    expect(run.log.at(-1)).toBe(LOST);
    expect(statements(run.calls)).toEqual([]);
    expect(run.output).toBe('votes: 0\n');
  });

  test.each<[string, () => Answer[]]>([
    ['a group has come into being', () => tellsInGroup(THIRD, 'PRIMARY')],
    ['one does not answer any more', () => [{ command: 'mysql', on: THIRD, to: 'gtid_purged', status: 1 }]],
    ['another one knows more', () => tells(THIRD, { executed: 'g:1-6' })],
  ])('are for nothing when, once they are taken, %s', (_, later) => {
    const [before] = tells(THIRD);
    const [after] = later();
    const changes: Answer = {
      ...before, says: undefined,
      does: `if ((turn == 0)); then printf '%s' '${String(before.says)}'; elif ((${after.status ?? 0})); then exit 1; `
        + `else printf '%s' '${String(after.says)}'; fi`,
    };
    const run = looks([...ALL_VOTE, changes, ...tells(FIRST), ...tells(SECOND)]);
    expect(run.log.at(-1)).toBe('something changed while votes were taken: looking again');
    expect(statements(run.calls)).toEqual([]);
  });

  test('are given back when the agent is told to stop in the middle', () => {
    const bash = member(FIRST);
    const held = (name: string, does = '') => ({ ...votes(name), does: `echo "$$" >>"$RUN/voters"; ${does} ${votes(name).does}` });
    const signals = held(THIRD, 'kill -TERM "$(<"$RUN/pid")";');
    bash.answers(held(FIRST), held(SECOND), signals, ...ALL_ANSWER, ...is(OUT), api());
    const run = bash.run('lib.sh', 'echo "$$" >"$RUN/pid"; exec bash --norc "$SQL/agent.sh"');
    expect(run.status).toBe(0);
    const voters = bash.read('run/voters').trim().split('\n');
    expect(voters).toHaveLength(3);
    for (const voter of voters) {
      expect(() => process.kill(Number(voter), 0)).toThrow('ESRCH');
    }
  });

  test('are for nothing when one is lost before the group is formed', () => {
    const lost: Answer = { ...votes(THIRD), does: 'sleep 0.2' };
    const shell = 'look() { command sleep 0.5; members; view "${members[@]}"; }; once';
    const run = looks([lost, votes(FIRST), votes(SECOND), ...ALL_ANSWER], { shell });
    expect(run.log.at(-1)).toBe('something changed while votes were taken: looking again');
    expect(statements(run.calls)).toEqual([]);
  });

  test('are locks on all servers with data, held by connections with a name and a password of their own', () => {
    const { calls, bash } = looks([...ALL_VOTE, ...ALL_ANSWER]);
    const vote = calls.find((call) => call.on === THIRD && call.arguments.includes('GET_LOCK'))!;
    expect(vote.arguments.replace(/(DO SLEEP.2.;)+$/, '')).toBe(`--defaults-file=${bash.folder}/run/monitor.cnf --host=${hostOf(THIRD)} `
      + '--port=3306 --batch --skip-column-names --unbuffered '
      + '--execute SET SESSION wait_timeout = 10; SELECT GET_LOCK(\'cdk8s_stateful.form\', 0); ');
  });
});
