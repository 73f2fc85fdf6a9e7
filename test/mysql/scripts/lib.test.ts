import { createHash } from 'crypto';
import { describeScript, Sandbox, sandbox } from '../../support/bash';
import { shellModules } from '../../support/shell-modules';
import { SESSION_SETTINGS } from './members';

const PASSWORDS = [
  'plain', 'it\'s', '"quoted"', 'back\\slash', '\\', 'a & b', '&', '$HOME ${x} $(y) `z`', '%s %d', '<root-password>',
  '{{root-password}}', '!#;=',
  'x'.repeat(64),
];

/** What a client of MySQL reads from a value of an option file. */
function optionRead(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** What a server of MySQL reads from a string. */
function sqlRead(text: string): string {
  return text.slice(1, -1).replace(/''|\\(.)/g, (found, escaped?: string) => escaped ?? found[0]);
}

function accounts(): Sandbox {
  return sandbox({ POD_NAME: 'mysql-source-0' });
}

describeScript('sql_literal and option_value', () => {
  test.each(PASSWORDS)('%s comes out as it went in', (password) => {
    const bash = accounts();
    bash.file('password', password);
    const { output } = bash.run('lib.sh', `read_file "${bash.folder}/password"; sql_literal "$REPLY"; echo; option_value "$REPLY"`);
    const [literal, value] = output.split('\n');
    expect(literal).toMatch(/^'([^'\\]|''|\\\\)*'$/);
    expect(sqlRead(literal)).toBe(password);
    expect(value).toMatch(/^"([^"\\]|\\"|\\\\)*"$/);
    expect(optionRead(value)).toBe(password);
  });
});

