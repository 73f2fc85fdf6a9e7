import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import {
  FIRST, hasNone, hostOf, labels, member, MEMBERS, OUT, SECOND, statements, tells, tellsInGroup, THIRD, tick, TIMELINE, Told, verdict,
} from './members';
import { joins, letsJoin } from './votes';

const WORKS: Answer[] = [
  letsJoin(), ...tellsInGroup(FIRST, 'PRIMARY', { executed: 'g:1-9' }), ...tellsInGroup(SECOND, 'SECONDARY', { executed: 'g:1-8' }),
];
const GUIDE = '; nothing is removed; see "A member has errant transactions" in the operations guide';

/** The third member, which is in no group, looks. */
function looks(answers: Answer[], told: Told = {}, shell = 'once', bash = member(THIRD)): Run & { bash: Sandbox; verdict: string } {
  bash.password('secrets/replication-password', 'short word');
  const run = tick(bash, OUT, [...answers, ...tells(THIRD, told)], shell);
  return { ...run, bash, verdict: verdict(bash) };
}

describeScript('a member in no group', () => {
  test('joins the one that there is, when that has all that it has, and gives the lock back', () => {
    const run = looks(WORKS, {}, 'once; echo "locks: ${#lock_holders[@]}"');
    expect(statements(run.calls)).toEqual([joins(THIRD)]);
    expect(run.log).toEqual([
      'the pod\'s label is mysql.role=none now',
      `unready: JOINING: the group of ${FIRST} ${SECOND} has all of this member's transactions: joining it`,
      `joining the group of ${FIRST} ${SECOND}, which has all of g:1-5`,
    ]);
    expect(labels(run)).toEqual([`${THIRD}=none`]);
    expect(run.output).toBe('locks: 0\n');
    expect(run.bash.read('run/joined')).toBe('g:1-9,g:1-8\n');
  });

  test('asks the primary for the lock, as monitor, and waits for no one', () => {
    const { calls, bash } = looks(WORKS);
    const [asked, ...others] = calls.filter((call) => call.arguments.includes('GET_LOCK'));
    expect({ on: asked.on, others }).toEqual({ on: FIRST, others: [] });
    expect(asked.arguments).toContain(`--defaults-file=${bash.folder}/run/monitor.cnf `);
    expect(asked.arguments).toContain('SELECT GET_LOCK(\'cdk8s_stateful.join\', 0); ');
  });

  test.each<[string, Answer, string]>([
    ['another one has it', letsJoin('0\n'), '0'], ['it is refused', { ...letsJoin('ERROR 1045 (28000): x\n'), does: '', status: 1 },
      'ERROR 1045 (28000): x'],
    ['the connection ends', { ...letsJoin(''), does: '' }, 'no answer'],
  ])('does not join when %s, says so once, and gives nothing away', (_, answer, reply) => {
    const run = looks([answer, ...WORKS], {}, 'once; once; echo "locks: ${#lock_holders[@]}"');
    expect(statements(run.calls)).toEqual([]);
    expect(run.log.slice(2)).toEqual([`another member is about to join, or ${FIRST} does not answer: ${reply}`]);
    expect(run.output).toBe('locks: 0\n');
  });

  test.each<[string, Answer[], string]>([
    ['one that joins', [...tellsInGroup(FIRST, 'PRIMARY', { joining: [SECOND] })],
      `JOIN_WAITING: waiting: ${SECOND} is joining the group of ${FIRST}`],
    ['a primary', tellsInGroup(FIRST), `JOIN_WAITING: waiting: the group of ${FIRST} has no primary at the moment`],
  ])('waits for %s', (_, answers, expected) => {
    const run = looks([letsJoin(), ...answers]);
    expect(run.verdict).toBe(`unready ${expected}`);
    expect(statements(run.calls)).toEqual([]);
  });

  test.each<[string, Told, Told, Told]>([
    ['the first has all of it and the second does not', { executed: 'g:1-9' }, { executed: 'g:1-5' }, { executed: 'g:1-8' }],
    ['only the second has all of it', { executed: 'g:1-7' }, { executed: 'g:1-9' }, { executed: 'g:1-8' }],
    ['the second has received all of it', { executed: 'g:1-7' }, { executed: 'g:1-5', received: 'g:6-9' }, { executed: 'g:1-8' }],
    ['it has nothing', { executed: 'g:1-9' }, {}, { executed: '-' }],
  ])('joins when %s', (_, first, second, own) => {
    const run = looks([...tellsInGroup(FIRST, 'PRIMARY', first), ...tellsInGroup(SECOND, 'SECONDARY', second)], own,
      'act_join() { echo "$1"; }; once');
    expect(run.output).toBe(`JOINING: the group of ${FIRST} ${SECOND} has all of this member's transactions: joining it\n`);
  });

  test('says so when it could not join, and tries again', () => {
    const run = looks([{ command: 'mysql', on: 'local', to: 'START GROUP', status: 1 }, ...WORKS], {}, 'once; once');
    expect(statements(run.calls)).toEqual([joins(THIRD), joins(THIRD)]);
    expect(run.log.at(-1)).toBe('cannot join, see above and the log of mysqld');
  });

  test('does not join one without quorum', () => {
    const run = looks([...tellsInGroup(FIRST, 'PRIMARY', { majority: 0 }), ...hasNone(SECOND)]);
    expect(statements(run.calls)).toEqual([]);
    expect(run.verdict).toBe(
      `unready GROUP_UNCLEAR: not bootstrapping: ${FIRST} is ONLINE in a group without quorum; it leaves that by itself`);
  });

  test('does nothing while it does not hear itself over the network: its name is not known yet, or it is cut off', () => {
    const bash = member(THIRD);
    const run = tick(bash, OUT, WORKS);
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(bash)).toBe('unready UNREACHABLE: this server does not answer over the network yet');
  });
});

