import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { FIRST, member, Own, SECOND, statements, tells, tellsInGroup, THIRD, tick, verdict } from './members';

const OUT: Own = { state: 'OFFLINE', role: '-', majority: 0, online: 0, primary: '-' };
const WORKS = [...tellsInGroup(FIRST, 'PRIMARY'), ...tells(THIRD)];
const START = expect.stringMatching(/START GROUP_REPLICATION;$/) as string;
const FLAG_OFF = 'SET GLOBAL group_replication_bootstrap_group = OFF';

describeScript('a member that was copied', () => {
  const RESET = 'RESET REPLICA ALL FOR CHANNEL \'group_replication_applier\'';

  test('forgets what the copy says of the applier, once, before it starts', () => {
    const bash = member(THIRD);
    bash.file('volume/cloned', '');
    const run = tick(bash, OUT, WORKS, 'once; once');
    expect(statements(run.calls)).toEqual([RESET, START, FLAG_OFF, START, FLAG_OFF]);
    expect(bash.exists('volume/cloned')).toBe(false);
  });

  test('does not start when it cannot, and remembers', () => {
    const bash = member(THIRD);
    bash.file('volume/cloned', '');
    const run = tick(bash, OUT, [{ command: 'mysql', to: 'RESET REPLICA ALL', status: 1 }, ...WORKS]);
    expect(statements(run.calls)).toEqual([RESET]);
    expect(run.log.at(-1)).toBe('could not join, see above and the log of mysqld');
    expect(bash.exists('volume/cloned')).toBe(true);
  });
});

describeScript('a member that was put out of the group', () => {
  const ERROR: Own = { ...OUT, state: 'ERROR' };
  const LEAVES = 'the server is in state ERROR: it leaves what is left of its group';

  test('leaves it, and joins again', () => {
    const run = tick(member(THIRD), ERROR, WORKS);
    expect(statements(run.calls)).toEqual(['STOP GROUP_REPLICATION', START, FLAG_OFF]);
    expect(run.log.slice(1)).toEqual([LEAVES, `joining the group of ${FIRST}, which has all of g:1-5`]);
  });

  test('does nothing else when it cannot leave', () => {
    const run = tick(member(THIRD), ERROR, [{ command: 'mysql', on: 'local', to: 'STOP GROUP', status: 1 }, ...WORKS]);
    expect(statements(run.calls)).toEqual(['STOP GROUP_REPLICATION']);
    expect(run.log.slice(1)).toEqual([LEAVES, 'that went wrong (status 1)']);
    expect(run.calls.map(({ on }) => on)).not.toContain(FIRST);
  });

  test('serves again when a recovery that failed has switched it off', () => {
    const run = tick(member(THIRD), { ...OUT, offline: 1 }, WORKS);
    expect(statements(run.calls)).toEqual(['SET GLOBAL offline_mode = OFF', START, FLAG_OFF]);
    expect(run.log[1]).toBe('the server is in offline mode, of a recovery that failed: it may serve again');
  });

  test('does nothing else when it cannot be switched on', () => {
    const refuses: Answer = { command: 'mysql', on: 'local', to: 'offline_mode = OFF', status: 1 };
    const run = tick(member(THIRD), { ...OUT, offline: 1 }, [refuses, ...WORKS]);
    expect(statements(run.calls)).toEqual(['SET GLOBAL offline_mode = OFF']);
  });
});

