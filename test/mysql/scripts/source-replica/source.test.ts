import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { member, OTHER, REPLICA, SOURCE, withoutData } from '../members';
import { changesOf, server, State, stateRow, verdictOf, withData } from './server';

/** As a server starts. */
const CLOSED = { superReadOnly: 1, readOnly: 1, offline: 1, followed: '-' };
const OPEN = { superReadOnly: 0, readOnly: 0, offline: 0, followed: '-', followers: 2 };
const BOTH = [...withData(REPLICA), ...withData(OTHER)];
// Time stands still, unless a test sets it: without its attribute SECONDS is a variable like any other.
const NOTHING_WRONG = 'unset SECONDS; SECONDS=1; answered_at=1 peers_asked_at=1; keep_root_password() { :; }; keep_accounts() { :; }; ';
const OPENS = 'SOURCE_CLOSED: the source by promotion 0, 2 of 2 other members answer and know of no later one';

function tick(bash: Sandbox, state: State, answers: Answer[] = [], shell = 'tick'): Run {
  bash.answers(...answers, ...server(state));
  return bash.run('agent.sh', NOTHING_WRONG + shell);
}

describeScript('the source, closed', () => {
  test.each<[string, Answer[], string]>([
    ['all others answer', BOTH, '2 of 2'],
    ['one other answers', withData(REPLICA), '1 of 2'],
    ['the others have no data', [...withoutData(REPLICA), ...withoutData(OTHER)], '2 of 2'],
  ])('opens and lets clients in when %s and none knows of a later promotion', (_, answers, count) => {
    const bash = member(SOURCE);
    const run = tick(bash, CLOSED, answers);
    expect(changesOf(run)).toEqual(['open', 'let in']);
    const reason = `the source by promotion 0, ${count} other members answer and know of no later one`;
    expect(run.log).toEqual([
      `unready: SOURCE_CLOSED: ${reason}`, `opening for writes: ${reason}`, 'ready: SOURCE: open for writes, 0 replicas follow',
    ]);
    expect(verdictOf(bash)).toBe('ready SOURCE: open for writes, 0 replicas follow');
  });

  test('opens and lets clients in under the lock under which promotions are recorded', () => {
    const inputs = tick(member(SOURCE), CLOSED, BOTH).calls.map(({ input }) => input);
    expect(inputs).toContainEqual(expect.stringMatching(
      /SET @me = 'mysql-source-0', @rendered = 'mysql-source-0';\n[^]*GET_LOCK\('cdk8s_stateful.role', 10\)[^]*SET GLOBAL read_only = @closed;\nDO RELEASE_LOCK/,
    ));
    expect(inputs).toContainEqual(expect.stringMatching(
      /SET @me = 'mysql-source-0', @rendered = 'mysql-source-0';\n[^]*GET_LOCK\('cdk8s_stateful.role', 2\)[^]*SET GLOBAL offline_mode = @fenced;\nDO RELEASE_LOCK/,
    ));
  });

  test('refuses clients first, when it does not yet', () => {
    expect(changesOf(tick(member(SOURCE), { ...CLOSED, offline: 0 }, BOTH))).toEqual(['SET GLOBAL offline_mode = ON;', 'open', 'let in']);
  });

  test('opens when its own data says that it was promoted', () => {
    const bash = member(REPLICA);
    bash.file('podinfo/labels', 'mysql.role="source"\n');
    const { log } = tick(bash, { ...CLOSED, epoch: 2, source: REPLICA }, withData(OTHER, { epoch: 1, source: OTHER }));
    expect(log[0]).toBe(`promotion 2 made ${REPLICA} the source, says this server's own data`);
    expect(verdictOf(bash)).toBe('ready SOURCE: open for writes, 0 replicas follow');
  });

  test('opens with the label of a replica, and lets no client in: the one before is still labelled as the source', () => {
    const bash = member(REPLICA);
    expect(changesOf(tick(bash, { ...CLOSED, epoch: 2, source: REPLICA }, withData(OTHER)))).toEqual(['open']);
    expect(verdictOf(bash)).toBe('unready MISLABELLED: the source, but the pod\'s label mysql.role is \'replica\': '
      + 'run the promotion once more, it sets the labels right');
  });

  test('stays closed when another member knows of a later promotion, and is a replica from then on', () => {
    const bash = member(SOURCE);
    const run = tick(bash, CLOSED, withData(OTHER, { epoch: 1, source: OTHER, readOnly: 0 }));
    expect(run.log[0]).toBe(`promotion 1 made ${OTHER} the source, says another member`);
    expect(changesOf(run)).toEqual([expect.stringContaining('CHANGE REPLICATION SOURCE TO')]);
  });

  test('waits for one that is open, too', () => {
    const bash = member(SOURCE);
    expect(changesOf(tick(bash, CLOSED, [...withData(REPLICA), ...withData(OTHER, { readOnly: 0 })]))).toEqual([]);
    expect(verdictOf(bash)).toBe(`unready SOURCE_CLOSED: ${OTHER} is open for writes: it closes first`);
  });

  test('that was promoted just now gives the agent of a silent member time to end its server', () => {
    const bash = member(REPLICA, { BRIEF_PAUSE: '0' });
    const promoted = { ...CLOSED, epoch: 1, source: REPLICA };
    expect(changesOf(tick(bash, { ...promoted, promoted: 7 }, withData(OTHER)))).toEqual([]);
    expect(verdictOf(bash)).toBe('unready SOURCE_CLOSED: '
      + `promoted just now: the agent of ${SOURCE}, which does not answer, may have to end its server`);
    expect(changesOf(tick(member(REPLICA), { ...promoted, promoted: 8 }, withData(OTHER)))).toEqual(['open']);
  });

  test('waits 30 s for an answer when none answers, and then opens', () => {
    const bash = member(SOURCE);
    const run = tick(bash, CLOSED, [], 'SECONDS=100; tick; SECONDS=129; tick; verdict marker; SECONDS=130; tick');
    const reason = 'the source by promotion 0, 0 of 2 other members answer and know of no later one';
    expect(run.log).toEqual([
      'unready: SOURCE_CLOSED: no other member answers yet whether there was a promotion', 'marker: ', `unready: SOURCE_CLOSED: ${reason}`,
      `opening for writes: ${reason}`, 'ready: SOURCE: open for writes, 0 replicas follow',
    ]);
    expect(changesOf(run)).toEqual(['open', 'let in']);
  });

  test('waits again when the server has started since', () => {
    const run = tick(member(SOURCE), CLOSED, [], 'SECONDS=100; tick; echo 2.5 >"$RUN/incarnation"; SECONDS=131; tick');
    expect(run.log).toEqual(['unready: SOURCE_CLOSED: no other member answers yet whether there was a promotion']);
  });

  test('makes commits wait for replicas before it opens, when that is wanted', () => {
    const bash = member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' });
    expect(changesOf(tick(bash, CLOSED, BOTH))).toEqual(['SET GLOBAL rpl_semi_sync_source_enabled = ON', 'open', 'let in']);
  });

  test.each<[string, string, string]>([
    ['its data has a promotion by now', 'its own data says that mysql-replica-1 is the source by now',
      'its own data says that mysql-replica-1 is the source by now'],
    ['it does not get the lock', 'another session holds the lock on the role', 'another session holds the lock on the role'],
    ['the server says nothing', '', 'the server does not say why'],
  ])('is not called open when it stays closed, since %s', (_, says, reason) => {
    const bash = member(SOURCE);
    const { log } = tick(bash, CLOSED, [...BOTH, { command: 'mysql', on: 'local', to: 'SET @closed', says: `${says}\n` }], 'tick || true');
    expect(log.at(-1)).toBe(`not opened for writes: ${reason}`);
    expect(verdictOf(bash)).toBe(`unready ${OPENS}`);
  });

  test.each<[string, string, string]>([
    ['it was closed meanwhile', 'it is closed for writes', 'it is closed for writes'],
    ['the server says nothing', '', 'the server does not say why'],
  ])('is not ready when clients stay out, since %s', (_, says, reason) => {
    const bash = member(SOURCE);
    tick(bash, { ...OPEN, offline: 1 }, [{ command: 'mysql', on: 'local', to: 'SET @fenced', says: `${says}\n` }]);
    expect(verdictOf(bash)).toBe(`unready SOURCE: clients stay out: ${reason}`);
  });

  test('is not open when the server does not take it', () => {
    const bash = member(SOURCE);
    tick(bash, CLOSED, [...BOTH, { command: 'mysql', on: 'local', to: 'SET @closed', status: 1 }], 'tick || true');
    expect(verdictOf(bash)).toMatch(/^unready SOURCE_CLOSED: /);
  });
});

