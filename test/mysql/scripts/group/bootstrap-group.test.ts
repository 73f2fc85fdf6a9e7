import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { isGone } from '../../../support/processes';
import { FIRST, hasNone, hostOf, member, MEMBERS, OUT, SECOND, sees, statements, tells, tellsInGroup, THIRD,
  tick } from './members';
import { ALL_ANSWER, ALL_VOTE, bootstraps, FLAG_OFF, votes } from './votes';

const WORD = 'short word';
const FAILED = `START GROUP_REPLICATION failed on ${FIRST}, see above and the log of its mysqld`;

/** Who bootstraps on the first member: its agent, or an operator's Job over the network. */
interface Caller {
  readonly name: string;
  readonly script: string;
  readonly pod: string;
  /** Where the statements go. */
  readonly on: string;
  readonly account: string;
  readonly command: string;
}

const CALLERS: Caller[] = [
  { name: 'the agent', script: 'agent.sh', pod: FIRST, on: 'local', account: 'monitor', command: 'patient_sql monitor' },
  { name: 'an operator', script: 'operate.sh', pod: 'mysql-recover-x7z', on: FIRST, account: 'admin', command: 'chosen_sql admin' },
];

interface Bootstrap extends Run {
  readonly bash: Sandbox;
  /** `done`, or the reason why not; and how many votes are held still. */
  readonly result: string[];
  readonly told: string[];
  readonly asked: string[];
}

// All is looked at before; what `may_bootstrap` of a caller finds is the test of that one.
const READY = 'chosen=mysql-0; write_remote_options monitor; '
  + 'look() { members; view "${members[@]}"; by_data "${members[@]}"; }; look; may_bootstrap() { look; }; ';

function prepared(caller: Caller): Sandbox {
  const bash = member(caller.pod);
  bash.password('secrets/replication-password', WORD);
  return bash;
}

function bootstrap(caller: Caller, answers: Answer[], excused = '', shell = ''): Bootstrap {
  const bash = prepared(caller);
  bash.answers(...answers, { command: 'mysql', on: caller.on });
  const run = bash.run(caller.script, `${READY}${shell}bootstrap_group ${caller.command} ${FIRST} ${excused} && echo done || echo "$REPLY"; `
    + 'echo "votes: ${#lock_holders[@]}"');
  return {
    ...run, bash, result: run.output.trimEnd().split('\n'), told: statements(run.calls, caller.on),
    asked: run.calls.filter((call) => call.arguments.includes('GET_LOCK')).map(({ on }) => on).sort(),
  };
}

