import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { member, OTHER, REPLICA, SOURCE, State, statements, withData, withoutData, withState } from './members';

const CLOSED = { superReadOnly: 1, readOnly: 1, followed: '-' };
const OPEN = { superReadOnly: 0, readOnly: 0, followed: '-', followers: 2 };
/** What open-source.sql answers. */
const OPENS: Answer = {
  command: 'mysql', on: 'local', to: 'cdk8s_stateful.role', does: 'name=${input#*\\\'}; echo "${name%%\\\'*}"', // @me
};
// Time stands still, unless a test sets it: without its attribute SECONDS is a variable like any other.
const NOTHING_WRONG = 'unset SECONDS; SECONDS=1; keep_root_password() { :; }; keep_accounts() { :; }; ';

function tick(bash: Sandbox, state: State, answers: Answer[] = [], shell = 'tick'): Run {
  bash.answers(...answers, ...withState(state), OPENS);
  return bash.run('agent.sh', NOTHING_WRONG + shell);
}

function verdict(bash: Sandbox): string {
  return bash.read('run/verdict').replace(/^\d+ /, '').trim();
}

describeScript('the source, closed', () => {
  const OPENED = expect.stringContaining(`SET @me = '${SOURCE}', @rendered = '${SOURCE}';`) as string;

  test.each<[string, Answer[], string]>([
    ['all others answer', [...withData(REPLICA), ...withData(OTHER)], '2 of 2'],
    ['one other answers', withData(REPLICA), '1 of 2'],
    ['the others have no data', [...withoutData(REPLICA), ...withoutData(OTHER)], '2 of 2'],
  ])('opens when %s and nobody knows of a later promotion', (_, answers, count) => {
    const bash = member(SOURCE);
    const { calls, log } = tick(bash, CLOSED, answers);
    expect(statements(calls)).toEqual([OPENED]);
    expect(log).toEqual([
      `opening for writes: the source by promotion 0, ${count} other members answer and know of no later one`,
      'ready: the source, open for writes, 0 replicas follow',
    ]);
    expect(verdict(bash)).toBe('ready the source, open for writes, 0 replicas follow');
  });

  test('opens under the lock under which promotions are written', () => {
    const { calls } = tick(member(SOURCE), CLOSED, withData(REPLICA));
    expect(statements(calls)[0]).toMatch(/GET_LOCK\('cdk8s_stateful.role', 10\)[^]*SET GLOBAL read_only = @closed;\nDO RELEASE_LOCK/);
  });

  test('opens when its own data says that it was promoted', () => {
    const bash = member(REPLICA);
    bash.file('podinfo/labels', 'mysql.role="source"\n');
    const { log } = tick(bash, { ...CLOSED, epoch: 2, source: REPLICA }, withData(OTHER, { epoch: 1, source: OTHER }));
    expect(log[0]).toBe(`promotion 2 made ${REPLICA} the source, says this server's own data`);
    expect(verdict(bash)).toBe('ready the source, open for writes, 0 replicas follow');
  });

  test('opens at once when there is no other member', () => {
    const bash = member(SOURCE);
    bash.file('topology/members', `${SOURCE}\n`);
    expect(tick(bash, CLOSED).log[0]).toContain('0 of 0 other members');
  });

  test('stays closed when another member knows of a later promotion, and is a replica from then on', () => {
    const bash = member(SOURCE);
    const { calls, log } = tick(bash, CLOSED, withData(OTHER, { epoch: 1, source: OTHER, readOnly: 0 }), 'tick; tick');
    expect(log.slice(0, 2)).toEqual([`promotion 1 made ${OTHER} the source, says another member`, `following ${OTHER}, which has all of a:1-5`]);
    expect(statements(calls).some((text) => text.includes('read_only'))).toBe(false);
  });

  test('waits 30 s for an answer when nobody answers, and then opens', () => {
    const bash = member(SOURCE);
    const { calls, log } = tick(bash, CLOSED, [], 'SECONDS=100; tick; SECONDS=129; tick; verdict marker; SECONDS=130; tick');
    expect(log).toEqual([
      'unready: the source: no other member answers yet whether there was a promotion', 'marker: ',
      'opening for writes: the source by promotion 0, 0 of 2 other members answer and know of no later one',
      'ready: the source, open for writes, 0 replicas follow',
    ]);
    expect(statements(calls)).toHaveLength(1);
  });

  test('waits anew when the server has started since', () => {
    const bash = member(SOURCE);
    const { log } = tick(bash, CLOSED, [], 'SECONDS=100; tick; echo 2.5 >"$RUN/incarnation"; SECONDS=131; tick');
    expect(log).toEqual(['unready: the source: no other member answers yet whether there was a promotion']);
  });

  test('makes commits wait for replicas before it opens, when that is wanted', () => {
    const bash = member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' });
    expect(statements(tick(bash, CLOSED, withData(REPLICA)).calls)).toEqual(['SET GLOBAL rpl_semi_sync_source_enabled = ON', OPENED]);
  });

  test('applies what it has received before it stops following', () => {
    const bash = member(REPLICA);
    const { calls } = tick(bash, { epoch: 1, source: REPLICA, drained: 0 });
    expect(statements(calls)).toEqual([]);
    expect(verdict(bash)).toBe('unready becoming the source: applying what was received');
  });

  test('stops following when it has applied all', () => {
    const bash = member(REPLICA);
    bash.file('volume/cloned', '');
    const { calls } = tick(bash, { epoch: 1, source: REPLICA }, withData(OTHER));
    expect(statements(calls).slice(0, 2)).toEqual(['STOP REPLICA IO_THREAD', 'STOP REPLICA; RESET REPLICA ALL']);
    expect(statements(calls)).toHaveLength(3);
    expect(bash.exists('volume/cloned')).toBe(false);
  });

  test.each<[string, State, string[]]>([
    ['goes on receiving', { receiver: 'CONNECTING' }, []],
    ['receives again', { receiver: 'OFF' }, ['START REPLICA']],
    ['stays closed', { ...CLOSED, receiver: '-' }, []],
  ])('%s when others know of its promotion and its own data does not', (_, state, expected) => {
    const bash = member(REPLICA);
    const { calls } = tick(bash, state, withData(SOURCE, { epoch: 1, source: REPLICA }), 'tick; tick');
    expect(statements(calls).slice(0, 1)).toEqual(expected);
    expect(statements(calls).filter((text) => /RESET|read_only/.test(text))).toEqual([]);
    expect(verdict(bash)).toBe('unready promotion 1 made this the source, but is not in its data yet: it would lose transactions');
  });

  test.each<[string, string, string]>([
    ['its data has a promotion by now', 'its own data says that mysql-replica-1 is the source by now',
      'its own data says that mysql-replica-1 is the source by now'],
    ['it does not get the lock', 'another session holds the lock on the role', 'another session holds the lock on the role'],
    ['the server says nothing', '', 'the server does not say why'],
  ])('is not called open when it stays closed, since %s', (_, says, reason) => {
    const bash = member(SOURCE);
    const { log } = tick(bash, CLOSED, [...withData(REPLICA), { command: 'mysql', on: 'local', to: 'GET_LOCK', says: `${says}\n` }]);
    expect(log.at(-1)).toBe(`unready: the source, but it stays closed: ${reason}`);
    expect(verdict(bash)).toBe(`unready the source, but it stays closed: ${reason}`);
  });

  test('does not throw away what it receives while it stops following', () => {
    const bash = member(REPLICA);
    const state = { epoch: 1, source: REPLICA };
    const [drained] = withState(state);
    const [received] = withState({ ...state, drained: 0 });
    const { calls } = tick(bash, state, [{ ...drained, says: [String(drained.says), String(received.says)] }, ...withData(OTHER)]);
    expect(statements(calls)).toEqual(['STOP REPLICA IO_THREAD']);
    expect(verdict(bash)).toBe('unready becoming the source: applying what was received');
  });

  test('is not open when the server does not take it', () => {
    const bash = member(SOURCE);
    tick(bash, CLOSED, [...withData(REPLICA), { command: 'mysql', on: 'local', to: 'GET_LOCK', status: 1 }]);
    expect(bash.exists('run/verdict')).toBe(false);
  });
});