describeScript('the password with which members speak to each other', () => {
  const SHORT = 'short replication word';
  const CHANGE = `CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = '${SHORT}' FOR CHANNEL 'group_replication_recovery'`;
  const CHANGED = 'the password of replication changed: the group uses the new one';
  const used = (says: string): Answer => ({ command: 'mysql', on: 'local', to: 'mysql.slave_master_info', says });

  /** The function that `READY` of members.ts leaves out. */
  function keeps(answer: Answer, shell = 'keep_recovery_password || echo failed', bash = known()): Run & { bash: Sandbox } {
    bash.answers(answer);
    return { ...bash.run('agent.sh', shell), bash };
  }

  function known(): Sandbox {
    const bash = member(THIRD);
    bash.password('secrets/replication-password', SHORT);
    return bash;
  }

  test.each<[string, string, string[], string[]]>([
    ['is given to a server that has none', '', [CHANGE], []],
    ['stays when it is the one of the Secret', `replication\t${SHORT}\n`, [], []],
    ['is changed when it is an older one', 'replication\told\n', [CHANGE], [CHANGED]],
    ['is changed when the account has none', 'replication\t\n', [CHANGE], [CHANGED]],
    ['stays when MySQL Shell has put an account of its own there', 'mysql_innodb_cluster_1002\tother\n', [], []],
  ])('%s', (_, says, expected, log) => {
    const run = keeps(used(says));
    expect(statements(run.calls)).toEqual(expected);
    expect(run).toMatchObject({ log, output: '' });
  });

  test('is looked at again only when the Secret has changed', () => {
    const shell = 'keep_recovery_password; keep_recovery_password; printf another >"$SECRETS/replication-password"; keep_recovery_password';
    expect(keeps(used(`replication\t${SHORT}\n`), shell).calls.filter(({ input }) => input.includes('slave_master_info'))).toHaveLength(2);
  });

  test('is left alone when the server does not say which one it has', () => {
    const run = keeps({ ...used(''), status: 1 }, 'keep_recovery_password || echo failed; keep_recovery_password || echo failed');
    expect(run.output).toBe('failed\nfailed\n'); // and it is asked again
    expect(statements(run.calls)).toEqual([]);
  });

  test('is tried again when the server did not take it', () => {
    const refuses: Answer = { command: 'mysql', on: 'local', to: 'CHANGE REPLICATION', does: '((turn > 0)) || exit 1' };
    const bash = known();
    bash.answers(refuses);
    const run = keeps(used(''), 'keep_recovery_password || echo failed; keep_recovery_password || echo failed', bash);
    expect(run.output).toBe('failed\n');
    expect(statements(run.calls)).toEqual([CHANGE, CHANGE]);
  });

  test('is looked at with each start, since a server with a new copy has none', () => {
    const bash = known();
    bash.answers(...WORKS);
    const start = 'members; view "${members[@]}"; start_group OFF; ';
    const run = keeps(used(`replication\t${SHORT}\n`), start + start, bash);
    expect(run.calls.filter(({ input }) => input.includes('slave_master_info'))).toHaveLength(2);
  });

  test('is asked for with each start, and without it the server does not start', () => {
    const bash = member(THIRD);
    bash.remove('secrets/replication-password');
    bash.answers(...WORKS);
    const run = bash.run('agent.sh', `members; view "\${members[@]}"; online=(${FIRST}); join`);
    expect(statements(run.calls)).toEqual([]);
    expect(run.log).toEqual([
      `joining the group of ${FIRST}, which has all of g:1-5`, 'ERROR: key replication-password of the accounts\' Secret is missing',
      'could not join, see above and the log of mysqld',
    ]);
  });
});

describeScript('a member beyond three', () => {
  test('has a weight, too', () => {
    const bash = member('mysql-8');
    bash.file('topology/members', [...Array(9).keys()].map((ordinal) => `mysql-${ordinal}\n`).join(''));
    const run = tick(bash, OUT, [...tells('mysql-8'), ...tellsInGroup(FIRST, 'PRIMARY')]);
    expect(statements(run.calls)[0]).toContain('group_replication_member_weight = 10;');
  });

  test('joins nobody while it is in no list of members, and says why', () => {
    const bash = member('mysql-8');
    const run = tick(bash, OUT, [...tells('mysql-8'), ...tellsInGroup(FIRST, 'PRIMARY'), ...tells(SECOND)]);
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(bash)).toBe('unready this pod is in no list of members: it was scaled by hand, or the list that it sees is an old one');
  });
});
