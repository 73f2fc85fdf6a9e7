import { Answer, describeScript } from '../../support/bash';
import { accountServer, inForce, TELLS } from './declared-accounts';
import { member, SOURCE, statements } from './members';

describeScript('what is no answer about a password', () => {
  const once = (user: string, does: string): Answer => ({ command: 'mysql', on: 'login', to: `user=${user}\n`, does });

  test.each<[string, string]>([
    ['a server that is not there', 'ERROR 2003 (HY000): cannot connect to MySQL server on 127.0.0.1:3306 (111)'],
    ['one that ends', 'ERROR 1053 (08S01): Server shutdown in progress'],
    ['too many connections', 'ERROR 1040 (HY000): Too many connections'],
    ['TLS that fails', 'ERROR 2026 (HY000): SSL connection error'], ['a client that was killed', ''],
  ])('%s: no password is changed or forgotten, and it is looked at again', (_, text) => {
    for (const user of ['clone', 'app']) {
      const made = accountServer();
      made.keep('keep; keep');
      const before = made.changes;
      const { log, output } = made.keep('keep; SECONDS=105; keep; SECONDS=115; keep', {}, {
        ...once(user, `((turn > 1)) && exit 0; echo "${text}" >&2; exit 1`),
      });
      expect(output).toMatch(text.includes('2026') ? /^kept\nkept\nkept\n$/ : /^not\nnot\nkept\n$/);
      expect(made.changes).toEqual(before);
      expect(log).toEqual([`cannot check whether the password of ${user} is in force: ${text || 'no answer'}`]);
    }
  });

  test.each<[string, string]>([
    ['is fenced', 'ERROR 3032 (HY000): The server is currently in offline mode'],
    ['has locked the account', 'ERROR 3118 (HY000): Access denied for user. Account is locked.'],
    ['has too many connections of it', 'ERROR 1203 (42000): User app already has more than \'max_user_connections\' active connections'],
  ])('a server that %s has found the password right', (_, text) => {
    const made = accountServer();
    made.keep('keep; keep');
    const { log, output } = made.keep('keep', {}, once('app', `echo "${text}" >&2; exit 1`));
    expect([output, log]).toEqual(['kept\n', []]);
  });

  test('a password that expired is set again for an account of the cluster, and left to the policy for a user', () => {
    const made = accountServer();
    made.keep('keep; keep');
    const expired = 'echo "Please use --connect-expired-password option or invoke mysql in interactive mode." >&2; exit 1';
    const { log } = made.keep('keep', {}, once('app', expired), once('clone', expired));
    expect(log).toEqual(['the password of clone changed; it had expired']);
    expect(made.changes.at(-1)).toMatch(/^ALTER USER clone@% IDENTIFIED BY [^;]*word$/);
  });
});

