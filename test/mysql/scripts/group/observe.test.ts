import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { FIRST, hasNone, member, MEMBERS, OUT, Own, SECOND, sees, STILL, tells, tellsInGroup, THIRD, Told } from './members';
import { ALL_ANSWER } from './votes';

const GUIDE = 'see "No group" in the operations guide';

/** What a member observes, and what is decided then; more shell runs before, and says more. */
function observes(
  own: Own, answers: Answer[], { before = '', after = 'decide; echo "$REPLY"', bash = member(FIRST) } = {},
): Run & { bash: Sandbox; decision: string } {
  bash.answers(...answers);
  const run = bash.run('agent.sh', `${STILL}write_remote_options monitor; ${sees(own)}${before}observe; ${after}`);
  return { ...run, bash, decision: run.output.trimEnd() };
}

describeScript('what the guard saw', () => {
  const all = 'echo "$answered $generation $is_open $own_state $own_role $own_majority $count_online $primary_host $super_read_only '
    + '$offline $own_source $own_epoch $applier $lag"';

  test('is taken as it is, without a process', () => {
    const own: Own = { role: 'PRIMARY', superReadOnly: 0, primary: FIRST, source: FIRST, epoch: 12, lag: -1, offline: 1 };
    const run = observes(own, [], { before: 'PATH=; ', after: all });
    expect(run).toMatchObject({ status: 0, log: [], calls: [], output: `1 7.5 0 ONLINE PRIMARY 1 3 ${FIRST} 0 1 ${FIRST} 12 ON -1\n` });
  });

  const files: [string, string, string][] = [
    ['3 s ago counts', 'EPOCHSECONDS=1003', '1'],
    ['earlier counts no more', 'EPOCHSECONDS=1004', ''],
    ['nothing', 'rm "$RUN/member"', ''],
    ['an empty file', ': >"$RUN/member"', ''],
    ['a part of it', 'printf "1000\\t7.5\\t1\\tstate\\tONLINE\\tPRIM" >"$RUN/member"', ''],
    ['a part of the time', 'printf 100 >"$RUN/member"', ''],
    ['a row without its numbers',
      'printf "1000\\t7.5\\t1\\tstate\\tONLINE\\tPRIMARY\\tx\\t3\\t-\\t0\\t0\\t-\\t1\\tON\\t0\\n" >"$RUN/member"', ''],
  ];

  test('of a server that ended since does not count', () => {
    const shell = 'touch -d "2 seconds ago" "$RUN/member"; echo 2.5 >"$RUN/incarnation"; observe; echo "[$answered]"';
    expect(observes({}, [], { after: shell }).output).toBe('[]\n');
  });

  test('of a server that was told to join or leave since does not count', () => {
    const shell = `sleep 0.02; patiently 'DO 0' || true; observe; echo "[$answered]"; sleep 0.02; ${sees({})}observe; echo "[$answered]"`;
    expect(observes({}, [], { after: shell }).output).toBe('[]\n[1]\n');
  });

  test('counts only while it is new and whole: the rest is no answer', () => {
    const shell = files.map(([, change]) => `( ${change}; observe; echo "[$answered]" )`).join('; ');
    const { output, status, calls } = observes({}, [], { after: shell });
    expect(output.trimEnd().split('\n').map((answered, index) => [files[index][0], answered]))
      .toEqual(files.map(([name, , answered]) => [name, `[${answered}]`]));
    expect({ status, calls }).toEqual({ status: 0, calls: [] });
  });

  test('is read again when it is just being written', () => {
    const written = `read_file() { if [[ -z \${second-} ]]; then second=1 REPLY=$'1000\\t7.5'; else ${'real_file "$@"'}; fi; }; `;
    const before = `eval "$(declare -f read_file | sed s/read_file/real_file/)"; ${written}`;
    const run = observes({}, [], { before, after: 'echo "$answered"' });
    expect(run.output).toBe('1\n');
  });

  test('asks no other member while the server is in a group', () => {
    for (const own of [{}, { role: 'PRIMARY', source: FIRST }, { state: 'RECOVERING' }, { majority: 0 }]) {
      expect(observes(own, ALL_ANSWER).calls).toEqual([]);
    }
  });
});