describeScript('the source, open', () => {
  test('asks nobody while all replicas follow', () => {
    const bash = member(SOURCE);
    const { calls } = tick(bash, OPEN);
    expect(calls.map(({ command, on }) => `${command} ${on}`)).toEqual(['df local', 'mysql local']);
    expect(verdict(bash)).toBe('ready the source, open for writes, 2 replicas follow');
  });

  test('asks the others now and then while one does not follow', () => {
    const shell = 'SECONDS=50; tick; SECONDS=59; tick; SECONDS=60; tick';
    const { calls } = tick(member(SOURCE), { ...OPEN, followers: 1 }, withData(REPLICA), shell);
    expect(calls.filter(({ on }) => on === REPLICA)).toHaveLength(2);
  });

  test('closes when it learns of a later promotion, and ends the connections of clients', () => {
    const bash = member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' });
    const { calls, log } = tick(bash, { ...OPEN, followers: 0 }, [
      ...withData(REPLICA, { epoch: 1, source: REPLICA }), { command: 'mysql', to: 'CONCAT(\'KILL \'', says: 'KILL 7;\nKILL 8;\n' },
    ]);
    expect(statements(calls)).toEqual([
      'SET GLOBAL super_read_only = ON', 'SET GLOBAL rpl_semi_sync_source_enabled = OFF', 'KILL 7;\nKILL 8;',
    ]);
    expect(calls.at(-1)!.arguments).toContain('--force');
    expect(log).toEqual([
      `promotion 1 made ${REPLICA} the source, says another member`, `closing for writes: promotion 1 made ${REPLICA} the source`,
    ]);
    expect(bash.exists('run/verdict')).toBe(false);
  });

  test('stays open when the accounts cannot be kept, and says so', () => {
    const { log } = tick(member(SOURCE), OPEN, [], 'keep_accounts() { return 1; }; tick; tick');
    expect(log).toEqual(['ERROR: the accounts could not be kept, see above', 'ready: the source, open for writes, 2 replicas follow']);
  });
});

