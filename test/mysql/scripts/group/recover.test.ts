import { Answer, describeScript, Run } from '../../../support/bash';
import { FIRST, hasNone, member, MEMBERS, SECOND, statements, tells, tellsInGroup, THIRD, Told } from './members';
import { bootstraps, FLAG_OFF, votes } from './votes';

// Time flies: a pause is as long as all that an operation waits.
const QUICK = 'sleep() { SECONDS=$((SECONDS + 220)); }; ';
const WORD = 'short word';

/** A member that is in no group until it bootstraps one. */
function forms(name: string, told: Told = {}): Answer[] {
  const [before] = tells(name, told);
  const [after] = tellsInGroup(name, 'PRIMARY', told);
  return [
    { ...before, says: undefined, does: `[[ -e $RUN/formed ]] && printf '%s' '${String(after.says)}' || printf '%s' '${String(before.says)}'` },
    { command: 'mysql', on: name, to: 'START GROUP_REPLICATION', does: 'touch "$RUN/formed"' },
    { command: 'mysql', on: name, to: 'bootstrap_group = OFF' },
  ];
}

function recover(answers: Answer[], environment: Record<string, string> = {}, first: Answer[] = []): Run & { formed: string[] } {
  const bash = member('mysql-recover-x7z', environment);
  bash.password('secrets/replication-password', WORD);
  bash.answers(...first, ...MEMBERS.map((name) => votes(name)), ...answers);
  const run = bash.run('operate.sh', `${QUICK}main recover`);
  return { ...run, formed: MEMBERS.flatMap((name) => statements(run.calls, name).map((text) => `${name}: ${text}`)) };
}

/** What bootstrapping a group on a member is in full: with the votes of those that are not excused, and with the flag OFF at last. */
function isFormedOn(run: ReturnType<typeof recover>, name: string, voters: string[]): void {
  expect(run.status).toBe(0);
  expect(run.formed).toEqual([`${name}: ${bootstraps(name, WORD)}`, `${name}: ${FLAG_OFF}`]);
  expect(run.calls.filter((call) => call.arguments.includes('GET_LOCK')).map(({ on }) => on).sort()).toEqual(voters);
  expect(run.log.slice(-2)).toEqual([
    `${name} bootstraps the group`,
    `the group of ${name} works; the others join by themselves, and members with other transactions stay out and report it`,
  ]);
}

