import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { FIRST, hostOf, is, labels, member, Own, SECOND, statements, tells, tellsInGroup, THIRD, tick, verdict } from './members';

function looks(own: Own, answers: Answer[] = [], shell = 'once', bash = member(SECOND)): Run & { bash: Sandbox; verdict: string } {
  const run = tick(bash, own, answers, shell);
  return { ...run, bash, verdict: verdict(bash) };
}

describeScript('the agent', () => {
  const UNHEARD = 'unready this server does not hear itself over the network yet';

  test.each<[string, Own, string, string]>([
    ['a primary', { role: 'PRIMARY', superReadOnly: 0, source: SECOND }, 'ready the primary of a group with 3 members ONLINE', 'primary'],
    ['a secondary', {}, `ready a secondary, at most 30 s behind ${FIRST}`, 'secondary'],
    ['one that recovers', { state: 'RECOVERING' }, 'unready recovering: getting what it missed', 'none'],
    ['one without a majority', { majority: 0 }, 'unready in a group, but most of it does not answer: it takes no writes', 'none'],
    ['one that was put out', { state: 'ERROR', role: '-', majority: 0 }, UNHEARD, 'none'],
    ['one in no group', { state: 'OFFLINE', role: '-', majority: 0 }, UNHEARD, 'none'],
  ])('says of %s what the probe and the Services go by', (_, own, expected, label) => {
    const run = looks(own, [{ command: 'mysql', on: SECOND, status: 1 }]);
    expect(run.verdict).toBe(expected);
    expect(labels(run)[0]).toBe(`${SECOND}=${label}`);
  });

  test('asks nobody but its own server while that is in the group', () => {
    const { calls } = looks({}, [], 'once; once; once');
    expect(calls.filter(({ command }) => command === 'mysql').map(({ on }) => on)).toEqual(['local', 'local', 'local']);
    expect(calls.filter(({ command }) => command === 'curl')).toHaveLength(1);
  });

  test('asks its server over one connection', () => {
    const { output } = looks({}, [], 'once; pid=$SESSION_PID; once; ((pid == SESSION_PID)) && echo the same');
    expect(output).toBe('the same\n');
  });

  test('says the same once, and tells the probe each time', () => {
    const run = looks({}, [], 'once; rm "$RUN/verdict"; once');
    expect(run.verdict).toMatch(/^ready /);
    expect(run.log.filter((line) => line.startsWith('ready'))).toHaveLength(1);
  });
});

describeScript('an answer of the agent\'s own server', () => {
  const [state] = is({});

  test.each<[string, Partial<Answer>, string[]]>([
    ['that does not come', { says: '', status: 1 }, []],
    ['that is empty', { says: '' }, ['the server answers: ']],
    ['that is an error', { says: 'ERROR 1146 (42S02) at line 2: Table \'cdk8s_stateful.promotions\' doesn\'t exist\n' },
      ['the server answers: ERROR 1146 (42S02) at line 2: Table \'cdk8s_stateful.promotions\' doesn\'t exist']],
  ])('%s is no state: nothing is decided, and the label stays', (_, answer, log) => {
    const run = looks({}, [{ ...state, ...answer }], 'own_state=ONLINE own_role=PRIMARY; once');
    expect(run.verdict).toBe('unready the server does not answer');
    expect(run.log).toEqual([...log, 'unready: the server does not answer']);
    expect({ labels: labels(run), statements: statements(run.calls) }).toEqual({ labels: [], statements: [] });
  });

  test('after one that was none is taken again', () => {
    const comes: Answer = { ...state, says: '', does: `((turn > 0)) || exit 1; printf '%s' '${String(state.says)}'` };
    expect(looks({}, [comes], 'once; once').verdict).toBe(`ready a secondary, at most 30 s behind ${FIRST}`);
  });

  test('without numbers where there must be some makes nobody a primary', () => {
    const run = looks({}, [{ ...state, says: 'state\tONLINE\tPRIMARY\n' }]);
    expect(run.verdict).toMatch(/^unready /);
    expect(labels(run)).toEqual([`${SECOND}=none`]);
  });
});

describeScript('a member that comes back', () => {
  const OUT: Own = { state: 'OFFLINE', role: '-', majority: 0, online: 0, primary: '-' };

  test('joins, recovers, and is ready when it has what it missed', () => {
    const says = [OUT, { state: 'RECOVERING' }, {}].map((own) => is(own)[0].says as string);
    const run = looks({}, [{ ...is({})[0], says }, ...tells(SECOND), ...tellsInGroup(FIRST, 'PRIMARY')], 'once; once; once');
    expect(run.log).toEqual([
      'the pod\'s label is mysql.role=none now', `joining the group of ${FIRST}, which has all of g:1-5`,
      'unready: recovering: getting what it missed',
      'the pod\'s label is mysql.role=secondary now', `ready: a secondary, at most 30 s behind ${FIRST}`,
    ]);
  });

  test('looks at everybody only while it is in no group', () => {
    const says = [OUT, {}].map((own) => is(own)[0].says as string);
    const run = looks({}, [{ ...is({})[0], says }, ...tells(SECOND), ...tellsInGroup(FIRST, 'PRIMARY')], 'once; : >"$RUN/after"; once');
    expect(run.calls.filter(({ on }) => on === THIRD)).toHaveLength(1);
  });
});

describeScript('the certificate', () => {
  test('is read again when the Secret has changed', () => {
    const bash = member(SECOND);
    bash.certificate();
    bash.file('run/incarnation', '1');
    const run = looks({ primary: hostOf(FIRST) }, [], 'once; once; printf two >"$TLS/tls.crt"; once', bash);
    expect(statements(run.calls)).toEqual(['ALTER INSTANCE RELOAD TLS']);
  });
});

describeScript('the agent as a program', () => {
  test('goes on after what went wrong, and says so', () => {
    const bash = member(FIRST);
    const ends: Answer = { ...is({})[0], says: '', does: '((turn != 2)) || kill -TERM "$(<"$RUN/pid")"; exit 1' };
    bash.answers(ends);
    const run = bash.run('lib.sh', 'echo "$$" >"$RUN/pid"; exec bash --norc "$SQL/agent.sh"');
    expect(run.status).toBe(0);
    expect(run.log.slice(0, 1)).toEqual(['unready: the server does not answer']);
    expect(run.calls.length).toBeGreaterThanOrEqual(3);
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
