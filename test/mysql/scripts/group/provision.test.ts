import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { FIRST, hasNone, member, SECOND, tells, tellsInGroup, THIRD } from './members';

const DECIDE = 'members; ask_all; decide; overrule; echo "$action ${donor:--}"; echo "$reason"';

function decide(bash: Sandbox, ...answers: Answer[]): string[] {
  bash.answers(...answers);
  return bash.run('provision.sh', DECIDE).output.trimEnd().split('\n');
}

describeScript('a member without data', () => {
  test.each<[string, Answer[], string, string]>([
    ['copies a secondary', [...tellsInGroup(SECOND), ...tellsInGroup(THIRD, 'PRIMARY')], SECOND, `${SECOND} ${THIRD}`],
    ['copies the last of the secondaries', [...tellsInGroup(SECOND), ...tellsInGroup(THIRD)], THIRD, `${SECOND} ${THIRD}`],
    ['copies the primary when that is alone', [...hasNone(SECOND), ...tellsInGroup(THIRD, 'PRIMARY')], THIRD, THIRD],
    ['copies a member of the group, whoever does not answer', tellsInGroup(SECOND), SECOND, SECOND],
    ['copies no member that recovers',
      [...tellsInGroup(SECOND, 'PRIMARY'), ...tellsInGroup(THIRD, 'SECONDARY', { state: 'RECOVERING' })], SECOND, SECOND],
  ])('%s', (_, answers, donor, online) => {
    expect(decide(member(FIRST), ...answers)).toEqual([`clone ${donor}`, `it is in the group of ${online}`]);
  });

  test.each<[string, string, Answer[], string]>([
    ['for the group of those with data', FIRST, [...tells(SECOND), ...hasNone(THIRD)],
      `${SECOND} have data and are to form the group first`],
    ['for it, too, while others do not answer', FIRST, tells(SECOND), `${SECOND} have data and are to form the group first`],
    ['while the group has no majority', FIRST, [...tells(SECOND, { state: 'ONLINE', role: 'PRIMARY' }), ...tells(THIRD)],
      `${SECOND} ${THIRD} have data and are to form the group first`],
    ['for one that does not answer', FIRST, hasNone(SECOND), `${THIRD} may have data and does not answer`],
    ['for all of them', FIRST, [], `${SECOND} ${THIRD} may have data and does not answer`],
    ['for one that answers nothing', FIRST, [{ command: 'mysql', on: SECOND, to: 'gtid_purged', says: '' }, ...hasNone(THIRD)],
      `${SECOND} may have data and does not answer`],
    ['for one that answers with an error', FIRST,
      [{ command: 'mysql', on: SECOND, to: 'gtid_purged', says: 'ERROR 1\n' }, ...hasNone(THIRD)],
      `${SECOND} may have data and does not answer`],
    ['for the first one, when none has any', SECOND, [...hasNone(FIRST), ...hasNone(THIRD)], `no member has data: ${FIRST} is to begin`],
  ])('waits %s', (_, pod, answers, reason) => {
    expect(decide(member(pod), ...answers)).toEqual(['wait -', reason]);
  });

  test('begins empty when it is the first one, and all others say that they have none', () => {
    expect(decide(member(FIRST), ...hasNone(SECOND), ...hasNone(THIRD))).toEqual([
      'initialise -', 'all 2 other members say that they have no data',
    ]);
  });

  test('takes what a person has decided', () => {
    const bash = member(FIRST);
    bash.file('volume/provision-from', `${THIRD}\n`);
    expect(decide(bash, ...tellsInGroup(SECOND))).toEqual([`clone ${THIRD}`, `${bash.folder}/volume/provision-from says so`]);
  });

  test('begins empty when a person says so', () => {
    const bash = member(FIRST);
    bash.file('volume/provision-empty', '');
    expect(decide(bash, ...tellsInGroup(SECOND))).toEqual([expect.stringMatching(/^initialise /),
      `${bash.folder}/volume/provision-empty says so`]);
  });

  test('waits for a person who says two things, or names a stranger', () => {
    const bash = member(FIRST);
    bash.file('volume/provision-from', 'mysql-7\n');
    expect(decide(bash, ...tellsInGroup(SECOND))).toEqual([
      'wait mysql-7', `${bash.folder}/volume/provision-from names 'mysql-7', which is not one of ${SECOND} ${THIRD}: correct it or remove it`,
    ]);
    bash.file('volume/provision-empty', '');
    expect(decide(bash, ...tellsInGroup(SECOND))[0]).toMatch(/^wait /);
  });
});

