import { Answer, describeScript } from '../../../support/bash';
import { DOWN, FENCED, FENCED_PRIMARY, fencedFor, guard, Guarded, PRIMARY, UP } from './guard';
import { is, member, OUT, Own, rowOf, SECOND, THIRD } from './members';

describeScript('whether the fence is needed', () => {
  const WELL = { own_state: 'ONLINE', own_role: 'SECONDARY', own_majority: '1', applier: 'ON', lag: '0', was_primary: '' };
  const rows: [string, Partial<typeof WELL>, string][] = [
    ['not for a secondary', {}, 'no'],
    ['not for a primary', { own_role: 'PRIMARY' }, 'no'],
    ['not for a primary that was one', { own_role: 'PRIMARY', was_primary: '1' }, 'no'],
    ['not for a primary, whatever its applier says', { own_role: 'PRIMARY', applier: 'OFF', lag: '99' }, 'no'],
    ['not for a secondary as far behind as it may be', { lag: '30' }, 'no'],
    ['not for a secondary whose clock is ahead', { lag: '-3' }, 'no'],
    ['for one that is in no group', { own_state: 'OFFLINE', own_role: '-', own_majority: '0' }, 'the server is OFFLINE'],
    ['for one that was expelled', { own_state: 'ERROR', own_role: '-' }, 'the server is ERROR'],
    ['for one that recovers', { own_state: 'RECOVERING' }, 'the server is RECOVERING'],
    ['for one that says nothing', { own_state: '' }, 'the server is '],
    ['for a secondary without quorum', { own_majority: '0' }, 'the group has no quorum'],
    ['for a primary without quorum', { own_role: 'PRIMARY', own_majority: '0' }, 'the group has no quorum'],
    ['for a secondary that was the primary', { was_primary: '1' }, 'the server is no longer the primary'],
    ['for a secondary whose applier stopped', { applier: 'OFF' }, 'the applier is OFF'],
    ['for a secondary without an applier', { applier: '-' }, 'the applier is -'],
    ['for a secondary that is further behind', { lag: '31' }, 'the server is more than 30 s behind'],
  ];
  const answers: string[] = [];

  test.each(rows.map(([name, , expected], index) => [name, index, expected] as const))('%s', (_, index, expected) => {
    if (answers.length === 0) {
      const shell = rows.map(([, row]) => (
        `${Object.entries({ ...WELL, ...row }).map(([name, value]) => `${name}='${value}'`).join(' ')}; fence_needed && echo "$REPLY" || echo no`));
      const run = member(SECOND).run('guard.sh', `PATH=; ${shell.join('\n')}`);
      expect(run).toMatchObject({ status: 0, log: [], calls: [] });
      answers.push(...run.output.split('\n'));
    }
    expect(answers[index]).toBe(expected);
  });
});

