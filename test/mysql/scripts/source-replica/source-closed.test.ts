import { Answer, describeScript } from '../../../support/bash';
import { member, OTHER, REPLICA, SOURCE, withoutData } from '../members';
import { changesOf, State, stateRow, verdictOf, withData } from './server';
import { BOTH, CLOSED, OPEN, tick } from './source';

const OPENS = 'SOURCE_CLOSED: the source by promotion 0, 2 of 2 other members answer and know of no later one';

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
    for (const [seconds, variable] of [[10, 'read_only = @closed'], [2, 'offline_mode = @fenced']]) {
      expect(inputs).toContainEqual(expect.stringMatching(new RegExp(`SET @me = '${SOURCE}', @rendered = '${SOURCE}';\n[^]*`
        + `GET_LOCK\\('cdk8s_stateful.role', ${seconds}\\)[^]*SET GLOBAL ${variable};\nDO RELEASE_LOCK`)));
    }
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
      + 'run the promotion again to correct the labels');
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
    expect(verdictOf(bash)).toBe(`unready SOURCE_CLOSED: ${OTHER} is open for writes: waiting until it closes`);
  });

  test('that was promoted just now gives the agent of a silent member time to end its server', () => {
    const bash = member(REPLICA, { BRIEF_PAUSE: '0', BRIEF_LOOKS_MAX: '2' });
    const promoted = { ...CLOSED, epoch: 1, source: REPLICA };
    expect(changesOf(tick(bash, { ...promoted, promoted: 7 }, withData(OTHER)))).toEqual([]);
    expect(verdictOf(bash)).toBe('unready SOURCE_CLOSED: '
      + `promoted just now: the agent of ${SOURCE}, which does not answer, may have to end its server`);
    expect(changesOf(tick(member(REPLICA), { ...promoted, promoted: 8 }, withData(OTHER)))).toEqual(['open']);
  });

  test('waits 30 s for an answer when none answers, and then opens', () => {
    const bash = member(SOURCE);
    const run = tick(bash, CLOSED, [], 'SECONDS=100; tick; SECONDS=129; tick; verdict marker -; SECONDS=130; tick');
    const reason = 'the source by promotion 0, 0 of 2 other members answer and know of no later one';
    expect(run.log).toEqual([
      'unready: SOURCE_CLOSED: no other member answers yet whether there was a promotion', 'marker: -', `unready: SOURCE_CLOSED: ${reason}`,
      `opening for writes: ${reason}`, 'ready: SOURCE: open for writes, 0 replicas follow',
    ]);
    expect(changesOf(run)).toEqual(['open', 'let in']);
  });

  test('waits again when the server has started since', () => {
    const run = tick(member(SOURCE), CLOSED, [], 'SECONDS=100; tick; echo 2.5 >"$RUN/incarnation"; SECONDS=131; tick');
    expect(run.log).toEqual(['unready: SOURCE_CLOSED: no other member answers yet whether there was a promotion']);
  });

  const EMPTY = [...withoutData(REPLICA), ...withoutData(OTHER)];
  const WAIT = 'SET GLOBAL rpl_semi_sync_source_enabled = ON';
  const KEPT = 'keep_accounts() { own_sql <<<"ALTER USER"; }; tick';

  test.each<[string, Answer[], string[]]>([
    ['before it opens, when that is wanted', BOTH, [WAIT, 'open', WAIT, 'let in']],
    ['before it opens, when another one does not answer', withoutData(REPLICA), [WAIT, 'open', WAIT, 'let in']],
    ['before it opens, when another one has data', [...withoutData(REPLICA), ...withData(OTHER)], [WAIT, 'open', WAIT, 'let in']],
    ['before clients come in and after the accounts are kept, when all others are empty', EMPTY, ['open', 'ALTER USER', WAIT, 'let in']],
  ])('makes commits wait for replicas %s', (_, answers, changes) => {
    expect(changesOf(tick(member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' }), CLOSED, answers, KEPT)).slice(0, 4)).toEqual(changes);
  });

  test('lets no client in when commits do not wait for replicas', () => {
    const bash = member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' });
    const fails: Answer = { command: 'mysql', on: 'local', to: WAIT, status: 1 };
    expect(changesOf(tick(bash, CLOSED, [...EMPTY, fails]))).not.toContain('let in');
    expect(verdictOf(bash)).toBe('unready SOURCE: clients stay out: the server does not say why');
  });

  test('opens when the accounts cannot be kept, and says so', () => {
    const run = tick(member(SOURCE), CLOSED, EMPTY, 'keep_accounts() { return 1; }; tick');
    expect(changesOf(run)).toEqual(['open', 'let in']);
    expect(run.log).toContain('ERROR: cannot reconcile the accounts, see above');
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
    expect(run.log.at(-1)).toBe('it has received more transactions since: applying them too');
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

describeScript('a member that answers with an error', () => {
  test('is no witness that none was promoted', () => {
    const bash = member(SOURCE);
    const { log } = tick(bash, CLOSED, [{ command: 'mysql', on: REPLICA, status: 1, does: 'echo "ERROR 1045 (28000): no" >&2' }]);
    expect(log).toEqual(['unready: SOURCE_CLOSED: no other member answers yet whether there was a promotion']);
  });
});
