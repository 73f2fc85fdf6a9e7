import { Answer, describeScript } from '../../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE, withoutData } from '../members';
import { changes, GONE, LABELLED, NO_POD, opening, operate, pod, replica, takes } from './promotion';
import { State, withData, withState } from './server';

describeScript('promote refuses', () => {
  test.each<[string, Answer[], string, string?]>([
    [
      'while the source answers',
      [...withData(SOURCE), ...replica(REPLICA), ...replica(OTHER), pod(SOURCE, 'source'), pod(REPLICA, 'replica'), NO_POD],
      `the source ${SOURCE} answers`,
    ],
    [
      'while a replica hears of the source', [...replica(REPLICA), ...replica(OTHER, {}, { receiver: 'ON', heard: 15 })],
      `${OTHER} hears of the source ${SOURCE}, last 15 s ago: it is alive`,
    ],
    [
      'while a replica does not answer', replica(REPLICA),
      `${OTHER} does not answer and may be the most advanced; bring it back, or continue without it: WITHOUT=${OTHER}`,
    ],
    ['when nobody has data', [...withoutData(REPLICA), ...withoutData(OTHER)], 'no replica with data answers'],
    ['when all that are left are done without', [], 'no replica with data answers', `${REPLICA} ${OTHER}`],
    [
      'when a promotion names a stranger', replica(REPLICA, { epoch: 1, source: 'mysql-replica-7' }),
      `promotion 1 names mysql-replica-7, which is not one of ${SOURCE} ${REPLICA} ${OTHER}`,
    ],
  ])('%s', (...[, answers, reason, without = '']) => {
    const run = operate('promote', answers, { WITHOUT: without });
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(changes(run)).toEqual([]);
  });

  test('when the replicas have different transactions, and lets them receive again', () => {
    const run = operate('promote', [...replica(REPLICA, { executed: 'a:1-5,b:1' }), ...replica(OTHER, { executed: 'a:1-6' })]);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(
      `ERROR: refused: the replicas have different transactions: ${REPLICA} knows a:1-5,b:1, ${OTHER} knows a:1-6; leave one out: WITHOUT`,
    );
    expect(changes(run)).toEqual(['STOP', 'START'].flatMap((word) => [REPLICA, OTHER].map((name) => `${name}: ${word} REPLICA IO_THREAD`)));
  });

  test('an operation that it does not know', () => {
    expect(operate('demote', []).log).toEqual(['ERROR: unknown operation \'demote\': promote or switchover']);
  });
});