describeScript('the guard', () => {
  test('says what it sees: the time, the generation, whether clients are let in, and the row', () => {
    const { bash, told, log } = guard([is({ lag: 3 })], 'unset EPOCHSECONDS; EPOCHSECONDS=1000; looks; read_file "$RUN/member"; '
      + 'IFS=$\'\\t\' read -r at in open row <<<"$REPLY"; [[ $in == "$generation" ]] && echo "$at $open"; echo "$row"');
    expect(bash.read('run/member').split('\t').slice(3).join('\t')).toBe(`${rowOf({ lag: 3 })}\t0\n`);
    expect(bash.read('run/member')).toMatch(/^1000\t\d+\.\d{6}\t1\t/);
    expect({ told, log }).toEqual({ told: [], log: [] });
  });

  test('looks over one connection, and lets a member alone that is well', () => {
    const { looks, told, calls, output } = guard([is({})], 'looks; pid=$SESSION_PID; looks 3; ((pid == SESSION_PID)) && echo the same');
    expect(looks).toEqual(['1 open', '1 open', '1 open', '1 open', 'the same']);
    expect({ told, calls: calls.length, output: output.includes('none') }).toEqual({ told: [], calls: 4, output: false });
  });

  test.each<[string, Own, Own, string]>([
    ['a primary that lost its quorum', PRIMARY, { ...PRIMARY, majority: 0, online: 1 }, 'the group has no quorum'],
    ['a primary that became a secondary', PRIMARY, {}, 'the server is no longer the primary'],
    ['a primary that was expelled', PRIMARY, { ...OUT, state: 'ERROR', offline: 0 }, 'the server is ERROR'],
    ['a primary that left the group', PRIMARY, { ...OUT, offline: 0 }, 'the server is OFFLINE'],
    ['a secondary that lost its quorum', {}, { majority: 0 }, 'the group has no quorum'],
    ['a secondary that is too far behind', {}, { lag: 31 }, 'the server is more than 30 s behind'],
    ['a secondary whose applier stopped', {}, { applier: 'OFF' }, 'the applier is OFF'],
  ])('fences %s at the first look, and once', (_, before, then, why) => {
    const { looks, told, log, bash } = guard([is(before, then, { ...then, offline: 1 })], 'looks; asks; looks 3');
    expect(told).toEqual([UP]);
    expect(log).toEqual([fencedFor(why)]);
    expect(looks[0]).toBe('1 open');
    expect(looks.slice(1).map((look) => look.split(' ')[1])).toEqual([undefined, undefined, undefined]);
    expect(bash.exists('run/open-request')).toBe(false);
    expect(bash.read('run/member').split('\t')[2]).toBe('0');
  });

  /** Looks once a second; at each the group says when it last agreed on something. */
  const hears = (own: Own, heard: string[], shell = heard.map((_, second) => `SECONDS=${second}; looks`).join('; ')) => (
    guard([is(...heard.map((when) => ({ ...own, heard: when })))], shell));
  const quiet = ({ bash }: Guarded) => bash.read('run/member').trim().split('\t').at(-1);

  test('fences a primary whose group has agreed on nothing for more than 5 s, though all views say that it works', () => {
    const run = hears(PRIMARY, ['a', 'b', 'b', 'b', 'b', 'b', 'b']);
    expect([run.told, quiet(run)]).toEqual([[], '5']);
    expect(hears(PRIMARY, ['a', 'b', 'b', 'b', 'b', 'b', 'b', 'b']))
      .toMatchObject({ told: [UP], log: [fencedFor('the group has agreed on nothing for 6 s')] });
    expect(hears(PRIMARY, ['a', 'b', 'b', 'b', 'b', 'b', 'c', 'c'])).toMatchObject({ told: [] });
  });

  test('lets clients in again when the group agrees on something', () => {
    const states = [...'abbbbbbb'].map((heard) => ({ ...PRIMARY, heard }));
    const after = [...'bcd'].map((heard) => ({ ...FENCED_PRIMARY, heard }));
    const shell = [...states, ...after].map((_, second) => `SECONDS=${second}; ${second < 8 ? '' : 'asks; '}looks`).join('; ');
    expect(guard([is(...states, ...after)], shell).told).toEqual([UP, DOWN]);
  });

  test('counts from the quorum on: without one a group agrees on nothing', () => {
    const states = Array.from({ length: 12 }, (_, second) => ({ ...FENCED_PRIMARY, heard: 'a', majority: second < 9 ? 0 : 1 }));
    const run = guard([is(...states)], states.map((_, second) => `SECONDS=${second}; looks`).join('; '));
    expect(quiet(run)).toBe('3'); // since the last look without
  });

  test('fences a secondary only when it may be too far behind by that', () => {
    const shell = ['looks', ...Array.from({ length: 31 }, (_, second) => `SECONDS=${second}; looks`)];
    const run = (last: number) => guard([is({ heard: 'a' })], [...shell, `SECONDS=${last}`, 'looks'].join('; '));
    expect(run(30)).toMatchObject({ told: [] });
    expect(run(31)).toMatchObject({ told: [UP], log: [fencedFor('the group has agreed on nothing for 31 s')] });
  });

  test.each<[string, Own, string]>([
    ['one of a version that does not tell', PRIMARY, Array.from({ length: 9 }, (_, second) => `SECONDS=${second}; looks`).join('; ')],
    ['one that the guard did not look at', { ...PRIMARY, heard: 'a' },
      'looks; SECONDS=9; looks; SECONDS=12; looks; SECONDS=16; looks'],
    ['one that did not answer', { ...PRIMARY, heard: 'a' }, 'looks; silent_since=1; looked_at=9; SECONDS=9; looks; SECONDS=11; looks'],
    ['one that is in no group', { ...OUT, heard: 'a' }, Array.from({ length: 9 }, (_, second) => `SECONDS=${second}; looks`).join('; ')],
  ])('knows nothing of the group of %s', (_, own, shell) => {
    const run = guard([is(own)], shell);
    expect(run.log.filter((line) => line.includes('agreed'))).toEqual([]);
    expect(Number(quiet(run))).toBeLessThan(3);
  });

  test('fences a server that is open when it should not be at the guard\'s first look', () => {
    expect(guard([is({ ...OUT, offline: 0 }, OUT)], 'looks 2')).toMatchObject({ told: [UP], log: [fencedFor('the server is OFFLINE')] });
  });

  test('leaves a primary open that is elected', () => {
    const { told, looks } = guard([is({}, PRIMARY)], 'looks 3');
    expect({ told, looks }).toEqual({ told: [], looks: ['1 open', '2 open', '2 open'] });
  });

  test('tries again when the server refuses the fence, with what it says', () => {
    const error = 'ERROR 1290 (HY000) at line 1: The server is running with an option';
    const refuses: Answer = { command: 'mysql', on: 'local', to: UP, does: `((turn > 0)) || echo '${error}'` };
    const { told, log, looks } = guard([refuses, is({}, { lag: 31 }, { lag: 31 }, { lag: 31, offline: 1 })], 'looks 4');
    expect(told).toEqual([UP, UP]);
    const why = 'the server is more than 30 s behind';
    expect(log).toEqual([`ERROR: ${why}, and the fence is not up: ${error}`, fencedFor(why)]);
    expect(looks.map((look) => look.split(' ')[1])).toEqual(['open', 'open', undefined, undefined]);
  });

  test('tries again, too, when the look after that finds nothing wrong: a demotion is seen once', () => {
    const refuses: Answer = { command: 'mysql', on: 'local', to: UP, status: 1, does: '((turn > 0)) || exit 1; exit 0' };
    const { told, log } = guard([refuses, is(PRIMARY, {}, {}, FENCED)], 'looks 4');
    expect(told).toEqual([UP, UP]);
    const why = 'the server is no longer the primary';
    expect(log).toEqual([`ERROR: ${why}, and the fence is not up: the server does not answer`, fencedFor(why)]);
  });
});

