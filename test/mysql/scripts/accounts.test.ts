import { Answer, describeScript } from '../../support/bash';
import { AccountServer, EMPTY } from './account-server';
import { member, SOURCE, statements } from './members';

const DECLARATION = [
  'database\tshop\tutf8mb4\tutf8mb4_bin', 'user\tapp\tapp/password', 'grant\tapp\tSELECT, INSERT\tshop', '',
].join('\n');
const SYSTEM = ['admin', 'clone', 'monitor', 'replication'];
const TELLS: Answer = { command: 'mysql', on: 'local', to: 'SELECT \'end\'' };

let whole: string[] | undefined;

/** A server on which the accounts of the cluster are in force already, unless `facts` say otherwise, and a declaration. */
function server(declaration = DECLARATION, facts?: string[]): AccountServer {
  if (whole === undefined) {
    const first = new AccountServer('');
    first.keep();
    whole = first.facts;
  }
  const made = new AccountServer(declaration);
  made.facts = facts ?? whole;
  SYSTEM.forEach((account) => made.bash.file(`server/${account}@%`, `${account} & 'its' "\\pass$word\n`));
  ['app', 'other', 'first'].forEach((user) => made.user(user, `${user} 'word'`));
  return made;
}

/** Facts, changed where a line begins so. */
function changed(begin: string, change: (line: string) => string): string[] {
  server();
  return whole!.map((line) => (line.startsWith(begin) ? change(line) : line));
}

describeScript('the accounts of the cluster', () => {
  test('are made with all that they may do, each statement once', () => {
    const made = server('', EMPTY);
    const { log, output } = made.keep('keep; keep; keep');
    expect(output).toBe('kept\nkept\nkept\n');
    expect(made.of('monitor@%')).toEqual([
      '*.* CONNECTION_ADMIN NO', '*.* REPLICATION CLIENT NO', 'cdk8s_stateful.promotions SELECT NO', 'performance_schema.* SELECT NO',
    ]);
    expect(made.of('replication@%')).toEqual(['*.* CONNECTION_ADMIN NO', '*.* REPLICATION SLAVE NO']);
    expect(made.of('clone@%')).toEqual(['*.* BACKUP_ADMIN NO', '*.* CONNECTION_ADMIN NO']);
    expect(made.of('admin@%')).toEqual(['*.* SELECT YES', '*.* SUPER YES']);
    expect(log).toContain('put in force: CREATE USER IF NOT EXISTS clone@\'%\'');
    expect(log).toHaveLength(made.changes.length);
  });

  test.each<[string, string, string]>([
    ['a privilege that is gone', 'privilege\tclone@%\t*.*\tCONNECTION_ADMIN', 'GRANT BACKUP_ADMIN, CONNECTION_ADMIN ON *.* TO clone@%'],
    ['a grant option that is gone', 'privilege\tadmin@%\t*.*\tSUPER', 'GRANT ALL ON *.* TO admin@% WITH GRANT OPTION'],
    ['a table that is gone', 'table\tcdk8s_stateful.promotions', 'CREATE TABLE IF NOT EXISTS cdk8s_stateful.promotions (id'],
  ])('get back %s', (_, fact, statement) => {
    server();
    const made = server('', whole!.filter((line) => !line.startsWith(fact)));
    made.keep();
    expect(made.changes.map((text) => text.slice(0, statement.length))).toEqual([statement]);
  });

  test.each(SYSTEM)('%s: no policy of the server may end, refuse or lock it', (account) => {
    const made = server('', changed(`account\t${account}@%`, (line) => line.replace(/WITH.*/, 'WITH MAX_USER_CONNECTIONS 0 PASSWORD EXPIRE DEFAULT')));
    made.keep();
    expect(made.changes).toEqual([
      `ALTER USER ${account}@% WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY `
      + 'PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK',
    ]);
  });

  test('root is changed in no binary log, and super_read_only is as before', () => {
    const made = server('', changed('account\troot@', (line) => line.replace(/WITH.*/, 'none')));
    const [change, after] = statements(made.keep().calls).filter((text) => /root@|super_read_only/.test(text));
    expect(change).toMatch(/^SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;\nALTER USER root@localhost WITH /);
    expect(after).toBe('SET GLOBAL super_read_only = @@GLOBAL.read_only');
  });

  test('an account whose password the Secret lacks keeps nothing else from being made', () => {
    const made = server(DECLARATION, EMPTY);
    made.bash.remove('secrets/clone-password');
    const { log, output } = made.keep('keep; keep');
    expect(output).toBe('kept\nkept\n');
    expect(log).toContain('ERROR: key clone-password of the accounts\' Secret is missing');
    expect(made.facts.filter((line) => line.startsWith('account')).map((line) => line.split('\t')[1]))
      .toEqual(['admin@%', 'app@%', 'monitor@%', 'replication@%', 'root@localhost']);
  });
});

