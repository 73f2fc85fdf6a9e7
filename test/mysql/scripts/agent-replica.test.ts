import { Answer, describeScript, Sandbox } from '../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE, State, statements, withData } from './members';
import { FOLLOWING, GUIDE, NOTHING_WRONG, tick } from './replica';

describeScript('a replica begins to follow', () => {
  const begin = (state: State, answers: Answer[], bash?: Sandbox) => tick(state, answers, `${NOTHING_WRONG}tick`, bash);
  const changed = (reset = '', tls = 'SOURCE_SSL = 1, GET_SOURCE_PUBLIC_KEY = 1') => [
    'STOP REPLICA;', ...reset === '' ? [] : [reset],
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '${hostOf(SOURCE)}', SOURCE_PORT = 3306,`,
    '  SOURCE_USER = \'replication\', SOURCE_PASSWORD = \'d6a3e3ff\', SOURCE_AUTO_POSITION = 1,',
    `  SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 5, ${tls};`, 'START REPLICA;',
  ].join('\n');

  function known(): Sandbox {
    const bash = member(REPLICA);
    bash.password('secrets/replication-password', 'd6a3e3ff');
    return bash;
  }

  test('a source that has all that it has', () => {
    const bash = known();
    const { calls, log } = begin({ followed: '-', receiver: '-', applier: '-' }, withData(SOURCE, { executed: 'a:1-9' }), bash);
    expect(statements(calls)).toEqual([changed()]);
    expect(log).toEqual([`following ${SOURCE}, which has all of a:1-5`, `unready: has just begun to follow ${SOURCE}`]);
  });

  test('and checks its name, where there is an authority', () => {
    const bash = known();
    bash.file('tls/ca.crt', 'authority');
    const tls = `SOURCE_SSL = 1, SOURCE_SSL_CA = '${bash.folder}/tls/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1`;
    expect(statements(begin({ followed: '-' }, withData(SOURCE), bash).calls)).toEqual([changed('', tls)]);
  });

  test('from a copy, without what the copy says of replication', () => {
    const bash = known();
    bash.file('volume/cloned', '');
    expect(statements(begin({}, withData(SOURCE), bash).calls)).toEqual([changed('RESET REPLICA ALL;')]);
    expect(bash.exists('volume/cloned')).toBe(false);
  });

  test('where it was, after a start of the server', () => {
    const { calls, log } = begin({ receiver: 'OFF' }, withData(SOURCE));
    expect(statements(calls)).toEqual(['START REPLICA']);
    expect(log).toEqual([`following ${SOURCE} on from a:1-5`, `unready: has just begun to follow ${SOURCE}`]);
  });

  test('another source than before, when one was promoted', () => {
    const { calls } = begin({ epoch: 1, source: OTHER }, withData(OTHER));
    expect(statements(calls)[0]).toContain(`SOURCE_HOST = '${hostOf(OTHER)}'`);
  });

  test('not one that does not answer', () => {
    const { calls, verdict } = begin({ receiver: 'OFF' }, []);
    expect(statements(calls)).toEqual([]);
    expect(verdict).toBe(`unready the source ${SOURCE} does not answer`);
  });

  test('not one that lacks transactions of it: that stays so until a person decides', () => {
    const reason = `the source ${SOURCE} does not have the transactions b:1-2 of this replica${GUIDE}`;
    const { calls, log, verdict } = tick({ receiver: 'OFF', executed: 'a:1-5,b:1-2' }, withData(SOURCE), `${NOTHING_WRONG}tick; tick`);
    expect(statements(calls)).toEqual([]);
    expect(calls.filter(({ on }) => on === SOURCE)).toHaveLength(2); // of the first tick
    expect(log).toEqual([`ERROR: ${reason}`, `unready: ${reason}`]);
    expect(verdict).toBe(`unready ${reason}`);
  });

  test('not yet one that still applies them', () => {
    const { calls, verdict } = begin({ receiver: 'OFF', executed: 'a:1-6' }, withData(SOURCE, { received: 'a:1-6' }));
    expect(statements(calls)).toEqual([]);
    expect(verdict).toBe(`unready the source ${SOURCE} still applies what this replica has`);
  });

  test('and closes before, when it is open', () => {
    const { calls } = begin({ superReadOnly: 0, readOnly: 0, followed: '-', epoch: 1, source: SOURCE }, withData(SOURCE));
    expect(statements(calls)[0]).toBe('SET GLOBAL super_read_only = ON');
  });
});

