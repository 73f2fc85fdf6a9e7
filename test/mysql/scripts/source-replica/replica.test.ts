import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE } from '../members';
import { FENCE, FOLLOWING, GUIDE, LET_IN, NOTHING_WRONG, tick } from './replica';
import { server, State, withData } from './server';

/** As a server starts. */
const STARTED = { offline: 1, receiver: 'OFF', applier: 'OFF' };

describeScript('a replica begins to follow', () => {
  const begin = (state: State, answers: Answer[], bash?: Sandbox) => tick({ offline: 1, ...state }, answers, `${NOTHING_WRONG}tick`, bash);
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
    const state = { followed: '-', receiver: '-', applier: '-' };
    const { changes, log, verdict } = begin(state, withData(SOURCE, { executed: 'a:1-9' }), known());
    expect(changes).toEqual([changed()]);
    const reason = `begins to follow ${SOURCE}, which has all of a:1-5`;
    expect(log).toEqual([`unready: NOT_FOLLOWING: ${reason}`, reason]);
    expect(verdict).toBe(`unready NOT_FOLLOWING: ${reason}`);
  });

  test('and checks its name, where there is an authority', () => {
    const bash = known();
    bash.file('tls/ca.crt', 'authority');
    const tls = `SOURCE_SSL = 1, SOURCE_SSL_CA = '${bash.folder}/tls/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1`;
    expect(begin({ followed: '-' }, withData(SOURCE), bash).changes).toEqual([changed('', tls)]);
  });

  test('from a copy, without what the copy says of replication', () => {
    const bash = known();
    bash.file('volume/cloned', '');
    expect(begin({}, withData(SOURCE), bash).changes).toEqual([changed('RESET REPLICA ALL;')]);
    expect(bash.exists('volume/cloned')).toBe(false);
  });

  test('where it was, after a start of the server', () => {
    const { changes, verdict } = begin(STARTED, withData(SOURCE));
    expect(changes).toEqual(['START REPLICA']);
    expect(verdict).toBe(`unready NOT_FOLLOWING: follows ${SOURCE} on from a:1-5`);
  });

  test('nothing new when only its agent has started: readers stay', () => {
    const { changes, verdict } = begin({ offline: 0 }, withData(SOURCE));
    expect(changes).toEqual([]);
    expect(verdict).toBe(`ready REPLICA: follows ${SOURCE}, at most 30 s behind`);
  });

  test('another source than before, when one was promoted; readers wait until it is heard of', () => {
    const { changes } = begin({ offline: 0, epoch: 1, source: OTHER }, withData(OTHER));
    expect(changes).toEqual([FENCE, expect.stringContaining(`SOURCE_HOST = '${hostOf(OTHER)}'`)]);
  });

  test('no longer waiting for replicas of its own, as a source that a switchover closed does', () => {
    const bash = member(REPLICA, { SEMI_SYNCHRONOUS: 'ON' });
    const { changes } = begin({ followed: '-', receiver: '-', applier: '-' }, withData(SOURCE), bash);
    expect(changes).toEqual(['SET GLOBAL rpl_semi_sync_source_enabled = OFF', expect.stringContaining('START REPLICA')]);
  });

  test('not one that does not answer', () => {
    const { changes, verdict } = begin({ receiver: 'OFF' }, []);
    expect(changes).toEqual([]);
    expect(verdict).toBe(`unready NOT_FOLLOWING: the source ${SOURCE} does not answer`);
  });

  test('not one that lacks transactions of it: that stays so until an operator decides', () => {
    const reason = `the source ${SOURCE} does not have the transactions b:1-2 of this replica${GUIDE}`;
    const { changes, calls, log, verdict } = tick(
      { ...STARTED, executed: 'a:1-5,b:1-2' }, withData(SOURCE), `${NOTHING_WRONG}tick; tick`,
    );
    expect(changes).toEqual(['STOP REPLICA']);
    expect(calls.filter(({ on, input }) => on === SOURCE && input.includes('\'data\''))).toHaveLength(2); // of the first look
    expect(log).toEqual([`ERROR: unready: ERRANT: ${reason}`, `ERROR: ${reason}`]);
    expect(verdict).toBe(`unready ERRANT: ${reason}`);
  });

  test('not yet one that still applies them', () => {
    const { changes, verdict } = begin({ receiver: 'OFF', executed: 'a:1-6' }, withData(SOURCE, { received: 'a:1-6' }));
    expect(changes).toEqual([]);
    expect(verdict).toBe(`unready NOT_FOLLOWING: the source ${SOURCE} still applies what this replica has`);
  });

  test('and closes before, when it is open', () => {
    const { changes } = begin({ offline: 0, superReadOnly: 0, readOnly: 0, followed: '-', epoch: 1, source: SOURCE }, withData(SOURCE));
    expect(changes.slice(0, 2)).toEqual([FENCE, 'SET GLOBAL super_read_only = ON']);
  });
});