describeScript('the declaration', () => {
  test('is put in force once', () => {
    const made = server();
    const { log, output } = made.keep('keep; keep; SECONDS=1000; keep');
    expect(output).toBe('kept\nkept\nkept\n');
    expect(made.changes).toEqual([
      'CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      'CREATE USER IF NOT EXISTS app@% IDENTIFIED BY app word REQUIRE NONE',
      'GRANT SELECT, INSERT ON shop.* TO app@%',
    ]);
    expect(log).toEqual([
      'put in force: CREATE DATABASE IF NOT EXISTS `shop` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      'put in force: CREATE USER IF NOT EXISTS \'app\'@\'%\'', 'put in force: GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\'',
    ]);
  });

  test('is no transaction for another agent', () => {
    const made = server();
    made.keep('keep; keep');
    const [before, { log }] = [made.changes, made.keep('keep; keep')];
    expect([made.changes, log]).toEqual([before, []]);
  });

  test.each<[string, string]>([['is empty', ''], ['holds a tab', 'a\tb']])('makes no user whose password %s, and all the rest', (_, password) => {
    const made = server(`${DECLARATION}user\tother\tother/password\ngrant\tother\tSELECT\tshop\n`);
    made.user('app', password);
    const { output, log } = made.keep('keep; keep');
    expect(output).toBe('kept\nkept\n');
    expect(log.filter((line) => line.startsWith('ERROR')))
      .toEqual(['ERROR: the password of app is missing, empty, or holds a control character: app/password']);
    expect(made.changes.slice(1)).toEqual(['CREATE USER IF NOT EXISTS other@% IDENTIFIED BY other word REQUIRE NONE', 'GRANT SELECT ON shop.* TO other@%']);
  });

  test.each([
    ['a grant', 'GRANT SELECT, INSERT', 'GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\''],
    ['a database', 'DATABASE IF NOT EXISTS shop', 'CREATE DATABASE IF NOT EXISTS `shop` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'],
    ['a global grant', 'GRANT PROCESS', 'GRANT PROCESS ON *.* TO \'app\'@\'%\''],
    ['a user', 'CREATE USER IF NOT EXISTS app', 'CREATE USER IF NOT EXISTS \'app\'@\'%\''],
  ])('%s that the server refuses keeps nothing else from being done, and is said with the reason', (_, part, what) => {
    const rest = 'global\tapp\tPROCESS\ndatabase\tlast\tutf8mb4\tutf8mb4_bin\nuser\tother\tother/password\ngrant\tother\tSELECT\tlast\n';
    const made = server(DECLARATION + rest);
    const { log, output } = made.keep('keep; keep; keep', { REFUSE: part });
    expect(output).toBe('kept\nkept\nkept\n');
    expect(log.filter((line) => line.startsWith('ERROR'))).toEqual([
      `ERROR: the server refuses this: ${what}, ERROR 1221 (HY000) at line 1: Incorrect usage of DB GRANT and GLOBAL PRIVILEGES`,
    ]);
    expect(made.changes).toContain('GRANT SELECT ON last.* TO other@%');
    expect(made.changes.some((change) => change.startsWith('GRANT PROCESS'))).toBe(part !== 'GRANT PROCESS' && !part.startsWith('CREATE USER'));
  });

  test('what is refused is tried again less and less often, and at once when the declaration changes', () => {
    const made = server();
    const tries = (shell: string) => made.keep(shell, { REFUSE: 'GRANT' }).calls.filter(({ input }) => input.startsWith('GRANT')).length;
    expect(tries('keep; keep')).toBe(2);
    expect(tries('keep; for ((SECONDS = 100; SECONDS < 400; SECONDS++)); do keep; done')).toBe(8); // 5, 10, 20, 40, 60, 60, 60 s
    expect(tries('keep; keep; echo more >>"$DECLARATION"; keep')).toBe(2);
  });

  test('what the server accepts and does not show is not done again and again', () => {
    const made = server();
    const { calls, log } = made.keep('keep; keep; keep; SECONDS=1000; keep', {}, {
      command: 'mysql', on: 'local', to: 'GRANT SELECT, INSERT', status: 0,
    });
    expect(calls.filter(({ input }) => input.startsWith('GRANT SELECT'))).toHaveLength(2); // and once after a gap
    expect(log).toContain('ERROR: the server accepted this, and does not show it as in force: GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\'');
  });

  test('a syntax error, which quotes the statement, is shown without the password', () => {
    const error = 'echo "ERROR 1064 (42000) at line 1: near \'app \'\'word\'\'" >&2';
    const { log } = server().keep('keep', {}, { command: 'mysql', on: 'local', to: 'CREATE USER', does: error, status: 1 });
    expect(log).toContain('ERROR: the server refuses this: CREATE USER IF NOT EXISTS \'app\'@\'%\', ERROR 1064, a syntax error');
  });

  test('a database with another character set stays as it is, and that is said', () => {
    server();
    const made = server(DECLARATION, [...whole!, 'database\tshop\tlatin1\tlatin1_swedish_ci']);
    const { log } = made.keep('keep; keep');
    expect(made.changes.filter((change) => change.includes('DATABASE'))).toEqual([]);
    expect(log[0]).toBe(
      'the database shop has CHARACTER SET latin1 COLLATE latin1_swedish_ci, and is declared with CHARACTER SET utf8mb4 COLLATE utf8mb4_bin: '
      + 'it stays as it is; see "Databases and users" in the guide',
    );
  });

  test.each<[string, Answer]>([
    ['is an error', { ...TELLS, status: 1 }], ['is silence', TELLS], ['is cut off', { ...TELLS, says: 'server\t1\t0\t0\n' }],
  ])('nothing is changed when the answer %s', (_, answer) => {
    const made = server();
    const { log, output } = made.keep('keep; keep', {}, answer);
    expect([output, log, made.changes]).toEqual(['not\nnot\n', ['ERROR: the server does not say which accounts it has, see above'], []]);
  });

  test('all is looked at once a minute, and at once after a gap in which another server may have been open for writes', () => {
    const looks = (shell: string) => server('').keep(`keep; ${shell}`).calls
      .filter(({ on, input }) => on === 'login' || input.includes(TELLS.to!)).map(({ on }) => on.slice(0, 3)).join(' ');
    const all = 'loc log log log log';
    expect(looks('for ((SECONDS = 100; SECONDS < 150; SECONDS++)); do keep; done')).toBe(all);
    expect(looks('for ((SECONDS = 100; SECONDS < 170; SECONDS++)); do keep; done')).toBe(`${all} loc`);
    expect(looks('SECONDS=130; keep; SECONDS=161; keep')).toBe(`${all} ${all}`);
  });
});