describeScript('read_file', () => {
  test.each<[string, string, string]>([
    ['one line', 'text\n', 'text'],
    ['no line break', 'text', 'text'],
    ['several line breaks at the end', 'text\n\n\n', 'text'],
    ['line breaks inside', 'a\n\nb\n', 'a\n\nb'],
    ['spaces around', '  a \t\n', '  a \t'],
    ['backslashes', 'a\\nb\\\n', 'a\\nb\\'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    const bash = accounts();
    bash.file('file', text);
    expect(bash.run('lib.sh', `read_file "${bash.folder}/file"; printf '%s' "$REPLY"`)).toMatchObject({ status: 0, output: expected });
  });

  test('a file that is missing is a failure, and nothing of an earlier one is left', () => {
    expect(accounts().run('lib.sh', 'REPLY=old; read_file /nowhere || echo "failed: [$REPLY]"').output).toBe('failed: []\n');
  });
});

describeScript('secret', () => {
  const secret = (bash: Sandbox, key: string) => bash.run('lib.sh', `secret ${key} && printf '%s' "$REPLY"`);

  test.each(PASSWORDS)('reads %s', (password) => {
    const bash = accounts();
    bash.file('secrets/clone-password', password);
    expect(secret(bash, 'clone-password')).toMatchObject({ status: 0, output: password, log: [] });
  });

  test('line breaks at the end, which editors leave, are not part of it', () => {
    const bash = accounts();
    bash.password('secrets/clone-password', 'secret word\n\n');
    expect(secret(bash, 'clone-password').output).toBe('secret word');
  });

  test.each<[string, string | undefined, string]>([
    ['missing', undefined, 'is missing'],
    ['empty', '', 'is empty'],
    ['only a line break', '\n', 'is empty'],
    ['with a tab', 'a\tb', 'holds a control character, which not every client can send'],
    ['with a line break inside', 'a\nb', 'holds a control character, which not every client can send'],
    ['with the line break of another system', 'word\r\n', 'holds a control character, which not every client can send'],
  ])('%s is refused', (_, password, problem) => {
    const bash = accounts();
    bash.remove('secrets/clone-password');
    if (password !== undefined) {
      bash.file('secrets/clone-password', password);
    }
    expect(secret(bash, 'clone-password')).toMatchObject({
      status: 1, output: '', log: [`ERROR: key clone-password of the accounts' Secret ${problem}`],
    });
  });

  test.each<[string, string, string]>([
    ['a replication password of 32 characters is used as it is', 'r'.repeat(32), 'r'.repeat(32)],
    ['of one with 33 characters a digest of 32 is used', 'r'.repeat(33),
      createHash('sha256').update('r'.repeat(33)).digest('hex').slice(0, 32)],
  ])('%s', (_, password, expected) => {
    const bash = accounts();
    bash.password('secrets/replication-password', password);
    bash.password('secrets/clone-password', password);
    expect(secret(bash, 'replication-password').output).toBe(expected);
    expect(secret(bash, 'clone-password').output).toBe(password);
  });
});

describeScript('fill_in', () => {
  const fillIn = (bash: Sandbox, sql: string) => {
    bash.file('file.sql', sql);
    return bash.run('lib.sh', `fill_in "${bash.folder}/file.sql"`);
  };

  test.each(PASSWORDS)('%s becomes a string of SQL', (password) => {
    const bash = accounts();
    bash.file('secrets/clone-password', password);
    const { output } = fillIn(bash, 'CREATE USER clone IDENTIFIED BY <clone-password> REQUIRE SSL;\n');
    const [, literal] = /^CREATE USER clone IDENTIFIED BY ('.*') REQUIRE SSL;\n$/.exec(output)!;
    expect(sqlRead(literal)).toBe(password);
  });

  test('comments and empty lines go, lines without a placeholder stay as they are', () => {
    const statements = 'SET a = 1;\n  SELECT \'\\\\ &\';\n';
    expect(fillIn(accounts(), `-- <no-password>\n\n${statements}`).output).toBe(statements);
  });

  test('a password that is missing is a failure', () => {
    expect(fillIn(accounts(), 'CREATE USER x IDENTIFIED BY <x-password>;\nSELECT 1;\n')).toMatchObject({
      status: 1, output: '', log: ['ERROR: key x-password of the accounts\' Secret is missing'],
    });
  });

  test.each(['accounts.sql', 'recipient.sql'])('%s has one statement a line, and no placeholder is left', (file) => {
    const { status, output } = accounts().run('lib.sh', `fill_in "$SQL/${file}"`);
    expect(status).toBe(0);
    expect(output).not.toMatch(/<[a-z]+-password>/);
    expect(output.trimEnd().split('\n').filter((line) => !line.endsWith(';'))).toEqual([]);
    expect(output).toContain(' monitor@\'%\' IDENTIFIED WITH caching_sha2_password BY \'monitor & \'\'its\'\' "\\\\pass$word\';\n');
  });
});

const SETTINGS = ['[mysql]', `init-command="${SESSION_SETTINGS}"`, '[mysqldump]', `loose-init-command="${SESSION_SETTINGS}"`, ''];

describeScript('option files', () => {
  test.each(PASSWORDS)('hold %s, for nobody else to read', (password) => {
    const bash = accounts();
    bash.file('secrets/root-password', password);
    expect(bash.run('lib.sh', 'write_root_options')).toMatchObject({ status: 0, output: '', log: [], calls: [] });
    const lines = bash.read('run/root.cnf').split('\n');
    expect(lines).toEqual([
      '[client]', 'user=root', expect.stringMatching(/^password="/), 'default-character-set=utf8mb4',
      `socket=${bash.folder}/run/mysqld.sock`, ...SETTINGS,
    ]);
    expect(optionRead(lines[2].slice('password='.length))).toBe(password);
    expect(bash.modeOf('run/root.cnf')).toBe('600');
    expect(bash.list('run')).toEqual(['root.cnf']);
  });

  test('of clients on the network ask for TLS', () => {
    const bash = accounts();
    bash.run('lib.sh', 'write_remote_options monitor');
    expect(bash.read('run/monitor.cnf').split('\n').slice(3))
      .toEqual(['default-character-set=utf8mb4', 'connect-timeout=3', 'ssl-mode=REQUIRED', ...SETTINGS]);
  });

  test('of clients on the network check the name of the server where there is an authority', () => {
    const bash = accounts();
    bash.certificate('ca.crt');
    bash.run('lib.sh', 'write_remote_options monitor');
    expect(bash.read('run/monitor.cnf').split('\n').slice(3)).toEqual([
      'default-character-set=utf8mb4', 'connect-timeout=3', 'ssl-mode=VERIFY_IDENTITY', `ssl-ca=${bash.folder}/tls/ca.crt`,
      ...SETTINGS,
    ]);
  });

  test('the old one stays when the password is missing', () => {
    const bash = accounts();
    bash.file('run/root.cnf', 'old');
    bash.remove('secrets/root-password');
    expect(bash.run('lib.sh', 'write_root_options').status).toBe(1);
    expect(bash.read('run/root.cnf')).toBe('old');
  });
});

describeScript('a certificate without its authority', () => {
  const cases: [string, string[]][] = [
    ['ca.crt', ['tls.crt', 'tls.key']], ['tls.key ca.crt', ['tls.crt']], ['tls.crt tls.key ca.crt', ['none']],
  ];
  test.each(cases)(
    'lacks %s, which is said once', (missing, keys) => {
      const bash = accounts();
      bash.certificate(...keys);
      const { status, log } = bash.run('lib.sh', 'for i in 1 2; do ! require_certificate tls.crt tls.key ca.crt || exit 9; done');
      expect({ status, log }).toEqual({
        status: 0, log: [`ERROR: the Secret of the certificate lacks ${missing}; it needs tls.crt, tls.key and ca.crt`],
      });
    });

  test('lacks an authority that is empty, too', () => {
    const bash = accounts();
    bash.certificate();
    bash.file('tls/ca.crt', '');
    expect(bash.run('lib.sh', 'require_certificate ca.crt').status).toBe(1);
  });

  test('makes clients say so, and not speak to a server that they cannot check', () => {
    const bash = accounts();
    bash.certificate('tls.crt', 'tls.key');
    expect(bash.run('lib.sh', 'write_remote_options monitor')).toMatchObject({
      status: 1, log: ['ERROR: the Secret of the certificate lacks ca.crt; it needs tls.crt, tls.key and ca.crt'],
    });
    expect(bash.list('run')).toEqual([]);
  });

  test('is none of a whole one, and of a server that makes its own', () => {
    const bash = accounts();
    expect(bash.run('lib.sh', 'require_certificate tls.crt tls.key ca.crt')).toMatchObject({ status: 0, log: [] });
    bash.certificate();
    expect(bash.run('lib.sh', 'require_certificate tls.crt tls.key ca.crt')).toMatchObject({ status: 0, log: [] });
  });
});

describeScript('log_change', () => {
  test('says the same again when a minute has passed, and another thing at once', () => {
    const shell = 'for i in a a b b; do log_change INFO "$i"; done; SECONDS=$((SECONDS + 60)); log_change INFO b';
    expect(accounts().run('lib.sh', shell).log).toEqual(['a', 'b', 'b']);
  });
});

describeScript('log_seldom', () => {
  test('says the same again when a minute has passed, whatever is said meanwhile', () => {
    const shell = 'SECONDS=100; for i in 1 2 3; do log_seldom INFO "a [$(true)] *"; log_seldom INFO b; done; SECONDS=160; '
      + 'log_seldom INFO b; log_seldom INFO c';
    expect(accounts().run('lib.sh', `unset SECONDS; ${shell}`).log).toEqual(['a [] *', 'b', 'b', 'c']);
  });

  test('counts another detail as the same', () => {
    const shell = 'unset SECONDS; SECONDS=0; log_seldom INFO a "9 s"; log_seldom INFO a "8 s"; SECONDS=60; log_seldom INFO a "7 s"';
    expect(accounts().run('lib.sh', shell).log).toEqual(['a, 9 s', 'a, 7 s']);
  });
});

describeScript('server_error', () => {
  test.each<[string, string]>([
    ['ERROR 1045 (28000): Access denied for user', '1045'],
    ['ERROR 1290 (HY000) at line 2: The MySQL server is running with the --super-read-only option', '1290'],
    ['WARNING: something\nERROR 3159 (HY000): insecure', '3159'],
    ['ERROR 2026 (HY000): SSL connection error', '2026'],
    ['ERROR 2002 (HY000): cannot connect through socket', 'none'],
    ['ERROR 2013 (HY000): Lost connection to MySQL server', 'none'],
    ['mysql: unknown variable', 'none'],
    ['the ERROR 1045 of yesterday', 'none'],
    ['', 'none'],
  ])('%s: %s', (text, expected) => {
    expect(accounts().run('lib.sh', `server_error "$1" && echo "$REPLY" || echo none`.replace('"$1"', `'${text}'`)).output).toBe(`${expected}\n`);
  });
});

describeScript('login_refused', () => {
  test.each<[string, string]>([
    ['ERROR 1045 (28000): Access denied for user', 'yes'], ['ERROR 1040 (HY000): Too many connections', 'no'], ['', 'no'],
    ['ERROR 2013 (HY000): Lost connection: ERROR 1045 ', 'no'],
  ])('%s: %s', (text, expected) => {
    expect(accounts().run('lib.sh', `REPLY=kept; login_refused '${text}' && echo "yes $REPLY" || echo "no $REPLY"`).output).toBe(`${expected} kept\n`);
  });
});

describeScript('clients', () => {
  test('log in with option files, and are bounded when they go over the network', () => {
    const bash = accounts();
    const { calls } = bash.run('lib.sh', 'root_sql --force <<<one; member_sql monitor mysql-replica-0 --port=3307 <<<two || true');
    expect(calls).toEqual([
      { command: 'mysql', on: 'local', input: 'one', arguments: `--defaults-file=${bash.folder}/run/root.cnf --batch --skip-column-names --force` },
      {
        command: 'mysql', on: 'mysql-replica-0:3307', input: 'two',
        arguments: `--defaults-file=${bash.folder}/run/monitor.cnf --host=mysql-replica-0.mysql-members.shop.svc.cluster.local --port=3306 `
          + '--batch --skip-column-names --port=3307',
      },
    ]);
  });

  test('the other members are all but this one', () => {
    const bash = accounts();
    bash.file('topology/members', 'mysql-source-0\nmysql-replica-0\nmysql-replica-1\n');
    expect(bash.run('lib.sh', 'members; echo "${members[@]}"; echo "${peers[@]}"').output)
      .toBe('mysql-source-0 mysql-replica-0 mysql-replica-1\nmysql-replica-0 mysql-replica-1\n');
  });
});

describeScript('pause_for', () => {
  test('takes the time that it is given, without a command and with one descriptor', () => {
    const shell = 'PATH=; start=${EPOCHREALTIME/./}; pause_for 0; first=$nobody_writes; pause_for 0.1; end=${EPOCHREALTIME/./}; '
      + 'echo "$((end - start >= 100000)) $((first == nobody_writes))"';
    expect(accounts().run('lib.sh', shell)).toMatchObject({ status: 0, output: '1 1\n', log: [] });
  });

  test('is the only pause of this kind: no other script opens a pipe for it', () => {
    expect(shellModules().filter(({ text }) => text.includes('<> <(:)')).map(({ name }) => name)).toEqual(['lib.sh']);
  });
});