describeScript('a member that answers with an error', () => {
  test('is no witness that nobody was promoted', () => {
    const bash = member(SOURCE);
    const { log } = tick(bash, CLOSED, [{ command: 'mysql', on: REPLICA, status: 1, does: 'echo "ERROR 1045 (28000): no" >&2' }]);
    expect(log).toEqual(['unready: the source: no other member answers yet whether there was a promotion']);
  });
});

describeScript('the label of the pod', () => {
  test.each<[string, string | undefined, string]>([
    ['of a replica', 'mysql.role="replica"\n', 'replica'],
    ['that only ends like it', 'x.mysql.role="source"\n', ''],
    ['missing', 'app="mysql"\n', ''],
    ['in no file', undefined, ''],
  ])('%s makes the source unready', (_, labels, found) => {
    const bash = member(SOURCE);
    bash.remove('podinfo/labels');
    if (labels !== undefined) {
      bash.file('podinfo/labels', labels);
    }
    tick(bash, OPEN);
    expect(verdict(bash)).toBe('unready the source, open for writes, 2 replicas follow, '
      + `but the pod's label mysql.role is '${found}': run the promotion once more, it sets the labels right`);
  });

  test('is found among others', () => {
    const bash = member(SOURCE);
    bash.file('podinfo/labels', 'app="mysql"\nmysql.role="source"\nzone="a"');
    tick(bash, OPEN);
    expect(verdict(bash)).toMatch(/^ready /);
  });
});

describeScript('the agent', () => {
  test('says that the server does not answer', () => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', status: 1 });
    expect(bash.run('agent.sh', 'tick; tick').log).toEqual(['unready: the server does not answer']);
    expect(bash.read('run/verdict')).toMatch(/^\d{10} unready the server does not answer\n$/);
  });
});