describeScript('the primary before', () => {
  const says = (answer: Partial<Answer>): Answer => ({ command: 'mysql', on: SECOND, to: '@@GLOBAL.offline_mode', ...answer });
  const error = (text: string): Answer => says({ status: 1, does: `echo "${text}" >&2` });
  const ELECTED: Own = { role: 'PRIMARY', superReadOnly: 0, source: SECOND };

  test.each<[string, Answer, string]>([
    ['is fenced when it says so', says({ says: '1\n' }), 'fenced'],
    ['is open when it says so', says({ says: '0\n' }), 'open'],
    ['is fenced when a client warns before', says({ says: 'WARNING: x\n1\n' }), 'fenced'],
    ['is fenced when it refuses the account for that', error('ERROR 3032 (HY000): The server is currently in offline mode'), 'fenced'],
    ['is gone when nothing listens there', error('ERROR 2003 (HY000): Can\'t connect to MySQL server on \'mysql-1\' (111)'), 'gone'],
    ['is silent when it cannot be reached', error('ERROR 2003 (HY000): Can\'t connect to MySQL server on \'mysql-1\' (110)'), 'silent'],
    ['is silent when its name is not known', error('ERROR 2005 (HY000): Unknown MySQL server host \'mysql-1\' (-2)'), 'silent'],
    ['is silent when it answers another error', error('ERROR 1040 (HY000): Too many connections'), 'silent'],
    ['is silent when it says nothing', says({ says: '' }), 'silent'],
    ['is silent when it says something else', says({ says: 'NULL\n' }), 'silent'],
  ])('%s', (_, answer, expected) => {
    const { output, calls } = observes(ELECTED, [answer], { after: 'echo "$former $elected_since"' });
    expect(output).toBe(`${expected} 100\n`);
    expect(calls.map(({ on, arguments: argv }) => [on, argv.includes('--connect-timeout=1')])).toEqual([[SECOND, true]]);
  });

  test.each<[string, string]>([['was this one itself', FIRST], ['was none', '-']])('that %s is not asked', (_, source) => {
    expect(observes({ ...ELECTED, source }, [], { after: 'echo "$former"' })).toMatchObject({ output: 'fenced\n', calls: [] });
  });

  test('has been silent since the election, and not since an earlier one', () => {
    const after = `echo "$elected_since"; SECONDS=101; observe; echo "$elected_since"; ${sees({})}SECONDS=102; observe; echo "[$elected_since]"; `
      + `${sees(ELECTED)}SECONDS=103; observe; echo "$elected_since"`;
    expect(observes(ELECTED, [], { after }).output).toBe('100\n100\n[]\n103\n');
  });

  describe('that was this one', () => {
    const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0, source: FIRST };
    const CLOCK = 'unset EPOCHSECONDS; EPOCHSECONDS=1000; ';
    /** What is told of a server that is seen so, at these times. */
    const at = (own: Own, ...times: number[]) => times.map((time) => (
      `EPOCHSECONDS=${time}; ${sees({ source: SECOND, ...own })}observe; echo "$EPOCHSECONDS [$led]"; `)).join('');
    const led = (after: string) => observes(PRIMARY, [], { before: `${CLOCK}${sees(PRIMARY)}`, after }).output;

    test('and handed the role over may still be looked for here for 5 s', () => {
      expect(led(at({}, 1001, 1005, 1006))).toBe('1001 [handed]\n1005 [handed]\n1006 []\n');
    });

    test.each<[string, Own]>([
      ['left its group', { state: 'OFFLINE', role: '-', majority: 0, online: 0 }], ['recovers', { state: 'RECOVERING' }],
      ['was expelled', { state: 'ERROR', role: '-' }], ['has no quorum', { majority: 0 }],
    ])('and %s may still be looked for here for 70 s', (_, own) => {
      expect(led(`${at(own, 1002)}${at({}, 1069, 1070)}`)).toBe('1002 [lost]\n1069 [lost]\n1070 []\n');
    });

    test('and has no quorum has the role until it is in no group', () => {
      expect(led(at({ ...PRIMARY, majority: 0 }, 1010, 1020) + at({}, 1089))).toBe('1010 [lost]\n1020 [lost]\n1089 [lost]\n');
    });

    test('is still known when the agent or the server has started since', () => {
      const bash = member(FIRST);
      bash.file('run/led', '1000 lost\n');
      const run = observes({ source: SECOND }, [], { bash, before: `${CLOCK}EPOCHSECONDS=1069; ${sees({ source: SECOND })}`, after: 'echo "$led"' });
      expect(run.output).toBe('lost\n');
    });

    test('counts until its label is another one', () => {
      const bash = member(FIRST);
      bash.file('run/led', '1000 lost\n');
      bash.file('run/shown', 'primary\n');
      bash.answers({ command: 'curl', to: '', says: '{}\n200' });
      const run = bash.run('agent.sh', `${CLOCK}EPOCHSECONDS=1050; show_role none; cat "$RUN/led" "$RUN/shown"`);
      expect(run.output).toBe('1050 lost\nnone\n');
    });
  });
});

