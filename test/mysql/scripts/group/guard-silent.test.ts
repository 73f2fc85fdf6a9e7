import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { isGone } from '../../../support/processes';
import { ANSWER_SECONDS_MAX } from '../members';
import { FENCED, FENCED_PRIMARY, fencedFor, guard, Guarded, PRIMARY, SILENT, UP } from './guard';
import { FIRST, hasNone, is, member, MEMBERS, Own, rowOf, SECOND, tells, tellsInGroup, THIRD } from './members';

describeScript('a silent server is replaced', () => {
  const rows: [string, string, string][] = [
    ['not when no one answers', '', 'no'],
    ['not when the others are in no group', 'member_state=([mysql-0]=OFFLINE [mysql-2]=OFFLINE)', 'no'],
    ['not when the others list it', 'group mysql-0 SECONDARY; group mysql-2 SECONDARY', 'no'],
    ['not when another one is the primary, and this one was none', 'group mysql-0 PRIMARY', 'no'],
    ['not when the group of the others has no quorum',
      'was_primary=1; group mysql-0 PRIMARY; has_majority[mysql-0]=0 listed[mysql-0]=mysql-0', 'no'],
    ['not when another one recovers', 'group mysql-0 SECONDARY; member_state[mysql-0]=RECOVERING listed[mysql-0]=mysql-0', 'no'],
    ['when a member lists others only',
      'group mysql-0 SECONDARY; listed[mysql-0]=mysql-0,mysql-2', 'the group of mysql-0 goes on without it'],
    ['when the last one does', 'group mysql-2 SECONDARY; listed[mysql-2]=mysql-0,mysql-2', 'the group of mysql-2 goes on without it'],
    ['when a member lists a name that only contains its own', 'group mysql-0 SECONDARY; listed[mysql-0]=mysql-10,my-mysql-1',
      'the group of mysql-0 goes on without it'],
    ['when it was the primary, and another one is', 'was_primary=1; group mysql-2 PRIMARY', 'mysql-2 is the primary now'],
    ['not when it was the primary, and no other one is yet', 'was_primary=1; group mysql-0 SECONDARY; group mysql-2 SECONDARY', 'no'],
  ];
  const answers: string[] = [];

  test.each(rows.map(([name, , expected], index) => [name, index, expected] as const))('%s', (_, index, expected) => {
    if (answers.length === 0) {
      const shell = rows.map(([, row]) => `${row ? `nothing; ${row}` : 'nothing'}; replaced && echo "$REPLY" || echo no`);
      const run = member(SECOND).run('guard.sh', 'members; PATH=; '
        + 'nothing() { was_primary=\'\'; member_state=([mysql-0]=- [mysql-2]=-) has_majority=([mysql-0]=0 [mysql-2]=0) '
        + 'member_role=([mysql-0]=- [mysql-2]=-) listed=([mysql-0]=- [mysql-2]=-); }; '
        + 'group() { member_state[$1]=ONLINE has_majority[$1]=1 member_role[$1]=$2 listed[$1]=mysql-0,mysql-1,mysql-2; }; '
        + shell.join('\n'));
      expect(run).toMatchObject({ status: 0, log: [], calls: [] });
      answers.push(...run.output.split('\n'));
    }
    expect(answers[index]).toBe(expected);
  });
});

describeScript('a guard that is started again', () => {
  const STILL = 'unset EPOCHSECONDS; EPOCHSECONDS=1000; ';

  /** A guard that ended, and the next one, which looks at the same moment. */
  function again(before: Own, answers: Answer[], shell: string, between?: (bash: Sandbox) => void): Guarded {
    const bash = member(SECOND, { ANSWER_SECONDS_MAX });
    guard([is(before)], `${STILL}looks`, bash);
    between?.(bash);
    return guard(answers, `${STILL}resume; ${shell}`, bash);
  }

  test('remembers that the server was the primary', () => {
    const { told, log } = again(PRIMARY, [is({}, FENCED)], 'looks 2');
    expect({ told, log }).toEqual({ told: [UP], log: [fencedFor('the server is no longer the primary')] });
  });

  test.each<[string, string]>([['nothing', ''], ['a part of a row', '1000\t7.5\t1\tstate\tONLINE'], ['an empty line', '\n']])(
    'goes by what it sees when it finds %s', (_, text) => {
      const run = again(PRIMARY, [is({})], 'looks', (bash) => bash.file('run/member', text));
      expect(run).toMatchObject({ told: [], log: [], looks: ['1 open'] });
    });

  test('fences a server that it finds open, when the one before has not looked for long', () => {
    const old = (bash: Sandbox) => bash.file('run/member', `940\t7.5\t1\t${rowOf(PRIMARY)}\n`);
    const run = again(PRIMARY, [is(PRIMARY, FENCED_PRIMARY)], 'looks', old);
    expect(run.told).toEqual([UP]);
    expect(run.log[0]).toBe(fencedFor('nothing was looked at for 60 s'));
  });

  const NONE: Answer = { ...is(PRIMARY), says: '', status: 1 };

  test('fences a server that was open and does not answer it', () => {
    const { log } = again(PRIMARY, [NONE], 'queue_fence() { echo queued; queued=99999999; }; looks');
    expect(log).toEqual([SILENT]);
  });

  test('knows of a server that starts that it is no silent one', () => {
    const newer = (bash: Sandbox) => bash.age('run/member', 5);
    const { log, looks } = again(PRIMARY, [NONE], 'queue_fence() { echo queued; queued=99999999; }; looks', newer);
    expect({ log, looks }).toEqual({ log: [], looks: ['none'] });
  });
});

