import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { FIRST, hasNone, member, SECOND, tells, tellsInGroup, THIRD } from './members';

const DECIDE = 'members; ask_all; decide; restore_instead; overrule; echo "$action ${donor:--}"; echo "$reason"';

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

describeScript('where a restore is asked for, a member without data', () => {
  const HOST = 'mysql-restore.shop.svc.cluster.local';
  const serves = (more: Partial<Answer> = {}): Answer => ({ command: 'mysql', on: 'mysql-restore', to: 'SELECT 1', says: '1\n', ...more });
  const none = [...hasNone(SECOND), ...hasNone(THIRD)];
  const waits = `no member has data: waiting for the restore at ${HOST}`;

  function restored(answers: Answer[], { file = `${HOST}\n`, pod = FIRST, volume = '' } = {}): string[] {
    const bash = member(pod);
    bash.file('topology/restore', file);
    if (volume !== '') {
      bash.file(`volume/${volume}`, `${SECOND}\n`);
    }
    return decide(bash, ...answers).map((line) => line.replaceAll(bash.folder, ''));
  }

  test.each<[string, Answer[], Parameters<typeof restored>[1], string[]]>([
    ['copies what the restore serves', [serves(), ...none], {}, [`clone the restore at ${HOST}`, 'no member has data']],
    ['waits while the restore does not listen', none, {}, ['wait -', waits]],
    ['waits while the restore answers something else', [serves({ says: 'x\n' }), ...none], {}, ['wait -', waits]],
    ['waits while the restore refuses it', [serves({ status: 1, does: 'echo "ERROR 1045 (28000): x" >&2', says: '' }), ...none], {},
      ['wait -', `${waits}, which answers with error 1045`]],
    ['waits for a file with a name', [serves(), ...none], { file: '\n' }, ['wait -', '/topology/restore names no host: correct it']],
    ['waits for a file with one name', [serves(), ...none], { file: `${HOST} other\n` },
      ['wait -', '/topology/restore names no host: correct it']],
    ['waits for one that does not answer', [serves(), ...hasNone(SECOND)], {}, ['wait -', `${THIRD} may have data and does not answer`]],
    ['waits for the first one', [serves(), ...hasNone(FIRST), ...hasNone(SECOND)], { pod: THIRD },
      ['wait -', `no member has data: ${FIRST} is to begin`]],
    ['copies a member of the group', [serves(), ...tellsInGroup(SECOND)], {}, [`clone ${SECOND}`, `it is in the group of ${SECOND}`]],
    ['begins empty when a person says so', [serves(), ...none], { volume: 'provision-empty' },
      ['initialise the restore at ' + HOST, '/volume/provision-empty says so']],
    ['copies the member that a person names', [serves(), ...tells(SECOND)], { volume: 'provision-from' },
      [`clone ${SECOND}`, '/volume/provision-from says so']],
  ])('%s', (_, answers, options, expected) => {
    expect(restored(answers, options)).toEqual(expected);
  });

  test.each([[false, 'REQUIRED'], [true, 'VERIFY_CA']])('asks the donor with TLS, like CLONE: with an authority %s, %s', (authority,
    mode) => {
    const bash = member(FIRST);
    bash.file('topology/restore', HOST);
    if (authority) {
      bash.certificate();
    }
    bash.answers(serves(), ...none);
    const { calls } = bash.run('provision.sh', DECIDE);
    const asked = calls.filter(({ on }) => on === 'mysql-restore').map(({ arguments: argv }) => argv);
    expect(asked).toEqual([expect.stringMatching(new RegExp(`/run/monitor\\.cnf --host=${HOST} --port=3306 --ssl-mode=${mode} `))]);
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

  test('a restore is copied when it is there, and brings nothing of replication', () => {
    const bash = member(FIRST);
    bash.file('topology/restore', 'mysql-restore.shop.svc.cluster.local\n');
    const donor: Answer = { command: 'mysql', on: 'mysql-restore', to: 'SELECT 1', says: ['', '1\n'] };
    const { status, log, calls } = provision(bash, donor, ...hasNone(SECOND), ...hasNone(THIRD));
    expect({ status, log }).toEqual({ status: 0, log: [
      'waiting: no member has data: waiting for the restore at mysql-restore.shop.svc.cluster.local',
      'copying the data of the restore at mysql-restore.shop.svc.cluster.local: no member has data',
      expect.stringMatching(/^copied the data of the restore at mysql-restore\.shop\.svc\.cluster\.local in \d s$/),
      'the data directory is ready',
    ] });
    expect(calls.find(({ input }) => input.includes('CLONE INSTANCE'))!.input)
      .toContain('CLONE INSTANCE FROM clone@\'mysql-restore.shop.svc.cluster.local\':3306 ');
    expect(bash.list('volume')).toEqual(['data']);
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
