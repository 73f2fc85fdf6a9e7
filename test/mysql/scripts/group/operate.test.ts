import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { api, FIRST, hasNone, hostOf, labels, member, MEMBERS, promotion, SECOND, statements, tells, tellsInGroup, THIRD } from './members';

const UUID = '11111111-2222-3333-4444-555555555555';
// Time flies: a pause is as long as all that an operation waits.
const QUICK = 'sleep() { SECONDS=$((SECONDS + 200)); }; ';
const takes = (name: string): Answer => ({ command: 'mysql', on: name });

function operate(operation: string, answers: Answer[], environment: Record<string, string> = {}): Run & { bash: Sandbox } {
  const bash = member('mysql-recover-x7z', environment);
  bash.password('secrets/replication-password', 'short word');
  bash.answers(...answers, api());
  return { ...bash.run('operate.sh', `${QUICK}main ${operation}`), bash };
}

/** What the operation changed: statements on members, and labels. */
function changes(run: Run): string[] {
  const changed = MEMBERS.flatMap((name) => statements(run.calls, name).filter((text) => !text.startsWith('SELECT GET_LOCK'))
    .map((text) => `${name}: ${text}`));
  return [...changed, ...labels(run)];
}

describeScript('an operation', () => {
  test('that is unknown is refused', () => {
    expect(operate('promote', []).log).toEqual(['ERROR: unknown operation \'promote\': switchover or recover']);
  });

  test('without its passwords does nothing', () => {
    const bash = member('mysql-recover-x7z');
    bash.remove('secrets/admin-password');
    expect(bash.run('operate.sh', 'main recover')).toMatchObject({
      status: 1, calls: [], log: ['ERROR: key admin-password of the accounts\' Secret is missing'],
    });
  });
});

describeScript('switchover', () => {
  const GROUP = [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), ...tellsInGroup(THIRD)];
  const listed = (name: string): Answer => ({ command: 'mysql', on: FIRST, to: `member_host = '${hostOf(name)}'`, says: `${UUID}\n` });
  const NO_PRIMARY = 'no member reports that it is the primary of a group';
  const SET = `${FIRST}: SELECT group_replication_set_as_primary('${UUID}', 10);\nSET GLOBAL offline_mode = ON;`;
  const RECORD = (name: string) => `${name}: ${promotion(name, `switchover from ${FIRST}`)}`;
  const accepts = (...names: string[]) => names.map((name): Answer => ({ ...takes(name), to: 'INSERT INTO' }));

  test('hands over to the first secondary: the old primary is fenced, the new one recorded, its label taken and given', () => {
    const run = operate('switchover', [listed(SECOND), ...GROUP, takes(FIRST), ...accepts(SECOND)]);
    expect(run.status).toBe(0);
    expect(changes(run)).toEqual([SET, RECORD(SECOND), `${FIRST}:primary=none`, `${SECOND}=primary`]);
    expect(run.log).toEqual([
      `${FIRST} is ONLINE, PRIMARY, and has the transactions g:1-5`, `${SECOND} is ONLINE, SECONDARY, and has the transactions g:1-5`,
      `${THIRD} is ONLINE, SECONDARY, and has the transactions g:1-5`, `switching over from ${FIRST} to ${SECOND}`,
      `the pod ${FIRST} had the label mysql.role=primary, and has none now`, `${SECOND} is the primary`,
    ]);
  });

  test('hands over to the one that is named', () => {
    const run = operate('switchover', [listed(THIRD), ...GROUP, takes(FIRST), ...accepts(THIRD)], { TARGET: THIRD });
    expect(changes(run)).toEqual([SET, RECORD(THIRD), `${FIRST}:primary=none`, `${THIRD}=primary`]);
  });

  test('to the primary changes nothing', () => {
    const run = operate('switchover', [...GROUP, takes(FIRST)], { TARGET: FIRST });
    expect({ status: run.status, changes: changes(run), last: run.log.at(-1) }).toEqual({
      status: 0, changes: [], last: `${FIRST} is the primary already`,
    });
  });

  test('waits longer for the group than that waits for transactions that are under way', () => {
    const { bash } = operate('switchover', []);
    const { output } = bash.run('operate.sh', 'echo "$HAND_OVER_SECONDS $HAND_OVER_SECONDS_MAX"; primary=mysql-0; '
      + 'timeout() { echo "$1" >&2; "${@:2}"; }; primary_sql <<<"DO 0" || true; member_sql admin mysql-0 <<<"DO 0" || true');
    expect(output).toBe('10 60\n');
    expect(bash.run('operate.sh', 'primary=mysql-0; timeout() { echo "for $1"; }; primary_sql <<<"DO 0"').output).toBe('for 60\n');
  });

  test.each<[string, Answer[], string, string?]>([
    ['when no one says that it is the primary', [...tells(FIRST), ...hasNone(SECOND)], NO_PRIMARY],
    ['when no one answers', [], NO_PRIMARY],
    ['when the primary lost its quorum', [...tellsInGroup(FIRST, 'PRIMARY', { majority: 0 }), ...tellsInGroup(SECOND)],
      NO_PRIMARY],
    ['when the primary is alone', tellsInGroup(FIRST, 'PRIMARY'), `TARGET is '', which is not one of ${MEMBERS.join(' ')}`],
    ['for a stranger', GROUP, `TARGET is 'mysql-7', which is not one of ${MEMBERS.join(' ')}`, 'mysql-7'],
    ['for one that is not in the group', [...tellsInGroup(FIRST, 'PRIMARY'), ...tells(SECOND), ...tellsInGroup(THIRD)],
      `${SECOND} is OFFLINE, not in the group`, SECOND],
    ['for one that does not answer', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(THIRD)], `${SECOND} is -, not in the group`,
      SECOND],
    ['when the primary does not say which one that is',
      [{ ...listed(SECOND), says: '', status: 1 }, ...GROUP], `${FIRST} no longer answers`],
    ['when the primary does not know it', [{ ...listed(SECOND), says: '' }, ...GROUP], `${FIRST} does not list ${SECOND}`],
  ])('refuses %s', (_, answers, reason, target = '') => {
    const run = operate('switchover', answers, { TARGET: target });
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(changes(run)).toEqual([]);
  });

  test('sets no label when the group did not hand over', () => {
    const run = operate('switchover', [listed(SECOND), { command: 'mysql', on: FIRST, to: 'set_as_primary', status: 1 }, ...GROUP]);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe('ERROR: refused: the group did not switch over, see above');
    expect(labels(run)).toEqual([]);
  });

  test('is done without the API server, too: the agents set the labels later', () => {
    const run = operate('switchover', [{ command: 'curl', status: 7 }, listed(SECOND), ...GROUP, takes(FIRST), ...accepts(SECOND)]);
    expect(run.status).toBe(0);
    expect(changes(run)).toEqual([SET, RECORD(SECOND), `${FIRST}:primary=none`]);
  });

  test('is done when the new primary does not record it: its agent does that, and sets the labels', () => {
    const run = operate('switchover', [listed(SECOND), ...GROUP, takes(FIRST)]);
    expect(run.status).toBe(0);
    expect(changes(run)).toEqual([SET, RECORD(SECOND)]);
    expect(run.log.slice(-2)).toEqual([`${SECOND} is elected but did not record it, see above: its agent does that`,
      `${SECOND} is the primary`]);
  });
});