describeScript('provision', () => {
  const initialised: Answer = {
    command: 'mysqld', to: '--initialize-insecure', does: '[[ ! $arguments =~ --datadir=([^ ]*) ]] || mkdir -p "${BASH_REMATCH[1]}/mysql"',
  };
  const throwAway: Answer = { command: 'mysqld', to: '--port=3307', does: 'exec sleep 300 >/dev/null 2>&1' };
  const cloned: Answer = { command: 'mysql', on: 'recipient', to: 'CLONE INSTANCE', does: 'mkdir -p "$VOLUME/clone.tmp/mysql"' };

  function provision(bash: Sandbox, ...answers: Answer[]): ReturnType<Sandbox['runProgram']> {
    bash.answers(...answers, initialised, throwAway, cloned);
    return bash.runProgram('provision.sh');
  }

  test('makes accounts that may do what a group needs, before the data has its name', () => {
    const bash = member(FIRST);
    const { status, log, calls } = provision(bash, ...hasNone(SECOND), ...hasNone(THIRD));
    expect({ status, log }).toEqual({ status: 0, log: [
      'initializing an empty data directory: all 2 other members say that they have no data', 'the data directory is ready',
    ] });
    const made = calls.find((call) => call.arguments.includes('/my.cnf'))!;
    const lines = made.input.split('\n');
    expect(lines).toContain('GRANT GROUP_REPLICATION_STREAM ON *.* TO replication@\'%\';');
    expect(lines.filter((line) => !line.endsWith(';'))).toEqual([]);
    expect(lines.findIndex((line) => line.startsWith('CREATE USER IF NOT EXISTS replication@'))).toBeGreaterThan(0);
    expect(bash.list('volume')).toEqual(['data']);
  });

  test('copies a member of the group while that works, and says that it is a copy', () => {
    const bash = member(FIRST);
    const { status, log } = provision(bash, ...tellsInGroup(SECOND), ...tellsInGroup(THIRD, 'PRIMARY'));
    expect({ status, log }).toEqual({ status: 0, log: [
      `copying the data of ${SECOND}: it is in the group of ${SECOND} ${THIRD}`,
      expect.stringMatching(/^copied the data of mysql-1 in \d s$/),
      'the data directory is ready',
    ] });
    expect(bash.list('volume')).toEqual(['cloned', 'data']);
  });

  test('waits, and copies when the group is there', () => {
    const [outside] = tells(SECOND);
    const [inside] = tellsInGroup(SECOND, 'PRIMARY');
    const changes = { ...outside, says: [outside.says as string, inside.says as string] };
    const { status, log } = provision(member(THIRD), changes, ...hasNone(FIRST));
    expect(status).toBe(0);
    expect(log.slice(0, 2)).toEqual([
      `waiting: ${SECOND} have data and are to form the group first`, `copying the data of ${SECOND}: it is in the group of ${SECOND}`,
    ]);
  });

  test('leaves data alone, whatever the others say', () => {
    const bash = member(FIRST);
    bash.file('volume/data/mysql/table', '');
    expect(provision(bash, ...tellsInGroup(SECOND, 'PRIMARY'))).toMatchObject({
      status: 0, calls: [], log: ['the data directory exists: nothing to do'],
    });
  });
});