describeScript('an attempt to join that may have left a member behind', () => {
  const WAITS = `unready JOIN_WAITING: waiting until the group of ${FIRST} ${SECOND} has expelled what the last attempt to join may have left behind`;

  /** The third member looks, 1000 s after the epoch; its server started then. */
  function attempts(file: string, started = '900', answers: Answer[] = [], shell = 'once') {
    const bash = member(THIRD);
    bash.file('run/incarnation', `${started}.5\n`);
    if (file !== '') {
      bash.file('volume/joining', `${file}\n`);
    }
    const run = tick(bash, OUT, [...answers, ...WORKS, ...tells(THIRD)], shell);
    return { ...run, verdict: verdict(bash), file: bash.exists('volume/joining') ? bash.read('volume/joining').trim() : '' };
  }

  test.each<[string, string, string]>([
    ['ended 24 s ago', 'ended 976', '990'], ['began 24 s ago', 'began 976', '900'],
    ['began long ago, and the server started 24 s ago', 'began 500', '976'],
  ])('is waited for when it %s', (_, file, started) => {
    const run = attempts(file, started);
    expect([run.verdict, statements(run.calls), run.file]).toEqual([WAITS, [], file]);
  });

  test.each<[string, string, string]>([
    ['ended 25 s ago', 'ended 975', '990'], ['began 25 s ago', 'began 975', '900'], ['began long ago, as the server', 'began 500', '975'],
    ['is not known', '', '990'], ['cannot be read', 'x', '990'],
  ])('is not waited for when it %s, and nothing of it is left when the member has joined', (_, file, started) => {
    const run = attempts(file, started);
    expect([statements(run.calls), run.file]).toEqual([[joins(THIRD)], '']);
  });

  test.each<[string, Answer[], string, string]>([
    ['took its time', [], '', 'ended 1000'],
    ['ended with the server', [{ command: 'mysql', on: 'local', to: 'SELECT 1', status: 1 }], '', 'ended 1000'],
    ['failed at once', [], '', ''],
  ])('is noted on the volume, and forgotten only when the server lives and was not seen: it %s', (kind, answers, _, file) => {
    const slow = kind === 'took its time' ? 'patiently() { cat "$ATTEMPT_FILE"; SECONDS=105; return 1; }; once' : 'once';
    const fails: Answer = { command: 'mysql', on: 'local', to: 'START GROUP', does: 'cat "$VOLUME/joining"', status: 1 };
    const run = attempts('', '900', [fails, ...answers], slow);
    expect(run.output).toBe('began 1000\n');
    expect(run.file).toBe(file);
  });
});