describeScript('the guard that could not look', () => {
  const SLOW = 'eval "$(declare -f ask_state | sed s/ask_state/quick_state/)"; '
    + 'ask_state() { local status=0; quick_state || status=$?; SECONDS=$((SECONDS + 4)); return "$status"; }; ';

  test('in time fences first, and looks then', () => {
    const { told, log, looks, calls } = guard([is(PRIMARY, FENCED_PRIMARY)], 'looks; SECONDS=4; looks');
    expect({ told, log }).toEqual({ told: [UP], log: [fencedFor('nothing was looked at for 4 s')] });
    expect(looks).toEqual(['1 open', '2']);
    expect(calls.map(({ input }) => (input === UP ? 'fence' : 'look'))).toEqual(['look', 'fence', 'look']);
  });

  test('for 3 s goes on', () => {
    expect(guard([is(PRIMARY)], 'looks; SECONDS=3; looks')).toMatchObject({ told: [], looks: ['1 open', '1 open'] });
  });

  test('fast enough fences, whatever it saw', () => {
    expect(guard([is(PRIMARY)], `looks; ${SLOW}looks`)).toMatchObject({ told: [UP], log: [fencedFor('a look took 4 s')] });
  });

  test('does not open a server that it finds behind the fence by a request of before: it may have been frozen, too', () => {
    const away = guard([is(FENCED_PRIMARY)], 'looks; asks; SECONDS=4; looks; looks');
    expect(away).toMatchObject({ told: [], looks: ['1', '2', '2'] });
    const slow = guard([is(FENCED_PRIMARY)], `looks; asks; ${SLOW}looks`);
    expect(slow).toMatchObject({ told: [], looks: ['1', '2'] });
  });
});

describeScript('a generation', () => {
  test.each<[string, Own[], string[]]>([
    ['stays while nothing changes', [PRIMARY, { ...PRIMARY, lag: 3, online: 2, epoch: 9, source: THIRD }], ['1 open', '1 open']],
    ['ends with the election', [{}, PRIMARY], ['1 open', '2 open']],
    ['ends with the quorum, and with its return', [FENCED, { ...FENCED, majority: 0 }, FENCED], ['1', '2', '3']],
    ['ends when a member becomes ONLINE', [OUT, { ...FENCED, state: 'RECOVERING', majority: 0 }, FENCED], ['1', '1', '2']],
    ['ends when another party put the fence up', [PRIMARY, FENCED_PRIMARY], ['1 open', '2']],
    ['ends once when another party put the fence up', [PRIMARY, FENCED_PRIMARY, FENCED_PRIMARY], ['1 open', '2', '2']],
    ['ends when the guard put the fence up', [PRIMARY, { ...PRIMARY, majority: 0 }, { ...FENCED_PRIMARY, majority: 0 }],
      ['1 open', '2', '2']],
  ])('%s', (_, states, expected) => {
    expect(guard([is(...states)], `looks ${states.length}`).looks).toEqual(expected);
  });

  test('ends with the guard', () => {
    const bash = member(SECOND);
    const [first, second] = [0, 1].map(() => guard([is(PRIMARY)], 'resume; looks; echo "$generation"', bash).looks[1]);
    expect(first).not.toBe(second);
  });
});

