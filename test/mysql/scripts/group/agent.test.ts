import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { FIRST, hostOf, labels, member, OUT, Own, SECOND, sees, statements, tells, tellsInGroup, THIRD, tick,
  verdict } from './members';
import { FLAG_OFF, joins } from './votes';

const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0, source: SECOND, primary: hostOf(SECOND) };

function looks(own: Own, answers: Answer[] = [], shell = 'once', bash = member(SECOND)): Run & { bash: Sandbox; verdict: string } {
  const run = tick(bash, own, answers, shell);
  return { ...run, bash, verdict: verdict(bash) };
}

describeScript('the agent', () => {
  test.each<[string, Own, string, string | undefined]>([
    ['a secondary', {}, `ready SECONDARY: a secondary, at most 30 s behind ${FIRST}`, 'secondary'],
    ['a secondary too far behind', { lag: 31 }, `unready SECONDARY_LAGGING: more than 30 s behind ${FIRST}, or only just no longer`,
      'secondary'],
    ['one that recovers', { state: 'RECOVERING' }, 'unready RECOVERING: recovering: getting what it missed', 'none'],
    ['one without quorum', { majority: 0 }, 'unready NO_QUORUM: in a group without quorum: no client is let in', 'none'],
    ['one that was elected', { role: 'PRIMARY' }, 'unready PRIMARY_ELECTED: elected as the primary: applying what it has received',
      undefined],
    ['one in no group', OUT, 'unready UNREACHABLE: this server does not answer over the network yet', 'none'],
  ])('says of %s what the probe and the Services go by', (_, own, expected, label) => {
    const run = looks(own, [{ command: 'mysql', on: SECOND, status: 1 }]);
    expect(run.verdict).toBe(expected);
    expect(labels(run)).toEqual(label === undefined ? [] : [`${SECOND}=${label}`]);
    expect(run.log.at(-1)).toBe(expected.replace(' ', ': '));
  });

  test('asks no server while that is in the group, and sets the label once', () => {
    const { calls } = looks({}, [], 'once; once; once');
    expect(calls.filter(({ command }) => command === 'mysql')).toEqual([]);
    expect(calls.filter(({ command }) => command === 'curl')).toHaveLength(1);
  });

  test('says the same once, and tells the probe each time', () => {
    const run = looks({}, [], 'once; rm "$RUN/verdict"; once');
    expect(run.verdict).toMatch(/^ready /);
    expect(run.log.filter((line) => line.startsWith('ready'))).toHaveLength(1);
  });

  test('lets a label alone, and decides nothing, while the guard has seen no answer', () => {
    for (const nothing of ['rm "$RUN/member"; ', 'EPOCHSECONDS=1004; ', 'printf "1000\\t7.5\\t1\\t" >"$RUN/member"; ']) {
      const run = looks(PRIMARY, [], `own_state=ONLINE own_role=PRIMARY; ${nothing}once`);
      expect(run.verdict).toBe('unready NO_ANSWER: the server does not answer');
      expect(run.calls.map(({ command }) => command)).toEqual(['df']);
    }
  });

  test('says what was not done to its end, and goes on', () => {
    const run = looks({}, [], 'act_serve_secondary() { return 3; }; once; once');
    expect(run.log).toEqual(['SECONDARY: serve_secondary did not complete, see above']);
    expect(run.status).toBe(0);
  });
});

describeScript('a member that comes back', () => {
  const confirmed: Answer = { command: 'mysql', on: 'local', to: ', @@GLOBAL.gtid_executed)', says: '1\n' };
  const answers = [confirmed, ...tells(SECOND), ...tellsInGroup(FIRST, 'PRIMARY')];

  test('joins, recovers, and is ready when it has what it missed and clients are let in', () => {
    const shell = `once; ${sees({ state: 'RECOVERING', offline: 1 })}once; ${sees({ offline: 1 })}once; cat "$RUN/open-request"; ${sees({})}once`;
    const run = looks(OUT, [{ command: 'mysql', on: FIRST, to: 'GET_LOCK', says: '1\n' }, ...answers], shell);
    expect(run.log).toEqual([
      'the pod\'s label is mysql.role=none now',
      `unready: JOINING: the group of ${FIRST} has all of this member's transactions: joining it`,
      `joining the group of ${FIRST}, which has all of g:1-5`, 'unready: RECOVERING: recovering: getting what it missed',
      'the pod\'s label is mysql.role=secondary now', `unready: SECONDARY: a secondary, at most 30 s behind ${FIRST}, opening for clients`,
      `ready: SECONDARY: a secondary, at most 30 s behind ${FIRST}`,
    ]);
    expect(run.output).toBe('7.5\n');
    expect(statements(run.calls).slice(-1)).toEqual([joins(SECOND)]);
    expect(statements(run.calls)).not.toContain(FLAG_OFF);
  });

  test('looks at others only while it is in no group', () => {
    const run = looks(OUT, answers, `once; ${sees({})}once`);
    expect(run.calls.filter(({ on }) => on === THIRD)).toHaveLength(1);
  });
});

describeScript('the certificate', () => {
  test('is read again when the Secret has changed', () => {
    const bash = member(SECOND);
    bash.certificate();
    bash.file('run/incarnation', '1');
    const run = looks({}, [], 'once; once; printf two >"$TLS/tls.crt"; once', bash);
    expect(statements(run.calls)).toEqual(['ALTER INSTANCE RELOAD TLS']);
  });
});

describeScript('the agent as a program', () => {
  test('goes on until it is told to stop', () => {
    const bash = member(FIRST);
    bash.answers({ command: 'df', says: '', does: '((turn < 1)) || kill -TERM "$(<"$RUN/pid")"' });
    const run = bash.run('lib.sh', 'echo "$$" >"$RUN/pid"; exec bash --norc -c \'PAUSE=0; source "$SQL/agent.sh"; '
      + 'look_at_disk() { df; }; main\' agent.sh');
    expect(run.status).toBe(0);
    expect(run.log).toEqual([
      'unready: NO_ANSWER: the server does not answer', 'stopping: the server does not answer, so nothing is handed over',
    ]);
    expect(run.calls.length).toBeGreaterThanOrEqual(2);
  });

  test('outlives the connection to which it speaks', () => {
    const { output, status } = member(FIRST).run('agent.sh', 'tick_forever() { exec 9> >(:); sleep 0.3; printf x >&9 || echo on; }; main');
    expect({ output, status }).toEqual({ output: 'on\n', status: 0 });
  });

  test('does not begin without the password with which it asks others', () => {
    const bash = member(FIRST);
    bash.remove('secrets/monitor-password');
    expect(bash.runProgram('agent.sh')).toMatchObject({
      status: 1, calls: [], log: ['ERROR: key monitor-password of the accounts\' Secret is missing'],
    });
  });
});
