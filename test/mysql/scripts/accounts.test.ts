import { createHash } from 'crypto';
import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE, statements } from './members';

const DECLARATION = 'database\tshop\tutf8mb4\tutf8mb4_bin\nuser\tapp\tapp-secret/app-password\ngrant\tapp\tSELECT, INSERT\tshop\n';
const DIGEST = createHash('sha256').update(DECLARATION).digest('hex');
const MISSING: Answer = { command: 'mysql', to: 'FROM mysql.user', says: '0\n' };
const REFUSED = 'echo "ERROR 1045 (28000): Access denied for user" >&2';
const EXISTS: Answer = { command: 'mysql', to: 'FROM mysql.user', says: '1\n' };
const APPLIED: Answer = { command: 'mysql', to: 'SELECT digest', says: `${DIGEST}\n` };

function source(password: string | undefined = 'app \'word\''): Sandbox {
  const bash = member(SOURCE);
  bash.file('topology/declaration', DECLARATION);
  bash.password('user-secrets/app-secret/app-password', password);
  return bash;
}

function keep(bash: Sandbox, shell = 'keep_accounts', ...answers: Answer[]): Run {
  bash.answers(...answers, MISSING);
  return bash.run('lib.sh accounts.sh', shell);
}

describeScript('the declaration', () => {
  const ALL = [
    'CREATE DATABASE IF NOT EXISTS `shop` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;',
    'CREATE USER IF NOT EXISTS \'app\'@\'%\' IDENTIFIED BY \'app \'\'word\'\'\' REQUIRE SSL;',
    'GRANT SELECT, INSERT ON `shop`.* TO \'app\'@\'%\';',
  ].join('\n');

  test('is applied once', () => {
    const { log, calls } = keep(source(), 'keep_accounts; keep_accounts');
    expect(statements(calls)).toEqual([`${ALL}\nREPLACE cdk8s_stateful.declarations (id, digest) VALUES (1, '${DIGEST}')`]);
    expect(log).toEqual(['applied the declared databases and users']);
  });

  test('is not applied again by another agent', () => {
    const { log, calls } = keep(source(), 'keep_accounts', EXISTS, APPLIED);
    expect({ log, changes: statements(calls) }).toEqual({ log: [], changes: [] });
  });

  test('is applied again when a user of it is missing', () => {
    expect(statements(keep(source(), 'keep_accounts', APPLIED).calls)[0]).toContain(ALL);
  });

  test.each<[string, string]>([['is empty', ''], ['holds a tab', 'a\tb']])('makes no user whose password %s', (_, password) => {
    const { status, log, calls } = keep(source(password));
    expect(status).not.toBe(0);
    expect(log).toEqual(['ERROR: the password of app is missing, empty, or holds a control character: app-secret/app-password']);
    expect(statements(calls)).toEqual([]); // nor a part of the rest, again and again
  });
});

describeScript('what is no answer about a password', () => {
  const GONE = 'ERROR 2003 (HY000): cannot connect to MySQL server on 127.0.0.1:3306 (111)';

  test.each<[string, string]>([
    ['a server that is not there', GONE], ['one that ends', 'ERROR 1053 (08S01): Server shutdown in progress'],
    ['too many connections', 'ERROR 1040 (HY000): Too many connections'],
    ['an account that is locked', 'ERROR 3118 (HY000): Account is locked'],
    ['TLS that fails', 'ERROR 2026 (HY000): SSL connection error'], ['a client that was killed', ''],
  ])('%s: no password is changed or forgotten, and it is looked at again', (_, text) => {
    for (const to of ['user=clone\n', 'user=app\n']) {
      const once: Answer = { command: 'mysql', on: 'login', to, does: `((turn > 1)) || { echo "${text}" >&2; exit 1; }` };
      const thrice = 'for i in 1 2 3; do keep_accounts && echo kept || echo not; done';
      const { calls, log, output } = keep(source(), thrice, EXISTS, APPLIED, once);
      expect(output).toBe('not\nnot\nkept\n');
      expect(statements(calls)).toEqual([]);
      expect(log).toEqual([`it cannot be told whether the password of ${to.slice(5).trim()} is in force: ${text || 'no answer'}`]); // once
    }
  });

  test('a server that does not say whether there is a user: none is made', () => {
    for (const answer of [{ status: 1 }, { says: '' }]) {
      const { calls, output } = keep(source(), 'keep_accounts || echo not', { command: 'mysql', to: 'FROM mysql.user', ...answer });
      expect({ output, changes: statements(calls) }).toEqual({ output: 'not\n', changes: [] });
    }
  });

  test('a server that does not say what was applied: nothing is applied again', () => {
    const { calls, output } = keep(source(), 'keep_accounts || echo not', EXISTS, { command: 'mysql', to: 'SELECT digest', status: 1 });
    expect({ output, changes: statements(calls) }).toEqual({ output: 'not\n', changes: [] });
  });

  test('what could not be applied is applied at the next look', () => {
    const once: Answer = { command: 'mysql', on: 'local', to: 'CREATE DATABASE', does: '((turn > 0)) || exit 1' };
    const { calls, log } = keep(source(), 'keep_accounts || true; keep_accounts; keep_accounts', once);
    expect(statements(calls)).toHaveLength(2);
    expect(log).toEqual(['applied the declared databases and users']);
  });

  test('a password that is missing is named once a minute, and nothing counts as kept', () => {
    const bash = source();
    bash.file('topology/declaration', `user\tfirst\tfirst-secret/password\n${DECLARATION}`);
    const { calls, log, output } = keep(bash, 'for i in 1 2; do keep_accounts || echo not; done', EXISTS, APPLIED);
    expect(output).toBe('not\nnot\n');
    expect(statements(calls)).toEqual([]);
    expect(log).toEqual(['ERROR: the password of first is missing, empty, or holds a control character: first-secret/password']);
  });
});