describe.each(CALLERS)('a group is bootstrapped by $name', (caller) => {
  describeScript('when all is as it must be', () => {
    test('with the votes of all, which are given back, and the flag goes OFF in the same connection and in another one', () => {
      const run = bootstrap(caller, [...ALL_VOTE, ...ALL_ANSWER]);
      expect(run.told).toEqual([bootstraps(FIRST, WORD), FLAG_OFF]);
      expect(run.result).toEqual(['done', 'votes: 0']);
      expect(run.asked).toEqual(MEMBERS);
      const vote = run.calls.find((call) => call.on === THIRD && call.arguments.includes('GET_LOCK'))!;
      expect(vote.arguments.replace(/(DO SLEEP.2.;)+$/, '')).toBe(
        `--defaults-file=${run.bash.folder}/run/${caller.account}.cnf --host=${hostOf(THIRD)} `
        + '--port=3306 --batch --skip-column-names --unbuffered '
        + '--execute SET SESSION wait_timeout = 10; SELECT GET_LOCK(\'cdk8s_stateful.form\', 0); ',
      );
    });

    test('of those that have data, and of those that were expelled', () => {
      const run = bootstrap(caller, [...ALL_VOTE, ...tells(FIRST), ...tells(SECOND, { state: 'ERROR' }), ...hasNone(THIRD)]);
      expect(run).toMatchObject({ result: ['done', 'votes: 0'], asked: [FIRST, SECOND] });
    });

    test('without those that are excused, which need not answer', () => {
      const run = bootstrap(caller, [...ALL_VOTE, ...tells(FIRST), ...tells(SECOND)], `${SECOND} ${THIRD}`);
      expect(run).toMatchObject({ result: ['done', 'votes: 0'], asked: [FIRST] });
    });

    test.each<[string, Partial<Answer>]>([['fails', { status: 1 }], ['takes too long', { status: 124 }]])(
      'and the flag is OFF again when the start %s', (_, answer) => {
        const refuses: Answer = { command: 'mysql', on: caller.on, to: 'START GROUP_REPLICATION', ...answer };
        const run = bootstrap(caller, [refuses, ...ALL_VOTE, ...ALL_ANSWER]);
        expect(run.told).toEqual([bootstraps(FIRST, WORD), FLAG_OFF]);
        expect(run.result).toEqual([FAILED, 'votes: 0']);
      });

    test('and the log says when the flag may be ON', () => {
      const refuses: Answer = { command: 'mysql', on: caller.on, to: 'bootstrap_group = OFF',
        does: '[[ $input != *START* ]] || exit 1', status: 1 };
      const run = bootstrap(caller, [refuses, ...ALL_VOTE, ...ALL_ANSWER]);
      expect(run.log.at(-1)).toBe(`ERROR: group_replication_bootstrap_group of ${FIRST} may still be ON, see above: set it OFF`);
    });
  });

  test.each<[string, Answer]>([
    ['0', votes(SECOND, '0\n')], ['NULL', votes(SECOND, 'NULL\n')], ['no answer', votes(SECOND, '')],
    ['ERROR 1045 (28000): denied', { command: 'mysql', on: SECOND, to: 'GET_LOCK', says: 'ERROR 1045 (28000): denied\n', status: 1 }],
  ])('not when a member answers %s to who asks for its vote', (says, answer) => {
    const quicker = answer.says === '' ? 'eval "$(declare -f has_lock | sed \'s/"$2"/1.5/\')"; ' : ''; // than 5 s
    const run = bootstrap(caller, [answer, ...ALL_VOTE, ...ALL_ANSWER], '', quicker);
    expect(run).toMatchObject({ result: [`${SECOND} did not give its vote: ${says}`, 'votes: 0'], told: [], status: 0 });
  });

  describeScript('not', () => {
    const LIST = (names: string) => `the list of members is '${names}': it must hold ${FIRST} and at least two others`;
    const NO_DATA = `${FIRST} does not answer with data of its own, or is excused`;
    const then = (change: string) => `later='${change}'`;
    const NO_PASSWORD = 'the password of replication is not usable, see above';

    /** What is not so, in shell; and the reason that is given. */
    const rows: [string, string, string][] = [
      ['with an empty list', 'members=()', LIST('')],
      ['with a list of two', `members=(${FIRST} ${SECOND})`, LIST(`${FIRST} ${SECOND}`)],
      ['with a list that lacks the member', `members=(${SECOND} ${THIRD} mysql-3)`, LIST(`${SECOND} ${THIRD} mysql-3`)],
      ['with a name that only contains its own', `members=(${SECOND} ${THIRD} my-${FIRST})`, LIST(`${SECOND} ${THIRD} my-${FIRST}`)],
      ['on a member without data', `with_data=(${SECOND} ${THIRD})`, NO_DATA],
      ['on a member that is excused', `excused=${FIRST}`, NO_DATA],
      ['when the first vote is not given', `vote[${FIRST}]=0`, `${FIRST} did not give its vote: 0`],
      ['when the last vote is not given', `vote[${THIRD}]=''`, `${THIRD} did not give its vote: no answer`],
      ['when the caller finds something else', 'may_bootstrap() { REPLY="it is not so"; return 1; }', 'it is not so'],
      ['when the member itself is in a group by then', then(`member_state[${FIRST}]=ONLINE`), `${FIRST} is data, ONLINE`],
      ['when a member is in a group by then', then(`member_state[${THIRD}]=ONLINE`), `${THIRD} is data, ONLINE`],
      ['when one recovers by then', then(`member_state[${SECOND}]=RECOVERING`), `${SECOND} is data, RECOVERING`],
      ['when one joins another group by then', then(`member_state[${SECOND}]=CHANGING`), `${SECOND} is data, CHANGING`],
      ['when one does not answer by then', then(`state[${THIRD}]=silent member_state[${THIRD}]=-`), `${THIRD} is silent, -`],
      ['when one was never asked', then(`unset state[${THIRD}] member_state[${THIRD}]`), `${THIRD} is silent, `],
      ['when another one is excused and one is in a group by then', `excused=${THIRD}; ${then(`member_state[${SECOND}]=ONLINE`)}`,
        `${SECOND} is data, ONLINE`],
      ['when a vote is lost meanwhile', 'lost=1', 'a vote was lost while others were taken'],
      ['when the password of replication is missing', 'rm "$SECRETS/replication-password"', NO_PASSWORD],
      ['when it is empty', ': >"$SECRETS/replication-password"', NO_PASSWORD],
      ['when it cannot be sent', 'printf "short\\tword" >"$SECRETS/replication-password"', NO_PASSWORD],
    ];
    const answers: string[] = [];

    test.each(rows.map(([name, , reason], index) => [name, index, reason] as const))('%s', (_, index, reason) => {
      if (answers.length === 0) {
        const all = (word: string) => `(${MEMBERS.map((name) => `[${name}]=${word}`).join(' ')})`;
        const well = `members=(${MEMBERS.join(' ')}) with_data=(${MEMBERS.join(' ')}) state=${all('data')} member_state=${all('OFFLINE')}; `
          + 'declare -A vote=(); excused=\'\' lost=0 later=\'\' votes=0; may_bootstrap() { eval "$later"; REPLY="what is so"; }; '
          + `printf '${WORD}' >"$SECRETS/replication-password"`;
        const shell = 'ask_for_lock() { votes=$((votes + 1)); }; has_lock() { REPLY=${vote[$1]-1}; [[ $REPLY == 1 ]]; }; '
          + 'has_locks() { ((!lost)); }; release_locks() { votes=0; }; chosen=mysql-0; '
          + `tries() { bootstrap_group ${caller.command} ${FIRST} $excused && echo done || echo "$REPLY; votes: $votes"; }; `;
        const bash = prepared(caller);
        const run = bash.run(caller.script, `${shell}\n${rows.map(([, row]) => `${well}; ${row}; tries`).join('\n')}`);
        expect(run).toMatchObject({ status: 0, calls: [] });
        expect(run.output + run.log.join()).not.toContain('short');
        answers.push(...run.output.split('\n'));
      }
      expect(answers[index]).toBe(`${reason}; votes: 0`);
    });
  });
});

