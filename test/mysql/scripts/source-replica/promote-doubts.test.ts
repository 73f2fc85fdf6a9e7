import { Answer, describeScript } from '../../../support/bash';
import { hostOf, OTHER, REPLICA, SOURCE, withoutData } from '../members';
import { changes, GONE, locks, NO_POD, opening, operate, replica } from './promotion';
import { withData, withState } from './server';

const STOPPED = [REPLICA, OTHER].map((name) => `${name}: STOP REPLICA IO_THREAD`);
const STARTED = [REPLICA, OTHER].map((name) => `${name}: START REPLICA IO_THREAD`);
const BOTH = [...replica(REPLICA), ...replica(OTHER)];
const error = (on: string, text: string, to = ''): Answer => ({ command: 'mysql', on, to, status: 1, does: `echo "${text}" >&2` });
/** Says what a server says, until a file is there. */
const until = (file: string, on: string, [before]: Answer[], after: string): Answer => (
  { ...before, on, says: undefined, does: `[[ -e $RUN/${file} ]] && { ${after}; } || printf '%s' '${String(before.says)}'` });

describeScript('a promotion that stopped receivers and refuses then starts them again', () => {
  const applying = (state: object) => withState({ ...GONE, drained: 0, ...state }, REPLICA);

  test.each<[string, Answer[], string]>([
    ['since the applier of the chosen one is stopped', applying({ applier: 'OFF', applierError: 1062 }),
      `the applier of ${REPLICA} is OFF, error 1062: repair it first, its relay log holds transactions that may be nowhere else`],
    ['since the chosen one does not end applying', applying({}), `${REPLICA} did not apply its relay log within 300 s`],
    ['since the transactions cannot be compared', [{ command: 'mysql', on: REPLICA, to: 'GTID_SUBSET(\'', status: 1 }],
      `the transactions of ${REPLICA} ${OTHER} cannot be compared, see above`],
    ['since the chosen one does not take the promotion', [{ command: 'mysql', on: REPLICA, to: 'INSERT INTO', status: 1 }],
      `${REPLICA} does not accept the promotion, see above`],
  ])('%s', (_, answers, reason) => {
    const run = operate('promote', [...answers, ...BOTH], { APPLY_SECONDS_MAX: '300' });
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(changes(run).filter((change) => /IO_THREAD/.test(change))).toEqual([...STOPPED, ...STARTED]);
  });

  test('since one of them no longer answers meanwhile: it may know more by then than before', () => {
    const stops: Answer = { command: 'mysql', on: OTHER, to: 'STOP REPLICA', does: 'touch "$RUN/stopped"' };
    const run = operate('promote', [stops, until('stopped', OTHER, withData(OTHER), 'exit 1'), ...BOTH]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${OTHER} no longer answers`);
    expect(changes(run)).toEqual([...STOPPED, ...STARTED]);
  });

  test('since one cannot be stopped', () => {
    const run = operate('promote', [error(OTHER, 'ERROR 1 (HY000): no', 'STOP REPLICA'), ...BOTH]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: the receiver of ${OTHER} cannot be stopped, see above`);
    expect(changes(run)).toEqual([...STOPPED, ...STARTED]);
  });

  test.each<[string, string, string]>([
    ['answers again', `printf '%s' '${String(withData(SOURCE)[0].says)}'`, `the source ${SOURCE} answers again`],
    ['answers with an error', 'echo "ERROR 1040 (HY000): Too many connections" >&2; exit 1', `the source ${SOURCE} answers again`],
  ])('since the source %s meanwhile', (_, answer, reason) => {
    const asked: Answer = { command: 'mysql', on: REPLICA, to: 'original_commit_timestamp FROM', does: 'touch "$RUN/asked"' };
    const source: Answer = { command: 'mysql', on: SOURCE, to: 'gtid_purged', does: `[[ -e $RUN/asked ]] || exit 1; ${answer}` };
    const run = operate('promote', [asked, source, ...BOTH]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(changes(run)).toEqual([...STOPPED, ...STARTED]);
  });

  test('since it lost a lock: a receiver may have been started', () => {
    const broken: Answer = { ...locks(OTHER), does: 'until [[ -e $RUN/asked ]]; do sleep 0.05; done' };
    const asked: Answer = { command: 'mysql', on: REPLICA, to: 'original_commit_timestamp FROM', does: 'touch "$RUN/asked"; sleep 0.5' };
    const run = operate('promote', [broken, asked, ...BOTH]);
    expect(run.log.at(-1)).toBe('ERROR: refused: a connection that held the lock of this promotion broke: run the promotion again');
    expect(changes(run)).toEqual([...STOPPED, ...STARTED]);
  });

  test('when it is told to stop', () => {
    const told: Answer = { command: 'mysql', on: REPLICA, to: 'original_commit_timestamp FROM', does: 'kill -TERM "$(<"$RUN/pid")"' };
    const run = operate('promote', [told, ...BOTH], {}, 'echo "$$" >"$RUN/pid"; ');
    expect(run.status).toBe(143);
    expect(changes(run)).toEqual([...STOPPED, ...STARTED]);
  });

  test('and says so when it cannot', () => {
    const run = operate('promote', [
      error(OTHER, 'ERROR 2003 (HY000): cannot connect', 'START REPLICA'), ...applying({ applier: 'OFF' }), ...BOTH,
    ]);
    expect(run.log.at(-1)).toBe(`the receiver of ${OTHER} cannot be started: its agent does that`);
  });
});

describeScript('a promotion', () => {
  test('that was recorded starts no receiver of the old source', () => {
    const run = operate('promote', [...opening(REPLICA), ...replica(OTHER), NO_POD]);
    expect(run.status).toBe(0);
    expect(changes(run).filter((change) => /IO_THREAD/.test(change))).toEqual(STOPPED);
  });

  test.each<[string, Partial<Answer>, string]>([
    ['while another one is under way', { says: '0\n', does: '' }, `another promotion is under way: it holds the lock of ${OTHER}`],
    ['without the lock', { says: 'ERROR 1 (HY000): no\n', status: 1, does: '' },
      `${OTHER} does not give the lock of a promotion: ERROR 1 (HY000): no`],
    ['when a member says nothing of the lock', { says: [], does: '' }, `${OTHER} does not give the lock of a promotion: no answer`],
  ])('stops no receiver %s', (_, answer, reason) => {
    const run = operate('promote', [{ ...locks(OTHER), ...answer }, ...BOTH]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(changes(run)).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['starts the applier of a chosen one whose server started without a source', { command: 'mysql', to: 'SQL_THREAD', on: REPLICA }],
    ['refuses when it cannot be started', { command: 'mysql', to: 'SQL_THREAD', on: REPLICA, status: 1 }],
  ])('%s', (_, starts) => {
    const state = (applier: string, drained: number) => String(withState({ ...GONE, drained, applier }, REPLICA)[0].says);
    const [applied] = withState(GONE, REPLICA);
    const says = [state('OFF', 0), state('OFF', 0), state('OFF', 0), state('ON', 0), state('ON', 1)]; // the first two are for what it hears
    const run = operate('promote', [{ ...applied, says }, starts, ...opening(REPLICA), ...withoutData(OTHER), NO_POD]);
    expect(changes(run)).toContain(`${REPLICA}: START REPLICA SQL_THREAD`);
    expect(run.log.at(-1)).toBe(starts.status === 1 ? `ERROR: refused: the applier of ${REPLICA} cannot be started, see above`
      : `${REPLICA} is open for writes`);
  });

  test('starts it once only', () => {
    const stopped = withState({ ...GONE, drained: 0, applier: 'OFF' }, REPLICA);
    const run = operate('promote', [...stopped, ...replica(REPLICA), ...withoutData(OTHER)]);
    expect(run.log.at(-1)).toContain(`ERROR: refused: the applier of ${REPLICA} is OFF, error 0`);
    expect(changes(run).filter((change) => change.includes('SQL_THREAD'))).toHaveLength(1);
  });

  test('holds the lock for more than the hour that applying may take, and loses it soon when it is gone', () => {
    const { calls } = operate('promote', [...opening(REPLICA), ...withoutData(OTHER), NO_POD]);
    const [held] = calls.filter((call) => call.arguments.includes('cdk8s_stateful.promotion\''));
    expect(held.arguments).toContain('SET SESSION wait_timeout = 10; SELECT GET_LOCK(\'cdk8s_stateful.promotion\', 20); DO SLEEP(2);');
    expect(held.arguments.split('DO SLEEP(2);').length * 2).toBeGreaterThan(3600 + 600);
  });

  test('waits for a chosen one that stops answering for a while: that is not the end of applying', () => {
    const [applied] = withState(GONE, REPLICA);
    const once: Answer = { ...applied, does: '((turn != 2 && turn != 3)) || exit 1' }; // the first two are for what it hears
    const well = String(applied.says);
    const run = operate('promote', [{ ...once, says: [well, well, '', '', well] }, ...opening(REPLICA),
      ...withoutData(OTHER), NO_POD]);
    expect(run.status).toBe(0);
    expect(run.log).toContain(`waiting: ${REPLICA} no longer answers`);
  });

  test.each<[string, Answer]>([
    ['that no longer answers', { command: 'mysql', on: REPLICA, to: '@@GLOBAL.super_read_only,', does: '((turn < 2)) || exit 1' }],
    ['that answers nothing', { command: 'mysql', on: REPLICA, to: '@@GLOBAL.super_read_only,' }],
  ])('refuses a chosen one %s, and writes nothing', (_, answer) => {
    const [applied] = withState(GONE, REPLICA);
    const says = [String(applied.says), String(applied.says), '\n'];
    const run = operate('promote', [{ ...answer, says }, ...BOTH], { APPLY_SECONDS_MAX: '300' });
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${REPLICA} did not apply its relay log within 300 s`);
    expect(changes(run)).toEqual([...STOPPED, ...STARTED]);
  });

  test.each<[string, string, string]>([
    ['a refusal of the password', 'ERROR 1045 (28000): Access denied',
      'refuses the password of monitor that the Secret has now: it is alive'],
    ['an error', 'ERROR 1040 (HY000): Too many connections', 'answers with error 1040: it is alive'],
  ])('refuses while the source answers with %s', (_, text, reason) => {
    const run = operate('promote', [error(SOURCE, text), ...BOTH]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: the source ${SOURCE} ${reason}`);
    expect(changes(run)).toEqual([]);
  });

  test('says that a replica refuses the password: it need not be done without', () => {
    const run = operate('promote', [error(OTHER, 'ERROR 1045 (28000): Access denied'), ...replica(REPLICA)]);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${OTHER} refuses the password of monitor that the Secret has now and may be the most advanced; `
      + `bring it back, or continue without it: WITHOUT=${OTHER}`);
  });

  test('goes on when nobody says when the last transaction was', () => {
    const run = operate('promote', [
      { command: 'mysql', on: REPLICA, to: 'original_commit_timestamp FROM', status: 1 },
      ...opening(REPLICA), ...withoutData(OTHER), NO_POD,
    ]);
    expect(run.status).toBe(0);
    expect(run.log.find((line) => line.startsWith('the cluster lost'))).toContain('of an unknown time UTC');
  });
});

describeScript('a switchover whose source does not take all that closes it', () => {
  const promoted = { epoch: 1, source: REPLICA };
  const fails = (answer: string): Answer => (
    { command: 'mysql', on: REPLICA, to: 'cdk8s_stateful.role', does: `touch "$RUN/told"; ${answer}exit 1` });
  const target = opening(SOURCE, promoted, { followed: hostOf(REPLICA), receiver: 'ON', heard: 1 });

  test('refuses when it has no promotion', () => {
    const run = operate('switchover', [fails(''), ...withData(REPLICA, { ...promoted, readOnly: 0 }), ...target]);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${REPLICA} cannot be closed, see above: its agent opens it again unless it has the promotion; `
      + 'run the switchover again');
    expect(run.calls.some(({ command }) => command === 'curl')).toBe(false);
  });

  test('goes on when it has it', () => {
    const after = `printf '%s' '${String(withData(REPLICA, { epoch: 2, source: SOURCE })[0].says)}'`;
    const run = operate('switchover', [
      fails('touch "$RUN/promoted"; '), until('told', REPLICA, withData(REPLICA, { ...promoted, readOnly: 0 }), after), ...target, NO_POD,
    ]);
    expect(run.status).toBe(0);
    expect(run.log.at(-1)).toBe(`${SOURCE} is the source and open for writes`);
  });
});