describeScript('a replica that follows', () => {
  test.each<[string, State, string]>([
    ['is ready', {}, `ready a replica of ${SOURCE}, at most 30 s behind`],
    ['is ready at the bound', { heard: 30, lag: 30 }, `ready a replica of ${SOURCE}, at most 30 s behind`],
    ['is ready while the source restarts', { receiver: 'CONNECTING', heard: 20 }, `ready a replica of ${SOURCE}, at most 30 s behind`],
    ['is unready without a receiver', { receiver: 'OFF', receiverError: 13121 }, 'unready the receiver is OFF, error 13121'],
    ['is unready without an applier', { applier: 'OFF', applierError: 1062 }, 'unready the applier is OFF, error 1062'],
    ['is unready when it hears nothing', { receiver: 'CONNECTING', heard: 31 }, `unready not a word from ${SOURCE} for more than 30 s`],
    ['is unready when it never heard anything', { heard: 999999 }, `unready not a word from ${SOURCE} for more than 30 s`],
    ['is unready when it is behind', { lag: 31 }, `unready more than 30 s behind ${SOURCE}`],
  ])('%s', (_, state, expected) => {
    const { verdict, calls } = tick(state);
    expect(verdict).toBe(expected);
    expect(statements(calls)).toEqual([]);
  });

  test('is unready as long as the pod is labelled as the source', () => {
    const bash = member(REPLICA);
    bash.file('podinfo/labels', 'mysql.role="source"\n');
    expect(tick({}, [], `${FOLLOWING}tick`, bash).verdict).toContain('but the pod\'s label mysql.role is \'source\'');
  });

  test('stops when it has committed transactions of its own', () => {
    const { calls, verdict } = tick({ committed: 'b:1' });
    expect(statements(calls)).toEqual(['STOP REPLICA']);
    expect(verdict).toBe(`unready this replica committed transactions of its own: b:1, before: -${GUIDE}`);
  });

  test('asks the others when it has no source, and follows the one that was promoted', () => {
    const { log } = tick({ receiver: 'CONNECTING' }, withData(OTHER, { epoch: 1, source: OTHER }));
    expect(log.slice(0, 2)).toEqual([
      `promotion 1 made ${OTHER} the source, says another member`, `following ${OTHER}, which has all of a:1-5`,
    ]);
  });
});

describeScript('a replica whose source refuses', () => {
  const refused = { receiver: 'OFF', receiverError: 13114 };

  test('asks for a new copy when the source has purged what it needs and has all that it has', () => {
    const { calls, log, verdict, bash } = tick(refused, withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' }));
    expect(statements(calls)).toEqual(['SHUTDOWN']);
    expect(bash.read('volume/reprovision')).toBe(`${SOURCE}\na:1-5\n`);
    expect(log[0]).toBe(`the source ${SOURCE} has purged the transactions a:6-10, which this replica needs, and has all of its own: asking for a new copy`);
    expect(verdict).toBe('unready getting a new copy of the data');
  });

  test('keeps what it has when the source lacks some of it', () => {
    const source = withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' });
    const { calls, verdict, bash } = tick({ ...refused, executed: 'a:1-5,b:1' }, source);
    expect(statements(calls)).toEqual([]);
    expect(bash.exists('volume/reprovision')).toBe(false);
    expect(verdict).toBe(`unready the source ${SOURCE} does not have the transactions b:1 of this replica${GUIDE}`);
  });

  test('says the error when it knows no cause', () => {
    const { calls, verdict } = tick({ ...refused, receiverError: 1236 }, withData(SOURCE));
    expect(statements(calls)).toEqual([]);
    expect(verdict).toBe(`unready the source ${SOURCE} refuses: error 1236, see performance_schema.replication_connection_status`);
  });

  test('counts what it has only received to what it has', () => {
    const state = { ...refused, received: 'a:1-7', drained: 0 };
    expect(tick(state, withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' })).bash.read('volume/reprovision')).toBe(`${SOURCE}\na:1-5,a:1-7\n`);
    const { calls, verdict } = tick(state, withData(SOURCE, { executed: 'a:1-6,b:1', purged: 'b:1' }));
    expect(statements(calls)).toEqual([]);
    expect(verdict).toContain('does not have the transactions a:7 of this replica');
  });

  test('goes on running when it cannot ask for the copy', () => {
    const { calls, log } = tick(refused, withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' }), `${FOLLOWING}rmdir "$VOLUME"; tick || echo failed`);
    expect(statements(calls)).toEqual([]);
    expect(log.at(-1)).toBe('ERROR: the request for a new copy could not be written');
  });

  test('does nothing while the source does not answer, and says so', () => {
    const { calls, bash, verdict } = tick(refused);
    expect(verdict).toBe(`unready the source ${SOURCE} does not answer`);
    expect(statements(calls)).toEqual([]);
    expect(bash.exists('volume/reprovision')).toBe(false);
  });
});

describeScript('the password of replication', () => {
  const change = 'printf second >"$SECRETS/replication-password"; ';
  const twice = `${FOLLOWING}tick; ${change}tick; tick`;

  function known(): Sandbox {
    const bash = member(REPLICA);
    bash.password('secrets/replication-password', 'first-one');
    return bash;
  }

  test('is changed when the source takes the new one', () => {
    const { calls, log } = tick({}, [
      { command: 'mysql', on: SOURCE, to: 'DO 1' },
      { command: 'mysql', to: 'user_password', says: '=first-one' },
    ], twice, known());
    expect(statements(calls)).toEqual([
      'STOP REPLICA IO_THREAD;\nCHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = \'second\';\nSTART REPLICA IO_THREAD;',
    ]);
    expect(log.filter((line) => line.startsWith('the password'))).toEqual([
      'the password of replication changed: the receiver uses the new one',
    ]);
  });

  test.each<[string, State, Answer]>([
    ['while the applier is stopped: the change would throw away what was received', { applier: 'OFF' },
      { command: 'mysql', to: 'user_password', says: '=first-one' }],
    ['when it is not known which one is used', {}, { command: 'mysql', to: 'user_password', status: 1 }],
    ['when the server says nothing of it', {}, { command: 'mysql', to: 'user_password' }],
  ])('stays %s', (_, state, answer) => {
    const { calls } = tick(state, [{ command: 'mysql', on: SOURCE, to: 'DO 1' }, answer], twice, known());
    expect(statements(calls)).toEqual([]);
  });

  test('stays while the source does not take the new one', () => {
    expect(statements(tick({}, [], twice, known()).calls)).toEqual([]);
  });
});