describeScript('a replica that follows', () => {
  const WELL = `ready REPLICA: follows ${SOURCE}, at most 30 s behind`;

  test.each<[string, State, string, string[]]>([
    ['is ready', {}, WELL, []],
    ['lets readers in', { offline: 1 }, WELL, [LET_IN]],
    ['is ready 5 s before the bound, so that it is within it until the next look', { heard: 25, lag: 25 }, WELL, []],
    ['is ready while the source restarts', { receiver: 'CONNECTING', heard: 20 }, WELL, []],
    ['is unready without a receiver', { receiver: 'OFF', receiverError: 13121 },
      'unready REPLICATION_STOPPED: the receiver is OFF, error 13121', []],
    ['is unready without an applier', { applier: 'OFF', applierError: 1062 },
      'unready REPLICATION_STOPPED: the applier is OFF, error 1062', []],
    ['refuses readers without an applier, when there is something to apply', { applier: 'OFF', applierError: 1062, drained: 0 },
      'unready REPLICATION_STOPPED: the applier is OFF, error 1062', [FENCE]],
    ['refuses readers when it hears nothing', { receiver: 'CONNECTING', heard: 26 },
      `unready LAGGING: nothing received from ${SOURCE} for more than 25 s`, [FENCE]],
    ['refuses readers when it never heard anything', { heard: 999999 }, `unready LAGGING: nothing received from ${SOURCE} for more than 25 s`, [FENCE]],
    ['refuses readers when it is behind', { lag: 26 }, `unready LAGGING: more than 25 s behind ${SOURCE}`, [FENCE]],
    ['refuses readers until it has caught up by half', { offline: 1, lag: 13 }, `unready LAGGING: more than 25 s behind ${SOURCE}`, []],
  ])('%s', (_, state, expected, changed) => {
    const { verdict, changes } = tick(state);
    expect(verdict).toBe(expected);
    expect(changes).toEqual(changed);
  });

  test('holds readers to the smallest bound that may be set', () => {
    const bash = member(REPLICA, { MAX_LAG: '15' });
    expect(tick({ heard: 10, lag: 10 }, [], undefined, bash).changes).toEqual([]);
    expect(tick({ heard: 11 }, [], undefined, bash).changes).toEqual([FENCE]);
  });

  test('refuses readers as long as the pod is labelled as the source', () => {
    const bash = member(REPLICA);
    bash.file('podinfo/labels', 'mysql.role="source"\n');
    const { verdict, changes } = tick({}, [], undefined, bash);
    expect(verdict).toContain('MISLABELLED: a replica of mysql-source-0, but the pod\'s label mysql.role is \'source\'');
    expect(changes).toEqual([FENCE]);
  });

  test('stops when it has committed transactions of its own', () => {
    const { changes, verdict } = tick({ committed: 'b:1' });
    expect(changes).toEqual([FENCE, 'STOP REPLICA']);
    expect(verdict).toBe(`unready ERRANT: this replica committed transactions of its own: b:1, before: -${GUIDE}`);
  });

  test('asks the others when it has no source, and follows the one that was promoted', () => {
    const { log, changes } = tick({ receiver: 'CONNECTING' }, withData(OTHER, { epoch: 1, source: OTHER }));
    expect(log.slice(0, 2)).toEqual([
      `promotion 1 made ${OTHER} the source, says another member`,
      `unready: NOT_FOLLOWING: begins to follow ${OTHER}, which has all of a:1-5`,
    ]);
    expect(changes).toEqual([FENCE, expect.stringContaining(`SOURCE_HOST = '${hostOf(OTHER)}'`)]);
  });

  test('is not ready when the server does not let readers in', () => {
    const fails: Answer = { command: 'mysql', on: 'local', to: 'offline_mode = OFF', says: 'ERROR 1 (HY000): no\n' };
    const { log, verdict } = tick({ offline: 1 }, [fails]);
    expect(log[0]).toBe('the server does not let clients in: ERROR 1 (HY000): no');
    expect(verdict).toBe('unready REPLICA: clients stay out, see above');
  });
});

