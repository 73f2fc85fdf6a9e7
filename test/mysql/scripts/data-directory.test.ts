import { Answer, Call, describeScript, Run, Sandbox } from '../../support/bash';
import { member, OTHER, REPLICA, SESSION_SETTINGS, SOURCE, withData, withoutData } from './members';

const initialised: Answer = {
  command: 'mysqld', to: '--initialize-insecure', does: '[[ ! $arguments =~ --datadir=([^ ]*) ]] || mkdir -p "${BASH_REMATCH[1]}/mysql"',
};
const throwAway: Answer = {
  command: 'mysqld', to: '--port=3307', does: 'cp "$RUN/recipient.cnf" "$RUN/recipient.seen"; exec sleep 300 >/dev/null 2>&1',
};
const cloned: Answer = { command: 'mysql', on: 'recipient', to: 'CLONE INSTANCE', does: 'mkdir -p "$VOLUME/clone.tmp/mysql"' };

function provision(bash: Sandbox, ...answers: Answer[]): Run {
  bash.answers(...answers, initialised, throwAway, cloned);
  return bash.runProgram('provision.sh');
}

const initialisation = (calls: Call[]) => calls.find(({ arguments: argv }) => argv.includes('/my.cnf'))!;
const empty = [...withoutData(REPLICA), ...withoutData(OTHER)];

describeScript('the throw-away server', () => {
  const options = (config: string) => {
    const bash = member(REPLICA);
    bash.file('config/my.cnf', config);
    const { status, calls } = provision(bash, ...withData(SOURCE));
    expect(status).toBe(0);
    const servers = calls.filter(({ command }) => command === 'mysqld');
    servers.forEach(({ arguments: argv }) => expect(argv).toMatch(/^--defaults-file=[^ ]*\/recipient\.cnf /));
    expect(servers).toHaveLength(2);
    return bash.read('run/recipient.seen');
  };

  test('has of my.cnf what CLONE compares, what the image says and what the volume wants, and nothing else', () => {
    const wanted = [
      'basedir', 'character_set_filesystem', 'character_set_server', 'character_sets_dir', 'collation_server', 'innodb_flush_method',
      'innodb_page_size', 'innodb_use_native_aio', 'lc_messages_dir', 'plugin_dir',
    ].map((name) => `${name} = "a # b"`);
    const others = ['loose_autocommit = OFF', 'log_bin = binlog', 'max_connections = 1', 'sql_mode = ANSI', 'old_character_set_server = x'];
    expect(options(['# MySQL 9.7', '[mysqld]', ...others, ...wanted, ''].join('\n')).split('\n')).toEqual(['[mysqld]', ...wanted, '']);
  });

  test('has them when they are loose, too', () => {
    expect(options('[mysqld]\nloose_innodb_page_size = 32K\n')).toBe('[mysqld]\nloose_innodb_page_size = 32K\n');
  });

  test('has nothing of a configuration with none of them', () => {
    expect(options('[mysqld]\nsql_mode = ANSI\n')).toBe('[mysqld]\n');
  });

  test('is not started without my.cnf', () => {
    const bash = member(REPLICA);
    bash.remove('config/my.cnf');
    const { status, calls } = provision(bash, ...withData(SOURCE));
    expect(status).not.toBe(0);
    expect(calls.filter(({ command }) => command === 'mysqld')).toEqual([]);
  });
});

describeScript('named time zones', () => {
  const zones: Answer = {
    command: 'mysql_tzinfo_to_sql', says: 'TRUNCATE TABLE time_zone;\nLocal time zone must be set--see zic manual page\n',
  };
  const without = (bash: Sandbox, config = '[mysqld]\n') => {
    bash.remove('zones');
    bash.file('config/my.cnf', config);
    return provision(bash, ...empty);
  };

  test('are in the data from the first start on, behind the accounts and in no binary log', () => {
    const bash = member(SOURCE);
    const { status, calls } = provision(bash, zones, ...empty);
    expect(status).toBe(0);
    const statements = initialisation(calls).input.split('\n');
    expect(statements.slice(0, 3)).toEqual([
      `${SESSION_SETTINGS};`, 'SET SESSION default_storage_engine = InnoDB;', 'SET SESSION sql_log_bin = 0, sql_mode = \'\';',
    ]);
    expect(statements.slice(-3)).toEqual(['USE mysql;', 'TRUNCATE TABLE time_zone;', 'FCTY']);
    expect(initialisation(calls).arguments).toContain(' --disable-log-bin --default-time-zone=SYSTEM --autocommit=ON ');
    expect(calls.find(({ command }) => command === 'mysql_tzinfo_to_sql')!.arguments).toBe(`${bash.folder}/zones`);
  });

  test('that cannot be read end the start, with the reason', () => {
    const bash = member(SOURCE);
    const { status, log } = provision(bash, { ...zones, status: 1, does: 'echo "no memory" >&2' }, ...empty);
    expect(status).toBe(1);
    expect(log.slice(-2)).toEqual([
      'ERROR: cannot read the time zones of the image: no memory',
      'ERROR: cannot write the statements for a new data directory, see above',
    ]);
    expect(bash.exists('volume/data')).toBe(false);
  });

  test('of an image without them are said to be unknown, and nothing else is missing', () => {
    const bash = member(SOURCE);
    const { status, log } = without(bash);
    expect(status).toBe(0);
    expect(log).toContain(`the image lacks ${bash.folder}/zones or mysql_tzinfo_to_sql: this cluster has no named time zones, only offsets`);
  });

  test.each(['+02:00', '-05:30', '"+02:00"', 'SYSTEM'])('are not needed for the time zone %s', (zone) => {
    expect(without(member(SOURCE), `[mysqld]\ndefault_time_zone = ${zone}\n`).status).toBe(0);
  });

  test.each(['default_time_zone', 'loose_default_time_zone'])('that %s wants and the image lacks end the start, with the fix', (name) => {
    const bash = member(SOURCE);
    const { status, log } = without(bash, `[mysqld]\n${name} = Europe/Berlin\n`);
    expect(status).toBe(1);
    expect(log.at(-2)).toBe(`ERROR: default_time_zone is Europe/Berlin, but the image has no named time zones, because it lacks ${bash.folder}/zones `
      + 'or mysql_tzinfo_to_sql; write an offset, as in +01:00');
    expect(bash.exists('volume/data')).toBe(false);
  });
});

describeScript('a certificate that is not whole', () => {
  test.each(['ca.crt', 'tls.crt', 'tls.key'])('without %s stops provision with the reason, before anything is asked or made', (file) => {
    const bash = member(REPLICA);
    bash.certificate(...['tls.crt', 'tls.key', 'ca.crt'].filter((key) => key !== file));
    for (const data of [false, true]) {
      if (data) {
        bash.file('volume/data/mysql/table', '');
      }
      const { status, log, calls } = provision(bash, ...withData(SOURCE));
      expect({ status, log, calls }).toEqual({
        status: 1, calls: [], log: [
          `ERROR: the Secret of the certificate lacks ${file}; it needs tls.crt, tls.key and ca.crt`,
          'ERROR: cannot start the server without a complete certificate',
        ],
      });
    }
  });
});