describeScript('a database with a name that a grant takes for a pattern', () => {
  const NAMED = 'user\tapp\tapp/password\ngrant\tapp\tALL PRIVILEGES\tshop_prod\n';
  const own = (object: string) => AccountServer.allOf('app@%', object);
  const user = ['account\tapp@%\tcaching_sha2_password\tNONE\tnone'];

  test('is escaped', () => {
    const made = server(NAMED);
    made.keep('keep; keep; keep');
    expect(made.changes.slice(1)).toEqual(['GRANT ALL PRIVILEGES ON shop\\_prod.* TO app@%']);
  });

  test('and was granted so by an earlier version: taken back, when the other grant is in force', () => {
    server();
    const made = server(NAMED, [...whole!, ...user, ...own('shop_prod.*')]);
    made.keep('keep; keep; keep');
    expect(made.changes.slice(1)).toEqual(['GRANT ALL PRIVILEGES ON shop\\_prod.* TO app@%', 'REVOKE ALL PRIVILEGES ON shop_prod.* FROM app@%']);
    expect(made.of('app@%')).toEqual(own('shop\\_prod.*').map((line) => line.split('\t').slice(2).join(' ')).sort());
  });

  test.each<[string, string[], string]>([
    ['less', own('shop_prod.*').slice(0, 2), 'SELECT, INSERT'],
    ['one that it may give to others', own('shop_prod.*').map((line) => line.replace(/NO$/, 'YES')), 'GRANT OPTION'],
  ])('and has another grant on the pattern, %s: it stays, and is named', (_, granted, named) => {
    server();
    const made = server(NAMED, [...whole!, ...user, ...granted]);
    const { log } = made.keep('keep; keep; keep');
    expect(made.changes.filter((change) => change.startsWith('REVOKE'))).toEqual([]);
    expect(log.at(-1)).toMatch(new RegExp(
      `^app has this in all databases that match the pattern shop_prod, which is not what is declared; it stays as it is: .*${named}$`,
    ));
  });

  test('stands for itself where the server has partial_revokes=ON', () => {
    const made = server(NAMED, changed('server', () => 'server\t1\t1\t0'));
    made.keep('keep; keep; keep');
    expect(made.changes.slice(1)).toEqual(['GRANT ALL PRIVILEGES ON shop_prod.* TO app@%']);
  });

  test('is found in small letters where the server keeps names so', () => {
    const facts = [...changed('server', () => 'server\t1\t0\t1'), ...user, ...own('shop\\_prod.*'), 'database\tshop_prod\tutf8mb4\tutf8mb4_bin'];
    const made = server(`database\tShop_Prod\tutf8mb4\tutf8mb4_bin\n${NAMED.replace('shop_prod', 'Shop_Prod')}`, facts);
    made.bash.file('server/app@%', 'app \'word\'\n');
    expect([made.keep('keep; keep').output, made.changes]).toEqual(['kept\nkept\n', []]);
  });
});

