import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { tells, hasNone } from '../group/members';
import { BASE, MEMBERS, restorePod, SERVER } from './restore-pod';

const EMPTY = MEMBERS.flatMap((name) => hasNone(name));

describeScript('a restore asks the members first', () => {
  function asked(answers: Answer[], { list = MEMBERS, shell = '' } = {}): Run & { bash: Sandbox } {
    const bash = restorePod();
    bash.file('topology/members', list.map((name) => `${name}\n`).join(''));
    bash.answers(...answers);
    return { ...bash.run('ask-members.sh', `${shell}main; echo on`), bash };
  }

  test('and goes on when all say that they have no data', () => {
    const run = asked(EMPTY);
    expect(run).toMatchObject({ status: 0, output: 'on\n', log: [`all members say that they have no data: ${MEMBERS.join(' ')}`] });
    expect(run.bash.exists('volume/inert')).toBe(false);
  });

  test.each<[string, Answer[], string]>([
    ['one', [...tells('mysql-1'), ...EMPTY], 'mysql-1'],
    ['one, whoever does not answer', tells('mysql-2'), 'mysql-2'],
    ['all', MEMBERS.flatMap((name) => tells(name)), MEMBERS.join(' ')],
  ])('and is inert when %s has data', (_, answers, names) => {
    const run = asked(answers);
    expect(run).toMatchObject({ status: 0, output: '', log: [`inert: there is data at ${names}, which no restore replaces`] });
    expect(run.bash.read('volume/inert')).toBe(`there is data at ${names}, which no restore replaces\n`);
  });

  test.each<[string, Answer[], string]>([
    ['nobody answers', [], `${MEMBERS.join(' ')} does not answer`],
    ['one does not answer', [...hasNone('mysql-0'), ...hasNone('mysql-1')], 'mysql-2 does not answer'],
    ['one refuses the password', [{ command: 'mysql', on: 'mysql-2', status: 1, does: 'echo "ERROR 1045 (28000): x" >&2' },
      ...hasNone('mysql-0'), ...hasNone('mysql-1')],
    'mysql-2 refuses the password of monitor that the Secret has now'],
  ])('fetches meanwhile, and restores nothing while %s', (_, answers, why) => {
    const run = asked(answers);
    expect(run).toMatchObject({ status: 0, output: 'on\n',
      log: [`${why} yet: the backup is fetched meanwhile, and all members are asked again before it is used`] });
    expect(run.bash.runProgram('restore.sh')).toMatchObject({ status: 1,
      log: [`ERROR: ${why} for 0 s, and may have data: nothing is restored; look at the pods of the members`] });
  });

  test('and restores nothing with an empty list of members', () => {
    const run = asked(EMPTY, { list: [] });
    expect(run).toMatchObject({ status: 1,
      log: [`ERROR: the list of members (${run.bash.folder}/topology/members) is empty: correct it`] });
  });

  test('and again before it replays, also of a try that was found inert', () => {
    const bash = restorePod();
    bash.answers(...tells('mysql-0'));
    expect(bash.runProgram('restore.sh')).toMatchObject({ status: 0, log: ['inert: there is data at mysql-0, which no restore replaces'] });
    bash.answers(...EMPTY);
    expect(bash.runProgram('restore.sh')).toMatchObject({ status: 0, calls: [] });
  });

  test('and ends without a plan', () => {
    const bash = restorePod();
    bash.answers(...EMPTY);
    const run = bash.runProgram('restore.sh');
    expect(run).toMatchObject({ status: 1,
      log: [`ERROR: ${bash.folder}/volume/plan is missing: the containers before have not run to their end`] });
  });
});

describeScript('restored data', () => {
  function opened(environment: Record<string, string> = {}): string {
    const bash = restorePod(environment);
    bash.password('secrets/monitor-password', 'monitor of \'today\'');
    const run = bash.run('restore.sh', `base=${BASE} until_kind=before until_value=u:5; members; first_member; open_timeline "$REPLY"`);
    expect(run.log).toEqual([
      expect.stringMatching(/^opened the timeline r1, whose group is [0-9a-f-]{36} and whose first member is mysql-\w+/),
    ]);
    expect(bash.list('run')).not.toContain('accounts.sql');
    return run.calls.at(-1)!.input;
  }

  test('gets the accounts of the cluster, with the passwords of today, also those that the backup has', () => {
    const lines = opened().split('\n');
    for (const account of ['admin', 'replication', 'clone', 'monitor']) {
      const made = lines.findIndex((line) => line.startsWith(`CREATE USER IF NOT EXISTS ${account}@'%' `));
      const altered = lines.findIndex((line) => line.startsWith(`ALTER USER ${account}@'%' IDENTIFIED WITH caching_sha2_password BY '`));
      expect(made).toBeGreaterThan(0);
      expect(altered).toBeGreaterThan(made);
      expect(lines[altered].replace('ALTER USER', 'CREATE USER IF NOT EXISTS')).toBe(lines[made]);
    }
    expect(lines).toContain('ALTER USER monitor@\'%\' IDENTIFIED WITH caching_sha2_password BY \'monitor of \'\'today\'\'\';');
    expect(lines).toContain('GRANT GROUP_REPLICATION_STREAM ON *.* TO replication@\'%\';'); // of the topology
    expect(lines.filter((line) => line.includes('root@localhost IDENTIFIED BY'))).toHaveLength(1);
    expect(lines[0]).toBe('SET SESSION sql_log_bin = 0, sql_mode = \'\';');
  });

  test('gets its timeline, with a name for its group that no other has, and its first member', () => {
    const statements = opened();
    expect(statements).toContain(`SET @timeline = 'r1', @base = '${BASE}', @until = 'before u:5', @group_name = '`);
    expect(statements).toContain(', @first = \'mysql-0\';');
    const name = (text: string) => /@group_name = '([0-9a-f-]{36})'/.exec(text)![1];
    expect(name(statements)).not.toBe(name(opened()));
    expect(opened({ TOPOLOGY: 'source-replica', DEFAULT_SOURCE: 'mysql-source-0' })).toContain(', @first = \'mysql-source-0\';');
  });

  test('is served read-only and fenced until the first member has it', () => {
    const bash = restorePod();
    const [data] = tells('mysql-0');
    bash.answers(
      { command: 'mysql', on: 'mysql-0', to: 'gtid_purged', says: data.says, does: '((turn > 0)) || exit 1' }, ...hasNone('mysql-0'),
      ...SERVER,
    );
    const run = bash.run('restore.sh', 'trap end_server EXIT; write_remote_options monitor; serve; await_copy mysql-0; echo "copied"');
    expect(run).toMatchObject({ status: 0, output: 'copied\n', log: [
      'serving the restored data until mysql-0 has copied it, mysql-0 has no data', 'mysql-0 has the restored data: done',
    ] });
    const [{ arguments: server }] = run.calls.filter(({ command }) => command === 'mysqld');
    for (const option of ['--port=3306', '--read-only=ON', '--super-read-only=ON', '--offline-mode=ON', '--event-scheduler=DISABLED',
      '--require-secure-transport=ON']) {
      expect(` ${server} `).toContain(` ${option} `);
    }
    expect(server).not.toContain('--skip-networking');
  });
});