describeScript('a replica that becomes the source', () => {
  const promoted = { offline: 1, epoch: 1, source: REPLICA };

  test('applies what it has received before it stops following', () => {
    const bash = member(REPLICA);
    expect(changesOf(tick(bash, { ...promoted, drained: 0 }))).toEqual([]);
    expect(verdictOf(bash)).toBe('unready BECOMING_SOURCE: applying what was received: the applier is ON, error 0');
  });

  test('starts its applier for that, when its server started meanwhile', () => {
    expect(changesOf(tick(member(REPLICA), { ...promoted, drained: 0, applier: 'OFF' }))).toEqual(['START REPLICA SQL_THREAD']);
  });

  test('refuses readers, stops following when it has applied all, and opens', () => {
    const bash = member(REPLICA);
    bash.file('volume/cloned', '');
    bash.file('podinfo/labels', 'mysql.role="source"\n');
    expect(changesOf(tick(bash, { ...promoted, offline: 0 }, withData(OTHER)))).toEqual([
      'SET GLOBAL offline_mode = ON;', 'STOP REPLICA IO_THREAD', 'STOP REPLICA; RESET REPLICA ALL', 'open', 'let in',
    ]);
    expect(bash.exists('volume/cloned')).toBe(false);
  });

  test('does not throw away what it receives while it stops following', () => {
    const bash = member(REPLICA);
    const says = [0, 1].map((received) => `${stateRow({ ...promoted, drained: 1 - received })}\n`);
    const run = tick(bash, promoted, [{ command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', says }, ...withData(OTHER)]);
    expect(changesOf(run)).toEqual(['STOP REPLICA IO_THREAD']);
    expect(run.log.at(-1)).toBe('it has received something since: applying that, too');
  });

  test.each<[string, State, string[]]>([
    ['goes on receiving', { receiver: 'CONNECTING' }, []],
    ['receives again', { receiver: 'OFF' }, ['START REPLICA']],
    ['stays closed', { ...CLOSED, receiver: '-' }, []],
  ])('%s when others know of its promotion and its own data does not', (_, state, expected) => {
    const bash = member(REPLICA);
    const run = tick(bash, { offline: 1, ...state }, withData(SOURCE, { epoch: 1, source: REPLICA }), 'SECONDS=100; tick; tick');
    expect(changesOf(run).slice(0, 1)).toEqual(expected);
    expect(changesOf(run).filter((text) => /RESET|open|let in/.test(text))).toEqual([]);
    expect(verdictOf(bash)).toBe('unready AWAITING_PROMOTION: '
      + 'promotion 1 made this the source, but is not in its data yet: it would lose transactions');
  });
});

describeScript('the source, open', () => {
  test('asks none while all replicas follow', () => {
    const bash = member(SOURCE);
    const { calls } = tick(bash, OPEN);
    expect(calls.map(({ command, on }) => `${command} ${on}`)).toEqual(['mysql local', 'df local']);
    expect(verdictOf(bash)).toBe('ready SOURCE: open for writes, 2 replicas follow');
  });

  test('asks them in turn all the same, now and then: one that the network cut off looks as if it followed', () => {
    const { calls } = tick(member(SOURCE), OPEN, BOTH, 'answered_at=30; SECONDS=30; tick; for ((SECONDS = 31; SECONDS < 100; SECONDS += 10)); do tick; done');
    expect(calls.filter(({ on }) => on === REPLICA || on === OTHER).map(({ on }) => on)).toEqual([REPLICA, OTHER, REPLICA]);
  });

  test('asks the others with each look while one does not follow', () => {
    const { calls } = tick(member(SOURCE), { ...OPEN, followers: 1 }, withData(REPLICA), 'SECONDS=5; tick; SECONDS=8; tick; SECONDS=9; tick');
    expect(calls.filter(({ on }) => on === REPLICA)).toHaveLength(2);
  });

  test('that another one replaced refuses clients before anything else, and closes', () => {
    const bash = member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' });
    const run = tick(bash, { ...OPEN, followers: 0 }, withData(REPLICA, { epoch: 1, source: REPLICA }), 'SECONDS=5; tick');
    expect(changesOf(run).slice(0, 3)).toEqual([
      'SET GLOBAL offline_mode = ON;', 'SET GLOBAL rpl_semi_sync_source_enabled = OFF', 'SET GLOBAL super_read_only = ON',
    ]);
    expect(run.log.slice(0, 3)).toEqual([
      `promotion 1 made ${REPLICA} the source, says another member`, `unready: DEMOTED: promotion 1 made ${REPLICA} the source`,
      `closing for writes: promotion 1 made ${REPLICA} the source`,
    ]);
    expect(changesOf(run)[3]).toContain('CHANGE REPLICATION SOURCE TO');
  });

  test('stays out when the fence cannot be set, and says so', () => {
    const bash = member(SOURCE);
    const fails: Answer = { command: 'mysql', on: 'local', to: 'offline_mode = ON', says: 'ERROR 1 (HY000): no\n' };
    const run = tick(bash, { ...OPEN, epoch: 1, source: OTHER }, [fails], 'tick || true');
    expect(run.log.at(-1)).toBe('the server does not refuse clients: ERROR 1 (HY000): no');
    expect(verdictOf(bash)).toBe(`unready DEMOTED: promotion 1 made ${OTHER} the source`);
  });

  test('stays open when the accounts cannot be kept, and says so once a minute', () => {
    const { log } = tick(member(SOURCE), OPEN, [], 'keep_accounts() { return 1; }; tick; tick');
    expect(log).toEqual(['ready: SOURCE: open for writes, 2 replicas follow', 'ERROR: the accounts could not be kept, see above']);
  });

  test('keeps no accounts while it refuses clients', () => {
    const bash = member(SOURCE);
    bash.remove('podinfo/labels');
    expect(tick(bash, OPEN, [], 'keep_accounts() { echo kept; }; tick').output).toBe('');
  });
});

describeScript('a source that was not seen for a while', () => {
  const later = 'tick; SECONDS=14; tick';

  test('refuses clients, asks the others, and lets clients in when none was promoted', () => {
    const bash = member(SOURCE);
    const run = tick(bash, OPEN, BOTH, later);
    expect(changesOf(run)).toEqual(['SET GLOBAL offline_mode = ON;', 'let in']);
    expect(run.log).toEqual([
      'ready: SOURCE: open for writes, 2 replicas follow',
      'unready: FENCED_AFTER_SILENCE: the source, but it was not seen for more than 12 s: another member may have been promoted',
      'ready: SOURCE: open for writes, 2 replicas follow',
    ]);
    const order = run.calls.map(({ on, input }) => (input.includes('offline_mode = ON') ? 'fence' : on));
    expect(order.indexOf('fence')).toBeLessThan(order.indexOf(REPLICA));
    expect(order).toContain(OTHER);
  });

  test('does not for 12 s, in which none can have been promoted', () => {
    expect(changesOf(tick(member(SOURCE), OPEN, BOTH, 'tick; SECONDS=13; tick'))).toEqual([]);
  });

  test('closes when one was promoted', () => {
    const run = tick(member(SOURCE), OPEN, [...withData(REPLICA, { epoch: 1, source: REPLICA, readOnly: 0 }), ...withData(OTHER)], later);
    expect(changesOf(run).slice(0, 2)).toEqual(['SET GLOBAL offline_mode = ON;', 'SET GLOBAL super_read_only = ON']);
  });

  test('waits for those that do not answer', () => {
    const bash = member(SOURCE);
    expect(changesOf(tick(bash, OPEN, withData(REPLICA), `${later}; SECONDS=18; tick`))).toEqual(['SET GLOBAL offline_mode = ON;']);
    expect(verdictOf(bash)).toBe(`unready FENCED_AFTER_SILENCE: the source, but ${OTHER} does not answer yet whether there was a promotion`);
  });

  test.each<[string, Answer[], string]>([['10 s, when another one answers', withData(REPLICA), '24'], ['30 s', [], '44']])(
    'for %s', (_, answers, end) => {
      const times = `for ((SECONDS = 18; SECONDS < ${end}; SECONDS += 4)); do tick; done; SECONDS=${end}; tick`;
      expect(changesOf(tick(member(SOURCE), OPEN, answers, `${later}; ${times}`))).toEqual(['SET GLOBAL offline_mode = ON;', 'let in']);
    });

  test.each<[string, string, string[]]>([
    ['by an agent that is gone for 3 s', '3 ready SOURCE: open', []],
    ['by an agent that is gone for 20 s', '20 ready SOURCE: open', ['SET GLOBAL offline_mode = ON;', 'let in']],
    ['by an agent that saw nothing at last', '1 unready NO_ANSWER: x', ['SET GLOBAL offline_mode = ON;', 'let in']],
    ['by any agent', '', ['SET GLOBAL offline_mode = ON;', 'let in']],
  ])('%s', (_, last, expected) => {
    const verdict = last === '' ? '' : `echo "$((EPOCHSECONDS - ${last.split(' ')[0]})) ${last.replace(/^\d+ /, '')}" >"$RUN/verdict"; `;
    expect(changesOf(tick(member(SOURCE), OPEN, BOTH, `${verdict}answered_at=-1000; resume_look; tick`))).toEqual(expected);
  });
});

describeScript('a server that does not answer in time', () => {
  const QUICK = { ANSWER_SECONDS_MAX: '1', BRIEF_PAUSE: '0' };
  /** From the second question on. */
  const freezes = (state: State): Answer => (
    { command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', does: `((turn == 0)) || exec sleep 3; echo '${stateRow(state)}'` });
  const waits: Answer = { command: 'mysql', on: 'local', to: 'SET GLOBAL offline_mode = ON', does: 'exec sleep 20' };

  test('takes the fence as its first statement', () => {
    const bash = member(SOURCE, QUICK);
    const run = tick(bash, OPEN, [freezes(OPEN), waits, ...BOTH], 'tick; tick; kill "$fence_client"');
    expect(changesOf(run)).toEqual(['SET GLOBAL offline_mode = ON']);
    expect(run.log.slice(1)).toEqual([
      'unready: NO_ANSWER: the server does not answer', 'the server does not answer in time: the first statement that it takes refuses clients',
    ]);
    expect(run.calls.find(({ arguments: text }) => text.includes('offline_mode'))!.arguments).toMatch(/root\.cnf .*--connect-timeout=120 /);
  });

  test('is killed when another one was promoted meanwhile', () => {
    const bash = member(SOURCE, QUICK);
    const run = tick(bash, OPEN, [freezes(OPEN), waits, ...withData(REPLICA, { epoch: 1, source: REPLICA })], 'tick; tick; kill "$fence_client" || true');
    const reason = `promotion 1 made ${REPLICA} the source while this server, which was open, did not answer`;
    expect(bash.read('run/kill-server')).toBe(`${reason}\n`);
    expect(run.log).toContain(`${reason}: it is killed`);
    expect(verdictOf(bash)).toBe(`unready NO_ANSWER: ${reason}`);
  });

  test('is not killed when it was a replica', () => {
    const bash = member(REPLICA, QUICK);
    const replica = { followed: 'x', diverged: 1 };
    tick(bash, replica, [freezes(replica), waits, ...withData(SOURCE)], 'tick; tick; kill "$fence_client" || true');
    expect(bash.exists('run/kill-server')).toBe(false);
  });

  test('serves again when the others know of no promotion', () => {
    const bash = member(SOURCE, QUICK);
    const [told] = server(OPEN);
    const once: Answer = { ...told, does: `((turn != 1)) || exec sleep 3; ${told.does}` };
    const run = tick(bash, OPEN, [once, ...BOTH], 'tick; tick; tick');
    expect(changesOf(run)).toEqual(['SET GLOBAL offline_mode = ON', 'let in']);
    expect(verdictOf(bash)).toBe('ready SOURCE: open for writes, 2 replicas follow');
  });
});

describeScript('the list of members', () => {
  const listed = (...names: string[]) => {
    const bash = member(SOURCE);
    bash.file('topology/members', names.map((name) => `${name}\n`).join(''));
    return bash;
  };

  test.each<[string, string[], string]>([
    ['is empty', [], 'the list of members is empty'],
    ['lacks this pod', [REPLICA, OTHER],
      `the list of members (${REPLICA} ${OTHER}) does not hold this pod: it was scaled by hand, or the list is an old one`],
    ['holds only this pod', [SOURCE], 'the list of members holds only this pod'],
  ])('opens nothing when it %s', (_, names, reason) => {
    const bash = listed(...names);
    expect(changesOf(tick(bash, CLOSED, BOTH, 'SECONDS=100; tick; SECONDS=200; tick'))).toEqual([]);
    expect(verdictOf(bash)).toBe(`unready NOT_LISTED: ${reason}`);
  });

  test('opens nothing when it is missing', () => {
    const bash = listed();
    bash.remove('topology/members');
    expect(changesOf(tick(bash, CLOSED, BOTH))).toEqual([]);
    expect(verdictOf(bash)).toBe(`unready NOT_LISTED: the list of members cannot be read: ${bash.folder}/topology/members`);
  });

  test('lets no replica follow that it does not hold', () => {
    const bash = member('mysql-replica-7');
    expect(changesOf(tick(bash, { followed: '-', offline: 1 }, withData(SOURCE)))).toEqual([]);
    expect(verdictOf(bash)).toMatch(/^unready NOT_LISTED: /);
  });

  test('that becomes empty closes no source', () => {
    const bash = member(SOURCE);
    const run = tick(bash, OPEN, [], 'tick; : >"$MEMBERS"; SECONDS=5; tick');
    expect(changesOf(run)).toEqual([]);
    expect(verdictOf(bash)).toMatch(/^ready SOURCE: /);
    expect(bash.read('volume/members')).toBe(`${SOURCE}\n${REPLICA}\n${OTHER}\n`);
  });

  test('that lacks a member with which it was last open opens it only when all the others answer', () => {
    for (const [answers, expected] of [[[], []], [withData(REPLICA), ['open', 'let in']]] as const) {
      const bash = listed(SOURCE, REPLICA);
      bash.file('volume/members', `${SOURCE}\n${REPLICA}\n${OTHER}\n`);
      const run = tick(bash, CLOSED, [...answers], 'SECONDS=100; tick; SECONDS=110; tick');
      expect(changesOf(run)).toEqual(expected);
      expect(verdictOf(bash)).toMatch(expected.length > 0 ? /^ready / : new RegExp(`^unready SOURCE_CLOSED: the list of members lacks ${OTHER}, `
        + `which it held when this server was last open, and ${REPLICA} does not answer$`));
      expect(bash.read('volume/members').includes(OTHER)).toBe(expected.length === 0);
    }
  });

  test('that holds more members than before opens as ever', () => {
    const bash = member(SOURCE);
    bash.file('volume/members', `${SOURCE}\n${REPLICA}\n`);
    expect(changesOf(tick(bash, CLOSED, withData(REPLICA)))).toEqual(['open', 'let in']);
  });
});

describeScript('a member that answers with an error', () => {
  test('is no witness that none was promoted', () => {
    const bash = member(SOURCE);
    const { log } = tick(bash, CLOSED, [{ command: 'mysql', on: REPLICA, status: 1, does: 'echo "ERROR 1045 (28000): no" >&2' }]);
    expect(log).toEqual(['unready: SOURCE_CLOSED: no other member answers yet whether there was a promotion']);
  });
});

describeScript('the label of the pod', () => {
  test.each<[string, string | undefined, string]>([
    ['of a replica', 'mysql.role="replica"\n', 'replica'],
    ['that only ends like it', 'x.mysql.role="source"\n', ''],
    ['missing', 'app="mysql"\n', ''],
    ['in no file', undefined, ''],
  ])('%s makes the source refuse clients', (_, labels, found) => {
    const bash = member(SOURCE);
    bash.remove('podinfo/labels');
    if (labels !== undefined) {
      bash.file('podinfo/labels', labels);
    }
    expect(changesOf(tick(bash, OPEN))).toEqual(['SET GLOBAL offline_mode = ON;']);
    expect(verdictOf(bash)).toBe('unready MISLABELLED: the source, '
      + `but the pod's label mysql.role is '${found}': run the promotion once more, it sets the labels right`);
  });

  test('is found among others', () => {
    const bash = member(SOURCE);
    bash.file('podinfo/labels', 'app="mysql"\nmysql.role="source"\nzone="a"');
    tick(bash, OPEN);
    expect(verdictOf(bash)).toMatch(/^ready /);
  });
});

describeScript('the agent', () => {
  test('says that the server does not answer', () => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', status: 1 });
    expect(bash.run('agent.sh', 'tick; tick').log).toEqual(['unready: NO_ANSWER: the server does not answer']);
    expect(bash.read('run/verdict')).toMatch(/^\d{10} unready NO_ANSWER: the server does not answer\n$/);
  });
});
