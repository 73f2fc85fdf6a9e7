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
    expect(statements(calls).filter((text) => text.includes('CREATE USER'))).toEqual([]);
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
});