describeScript('a changed password', () => {
  test.each<[string, string, string]>([
    ['of an account of the cluster', 'secrets/clone-password', 'clone'], ['of a user', 'user-secrets/app/password', 'app'],
  ])('%s is set where the server does not take it yet, and the old one stays valid', (_, file, user) => {
    const made = accountServer();
    made.keep('keep; keep');
    made.bash.password(file, 'a new \'word\'');
    const { log } = made.keep('keep; keep');
    expect(made.changes.at(-1)).toBe(`ALTER USER ${user}@% IDENTIFIED BY a new word RETAIN CURRENT PASSWORD`);
    expect(log).toEqual([`the password of ${user} changed; the old one stays valid until it is discarded`]);
    expect(made.bash.read('run/login.cnf')).toBe('');
  });

  test('on the server itself, beside the Secret, is changed back within a minute', () => {
    const made = accountServer();
    made.keep('keep; keep');
    const before = made.changes.length;
    const later = made.facts.map((line) => line.startsWith('account\tclone@') ? `${line}\t1800000000` : line);
    made.bash.file('server/later', later.map((line) => `${line}\n`).join(''));
    const steps = 'SECONDS=125; keep; SECONDS=150; keep; SECONDS=165; keep; keep';
    const { log, calls } = made.keep(`keep; cp "$SERVER/later" "$SERVER/facts"; echo of-nowhere >"$SERVER/clone@%"; ${steps}`);
    expect(log).toEqual(['the password of clone changed; the old one stays valid until it is discarded']);
    expect(made.changes.slice(before)).toEqual([expect.stringMatching(/^ALTER USER clone@% IDENTIFIED BY .* RETAIN CURRENT PASSWORD$/)]);
    expect(calls.filter(({ on, input }) => on === 'login' && input.includes('user=admin\n'))).toHaveLength(1); // which did not change
  });

  test('of one that cannot be set keeps no other from being set', () => {
    const made = accountServer();
    ['admin', 'monitor'].forEach((account) => made.bash.password(`secrets/${account}-password`, `a new ${account}`));
    const { log } = made.keep('keep', { REFUSE: 'ALTER USER admin' });
    expect(log).toContain('ERROR: the server refuses this statement: ALTER USER \'admin\'@\'%\' IDENTIFIED BY the password of the Secret, '
      + 'ERROR 1221 (HY000) at line 1: Incorrect usage of DB GRANT and GLOBAL PRIVILEGES');
    expect(made.changes[0]).toBe('ALTER USER monitor@% IDENTIFIED BY a new monitor RETAIN CURRENT PASSWORD');
    expect(made.bash.read('run/monitor.cnf')).toContain('password="a new monitor"\n');
    expect(made.bash.exists('run/admin.cnf')).toBe(false);
  });

  test('of an account with another plugin is set with the one that the cluster uses, which keeps no old one', () => {
    const made = accountServer('', inForce('account\tclone', (line) => line.replace('caching_sha2_password', 'sha256_password')));
    made.bash.password('secrets/clone-password', 'new');
    expect(made.keep().log).toEqual(['the password of clone changed; there is no old one any more']);
    expect(made.changes).toEqual(['ALTER USER clone@% IDENTIFIED WITH caching_sha2_password BY new']);
  });

  test('of many is tried for two seconds at a look, and the rest at the next one', () => {
    const made = accountServer('');
    const slow = 'eval "quick_$(declare -f logs_in)"; logs_in() { ((SECONDS += 1)); quick_logs_in "$@"; }; ';
    const { calls } = made.keep(`${slow}keep; keep; keep; keep`);
    expect(calls.filter(({ on }) => on === 'login')).toHaveLength(4);
    expect(calls.filter(({ input }) => input.includes(TELLS.to!)).length).toBeGreaterThan(1);
  });

  test('that ends with a line break is set without it, and that is said once', () => {
    const made = accountServer();
    made.bash.password('user-secrets/app/password', 'app \'word\'\n');
    made.bash.password('secrets/admin-password', 'admin & \'its\' "\\pass$word\n');
    const { log } = made.keep('keep; keep; SECONDS=1000; keep');
    const ends = ' ends with a line break, which is not part of the password: a client that sends it is refused';
    expect(log.filter((line) => line.includes('line break'))).toEqual([`the key admin-password${ends}`, `the key app/password${ends}`]);
    expect(made.changes).toContain('CREATE USER IF NOT EXISTS app@% IDENTIFIED BY app word REQUIRE NONE');
  });
});

describeScript('the password of root', () => {
  test('is set in no binary log, and super_read_only is as before', () => {
    const bash = member(SOURCE);
    bash.password('secrets/root-password', 'newest');
    const { calls } = bash.run('lib.sh accounts.sh', 'keep_root_password; keep_root_password');
    expect(statements(calls)).toEqual([[
      'SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;',
      'ALTER USER root@localhost IDENTIFIED BY \'newest\' RETAIN CURRENT PASSWORD;',
    ].join('\n'), 'SET GLOBAL super_read_only = @@GLOBAL.read_only']);
    expect(bash.read('run/root.cnf')).toContain('password="newest"\n');
  });

  test.each<[string, Answer]>([
    ['it is not taken', { command: 'mysql', to: 'ALTER USER root', status: 1 }],
    ['super_read_only cannot be as before', { command: 'mysql', to: '= @@GLOBAL.read_only', status: 1 }],
  ])('counts as not changed when %s, and is given again', (_, answer) => {
    const bash = member(SOURCE);
    bash.password('secrets/root-password', 'newest');
    bash.answers(answer);
    const { calls, output } = bash.run('lib.sh accounts.sh', 'for i in 1 2; do keep_root_password || echo not; done');
    expect(output).toBe('not\nnot\n');
    expect(statements(calls).map((text) => text.slice(0, 40))).toEqual([1, 2].flatMap(() => (
      ['SET SESSION sql_log_bin = 0; SET GLOBAL s', 'SET GLOBAL super_read_only = @@GLOBAL.re'].map((text) => text.slice(0, 40)))));
    expect(bash.read('run/root.cnf')).not.toContain('newest');
  });
});