describeScript('a changed password', () => {
  test.each<[string, string, string]>([
    ['of an account of the cluster', 'user=clone\n',
      'ALTER USER \'clone\'@\'%\' IDENTIFIED BY \'clone & \'\'its\'\' "\\\\pass$word\' RETAIN CURRENT PASSWORD'],
    ['of a user', 'user=app\n', 'ALTER USER \'app\'@\'%\' IDENTIFIED BY \'app \'\'word\'\'\' RETAIN CURRENT PASSWORD'],
  ])('%s is set where the server does not take it yet, and the old one stays valid', (_, to, statement) => {
    const bash = source();
    const { calls, log } = keep(bash, 'keep_accounts', EXISTS, APPLIED, { command: 'mysql', on: 'login', to, status: 1, does: REFUSED });
    expect(statements(calls)).toEqual([statement]);
    expect(log).toEqual([`the password of ${to.slice(5).trim()} changed; the old one stays valid until it is discarded`]);
    expect(bash.exists('run/login.cnf')).toBe(false);
  });

  test('is looked for only when a Secret changes', () => {
    const { calls } = keep(source(), 'keep_accounts; keep_accounts', EXISTS, APPLIED);
    expect(calls.filter(({ on }) => on === 'login').map(({ input }) => /user=(.*)/.exec(input)![1]))
      .toEqual(['admin', 'replication', 'clone', 'monitor', 'app']);
  });

  test('of root is set in no binary log, and super_read_only is as before', () => {
    const bash = member(SOURCE);
    bash.password('secrets/root-password', 'newest');
    const { calls } = keep(bash, 'keep_root_password; keep_root_password');
    expect(statements(calls)).toEqual([[
      'SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;',
      'ALTER USER root@localhost IDENTIFIED BY \'newest\' RETAIN CURRENT PASSWORD;',
    ].join('\n'), 'SET GLOBAL super_read_only = @@GLOBAL.read_only']);
    expect(bash.read('run/root.cnf')).toContain('password="newest"\n');
  });

  test('of root that is not taken leaves super_read_only as before, and is given again', () => {
    const bash = member(SOURCE);
    bash.password('secrets/root-password', 'newest');
    const refused: Answer = { command: 'mysql', to: 'ALTER USER root', status: 1 };
    const { calls, output } = keep(bash, 'keep_root_password || echo not; keep_root_password || echo not', refused);
    expect(output).toBe('not\nnot\n');
    expect(statements(calls).map((text) => text.slice(0, 40))).toEqual([1, 2].flatMap(() => (
      ['SET SESSION sql_log_bin = 0; SET GLOBAL s', 'SET GLOBAL super_read_only = @@GLOBAL.re'].map((text) => text.slice(0, 40)))));
    expect(bash.read('run/root.cnf')).not.toContain('newest');
  });

  test('of root counts as not changed when super_read_only cannot be as before', () => {
    const bash = member(SOURCE);
    bash.password('secrets/root-password', 'newest');
    const { output } = keep(bash, 'keep_root_password || echo not', { command: 'mysql', to: '= @@GLOBAL.read_only', status: 1 });
    expect(output).toBe('not\n');
  });
});
