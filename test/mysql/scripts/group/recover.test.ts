import { Answer, describeScript, Run } from '../../../support/bash';
import { FIRST, hasNone, hostOf, member, MEMBERS, SECOND, statements, tells, tellsInGroup, THIRD, Told } from './members';

// Time flies: a pause is as long as all that an operation waits.
const QUICK = 'sleep() { SECONDS=$((SECONDS + 200)); }; ';
const FLAG_OFF = 'SET GLOBAL group_replication_bootstrap_group = OFF';
const START = (name: string) => [
  'SELECT IF(GET_LOCK(\'cdk8s_stateful.form\', 10), \'locked\', ST_GeomFromText(\'another one forms a group\'));',
  `SET GLOBAL group_replication_local_address = '${hostOf(name)}:3306';`,
  'SET GLOBAL group_replication_bootstrap_group = ON;',
  'START GROUP_REPLICATION USER = \'replication\', PASSWORD = \'short word\';',
].join('\n');

/** A member that is in no group until it forms one. */
function forms(name: string, told: Told = {}): Answer[] {
  const [before] = tells(name, told);
  const [after] = tellsInGroup(name, 'PRIMARY', told);
  return [
    { ...before, says: undefined, does: `[[ -e $RUN/formed ]] && printf '%s' '${String(after.says)}' || printf '%s' '${String(before.says)}'` },
    { command: 'mysql', on: name, to: 'START GROUP_REPLICATION', does: 'touch "$RUN/formed"' },
    { command: 'mysql', on: name, to: 'bootstrap_group = OFF' },
  ];
}

function recover(answers: Answer[], environment: Record<string, string> = {}): Run & { formed: string[] } {
  const bash = member('mysql-recover-x7z', environment);
  bash.password('secrets/replication-password', 'short word');
  bash.answers(...answers);
  const run = bash.run('operate.sh', `${QUICK}main recover`);
  return { ...run, formed: MEMBERS.flatMap((name) => statements(run.calls, name).map((text) => `${name}: ${text}`)) };
}

/** What forming a group on a member is in full: under the lock of the agents, and with the flag OFF at last. */
function isFormedOn(run: ReturnType<typeof recover>, name: string): void {
  expect(run.status).toBe(0);
  expect(run.calls.filter(({ input }) => input.includes('GROUP_REPLICATION USER')).map(({ on, input }) => [on, input.trim()]))
    .toEqual([[name, START(name)]]);
  expect(run.formed.at(-1)).toBe(`${name}: ${FLAG_OFF}`);
  expect(run.log.slice(-2)).toEqual([
    `${name} forms the group`, `the group of ${name} works; the others join by themselves, and members that know more stay out and say so`,
  ]);
}

