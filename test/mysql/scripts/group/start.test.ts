import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { FIRST, member, OUT, statements, tells, tellsInGroup, THIRD, tick, verdict } from './members';
import { joins, letsJoin } from './votes';

const WORKS = [letsJoin(), ...tellsInGroup(FIRST, 'PRIMARY'), ...tells(THIRD)];
const SHORT = 'short replication word';

describeScript('a member that was copied', () => {
  const RESET = 'RESET REPLICA ALL FOR CHANNEL \'group_replication_applier\'';

  function copied(answers: Answer[]): Run & { bash: Sandbox } {
    const bash = member(THIRD);
    bash.file('volume/cloned', '');
    return { ...tick(bash, OUT, answers, 'once; once'), bash };
  }

  test('forgets what the copy says of the applier, once, before it joins', () => {
    const run = copied(WORKS);
    expect(statements(run.calls)).toEqual([RESET, joins(THIRD)]);
    expect(run.log[1]).toBe('unready: NEW_COPY: the data is a new copy: removing what it brings of its donor');
    expect(run.bash.exists('volume/cloned')).toBe(false);
  });

  test('does not join when it cannot, and remembers', () => {
    const run = copied([{ command: 'mysql', to: 'RESET REPLICA ALL', status: 1 }, ...WORKS]);
    expect(statements(run.calls)).toEqual([RESET, RESET]);
    expect(run.log.at(-1)).toBe('NEW_COPY: forget_donor did not complete, see above');
    expect(verdict(run.bash)).toMatch(/^unready NEW_COPY: /);
    expect(run.bash.exists('volume/cloned')).toBe(true);
  });
});

describeScript('the password with which members speak to each other', () => {
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
    const start = 'members; view "${members[@]}"; join_group; ';
    const run = keeps(used(`replication\t${SHORT}\n`), start + start);
    expect(run.calls.filter(({ input }) => input.includes('slave_master_info'))).toHaveLength(2);
  });

  test('is asked for with each start, and without it the server does not join', () => {
    const bash = member(THIRD);
    bash.remove('secrets/replication-password');
    const run = bash.run('agent.sh', 'members; join_group || echo failed');
    expect(statements(run.calls)).toEqual([]);
    expect(run).toMatchObject({ output: 'failed\n', log: ['ERROR: key replication-password of the accounts\' Secret is missing'] });
  });

  test('is set with a start, also when MySQL Shell has put an account of its own there: others may lack that', () => {
    const run = keeps(used('mysql_innodb_cluster_1002\tother\n'), 'members; join_group');
    expect(statements(run.calls)).toEqual([CHANGE, joins(THIRD)]);
    expect(run.log).toEqual(['the account for the group was mysql_innodb_cluster_1002: it is replication again, which all members have']);
  });
});
