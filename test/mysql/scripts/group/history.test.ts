import { Answer, describeScript } from '../../../support/bash';
import { FIRST, member, OUT, SECOND, sees, STILL, tells, tellsInGroup, THIRD, Told } from './members';

const LAST = (row: string, more: Partial<Answer> = {}): Answer => (
  { command: 'mysql', on: 'local', to: 'UNIX_TIMESTAMP(promoted_at) FROM', says: row, ...more });
const HISTORY = (row: string, more: Partial<Answer> = {}): Answer => (
  { command: 'mysql', on: SECOND, to: '@promotion', says: row, ...more });
const FAILS = (error: string) => HISTORY('', { status: 1, does: `echo "${error}" >&2` });
const PROMOTED = '7\tmysql-0\t1000\n';

const LACKS = (what: string) => `ERRANT report_errant the group of ${SECOND} does not have the transactions ${what} of this member; `
  + 'nothing is removed; see "A member has errant transactions" in the operations guide';
const JOINS = `JOINING join the group of ${SECOND} has all of this member's transactions: joining it`;
const NOT_COMPARED = `NOT_COMPARED withdraw its transactions could not be compared with those of ${SECOND}, see above`;
const APPLYING = 'APPLYING apply_received applying what it received of the group that it was in';

/** What the first member decides while it is in no group, and what it asked the primary. */
function decides(answers: Answer[], others = [...tellsInGroup(SECOND, 'PRIMARY'), ...tells(THIRD)]) {
  const bash = member(FIRST);
  bash.answers(...answers, ...others, ...tells(FIRST));
  const run = bash.run('agent.sh', `${STILL}write_remote_options monitor; ${sees(OUT)}observe; decide; echo "$REPLY"`);
  return { decision: run.output.trimEnd(), asked: run.calls.find(({ input }) => input.includes('@promotion'))?.input ?? '' };
}

describeScript('a member that joins has the history of the group, whatever the numbers of transactions say', () => {
  test.each<[string, Answer[], string]>([
    ['goes on from it', [HISTORY('history\t1\t-\n')], JOINS],
    ['had all of it when it began', [HISTORY('history\t1\tg:1-9\n')], JOINS],
    ['had less of it when it began', [HISTORY('history\t1\tg:1-4\n')], LACKS('g:5')],
    ['knows nothing of its last promotion', [HISTORY('history\t0\t-\n')], LACKS('since promotion 7, of mysql-0')],
    ['knows nothing of its last promotion yet',
      [HISTORY('history\t0\t-\n'), ...tellsInGroup(SECOND, 'PRIMARY', { executed: 'g:1-4', received: 'g:5' })], NOT_COMPARED],
    ['has a table of an earlier version', [FAILS('ERROR 1054 (42S22) at line 3: Unknown column')], JOINS],
    ['does not answer', [FAILS('ERROR 2003 (HY000): no')], NOT_COMPARED],
    ['says nothing', [HISTORY('')], NOT_COMPARED],
    ['says only a part', [HISTORY('history\n')], NOT_COMPARED],
  ])('which %s', (_, history, decision) => {
    const run = decides([LAST(PROMOTED), ...history]);
    expect(run.decision).toBe(decision);
    expect(run.asked).toContain('SET @promotion = 7, @source = \'mysql-0\', @promoted_at = 1000;');
  });

  test('from the first promotion on, when it knows of none', () => {
    const run = decides([LAST(''), HISTORY('history\t1\tg:1-4\n')]);
    expect(run.decision).toBe(LACKS('g:5'));
    expect(run.asked).toContain('SET @promotion = 0,');
  });

  test('or waits, when its own server does not say which promotions it knows', () => {
    expect(decides([LAST('', { status: 1 })])).toEqual({ decision: NOT_COMPARED, asked: '' });
  });
});

describeScript('a group is not bootstrapped', () => {
  test.each<[string, Told, string]>([
    ['a later promotion', { epoch: 4, source: SECOND }, '4, of mysql-1'],
    ['another one of the same number', { epoch: 3, source: THIRD }, '3, of mysql-2'],
  ])('with the most transactions when another member knows of %s', (_, told, promotion) => {
    const known = { epoch: 3, source: SECOND };
    expect(decides([...tells(FIRST, { ...known, executed: 'g:1-9' })], [...tells(SECOND, told), ...tells(THIRD, known)]).decision).toBe(
      `DATA_DIFFERS withdraw not bootstrapping: members have different transactions: ${SECOND} knows of promotion ${promotion}; ${FIRST}, `
      + 'which has as many transactions, does not; see "No group" in the operations guide');
  });

  test('by a member that knows of fewer promotions because it still applies: it waits for that', () => {
    const more = tells(SECOND, { epoch: 3, source: SECOND, executed: 'g:1-5', received: 'g:6-9' });
    const own = tells(FIRST, { epoch: 4, source: FIRST, executed: 'g:1-7' });
    expect(decides(own, [...more, ...tells(THIRD)]).decision).toMatch(/^BOOTSTRAP_WAITING /);
  });
});

describeScript('what a member received of its group', () => {
  test('is applied before histories are compared, and before a group is bootstrapped', () => {
    const own = tells(FIRST, { received: 'g:2-6' });
    const group = tellsInGroup(SECOND, 'PRIMARY', { executed: 'g:1-6' });
    expect(decides([LAST(PROMOTED), HISTORY('history\t0\t-\n'), ...own], [...group, ...tells(THIRD)]))
      .toEqual({ decision: APPLYING, asked: '' });
    expect(decides(own, [...tells(SECOND), ...tells(THIRD)]).decision).toBe(APPLYING);
  });

  test('is not applied when the group does not have it', () => {
    expect(decides(tells(FIRST, { received: 's:1' })).decision).toBe(LACKS('s:1'));
  });

  test('is nothing to apply when it has been, and is not known when the server does not say', () => {
    const own = tells(FIRST, { received: 'g:2-5' });
    const others = [...tells(SECOND), ...tells(THIRD)];
    expect(decides(own, others).decision).toMatch(/^BOOTSTRAPPING /);
    expect(decides([{ command: 'mysql', on: 'local', to: 'GTID_SUBTRACT', status: 1 }, ...own], others).decision).toMatch(/^NOT_COMPARED /);
  });
});