describeScript('recover', () => {
  test('lets the one that has all form the group, when all answer', () => {
    const run = recover([...tells(FIRST), ...forms(SECOND, { executed: 'g:1-6' }), ...tells(THIRD, { received: 'g:6' })]);
    isFormedOn(run, SECOND);
    expect(run.log.slice(0, 3)).toEqual([
      `${FIRST} is OFFLINE, -, and knows the transactions g:1-5`, `${SECOND} is OFFLINE, -, and knows the transactions g:1-6`,
      `${THIRD} is OFFLINE, -, and knows the transactions g:1-5,g:6`,
    ]);
  });

  test.each<[string, Answer[], string, string]>([
    ['one that does not answer', [...forms(FIRST), ...tells(SECOND)], THIRD, FIRST],
    ['two that do not answer', forms(SECOND), `${FIRST} ${THIRD}`, SECOND],
    ['one that lost its data and was the last primary',
      [...forms(FIRST, { epoch: 3, source: THIRD }), ...tells(SECOND), ...hasNone(THIRD)], THIRD, FIRST],
    ['one that has data',
      [...tells(FIRST, { executed: 'g:1-5,s:1' }), ...forms(SECOND, { executed: 'g:1-6' }), ...tells(THIRD)], FIRST, SECOND],
  ])('does without %s, when a person says so', (_, answers, without, chosen) => {
    isFormedOn(recover(answers, { WITHOUT: without }), chosen);
  });

  test('takes the one that a person names, when members have different data', () => {
    const answers = [...tells(FIRST, { executed: 'g:1-6' }), ...forms(SECOND, { executed: 'g:1-5,s:1' }), ...tells(THIRD)];
    isFormedOn(recover(answers, { MEMBER: SECOND }), SECOND);
  });

  test('needs nobody else for members that have no data and were not the last primary', () => {
    isFormedOn(recover([...forms(FIRST, { epoch: 3, source: FIRST }), ...hasNone(SECOND), ...hasNone(THIRD)]), FIRST);
  });

  const all = MEMBERS.flatMap((name) => tells(name));

  test.each<[string, Answer[], string, Record<string, string>?]>([
    ['while a group works', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), ...tells(THIRD)],
      `${FIRST} ${SECOND} are in a group that works`],
    ['while a group works, whatever a person says', [...tellsInGroup(SECOND), ...tells(THIRD)],
      `${SECOND} are in a group that works`, { WITHOUT: `${FIRST} ${SECOND}`, MEMBER: THIRD }],
    ['while one is in a group without a majority',
      [...tells(FIRST), ...tells(SECOND, { state: 'ONLINE', role: 'PRIMARY' }), ...tells(THIRD)],
      `${SECOND} is still ONLINE in a group without a majority; it gives up by itself: try again`],
    ['while one recovers', [...tells(FIRST), ...tells(SECOND, { state: 'RECOVERING' }), ...tells(THIRD)],
      `${SECOND} is still RECOVERING in a group without a majority; it gives up by itself: try again`],
    ['when nobody answers', [], 'no member with data answers'],
    ['when nobody has data', MEMBERS.flatMap((name) => hasNone(name)), 'no member with data answers'],
    ['when a person does without all with data', [...tells(FIRST), ...hasNone(SECOND), ...hasNone(THIRD)], 'no member with data answers',
      { WITHOUT: FIRST }],
    ['when one does not answer', [...tells(FIRST), ...tells(THIRD)],
      `${SECOND} does not answer and may know more, or be in a group; bring it back, or do without it: WITHOUT=${SECOND}`],
    ['when one answers nothing', [...tells(FIRST), { command: 'mysql', on: SECOND, to: 'gtid_purged', says: '' }, ...tells(THIRD)],
      `${SECOND} does not answer and may know more, or be in a group; bring it back, or do without it: WITHOUT=${SECOND}`],
    ['when another one than the named one does not answer', [...tells(FIRST), ...hasNone(THIRD)],
      `${SECOND} does not answer and may know more, or be in a group; bring it back, or do without it: WITHOUT=${SECOND}`, { WITHOUT: THIRD }],
    ['when the last primary lost its data', [...tells(FIRST, { epoch: 3, source: SECOND }), ...hasNone(SECOND), ...tells(THIRD)],
      `${SECOND}, the last primary, has lost its data: what it acknowledged at last may be nowhere else; to go on: WITHOUT=${SECOND}`],
    ['when members have different data', [...tells(FIRST, { executed: 'g:1-6' }), ...tells(SECOND, { executed: 's:1' }), ...tells(THIRD)],
      `members have different data: ${FIRST} knows g:1-6, ${SECOND} knows s:1, ${THIRD} knows g:1-5; say which is to stay: MEMBER=...`],
    ['when what they know is not compared', [{ command: 'mysql', on: FIRST, to: 'GTID_SUBSET', status: 1 }, ...all],
      'it is not known which member has all that the others have, see above'],
    ['for a stranger', all, `MEMBER is mysql-7, which is none of ${MEMBERS.join(' ')}`, { MEMBER: 'mysql-7' }],
    ['for one without data', [...tells(FIRST), ...hasNone(SECOND), ...tells(THIRD)], `MEMBER is ${SECOND}, which is none of ${FIRST} ${THIRD}`,
      { MEMBER: SECOND }],
  ])('refuses %s', (_, answers, reason, environment = {}) => {
    const run = recover(answers, environment);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`refused: ${reason}`);
    expect(run.formed).toEqual([]);
  });
});

describeScript('recover, when forming fails', () => {
  const refuses: Answer = { command: 'mysql', on: FIRST, to: 'START GROUP_REPLICATION', status: 1 };
  const others = [...tells(SECOND), ...tells(THIRD)];

  test('sets the flag OFF all the same, waits, and says where to look', () => {
    const run = recover([refuses, ...forms(FIRST), ...others]);
    expect(run.status).toBe(1);
    expect(run.formed).toEqual([`${FIRST}: ${FLAG_OFF}`]);
    expect(run.log.slice(-3)).toEqual([
      `${FIRST} forms the group`, `${FIRST} did not start, see above`, `refused: ${FIRST} did not form a group: see the log of its mysqld`,
    ]);
  });

  test('says when the flag may be ON still', () => {
    const run = recover([{ command: 'mysql', on: FIRST, to: 'bootstrap_group = OFF', status: 1 }, ...forms(FIRST), ...others]);
    expect(run.log).toContain(`ERROR: group_replication_bootstrap_group of ${FIRST} may be ON still, see above: set it OFF`);
    expect(run.status).toBe(0);
  });
});