describeScript('a member that is listed with its previous incarnation', () => {
  const LISTED = tellsInGroup(FIRST, 'PRIMARY', { listed: MEMBERS });
  const RENEW: Answer = { command: 'mysql', on: FIRST, to: 'group_replication_set_write_concurrency' };
  const FORCES = `${FIRST} has listed the previous incarnation of this member for 30 s: forcing a new view`;
  const renewed = ({ calls }: Run) => calls.filter(({ input }) => input.includes(RENEW.to!));

  test.each<[string, Answer[]]>([
    ['by the first one', [...tellsInGroup(FIRST, 'PRIMARY', { listed: MEMBERS }), ...tellsInGroup(SECOND)]],
    ['by the last one', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND, 'SECONDARY', { listed: [SECOND, THIRD] })]],
  ])('%s waits', (_, answers) => {
    const run = looks([letsJoin(), ...answers]);
    expect(statements(run.calls)).toEqual([]);
    expect(run.verdict).toBe(
      `unready STILL_LISTED: waiting: the group of ${FIRST} ${SECOND} still lists the previous incarnation of this member`);
  });

  test('forces a new membership view after 30 s, and every 30 s, as admin', () => {
    const run = looks([RENEW, ...LISTED], {}, 'once; SECONDS=129; once; SECONDS=130; once; SECONDS=159; once; SECONDS=160; once');
    expect(run.log.filter((line) => line === FORCES)).toHaveLength(2);
    expect(renewed(run)).toHaveLength(2);
    expect(renewed(run)[0].arguments).toContain('/run/admin.cnf');
    expect(run.verdict).toMatch(/^unready STILL_LISTED: /);
  });

  test('says so when that is refused', () => {
    const run = looks([{ ...RENEW, status: 1 }, ...LISTED], {}, 'once; SECONDS=130; once');
    expect(run.log.slice(-2)).toEqual([FORCES, `${FIRST} did not accept that, see above: trying again`]);
  });

  test('counts from the beginning when it was not listed in between', () => {
    const [listed] = LISTED;
    const [free] = tellsInGroup(FIRST, 'SECONDARY', { executed: 'g:1-9' });
    const says = [listed, free, listed].map((answer) => String(answer.says));
    const run = looks([RENEW, { ...listed, says }], {}, 'once; SECONDS=120; once; SECONDS=130; once');
    expect(renewed(run)).toEqual([]);
  });
});

describeScript('a member with errant transactions', () => {
  const ERRANT = `the group of ${FIRST} ${SECOND} does not have the transactions s:1-2 of this member${GUIDE}`;

  test('stays out, and names them once', () => {
    const run = looks(WORKS, { executed: 'g:1-5,s:1-2' }, 'once; once');
    expect(statements(run.calls)).toEqual([]);
    expect(run.verdict).toBe(`unready ERRANT: ${ERRANT}`);
    expect(run.log).toEqual([`ERROR: ${ERRANT}`, 'the pod\'s label is mysql.role=none now', `ERROR: unready: ERRANT: ${ERRANT}`]);
    expect(run.bash.list('volume')).toEqual([]);
  });

  test('stays out with those that it has only received, too', () => {
    expect(looks(WORKS, { executed: 'g:1-5', received: 's:1-2' }).verdict).toBe(`unready ERRANT: ${ERRANT}`);
  });

  test('names others when they change, and joins when an operator has removed them', () => {
    const says = [{ executed: 's:1' }, { executed: 's:1-2' }, {}].map((told) => String(tells(THIRD, told)[0].says));
    const run = looks([...WORKS, { ...tells(THIRD)[0], says }], {}, 'once; once; once');
    expect(run.log.filter((line) => line.startsWith('ERROR: the group'))).toHaveLength(2);
    expect(statements(run.calls)).toEqual([joins(THIRD)]);
  });
});