describeScript('the agent that bootstraps', () => {
  /** The first member, in no group, looks. */
  function looks(answers: Answer[], shell = 'once', pod = FIRST): Run {
    const bash = member(pod);
    bash.password('secrets/replication-password', WORD);
    return tick(bash, OUT, answers, shell);
  }

  test('says so, and what it has, with each id once', () => {
    const merges: Answer = { command: 'mysql', on: 'local', to: 'GTID_SUBTRACT(\'g:1-6,g:6\', \'\')', says: 'rest:g:1-6\n' };
    const answers = [merges, ...ALL_VOTE, ...tells(FIRST, { executed: 'g:1-6', received: 'g:6' }), ...tells(SECOND), ...tells(THIRD)];
    const run = looks(answers);
    expect(statements(run.calls)).toEqual([bootstraps(FIRST, WORD), FLAG_OFF]);
    expect(run.log.slice(1)).toEqual([
      'unready: BOOTSTRAPPING: all 3 members answer and are in no group, and this one has all transactions that they have',
      'bootstrapping the group: all 3 members answer and are in no group; this one has all of their transactions: g:1-6',
    ]);
  });

  test('at the first start is the only one with data, while the others wait for it', () => {
    const run = looks([votes(FIRST), ...tells(FIRST), ...hasNone(SECOND), ...hasNone(THIRD)]);
    expect(statements(run.calls)).toEqual([bootstraps(FIRST, WORD), FLAG_OFF]);
  });

  test('is the one that has what the others have, wherever in the list', () => {
    const run = looks([...ALL_VOTE, ...tells(FIRST), ...tells(SECOND), ...tells(THIRD, { executed: 'g:1-6' })], 'once', THIRD);
    expect(statements(run.calls)).toEqual([bootstraps(THIRD, WORD), FLAG_OFF]);
  });

  test.each<[string, () => Answer[], string]>([
    ['a group has come into being', () => tellsInGroup(THIRD, 'PRIMARY'), 'JOINING join '],
    ['one does not answer any more', () => [{ command: 'mysql', on: THIRD, to: 'gtid_purged', status: 1 }], 'MEMBER_SILENT recall '],
    ['another one has more', () => tells(THIRD, { executed: 'g:1-6' }), 'BOOTSTRAP_WAITING withdraw '],
  ])('does not when, once the votes are taken, %s', (_, later, decision) => {
    const [now] = tells(THIRD);
    const [then] = later();
    const turns = { ...then, says: '', status: 0,
      does: `if ((turn == 0)); then printf '%s' '${String(now.says)}'; else printf '%s' '${String(then.says ?? '')}'; exit ${then.status ?? 0}; fi` };
    const run = looks([turns, ...later().slice(1), ...ALL_VOTE, ...ALL_ANSWER]);
    expect(statements(run.calls)).toEqual([]);
    expect(run.log.at(-1)).toContain(`not bootstrapped: ${decision}`);
  });

  test('gives the votes back when it is told to stop in the middle', () => {
    const bash = member(FIRST);
    const held = (name: string, does = '') => ({ ...votes(name), does: `echo "$$" >>"$RUN/voters"; ${does} ${votes(name).does}` });
    const signals = held(THIRD, 'until (($(wc -l <"$RUN/voters") == 3)); do sleep 0.02; done; kill -TERM "$(<"$RUN/pid")";');
    bash.answers(held(FIRST), held(SECOND), signals, ...ALL_ANSWER, { command: 'curl', says: '{}\n200' });
    const run = bash.run('lib.sh', `${sees(OUT)}echo "$$" >"$RUN/pid"; exec bash --norc "$SQL/agent.sh"`);
    expect(run.status).toBe(0);
    const voters = bash.read('run/voters').trim().split('\n');
    expect(voters).toHaveLength(3);
    expect(voters.filter((voter) => !isGone(Number(voter)))).toEqual([]);
  });
});