describeScript('promote', () => {
  test('takes the most advanced replica: stops receivers, records, labels, and waits until it is open', () => {
    const run = operate('promote', [
      ...replica(REPLICA), ...opening(OTHER, { executed: 'a:1-5', received: 'a:1-7' }), LABELLED,
      pod(REPLICA, 'replica'), pod(OTHER, 'replica'), NO_POD,
    ]);
    expect(run.log).toEqual([
      `the source ${SOURCE} does not answer`,
      `${OTHER} is the most advanced of ${REPLICA} ${OTHER}: a:1-5,a:1-7`,
      `the cluster lost what ${SOURCE} committed after the last transaction that ${OTHER} received, of 2026-01-02 03:04:05 UTC, unless its commits `
      + `waited for replicas; should ${SOURCE} come back, its agent names the transactions`,
      `${OTHER} is the source from now on`,
      `the pod ${SOURCE} does not exist: no label to set`,
      `the pod ${OTHER} has the label mysql.role=source now`,
      `${OTHER} is open for writes`,
    ]);
    expect(run.status).toBe(0);
    expect(changes(run)).toEqual([
      `${REPLICA}: STOP REPLICA IO_THREAD`, `${OTHER}: STOP REPLICA IO_THREAD`,
      `${OTHER}: SET GLOBAL super_read_only = OFF;\nINSERT INTO cdk8s_stateful.promotions (source, reason) `
      + `VALUES ('${OTHER}', 'promoted: ${SOURCE} did not answer');`,
      `${OTHER} {"metadata":{"labels":{"mysql.role":"source"}}}`,
    ]);
  });

  test('does without a member that is named', () => {
    const run = operate('promote', [...opening(REPLICA), NO_POD], { WITHOUT: OTHER });
    expect(run.status).toBe(0);
    expect(run.log).toContain(`${REPLICA} is the source from now on`);
  });

  test('waits until the chosen one has applied what it has received', () => {
    const [applied] = withState(GONE, REPLICA);
    const [applying] = withState({ ...GONE, drained: 0, lag: 7 }, REPLICA);
    const states = { ...applied, says: [applying.says, applying.says, applying.says, applied.says] as string[] };
    const run = operate('promote', [states, ...opening(REPLICA), ...withoutData(OTHER), NO_POD]);
    expect(run.status).toBe(0);
    expect(run.log.filter((line) => line.startsWith('waiting'))[0]).toBe(`waiting: ${REPLICA} applies what it has received, 7 s behind`);
  });

  test('tries again when the chosen one closes in between, and gives up at last', () => {
    const run = operate('promote', [
      { command: 'mysql', on: REPLICA, to: 'INSERT INTO', status: 1 }, ...replica(REPLICA), ...withoutData(OTHER), NO_POD,
    ]);
    expect(run.log.filter((line) => line.includes('did not accept'))).toHaveLength(10);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${REPLICA} does not accept the promotion, see above`);
  });

  test('changes the label of the old source first, so that one pod at most is labelled as the source', () => {
    const run = operate('promote', [
      ...opening(REPLICA), ...withoutData(OTHER), LABELLED, pod(SOURCE, 'source'), pod(REPLICA, 'replica'), pod(OTHER, 'replica'),
    ]);
    expect(changes(run).filter((change) => change.includes('mysql.role'))).toEqual([
      `${SOURCE} {"metadata":{"labels":{"mysql.role":"replica"}}}`, `${REPLICA} {"metadata":{"labels":{"mysql.role":"source"}}}`,
    ]);
  });

  test('waits until the source has not answered for 15 s, and asks it meanwhile', () => {
    const shell = 'unset SECONDS; SECONDS=0; sleep() { SECONDS=$((SECONDS + 5)); }; ';
    const run = operate('promote', [...opening(REPLICA), ...withoutData(OTHER), NO_POD], {}, shell);
    expect(run.status).toBe(0);
    expect(run.calls.filter(({ on, input }) => on === SOURCE && input.includes('gtid_purged'))).toHaveLength(1 + 3 + 1);
  });

  test('refuses when the source goes on meanwhile', () => {
    const [row] = withData(SOURCE);
    const wakes: Answer = { ...row, does: '((turn > 0)) || exit 1', says: ['', String(row.says)] };
    const run = operate('promote', [wakes, ...replica(REPLICA), ...replica(OTHER)]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: the source ${SOURCE} answers again`);
    expect(changes(run)).toEqual([]);
  });

  test('refuses when a replica hears of the source meanwhile', () => {
    const says = [GONE, { receiver: 'ON', heard: 3 }].map((state) => String(withState(state, OTHER)[0].says));
    const run = operate('promote', [{ ...withState({}, OTHER)[0], says }, ...replica(REPLICA), ...replica(OTHER)]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${OTHER} hears of the source ${SOURCE}, last 3 s ago: it is alive`);
    expect(changes(run)).toEqual([]);
  });

  test('refuses with a list of members that holds no replica', () => {
    const bash = member('mysql-promote-x7z');
    bash.file('topology/members', '');
    expect(bash.run('promote.sh', 'main promote').log.at(-1))
      .toBe('ERROR: refused: the list of members holds only \'\': a source has a replica at least');
  });

  test('waits until the promoted one lets clients in', () => {
    const [closed] = withData(REPLICA, { readOnly: 0, offline: 1 });
    const [open] = withData(REPLICA, { readOnly: 0 });
    const promoted = { epoch: 1, source: REPLICA };
    const shell = 'unset SECONDS; SECONDS=0; sleep() { SECONDS=$((SECONDS + 1)); }; ';
    const run = operate('switchover', [
      { ...open, says: [String(closed.says), String(closed.says), String(open.says)] }, ...withData(SOURCE, promoted),
    ], {}, `${shell}wait_open ${REPLICA}; exit; `);
    expect(run.calls.filter(({ on }) => on === REPLICA)).toHaveLength(3);
  });

  test('says when the promoted one does not open', () => {
    const run = operate('promote', [...replica(REPLICA), ...withoutData(OTHER), NO_POD]);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${REPLICA} is promoted but did not open for writes within 120 s: see the log of its agent`);
  });

  test('sets the labels of a promoted replica whose pod is new, though the old source is gone for good', () => {
    const run = operate('promote', [
      ...withData(REPLICA, { epoch: 1, source: REPLICA, readOnly: 0 }), LABELLED, pod(REPLICA, 'replica'), NO_POD,
    ]);
    expect(run.status).toBe(0);
    expect(changes(run)).toEqual([`${REPLICA} {"metadata":{"labels":{"mysql.role":"source"}}}`]);
  });

  test('sets labels that are wrong while the source answers', () => {
    const promoted = { epoch: 1, source: REPLICA };
    const run = operate('promote', [
      ...withData(SOURCE, promoted), ...withData(REPLICA, { ...promoted, readOnly: 0 }), ...withData(OTHER, promoted),
      LABELLED, pod(SOURCE, 'replica'), pod(REPLICA, 'replica'), NO_POD,
    ]);
    expect(run.status).toBe(0);
    expect(run.log.at(-1)).toBe(`the source ${REPLICA} answers: no replica is promoted; labels corrected: 1`);
    expect(changes(run)).toEqual([`${REPLICA} {"metadata":{"labels":{"mysql.role":"source"}}}`]);
  });
});