describeScript('a member that needs what others have purged', () => {
  const ASKED = `COPY_NEEDED: all of ${FIRST} ${SECOND} have purged transactions that this member needs, and have all of its own: getting a new copy`;
  const purged = (first: string, second: string) => [
    letsJoin(), ...tellsInGroup(FIRST, 'PRIMARY', { executed: 'g:1-9', purged: first }),
    ...tellsInGroup(SECOND, 'SECONDARY', { executed: 'g:1-9', purged: second }),
  ];

  test('asks for a new copy when all of them have, and have all that it has', () => {
    const run = looks(purged('g:1-7', 'g:1-6'));
    expect(run.verdict).toBe(`unready ${ASKED}`);
    expect(run.bash.read('volume/reprovision')).toBe(`${SECOND}\ng:1-5\n`);
    expect(statements(run.calls)).toEqual(['SHUTDOWN']);
  });

  test('goes on when it cannot say what it asks for', () => {
    const bash = member(THIRD);
    ['reprovision', 'reprovision.tmp'].forEach((name) => bash.file(`volume/${name}/is-a-folder`, ''));
    const run = looks(purged('g:1-7', 'g:1-6'), {}, 'once', bash);
    expect(statements(run.calls)).toEqual([]);
    expect(run.log).toContain('ERROR: cannot write the request for a new copy');
  });

  test.each<[string, string, string]>([
    ['the first one still has it', 'g:1-5', 'g:1-7'], ['the last one still has it', 'g:1-7', 'g:1-5'], ['none has purged any', '-', '-'],
  ])('joins when %s', (_, first, second) => {
    const run = looks(purged(first, second));
    expect(statements(run.calls)).toEqual([joins(THIRD)]);
    expect(run.bash.exists('volume/reprovision')).toBe(false);
  });

  test('keeps what it has when it has errant transactions', () => {
    const run = looks(purged('g:1-7', 'g:1-7'), { executed: 'g:1-5,s:1' });
    expect(statements(run.calls)).toEqual([]);
    expect(run.bash.exists('volume/reprovision')).toBe(false);
    expect(run.verdict).toContain('does not have the transactions s:1 of this member');
  });

  test.each<[string, Omit<Answer, 'command'>]>([
    ['its server does not say what it has above the others', { on: 'local', to: 'GTID_SUBTRACT', status: 1 }],
    ['its server says nothing about what it has above the others', { on: 'local', to: 'GTID_SUBTRACT', says: '' }],
    ['its server does not say whether it needs what they have purged', { on: 'local', to: 'GTID_SUBSET', status: 1 }],
    ['its server says nothing about that', { on: 'local', to: 'GTID_SUBSET', says: '' }],
    ['its server says so of one of them only', { on: 'local', to: 'GTID_SUBSET', does: '((turn == 0)) && echo 0 || exit 1' }],
  ])('neither asks nor joins when %s', (_, answer) => {
    const run = looks([{ command: 'mysql', ...answer }, ...purged('g:1-7', 'g:1-7')]);
    expect(run.verdict).toBe(`unready NOT_COMPARED: its transactions could not be compared with those of ${FIRST} ${SECOND}, see above`);
    expect(statements(run.calls)).toEqual([]);
    expect(run.bash.exists('volume/reprovision')).toBe(false);
  });
});

describeScript('a member beyond three', () => {
  test('has a weight, too, and the group is told by the names of all', () => {
    const bash = member('mysql-8');
    bash.file('topology/members', [...Array(9).keys()].map((ordinal) => `mysql-${ordinal}\n`).join(''));
    const { output } = bash.run('agent.sh', 'members; group_settings mysql-8');
    expect(output.split('\n')).toEqual([
      ...TIMELINE.split('\n'),
      `SET GLOBAL group_replication_local_address = '${hostOf('mysql-8')}:3306';`,
      `SET GLOBAL group_replication_group_seeds = '${[...Array(9).keys()].map((ordinal) => `${hostOf(`mysql-${ordinal}`)}:3306`).join()}';`,
      'SET GLOBAL group_replication_member_weight = 10;', '',
    ]);
  });

  test('joins no group while it is in no list of members, and says why', () => {
    const bash = member('mysql-8');
    const run = tick(bash, OUT, [...tells('mysql-8'), ...tellsInGroup(FIRST, 'PRIMARY'), ...tells(SECOND)]);
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(bash)).toBe(`unready LIST_UNUSABLE: the list of members (${MEMBERS.join(' ')}) lacks this pod: it was scaled by hand, or the list is an old one`);
  });
});