describeScript('recover', () => {
  test('lets the one that has all bootstrap the group, when all answer, and names what each has, merged', () => {
    const run = recover([
      { command: 'mysql', on: FIRST, to: 'GTID_SUBTRACT(\'g:1-5,g:6\', \'\')', says: 'rest:g:1-6\n' },
      ...tells(FIRST), ...forms(SECOND, { executed: 'g:1-6' }), ...tells(THIRD, { received: 'g:6' }),
    ]);
    isFormedOn(run, SECOND, MEMBERS);
    expect(run.log.slice(0, 3)).toEqual([
      `${FIRST} is OFFLINE, -, and has the transactions g:1-5`, `${SECOND} is OFFLINE, -, and has the transactions g:1-6`,
      `${THIRD} is OFFLINE, -, and has the transactions g:1-6`,
    ]);
  });

  test.each<[string, Answer[], string, string, string[]]>([
    ['one that does not answer', [...forms(FIRST), ...tells(SECOND)], THIRD, FIRST, [FIRST, SECOND]],
    ['two that do not answer', forms(SECOND), `${FIRST} ${THIRD}`, SECOND, [SECOND]],
    ['one that lost its data and was the last primary',
      [...forms(FIRST, { epoch: 3, source: THIRD }), ...tells(SECOND), ...hasNone(THIRD)], THIRD, FIRST, [FIRST, SECOND]],
    ['one that has data',
      [...tells(FIRST, { executed: 'g:1-5,s:1' }), ...forms(SECOND, { executed: 'g:1-6' }), ...tells(THIRD)], FIRST, SECOND, [SECOND,
        THIRD]],
    ['one in what is left of a group',
      [...forms(FIRST), ...tells(SECOND), ...tells(THIRD, { state: 'ONLINE', role: 'PRIMARY' })], THIRD, FIRST, [FIRST, SECOND]],
  ])('does without %s, when an operator says so', (_, answers, without, chosen, voters) => {
    isFormedOn(recover(answers, { WITHOUT: without }), chosen, voters);
  });

  test('takes the one that an operator names, when members have different data', () => {
    const answers = [...tells(FIRST, { executed: 'g:1-6' }), ...forms(SECOND, { executed: 'g:1-5,s:1' }), ...tells(THIRD)];
    isFormedOn(recover(answers, { MEMBER: SECOND }), SECOND, MEMBERS);
  });

  test('needs no one else for members that have no data and were not the last primary', () => {
    isFormedOn(recover([...forms(FIRST, { epoch: 3, source: FIRST }), ...hasNone(SECOND), ...hasNone(THIRD)]), FIRST, [FIRST]);
  });

  test.each<[string, string]>([['RECOVERING, with a majority', 'RECOVERING'], ['ONLINE without quorum', 'ONLINE']])(
    'waits until a member that is %s has left what is left of its group: its agent sees to it', (_, state) => {
      const majority = state === 'RECOVERING' ? 1 : 0;
      const says = [{ state, majority }, {}].map((told) => String(tells(THIRD, told)[0].says));
      const run = recover([...forms(FIRST), ...tells(SECOND), { ...tells(THIRD)[0], says }], { GIVE_UP_SECONDS_MAX: '300' });
      expect(run.log[0]).toBe(`waiting: ${THIRD} is ${state} in a group that does not work; its agent has it leave that group`);
      isFormedOn(run, FIRST, MEMBERS);
    });

  const all = MEMBERS.flatMap((name) => tells(name));
  const SILENT = `${SECOND} does not answer and may hold newer transactions, or be in a group; bring it back, or go on without it: WITHOUT=${SECOND}`;
  const STILL = (state: string) => `${SECOND} is ${state} in a group that does not work, and did not leave it within 90 s: see the log of the agent there; `
    + 'STOP GROUP_REPLICATION on that member makes it leave';

  test.each<[string, Answer[], string, Record<string, string>?]>([
    ['while a group works', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), ...tells(THIRD)],
      `${FIRST} ${SECOND} are in a group that works`],
    ['while a group works, whatever an operator says', [...tellsInGroup(SECOND), ...tells(THIRD)],
      `${SECOND} are in a group that works`, { WITHOUT: `${FIRST} ${SECOND}`, MEMBER: THIRD }],
    ['while one is in a group without quorum, and stays there',
      [...tells(FIRST), ...tells(SECOND, { state: 'ONLINE', role: 'PRIMARY' }), ...tells(THIRD)],
      STILL('ONLINE')],
    ['while one recovers, and goes on with it', [...tells(FIRST), ...tells(SECOND, { state: 'RECOVERING', majority: 1 }), ...tells(THIRD)],
      STILL('RECOVERING')],
    ['when no one answers', [], 'no member with data answers'],
    ['when no one has data', MEMBERS.flatMap((name) => hasNone(name)), 'no member with data answers'],
    ['when an operator does without all with data', [...tells(FIRST), ...hasNone(SECOND), ...hasNone(THIRD)], 'no member with data answers',
      { WITHOUT: FIRST }],
    ['when one does not answer', [...tells(FIRST), ...tells(THIRD)],
      SILENT],
    ['when one answers nothing', [...tells(FIRST), { command: 'mysql', on: SECOND, to: 'gtid_purged', says: '' }, ...tells(THIRD)],
      SILENT],
    ['when another one than the named one does not answer', [...tells(FIRST), ...hasNone(THIRD)],
      SILENT, { WITHOUT: THIRD }],
    ['when the last primary lost its data', [...tells(FIRST, { epoch: 3, source: SECOND }), ...hasNone(SECOND), ...tells(THIRD)],
      `${SECOND}, the last primary, has lost its data: what it acknowledged at last may be nowhere else; to go on without it: WITHOUT=${SECOND}`],
    ['when members have different data', [...tells(FIRST, { executed: 'g:1-6' }), ...tells(SECOND, { executed: 's:1' }), ...tells(THIRD)],
      `members have different transactions: ${FIRST} knows g:1-6, ${SECOND} knows s:1, ${THIRD} knows g:1-5; say which of them stays: MEMBER=...`],
    ['when what they know is not compared', [{ command: 'mysql', on: FIRST, to: 'GTID_SUBSET', status: 1 }, ...all],
      'the transactions of the members cannot be compared, see above'],
    ['for a stranger', all, `MEMBER is mysql-7, which is not one of ${MEMBERS.join(' ')}`, { MEMBER: 'mysql-7' }],
    ['for one without data', [...tells(FIRST), ...hasNone(SECOND), ...tells(THIRD)],
      `MEMBER is ${SECOND}, which is not one of ${FIRST} ${THIRD}`,
      { MEMBER: SECOND }],
  ])('refuses %s', (_, answers, reason, environment = {}) => {
    const run = recover(answers, environment);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: refused: ${reason}`);
    expect(run.formed).toEqual([]);
  });
});

describeScript('recover, when bootstrapping fails', () => {
  const refuses: Answer = { command: 'mysql', on: FIRST, to: 'START GROUP_REPLICATION', status: 1 };
  const others = [...tells(SECOND), ...tells(THIRD)];
  const NOT = `ERROR: refused: ${FIRST} did not bootstrap the group: `;

  test('sets the flag OFF all the same, and says where to look', () => {
    const run = recover([refuses, ...forms(FIRST), ...others]);
    expect(run.status).toBe(1);
    expect(run.formed).toEqual([`${FIRST}: ${bootstraps(FIRST, WORD)}`, `${FIRST}: ${FLAG_OFF}`]);
    expect(run.log.at(-1)).toBe(`${NOT}START GROUP_REPLICATION failed on ${FIRST}, see above and the log of its mysqld`);
  });

  test('says so when it started, and no group works after that', () => {
    const run = recover([...tells(FIRST), ...others, { command: 'mysql', on: FIRST }]);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`${NOT}see the log of its mysqld`);
  });

  test.each<[string, (told: Told) => Answer[], string]>([
    ['a group works by then', (told) => tellsInGroup(THIRD, 'PRIMARY', told), `${THIRD} are in a group that works`],
    ['another one has more by then', (told) => tells(THIRD, { ...told, executed: 'g:1-9' }),
      `${THIRD} has all transactions by now, and not ${FIRST}`],
    ['another one differs by then', (told) => tells(THIRD, { ...told, executed: 'g:1-4,s:1' }),
      `members have different transactions: ${FIRST} knows g:1-5, ${SECOND} knows g:1-5, ${THIRD} knows g:1-4,s:1; say which of them stays: MEMBER=...`],
  ])('does nothing when, once the votes are taken, %s', (_, later, reason) => {
    const says = [tells(THIRD), later({})].map(([answer]) => String(answer.says));
    const run = recover([...forms(FIRST), ...tells(SECOND), { ...tells(THIRD)[0], says }]);
    expect(run).toMatchObject({ status: 1, formed: [] });
    expect(run.log.at(-1)).toBe(NOT + reason);
  });

  test('does nothing when a member does not vote: an agent bootstraps', () => {
    const run = recover([...forms(FIRST), ...others], {}, [votes(THIRD, '0\n')]);
    expect(run).toMatchObject({ status: 1, formed: [] });
    expect(run.log.at(-1)).toBe(`${NOT}${THIRD} did not give its vote: 0`);
  });
});