describeScript('the fence goes down', () => {
  test('when the agent asks for it in this generation, and once', () => {
    const { told, log, looks, bash } = guard([is(FENCED, FENCED, {})], 'looks; asks; looks 3');
    expect({ told, log }).toEqual({ told: [DOWN], log: ['OPEN: SECONDARY of a group with 3 members ONLINE; clients are let in'] });
    expect(looks).toEqual(['1', '1 open', '1 open', '1 open']);
    expect(bash.exists('run/open-request')).toBe(false);
  });

  test('for no request at all not', () => {
    expect(guard([is(FENCED)], 'looks 3')).toMatchObject({ told: [], log: [], looks: ['1', '1', '1'] });
  });

  test.each<[string, string]>([
    ['of an earlier generation', 'asks 1.5'], ['that is empty', 'asks ""'], ['that begins like one', 'asks "${generation}0"'],
  ])(
    'for a request %s not: it is forgotten', (_, asks) => {
      const { told, bash } = guard([is(FENCED)], `looks; ${asks}; looks 2`);
      expect(told).toEqual([]);
      expect(bash.exists('run/open-request')).toBe(false);
    });

  test.each<[string, Own]>([
    ['that is no member', OUT], ['that recovers', { ...FENCED, state: 'RECOVERING' }], ['without quorum', { ...FENCED, majority: 0 }],
    ['too far behind', { ...FENCED, lag: 31 }], ['whose applier stopped', { ...FENCED, applier: 'OFF' }],
  ])('of a server %s not, and the request waits', (_, own) => {
    const { told, bash } = guard([is(own)], 'looks; asks; looks 2');
    expect(told).toEqual([]);
    expect(bash.exists('run/open-request')).toBe(true);
  });

  test('not for a request that an election has overtaken', () => {
    expect(guard([is(FENCED, FENCED_PRIMARY)], 'looks; asks; looks 2')).toMatchObject({ told: [], looks: ['1', '2', '2'] });
  });

  test('not in the look in which the server is found to be no longer the primary', () => {
    expect(guard([is(FENCED_PRIMARY, FENCED)], 'looks; new_generation() { :; }; asks; looks').told).toEqual([]);
  });

  test('not when the server refuses: the agent asks again', () => {
    const refuses: Answer = { command: 'mysql', on: 'local', to: DOWN, says: 'ERROR 1227 (42000) at line 1: Access denied\n' };
    expect(guard([refuses, is(FENCED)], 'looks; asks; looks 2')).toMatchObject({ told: [DOWN], log: [], looks: ['1', '1', '1'] });
  });
});

describeScript('what is no answer', () => {
  test.each<[string, string]>([
    ['an error', 'ERROR 1146 (42S02) at line 2: Table \'cdk8s_stateful.promotions\' doesn\'t exist'],
    ['a part of a row', 'state\tONLINE\tPRIMARY'],
    ['a row without its numbers', 'state\tOFFLINE\t-\tx\t0\t-\t1\t0\t-\t0\tON\t0'], ['a word', 'something'],
  ])('%s: nothing follows from it, neither a fence nor an opening, and no agent hears of it', (_, line) => {
    const answers: Answer = { ...is({}), says: [`${rowOf({})}\n`, `${line}\n`] };
    const { told, log, bash, looks } = guard([answers], 'looks; cp "$RUN/member" "$RUN/before"; looks 2');
    expect({ told, log, looks }).toEqual({ told: [], log: [`the server answers: ${line}`], looks: ['1 open', '1 open', '1 open'] });
    expect(bash.read('run/member')).toBe(bash.read('run/before'));
    const opening: Answer = { ...is({}), says: [`${rowOf(FENCED)}\n`, `${line}\n`] };
    expect(guard([opening], 'looks; asks; looks').told).toEqual([]);
  });

  test('it counts as no look: after 3 s the fence goes up', () => {
    const answers: Answer = { ...is({}), says: [`${rowOf({})}\n`, 'something\n'] };
    expect(guard([answers], 'looks; SECONDS=2; looks; SECONDS=4; looks').log).toEqual(['the server answers: something',
      fencedFor('nothing was looked at for 4 s')]);
  });

  test('it does not make the server\'s role forgotten', () => {
    const says = [PRIMARY, {}, {}, FENCED].map((own, index) => (index === 1 ? 'something\n' : `${rowOf(own)}\n`));
    const answers: Answer = { ...is({}), says };
    expect(guard([answers], 'looks 4').log.at(-1)).toBe(fencedFor('the server is no longer the primary'));
  });
});