describeScript('whether an account must use TLS', () => {
  const tls = (made: AccountServer) => Object.fromEntries(
    made.facts.filter((line) => line.startsWith('account\t')).map((line) => [line.split('\t')[1].replace(/@.*/, ''), line.split('\t')[3]]),
  );
  const two = 'user\tapp\tapp/password\nuser\tother\tother/password';

  test('is said by the server, which says it clearer, as long as all must', () => {
    const made = server(`${two}\n`, changed('account\tclone', (line) => line.replace('NONE', 'SSL')));
    made.keep('keep; keep');
    expect(tls(made)).toEqual({ admin: 'NONE', app: 'NONE', clone: 'NONE', monitor: 'NONE', other: 'NONE', replication: 'NONE', root: 'NONE' });
  });

  test('is a clause of each account but that one where a user may do without', () => {
    const made = server(`${two}\toptional\n`);
    made.keep('keep; keep');
    expect(tls(made)).toEqual({ admin: 'SSL', app: 'SSL', clone: 'SSL', monitor: 'SSL', other: 'NONE', replication: 'SSL', root: 'NONE' });
    made.declare(`${two}\n`);
    made.keep('keep; keep');
    expect(tls(made)).toMatchObject({ admin: 'NONE', app: 'NONE', other: 'NONE' });
  });

  test('is a clause as long as the server takes connections without, whatever is declared', () => {
    const made = server(`${two}\n`, changed('server', () => 'server\t0\t0\t0'));
    made.keep('keep; keep');
    expect(tls(made)).toMatchObject({ admin: 'SSL', app: 'SSL', monitor: 'SSL', other: 'SSL' });
  });

  test('stays as it is where somebody demands more by hand', () => {
    const made = server(`${two}\toptional\n`, changed('account\tclone', (line) => line.replace('NONE', 'X509')));
    made.keep('keep; keep');
    expect(tls(made).clone).toBe('X509');
  });
});