describeScript('a group in which no member is ONLINE', () => {
  test('is observed since when', () => {
    const turns: Own[] = [{ online: 0 }, { online: 0 }, { online: 1 }, { online: 0 }, { online: 0 }];
    const after = turns.map((own, index) => `SECONDS=${100 + index}; ${sees({ state: 'RECOVERING', ...own })}observe; echo "$stuck_since"`).join('; ');
    // From the last look at which a member was ONLINE.
    expect(observes({}, [], { after }).output).toBe('100\n100\n102\n102\n102\n');
  });

  test('is forgotten when it has an end', () => {
    const after = `SECONDS=131; ${sees({})}observe; SECONDS=140; ${sees({ state: 'RECOVERING', online: 0 })}observe; echo "$stuck_since"`;
    expect(observes({ state: 'RECOVERING', online: 0 }, [], { after }).output).toBe('140\n');
  });
});

describeScript('a member in no group decides by what all say', () => {
  const ALL = 'all 3 members answer and are in no group, and this one has all transactions that they have';
  const silent = (names: string) => (
    `MEMBER_SILENT recall not bootstrapping: ${names} does not answer, and may be in a group or hold newer transactions; bring it back, or ${GUIDE}`);
  const waits = (name: string) => (
    `BOOTSTRAP_WAITING withdraw waiting: ${name} bootstraps the group: of ${MEMBERS.join(' ')} it has all transactions that the others have`);
  const all = (...told: Told[]) => MEMBERS.flatMap((name, index) => tells(name, told[index]));

  test.each<[string, Answer[], string]>([
    ['all have the same: the first one', ALL_ANSWER, `BOOTSTRAPPING bootstrap ${ALL}`],
    ['another one has executed more', all({}, { executed: 'g:1-6' }, {}), waits(SECOND)],
    ['another one has received more', all({ executed: 'g:1-6' }, { received: 'g:6-7' }, {}), waits(SECOND)],
    ['another one has what all of them have', all({}, { executed: 'g:1-5,h:1-2' }, { executed: 'g:1-4,h:1' }), waits(SECOND)],
    ['this one has executed more', all({ executed: 'g:1-6' }, {}, {}), `BOOTSTRAPPING bootstrap ${ALL}`],
    ['this one has received more', all({ received: 'g:6' }, {}, {}),
      'APPLYING apply_received applying what it received of the group that it was in'],
    ['others have no data', [...tells(FIRST), ...hasNone(SECOND), ...hasNone(THIRD)], `BOOTSTRAPPING bootstrap ${ALL}`],
    ['the last primary has its data', all({ epoch: 3, source: THIRD }, { epoch: 3, source: THIRD }, { epoch: 3, source: THIRD }),
      `BOOTSTRAPPING bootstrap ${ALL}`],
    ['the last primary has lost its data', [...tells(FIRST, { epoch: 3, source: SECOND }), ...hasNone(SECOND), ...tells(THIRD,
      { epoch: 2 })],
    `LAST_PRIMARY_LOST withdraw not bootstrapping: ${SECOND}, the last primary, has lost its data: what it acknowledged at last may be nowhere `
    + `else; ${GUIDE}`],
    ['one does not answer', [...tells(FIRST), ...tells(SECOND)], silent(THIRD)],
    ['two do not answer', tells(FIRST), silent(`${SECOND} ${THIRD}`)],
    ['one says nothing', [...tells(FIRST), ...tells(SECOND), { command: 'mysql', on: THIRD, to: 'gtid_purged', says: '' }], silent(THIRD)],
    ['one answers with an error',
      [...tells(FIRST), ...tells(SECOND), { command: 'mysql', on: THIRD, to: 'gtid_purged', says: 'ERROR 1040\n' }],
      silent(THIRD)],
    ['this one does not hear itself', [...tells(SECOND), ...tells(THIRD)],
      'UNREACHABLE withdraw this server does not answer over the network yet'],
    ['one is in a group without quorum', all({}, {}, { state: 'ONLINE', role: 'PRIMARY' }),
      `GROUP_UNCLEAR withdraw not bootstrapping: ${THIRD} is ONLINE in a group without quorum; it leaves that by itself`],
    ['one recovers in a group', all({}, { state: 'RECOVERING', majority: 1 }, {}),
      `GROUP_UNCLEAR withdraw not bootstrapping: ${SECOND} is RECOVERING; if no member of its group is ONLINE, it leaves that after 30 s`],
    ['they have different data', all({ executed: 'g:1-6' }, { executed: 'g:1-5,s:1', received: 'g:2-5' }, {}),
      `DATA_DIFFERS withdraw not bootstrapping: members have different transactions: ${FIRST} knows g:1-6, ${SECOND} knows g:1-5,s:1, `
      + `${THIRD} knows g:1-5; ${GUIDE}`],
  ])('%s', (_, answers, decision) => {
    expect(observes(OUT, answers)).toMatchObject({ decision, log: [], status: 0 });
  });

  test.each<[string, Omit<Answer, 'command'>]>([
    ['does not compare', { to: 'GTID_SUBSET', status: 1 }], ['says nothing', { to: 'GTID_SUBSET', says: '' }],
  ])('the server %s what they have: that is no difference, and no agreement', (_, answer) => {
    expect(observes(OUT, [{ command: 'mysql', on: 'local', ...answer }, ...ALL_ANSWER]).decision)
      .toBe('NOT_COMPARED withdraw not bootstrapping: the transactions of the members cannot be compared, see above');
  });

  test('nothing of an earlier look counts', () => {
    const [group] = tellsInGroup(SECOND, 'PRIMARY', { executed: 'g:1-4', joining: [THIRD] });
    const turns: Answer = { ...group, does: '((turn == 0)) || exit 1' };
    const run = observes(OUT, [{ ...turns, says: [String(group.says), ''] }, ...tells(FIRST), ...tells(THIRD)], {
      after: 'decide; echo "$REPLY"; observe; decide; echo "$REPLY [$errant] [${online[*]}] [$primary] [$donor]"',
    });
    expect(run.output.split('\n')).toEqual([expect.stringMatching(/^ERRANT .* g:5 of this member/), `${silent(SECOND)} [] [] [] []`, '']);
  });
});

