import { Answer, describeScript } from '../../support/bash';
import { EMPTY } from './account-server';
import { accountServer, declaredBesides, inForce, SYSTEM, TELLS } from './declared-accounts';
import { statements } from './members';

describeScript('the accounts of the cluster', () => {
  test('are made with all that they may do, each statement once', () => {
    const made = accountServer('', EMPTY);
    const { log, output } = made.keep('keep; keep; keep');
    expect(output).toBe('kept\nkept\nkept\n');
    expect(made.of('monitor@%')).toEqual([
      '*.* CONNECTION_ADMIN NO', '*.* REPLICATION CLIENT NO', 'cdk8s_stateful.promotions SELECT NO', 'performance_schema.* SELECT NO',
    ]);
    expect(made.of('replication@%')).toEqual(['*.* CONNECTION_ADMIN NO', '*.* REPLICATION SLAVE NO']);
    expect(made.of('clone@%')).toEqual(['*.* BACKUP_ADMIN NO', '*.* CONNECTION_ADMIN NO']);
    expect(made.of('admin@%')).toEqual(['*.* SELECT YES', '*.* SUPER YES']);
    expect(log).toContain('applied: CREATE USER IF NOT EXISTS clone@\'%\'');
    expect(log).toHaveLength(made.changes.length);
  });

  test.each<[string, string, string]>([
    ['a privilege that is gone', 'privilege\tclone@%\t*.*\tCONNECTION_ADMIN', 'GRANT BACKUP_ADMIN, CONNECTION_ADMIN ON *.* TO clone@%'],
    ['a grant option that is gone', 'privilege\tadmin@%\t*.*\tSUPER', 'GRANT ALL ON *.* TO admin@% WITH GRANT OPTION'],
    ['a table that is gone', 'table\tcdk8s_stateful.promotions', 'CREATE TABLE IF NOT EXISTS cdk8s_stateful.promotions (id'],
  ])('get back %s', (_, fact, statement) => {
    const made = accountServer('', inForce().filter((line) => !line.startsWith(fact)));
    made.keep();
    expect(made.changes.map((text) => text.slice(0, statement.length))).toEqual([statement]);
  });

  test.each(SYSTEM)('%s: no policy of the server may end, refuse or lock it', (account) => {
    const byDefault = 'WITH MAX_USER_CONNECTIONS 0 PASSWORD EXPIRE DEFAULT';
    const made = accountServer('', inForce(`account\t${account}@%`, (line) => line.replace(/WITH.*/, byDefault)));
    made.keep();
    expect(made.changes).toEqual([
      `ALTER USER ${account}@% WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY `
      + 'PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK',
    ]);
  });

  test('root is changed in no binary log, and super_read_only is as before', () => {
    const made = accountServer('', inForce('account\troot@', (line) => line.replace(/WITH.*/, 'none')));
    const [change, after] = statements(made.keep().calls).filter((text) => /root@|super_read_only/.test(text));
    expect(change).toMatch(/^SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;\nALTER USER root@localhost WITH /);
    expect(after).toBe('SET GLOBAL super_read_only = @@GLOBAL.read_only');
  });

  test('an account whose password the Secret lacks keeps nothing else from being made', () => {
    const made = accountServer(undefined, EMPTY);
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
    const made = accountServer();
    const { log, output } = made.keep('keep; keep; SECONDS=1000; keep');
    expect(output).toBe('kept\nkept\nkept\n');
    expect(made.changes).toEqual([
      'CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      'CREATE USER IF NOT EXISTS app@% IDENTIFIED BY app word REQUIRE NONE',
      'GRANT SELECT, INSERT ON shop.* TO app@%',
    ]);
    expect(log).toEqual([
      'applied: CREATE DATABASE IF NOT EXISTS `shop` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
      'applied: CREATE USER IF NOT EXISTS \'app\'@\'%\'', 'applied: GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\'',
    ]);
  });

  test('is no transaction for another agent', () => {
    const made = accountServer();
    made.keep('keep; keep');
    const [before, { log }] = [made.changes, made.keep('keep; keep')];
    expect([made.changes, log]).toEqual([before, []]);
  });

  test.each([['is empty', ''], ['holds a tab', 'a\tb']])('makes no user whose password %s, but the rest', (_, password) => {
    const made = accountServer(declaredBesides('user\tother\tother/password\ngrant\tother\tSELECT\tshop\n'));
    made.user('app', password);
    const { output, log } = made.keep('keep; keep');
    expect(output).toBe('kept\nkept\n');
    expect(log.filter((line) => line.startsWith('ERROR')))
      .toEqual(['ERROR: the password of app is missing, empty, or holds a control character: app/password']);
    expect(made.changes.slice(1)).toEqual([
      'CREATE USER IF NOT EXISTS other@% IDENTIFIED BY other word REQUIRE NONE', 'GRANT SELECT ON shop.* TO other@%',
    ]);
  });

  test.each([
    ['a grant', 'GRANT SELECT, INSERT', 'GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\''],
    ['a database', 'DATABASE IF NOT EXISTS shop', 'CREATE DATABASE IF NOT EXISTS `shop` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'],
    ['a global grant', 'GRANT PROCESS', 'GRANT PROCESS ON *.* TO \'app\'@\'%\''],
    ['a user', 'CREATE USER IF NOT EXISTS app', 'CREATE USER IF NOT EXISTS \'app\'@\'%\''],
  ])('%s that the server refuses keeps nothing else from being done, and is said with the reason', (_, part, what) => {
    const rest = 'global\tapp\tPROCESS\ndatabase\tlast\tutf8mb4\tutf8mb4_bin\nuser\tother\tother/password\ngrant\tother\tSELECT\tlast\n';
    const made = accountServer(declaredBesides(rest));
    const { log, output } = made.keep('keep; keep; keep', { REFUSE: part });
    expect(output).toBe('kept\nkept\nkept\n');
    expect(log.filter((line) => line.startsWith('ERROR'))).toEqual([
      `ERROR: the server refuses this statement: ${what}, ERROR 1221 (HY000) at line 1: Incorrect usage of DB GRANT and GLOBAL PRIVILEGES`,
    ]);
    expect(made.changes).toContain('GRANT SELECT ON last.* TO other@%');
    expect(made.changes.some((change) => change.startsWith('GRANT PROCESS')))
      .toBe(part !== 'GRANT PROCESS' && !part.startsWith('CREATE USER'));
  });

  test('what is refused is tried again less and less often, and at once when the declaration changes', () => {
    const made = accountServer();
    const tries = (shell: string) => made.keep(shell, { REFUSE: 'GRANT' }).calls.filter(({ input }) => input.startsWith('GRANT')).length;
    expect(tries('keep; keep')).toBe(2);
    expect(tries('keep; for ((SECONDS = 100; SECONDS < 400; SECONDS++)); do keep; done')).toBe(8); // 5, 10, 20, 40, 60, 60, 60 s
    expect(tries('keep; keep; echo more >>"$DECLARATION"; keep')).toBe(2);
  });

  test('what the server accepts and does not show is not done again and again', () => {
    const made = accountServer();
    const { calls, log } = made.keep('keep; keep; keep; SECONDS=1000; keep', {}, {
      command: 'mysql', on: 'local', to: 'GRANT SELECT, INSERT', status: 0,
    });
    expect(calls.filter(({ input }) => input.startsWith('GRANT SELECT'))).toHaveLength(2); // and once after a gap
    expect(log)
      .toContain('ERROR: the server accepted this statement but does not show its effect: '
        + 'GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\'');
  });

  test('a syntax error, which quotes the statement, is shown without the password', () => {
    const error = 'echo "ERROR 1064 (42000) at line 1: near \'app \'\'word\'\'" >&2';
    const { log } = accountServer().keep('keep', {}, { command: 'mysql', on: 'local', to: 'CREATE USER', does: error, status: 1 });
    expect(log).toContain('ERROR: the server refuses this statement: CREATE USER IF NOT EXISTS \'app\'@\'%\', ERROR 1064, a syntax error');
  });

  test('a database with another character set stays as it is, and that is said', () => {
    const made = accountServer(undefined, [...inForce(), 'database\tshop\tlatin1\tlatin1_swedish_ci']);
    const { log } = made.keep('keep; keep');
    expect(made.changes.filter((change) => change.includes('DATABASE'))).toEqual([]);
    expect(log[0]).toBe(
      'the database shop has CHARACTER SET latin1 COLLATE latin1_swedish_ci, and is declared with CHARACTER SET utf8mb4 COLLATE '
      + 'utf8mb4_bin: it stays as it is; see "Databases and users" in the guide',
    );
  });

  test.each<[string, Answer]>([
    ['is an error', { ...TELLS, status: 1 }], ['is silence', TELLS], ['is cut off', { ...TELLS, says: 'server\t1\t0\t0\n' }],
  ])('nothing is changed when the answer %s', (_, answer) => {
    const made = accountServer();
    const { log, output } = made.keep('keep; keep', {}, answer);
    expect([output, log, made.changes]).toEqual(['not\nnot\n', ['ERROR: cannot list the accounts of the server, see above'], []]);
  });

  test('all is looked at once a minute, and at once after a gap in which another server may have been open for writes', () => {
    const looks = (shell: string) => accountServer('').keep(`keep; ${shell}`).calls
      .filter(({ on, input }) => on === 'login' || input.includes(TELLS.to!)).map(({ on }) => on.slice(0, 3)).join(' ');
    const all = 'loc log log log log';
    expect(looks('for ((SECONDS = 100; SECONDS < 150; SECONDS++)); do keep; done')).toBe(all);
    expect(looks('for ((SECONDS = 100; SECONDS < 170; SECONDS++)); do keep; done')).toBe(`${all} loc`);
    expect(looks('SECONDS=130; keep; SECONDS=161; keep')).toBe(`${all} ${all}`);
  });
});