describeScript('what is no answer about a password', () => {
  const once = (user: string, does: string): Answer => ({ command: 'mysql', on: 'login', to: `user=${user}\n`, does });

  test.each<[string, string]>([
    ['a server that is not there', 'ERROR 2003 (HY000): cannot connect to MySQL server on 127.0.0.1:3306 (111)'],
    ['one that ends', 'ERROR 1053 (08S01): Server shutdown in progress'],
    ['too many connections', 'ERROR 1040 (HY000): Too many connections'],
    ['TLS that fails', 'ERROR 2026 (HY000): SSL connection error'], ['a client that was killed', ''],
  ])('%s: no password is changed or forgotten, and it is looked at again', (_, text) => {
    for (const user of ['clone', 'app']) {
      const made = server();
      made.keep('keep; keep');
      const before = made.changes;
      const { log, output } = made.keep('keep; SECONDS=105; keep; SECONDS=115; keep', {}, {
        ...once(user, `((turn > 1)) && exit 0; echo "${text}" >&2; exit 1`),
      });
      expect(output).toMatch(text.includes('2026') ? /^kept\nkept\nkept\n$/ : /^not\nnot\nkept\n$/);
      expect(made.changes).toEqual(before);
      expect(log).toEqual([`it cannot be told whether the password of ${user} is in force: ${text || 'no answer'}`]);
    }
  });

  test.each<[string, string]>([
    ['is fenced', 'ERROR 3032 (HY000): The server is currently in offline mode'],
    ['has locked the account', 'ERROR 3118 (HY000): Access denied for user. Account is locked.'],
    ['has too many connections of it', 'ERROR 1203 (42000): User app already has more than \'max_user_connections\' active connections'],
  ])('a server that %s has found the password right', (_, text) => {
    const made = server();
    made.keep('keep; keep');
    const { log, output } = made.keep('keep', {}, once('app', `echo "${text}" >&2; exit 1`));
    expect([output, log]).toEqual(['kept\n', []]);
  });

  test('a password that expired is set again for an account of the cluster, and left to the policy for a user', () => {
    const made = server();
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
    const made = server();
    made.keep('keep; keep');
    made.bash.password(file, 'a new \'word\'');
    const { log } = made.keep('keep; keep');
    expect(made.changes.at(-1)).toBe(`ALTER USER ${user}@% IDENTIFIED BY a new word RETAIN CURRENT PASSWORD`);
    expect(log).toEqual([`the password of ${user} changed; the old one stays valid until it is discarded`]);
    expect(made.bash.exists('run/login.cnf')).toBe(false);
  });

  test('of one that cannot be set keeps no other from being set', () => {
    const made = server();
    ['admin', 'monitor'].forEach((account) => made.bash.password(`secrets/${account}-password`, `a new ${account}`));
    const { log } = made.keep('keep', { REFUSE: 'ALTER USER admin' });
    expect(log).toContain('ERROR: the server refuses this: ALTER USER \'admin\'@\'%\' IDENTIFIED BY the password of the Secret, '
      + 'ERROR 1221 (HY000) at line 1: Incorrect usage of DB GRANT and GLOBAL PRIVILEGES');
    expect(made.changes[0]).toBe('ALTER USER monitor@% IDENTIFIED BY a new monitor RETAIN CURRENT PASSWORD');
    expect(made.bash.read('run/monitor.cnf')).toContain('password="a new monitor"\n');
    expect(made.bash.exists('run/admin.cnf')).toBe(false);
  });

  test('of an account with another plugin is set with the one that the cluster uses, which keeps no old one', () => {
    const made = server('', changed('account\tclone', (line) => line.replace('caching_sha2_password', 'sha256_password')));
    made.bash.password('secrets/clone-password', 'new');
    expect(made.keep().log).toEqual(['the password of clone changed; there is no old one any more']);
    expect(made.changes).toEqual(['ALTER USER clone@% IDENTIFIED WITH caching_sha2_password BY new']);
  });

  test('of many is tried for two seconds at a look, and the rest at the next one', () => {
    const made = server('');
    made.bash.answers({ command: 'mysql', on: 'login', does: 'sleep 1.2; source "$ACCOUNT_SERVER"' });
    const { calls } = made.bash.run('lib.sh accounts.sh', 'for i in 1 2 3 4; do keep_accounts; done');
    expect(calls.filter(({ on }) => on === 'login')).toHaveLength(4);
    expect(calls.filter(({ input }) => input.includes(TELLS.to!)).length).toBeGreaterThan(1);
  });

  test('that ends with a line break is set without it, and that is said once', () => {
    const made = server();
    made.bash.password('user-secrets/app/password', 'app \'word\'\n');
    made.bash.password('secrets/admin-password', 'admin & \'its\' "\\pass$word\n');
    const { log } = made.keep('keep; keep; SECONDS=1000; keep');
    const ends = ' ends with a line break, and the account has it without: a client that sends the key as it is is refused';
    expect(log.filter((line) => line.includes('line break'))).toEqual([`the password under admin-password${ends}`, `the password under app/password${ends}`]);
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