describeScript('the list of members', () => {
  const LIST = (names: string) => `the list of members (${names}) lacks this pod: it was scaled by hand, or the list is an old one`;

  test.each<[string, string, (path: string) => string]>([
    ['is empty', '', (path) => `the list of members (${path}) is empty`],
    ['lacks this pod', `${SECOND}\n${THIRD}\nmy-${FIRST}\n`, () => LIST(`${SECOND} ${THIRD} my-${FIRST}`)],
    ['holds no other', `${FIRST}\n`, () => `the list of members holds no other member than ${FIRST}`],
  ])('that %s stops everything, whatever the members say', (_, list, problem) => {
    for (const answers of [ALL_ANSWER, [...tells(FIRST), ...tellsInGroup(SECOND, 'PRIMARY')]]) {
      const bash = member(FIRST);
      bash.file('topology/members', list);
      const run = observes(OUT, answers, { bash });
      expect(run).toMatchObject({ decision: `LIST_UNUSABLE withdraw ${problem(`${bash.folder}/topology/members`)}`, calls: [], status: 0 });
    }
  });

  test('that is missing stops everything', () => {
    const bash = member(FIRST);
    bash.remove('topology/members');
    expect(observes(OUT, ALL_ANSWER, { bash }).decision).toBe(`LIST_UNUSABLE withdraw the list of members (${bash.folder}/topology/members) is empty`);
  });

  test('that becomes empty stops everything, and the agent goes on when it is back', () => {
    const after = 'decide; echo "${REPLY%% *}"; : >"$MEMBERS"; observe; decide; echo "${REPLY%% *}"; '
      + 'printf "%s\\n" mysql-{0..2} >"$MEMBERS"; '
      + 'observe; decide; echo "${REPLY%% *}"';
    expect(observes(OUT, ALL_ANSWER, { after })).toMatchObject({ status: 0, output: 'BOOTSTRAPPING\nLIST_UNUSABLE\nBOOTSTRAPPING\n' });
  });

  test('is kept while the group works, and another one stops a bootstrap', () => {
    const bash = member(FIRST);
    expect(observes({}, [], { bash, after: 'keep_list; keep_list' })).toMatchObject({ status: 0, log: [] });
    expect(bash.read('volume/members')).toBe(`${MEMBERS.join(' ')}\n`);
    expect(observes(OUT, ALL_ANSWER, { bash }).decision).toMatch(/^BOOTSTRAPPING /);
    bash.file('topology/members', [...MEMBERS, 'mysql-3', 'mysql-4'].map((name) => `${name}\n`).join(''));
    const more = [...ALL_ANSWER, ...hasNone('mysql-3'), ...hasNone('mysql-4')];
    expect(observes(OUT, more, { bash }).decision).toBe(
      `LIST_CHANGED withdraw not bootstrapping: the members were ${MEMBERS.join(' ')} when the group last worked, and are ${MEMBERS.join(' ')} mysql-3 `
      + `mysql-4 now; set the list back, or ${GUIDE}`);
    observes({}, [], { bash, after: 'keep_list' });
    expect(bash.read('volume/members')).toBe(`${MEMBERS.join(' ')} mysql-3 mysql-4\n`);
  });

  test('that lacks this pod is not kept', () => {
    const bash = member('mysql-8');
    expect(observes({}, [], { bash, after: 'keep_list' }).status).toBe(0);
    expect(bash.exists('volume/members')).toBe(false);
  });

  test('that cannot be written is no failure, and is said once', () => {
    const bash = member(FIRST);
    bash.file('volume/members.tmp/is-a-folder', '');
    const run = observes({}, [], { bash, after: 'keep_list; keep_list' });
    expect(run.log.filter((line) => line.startsWith('cannot write the list'))).toEqual(['cannot write the list of members to the volume']);
    expect(run.status).toBe(0);
  });
});