describeScript('a server that was open and does not answer', () => {
  const NONE: Answer = { ...is(PRIMARY), says: '', status: 1 };
  /** It answers the first look, and no other. */
  const hangs = (own: Own): Answer => ({ ...is(own), says: '', does: `((turn == 0)) || exit 1; printf '%s\\n' '${rowOf(own)}'` });
  /** The client that waits with the fence, until the test ends it. */
  const WAITS: Answer = { command: 'mysql', on: 'local', to: 'offline_mode = ON', does: 'exec sleep 0.3 >/dev/null 2>&1' };
  const LONG: Answer = { ...WAITS, does: ': >"$RUN/waits"; exec sleep 9 >/dev/null 2>&1' };
  /** Goes on when that client waits, so that it is not ended before it has begun. */
  const BEGUN = 'eval "$(declare -f queue_fence | sed "1s/.*/queue_it ()/")"; '
    + 'queue_fence() { queue_it; until [[ -e $RUN/waits ]]; do sleep 0.01; done; }; ';
  const QUEUED = 'SET GLOBAL offline_mode = ON';

  test('gets the fence as the first thing that it will be told, over a connection of its own', () => {
    const { told, log, looks, calls, bash } = guard([WAITS, hangs(PRIMARY)], 'looks; asks; looks');
    expect(told).toEqual([QUEUED]);
    expect(log).toEqual([SILENT]);
    expect(looks).toEqual(['1 open', '2 open']);
    expect(calls.find(({ input }) => input === QUEUED)!.arguments).not.toContain('--skip-reconnect');
    expect(bash.exists('run/open-request')).toBe(false);
  });

  test('gets it once while that waits, and again when it was not taken', () => {
    expect(guard([WAITS, hangs(PRIMARY)], 'looks; looks; looks')).toMatchObject({ told: [QUEUED, QUEUED], log: [SILENT] });
    const once = guard([WAITS, hangs(PRIMARY)], 'looks; queue_fence; queue_fence; queue_fence; wait "$queued"');
    expect(once.told).toEqual([QUEUED]);
  });

  test('that answers again is behind the fence, in another generation', () => {
    const back: Answer = { ...is(PRIMARY), says: '',
      does: `((turn != 1)) || exit 1; ((turn == 0)) && echo '${rowOf(PRIMARY)}' || echo '${rowOf(FENCED_PRIMARY)}'` };
    expect(guard([WAITS, back], 'looks; looks; looks; looks').looks).toEqual(['1 open', '2 open', '3', '3']);
  });

  const ELECTED = [...tellsInGroup(FIRST, 'PRIMARY', { listed: MEMBERS }), ...tellsInGroup(THIRD, 'SECONDARY', { listed: MEMBERS })];
  const WITHOUT = [...tellsInGroup(FIRST, 'SECONDARY', { listed: [FIRST, THIRD] }), ...hasNone(THIRD)];

  test.each<[string, Own, Answer[], string]>([
    ['was the primary, when another one is', PRIMARY, ELECTED, `${FIRST} is the primary now`],
    ['is no longer listed', {}, WITHOUT, `the group of ${FIRST} goes on without it`],
  ])('is killed after 4 s if it %s', (_, own, answers, why) => {
    const { log, bash, looks, told } = guard([LONG, hangs(own), ...answers], `${BEGUN}looks; silent_since=-9; looks; looks`);
    expect(log).toEqual([expect.stringMatching(/^REPLACED: the server has not answered for \d+ s, and /)]);
    expect(bash.read('run/kill-server')).toBe(`${why}\n`);
    expect(log[0]).toContain(`, and ${why}: killing it`);
    expect(told).toEqual([QUEUED]); // and that client is ended
    expect(looks.at(-1)).toBe('none'); // it starts behind the fence
  });

  test('is not asked about before 4 s have passed', () => {
    const { calls, bash } = guard([WAITS, hangs(PRIMARY), ...ELECTED], 'looks; silent_since=-2; SECONDS=1; looks');
    expect(calls.filter(({ on }) => on !== 'local')).toEqual([]);
    expect(bash.exists('run/kill-server')).toBe(false);
  });

  test('is silent for as long as its answer was waited for', () => {
    const shell = 'looks; queue_fence() { queued=99999999; }; look; echo "$((SECONDS - silent_since))"';
    expect(guard([hangs(PRIMARY)], shell).looks).toEqual(['1 open', ANSWER_SECONDS_MAX]);
  });

  test.each<[string, Answer[]]>([
    ['no other answers', []],
    ['the others answer with errors',
      [FIRST, THIRD].map((name) => ({ command: 'mysql', on: name, status: 1, does: 'echo "ERROR 1040 (HY000): x" >&2' }))],
    ['the others say nothing', [FIRST, THIRD].map((name) => ({ command: 'mysql', on: name, to: 'gtid_purged', says: '' }))],
    ['the others are in no group', [...tells(FIRST), ...tells(THIRD)]],
    ['the others have no quorum', [...tellsInGroup(FIRST, 'PRIMARY', { majority: 0, listed: [FIRST] }), ...tells(THIRD)]],
    ['the group still counts on it', [...tellsInGroup(FIRST, 'SECONDARY', { listed: MEMBERS })]],
  ])('is not killed while %s', (_, answers) => {
    const { log, bash } = guard([WAITS, hangs(PRIMARY), ...answers], 'looks; silent_since=-9; looks');
    expect(bash.exists('run/kill-server')).toBe(false);
    expect(log).toEqual([]);
  });

  test('is not killed while it starts', () => {
    const shell = 'looks; echo 2.5 >"$RUN/incarnation"; silent_since=-9; looks 2';
    const { log, bash, told, looks } = guard([LONG, hangs(PRIMARY), ...ELECTED], shell);
    expect({ log, told, looks }).toEqual({ log: [], told: [], looks: ['1 open', 'none', 'none'] });
    expect(bash.exists('run/kill-server')).toBe(false);
  });

  test('is silent also in the first moments after a start, when no probe has looked yet', () => {
    const bash = member(SECOND, { ANSWER_SECONDS_MAX });
    bash.file('run/phase', 'starting\n');
    expect(guard([WAITS, hangs(PRIMARY)], 'looks 2', bash)).toMatchObject({ log: [SILENT], told: [QUEUED] });
  });

  test('is left alone behind the fence, and a request of before does not open it', () => {
    const back: Answer = { ...hangs(FENCED), does: `((turn != 1)) || exit 1; printf '%s\\n' '${rowOf(FENCED)}'` };
    const { log, told, looks } = guard([back, ...ELECTED], 'looks; asks; looks 3');
    expect({ log, told, looks }).toEqual({ log: [], told: [], looks: ['1', 'none', '2', '2'] });
  });

  test('is left alone while it never answered', () => {
    expect(guard([NONE, ...ELECTED], 'looks 2')).toMatchObject({ log: [], told: [], looks: ['none', 'none'] });
  });
});