describeScript('a replica whose source refuses', () => {
  const refused = { offline: 1, receiver: 'OFF', receiverError: 13114 };

  test('asks for a new copy when the source has purged what it needs and has all that it has', () => {
    const { changes, verdict, bash } = tick(refused, withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' }));
    expect(changes).toEqual(['SHUTDOWN']);
    expect(bash.read('volume/reprovision')).toBe(`${SOURCE}\na:1-5\n`);
    expect(verdict).toBe(
      `unready NEW_COPY: the source ${SOURCE} has purged the transactions a:6-10, which this replica needs, and has all of its own`,
    );
  });

  test('refuses readers before that', () => {
    const source = withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' });
    expect(tick({ ...refused, offline: 0 }, source).changes).toEqual([FENCE, 'SHUTDOWN']);
  });

  test('keeps what it has when the source lacks some of it', () => {
    const source = withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' });
    const { changes, verdict, bash } = tick({ ...refused, executed: 'a:1-5,b:1' }, source);
    expect(changes).toEqual(['STOP REPLICA']);
    expect(bash.exists('volume/reprovision')).toBe(false);
    expect(verdict).toBe(`unready ERRANT: the source ${SOURCE} does not have the transactions b:1 of this replica${GUIDE}`);
  });

  test('says the error when it knows no cause', () => {
    const { changes, verdict } = tick({ ...refused, receiverError: 1236 }, withData(SOURCE));
    expect(changes).toEqual([]);
    expect(verdict).toBe(`unready REPLICATION_STOPPED: the source ${SOURCE} refuses: error 1236, see performance_schema.replication_connection_status`);
  });

  test('counts what it has only received to what it has', () => {
    const state = { ...refused, received: 'a:1-7', drained: 0 };
    expect(tick(state, withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' })).bash.read('volume/reprovision')).toBe(`${SOURCE}\na:1-5,a:1-7\n`);
    const { changes, verdict } = tick(state, withData(SOURCE, { executed: 'a:1-6,b:1', purged: 'b:1' }));
    expect(changes).toEqual(['STOP REPLICA']);
    expect(verdict).toContain('does not have the transactions a:7 of this replica');
  });

  test('goes on running when it cannot ask for the copy', () => {
    const { changes, log } = tick(refused, withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' }),
      `${FOLLOWING}rmdir "$VOLUME"; tick || echo failed`);
    expect(changes).toEqual([]);
    expect(log.at(-1)).toBe('ERROR: cannot write the request for a new copy');
  });

  test('does nothing while the source does not answer, and says so', () => {
    const { changes, bash, verdict } = tick(refused);
    expect(verdict).toBe(`unready REPLICATION_STOPPED: the source ${SOURCE} does not answer`);
    expect(changes).toEqual([]);
    expect(bash.exists('volume/reprovision')).toBe(false);
  });
});

describeScript('the password of replication', () => {
  const change = 'printf second >"$SECRETS/replication-password"; ';

  /** Looks of an agent before and after the password of the Secret changed. */
  function looks(state: State, answers: Answer[], shell = `${FOLLOWING}tick; ${change}tick; tick`) {
    const bash = member(REPLICA);
    bash.password('secrets/replication-password', 'first-one');
    bash.answers(...answers, ...server(state));
    const run = bash.run('agent.sh', shell);
    return { ...run, changed: run.calls.map(({ input }) => input).filter((input) => input.includes('SOURCE_PASSWORD')) };
  }

  test('is changed when the source takes the new one', () => {
    const { changed, log } = looks({}, [
      { command: 'mysql', on: SOURCE, to: 'DO 1' },
      { command: 'mysql', to: 'user_password', says: '=first-one' },
    ]);
    expect(changed).toEqual([
      'STOP REPLICA IO_THREAD;\nCHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = \'second\';\nSTART REPLICA IO_THREAD;',
    ]);
    expect(log.filter((line) => line.startsWith('the password'))).toEqual([
      'the password of replication changed: the receiver uses the new one',
    ]);
  });

  test('is changed while the replica is too far behind for readers', () => {
    expect(looks({ offline: 1, receiver: 'CONNECTING', heard: 100 }, [
      { command: 'mysql', on: SOURCE, to: 'DO 1' },
      { command: 'mysql', to: 'user_password', says: '=first-one' },
    ]).changed).toHaveLength(1);
  });

  test.each<[string, State, Answer]>([
    ['while the applier is stopped: the change would throw away what was received', { applier: 'OFF' },
      { command: 'mysql', to: 'user_password', says: '=first-one' }],
    ['while a promotion has stopped the receiver', { receiver: 'OFF', promoting: 1 },
      { command: 'mysql', to: 'user_password', says: '=first-one' }],
    ['when it is not known which one is used', {}, { command: 'mysql', to: 'user_password', status: 1 }],
    ['when the server says nothing of it', {}, { command: 'mysql', to: 'user_password' }],
  ])('stays %s', (_, state, answer) => {
    expect(looks(state, [{ command: 'mysql', on: SOURCE, to: 'DO 1' }, answer]).changed).toEqual([]);
  });

  test('stays while the source does not take the new one', () => {
    expect(looks({}, []).changed).toEqual([]);
  });
});