describeScript('switchover', () => {
  const promoted = { epoch: 1, source: REPLICA };
  const well = { followed: hostOf(REPLICA) };
  const from = [...withData(REPLICA, { ...promoted, readOnly: 0 }), takes(REPLICA)];
  const to = (state: State = {}) => [...withState({ ...well, ...state }, SOURCE), ...withData(SOURCE, promoted)];

  test('closes the source under the lock, with the promotion as its last transaction, and labels then', () => {
    const opened: Answer = { command: 'mysql', on: REPLICA, to: 'GET_LOCK', does: 'touch "$RUN/promoted"' };
    const run = operate('switchover', [opened, ...opening(SOURCE, promoted, { ...well, receiver: 'ON', heard: 1 }), ...from, NO_POD]);
    expect(run.log.filter((line) => !line.endsWith('does not exist: no label to set'))).toEqual([
      `closing ${REPLICA} for clients`, `${SOURCE} is the source and open for writes`,
    ]);
    expect(changes(run)).toEqual([
      `${REPLICA}: SELECT IF(GET_LOCK('cdk8s_stateful.role', 5) = 1, '', ST_GeomFromText('another session holds the lock on the role'));\n`
      + `SET GLOBAL offline_mode = ON;\nSET GLOBAL read_only = ON; INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES ('${SOURCE}', 'switchover');\n`
      + 'SET GLOBAL super_read_only = ON;',
    ]);
  });

  test.each<[string, Answer[], string, string?]>([
    ['when the source does not answer', to(), `the source ${REPLICA} does not answer: to give it up, run the promotion`],
    ['when the target does not answer', from, `${SOURCE} does not answer`],
    ['when the target is a stranger', [...from, ...to()], `TARGET is x, which is not one of ${SOURCE} ${REPLICA} ${OTHER}`, 'x'],
    [
      'when the target follows another one', [...from, ...to({ followed: hostOf(OTHER) })],
      `${SOURCE} does not follow ${REPLICA} well: receiver ON, applier ON, heard of it 1 s ago`,
    ],
    [
      'when the target does not apply', [...from, ...to({ applier: 'OFF' })],
      `${SOURCE} does not follow ${REPLICA} well: receiver ON, applier OFF, heard of it 1 s ago`,
    ],
    ['when the target is behind', [...from, ...to({ lag: 6 })], `${SOURCE} is 6 s behind: clients would wait that long`],
  ])('refuses %s', (...[, answers, reason, target = SOURCE]) => {
    const run = operate('switchover', answers, { TARGET: target });
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(changes(run)).toEqual([]);
  });

  test('to the source sets labels only', () => {
    const run = operate('switchover', [...withData(SOURCE), LABELLED, pod(SOURCE, 'replica'), NO_POD]);
    expect(run.log.at(-1)).toBe(`${SOURCE} is the source already`);
    expect(changes(run)).toEqual([`${SOURCE} {"metadata":{"labels":{"mysql.role":"source"}}}`]);
  });
});