describeScript('the guard as a program', () => {
  test('looks until it is told to stop, and leaves no client behind', () => {
    const bash = member(SECOND, { ANSWER_SECONDS_MAX, PAUSE: '0.05' });
    bash.file('run/incarnation', '1.5\n');
    bash.answers(
      { command: 'mysql', on: 'local', to: 'offline_mode = ON',
        does: 'echo "$$" >>"$RUN/clients"; kill -TERM "$(<"$RUN/pid")"; exec sleep 9 >/dev/null 2>&1' },
      { ...is(PRIMARY), says: '', does: `((turn < 2)) || exit 1; printf '%s\\n' '${rowOf(PRIMARY)}'` },
    );
    const run = bash.run('lib.sh', 'echo "$$" >"$RUN/pid"; exec bash --norc "$SQL/guard.sh"');
    expect(run).toMatchObject({ status: 0, log: [SILENT] });
    const clients = bash.read('run/clients').trim().split('\n');
    expect(clients.filter((client) => !isGone(Number(client)))).toEqual([]);
  });

  test('does not begin without the password with which it asks others', () => {
    const bash = member(SECOND);
    bash.remove('secrets/monitor-password');
    expect(bash.runProgram('guard.sh')).toMatchObject({
      status: 1, calls: [], log: ['ERROR: key monitor-password of the accounts\' Secret is missing'],
    });
  });
});
