import { OPTION_NAMES } from '../../../lib/mysql/configuration/option-names';
import { renderConfiguration } from '../../../lib/mysql/configuration/render-configuration';
import { MySqlVersion } from '../../../lib/mysql/context/mysql-version';
import { testChart } from '../../util';
import { configuration } from './cases';

type Case = [what: string, user: Record<string, string>, message: string];

const NAME_CURE = 'write the name alone, with letters, digits, "_" and "-", as in max_connections';
const LINE = 'be one line of text without blanks around it';
const LINE_CURE = 'write the value as in my.cnf; leave it out for the default';
const SIZE = 'be a size as mysqld reads it';
const SIZE_CURE = 'write bytes, or a whole number with K, M or G, as in 512M';
const NO_TLS = 'be an option of MySQL 9.7, which has it no longer';

describe('refuses a name that', () => {
  test.each<Case>([
    ['is empty', { '': 'x' }, `'configuration' must have names of mysqld's options, got "": ${NAME_CURE}`],
    ['has a "="', { 'sort_buffer_size=1M': '' }, `'configuration' must have names of mysqld's options, got "sort_buffer_size=1M": ${NAME_CURE}`],
    ['has a blank', { 'sort buffer size': '1M' }, `'configuration' must have names of mysqld's options, got "sort buffer size": ${NAME_CURE}`],
    ['has a line break', { 'a\nb': '1' }, `'configuration' must have names of mysqld's options, got "a\\nb": ${NAME_CURE}`],
    ['is a section', { '[mysqld]': '' }, `'configuration' must have names of mysqld's options, got "[mysqld]": ${NAME_CURE}`],
    ['is a directive', { '!includedir': '/etc' }, `'configuration' must have names of mysqld's options, got "!includedir": ${NAME_CURE}`],
    ['is a comment', { '#a': '1' }, `'configuration' must have names of mysqld's options, got "#a": ${NAME_CURE}`],
    ['begins with dashes, as on the command line', { '--max-connections': '9' },
      `'configuration' must have names of mysqld's options, got "--max-connections": ${NAME_CURE}`],
    ['is another spelling of one before', { max_connections: '90', 'Max-Connections': '80' },
      `'configuration.Max-Connections' must be an option of its own, got "80": 'configuration.max_connections' sets it already; keep one of them`],
    ['is a loose spelling of one before', { long_query_time: '1', 'loose-long-query-time': '2' },
      `'configuration.loose-long-query-time' must be an option of its own, got "2": 'configuration.long_query_time' sets it already; keep one of them`],
    ['is the old spelling of one before', { replica_net_timeout: '19', slave_net_timeout: '18' },
      `'configuration.slave_net_timeout' must be an option of its own, got "18": 'configuration.replica_net_timeout' sets it already; keep one of them`],
    ['has a modifier', { 'skip-slow-query-log': 'ON' },
      `'configuration.skip-slow-query-log' must be a name without "skip_" or "disable_", got "ON": write slow_query_log with the value OFF`],
    ['has a modifier behind loose_', { loose_disable_general_log: 'ON' },
      `'configuration.loose_disable_general_log' must be a name without "skip_" or "disable_", got "ON": write general_log with the value OFF`],
  ])('%s', fails);
});

describe('refuses a value that', () => {
  test.each<Case>([
    ['is empty', { long_query_time: '' }, `'configuration.long_query_time' must ${LINE}, got "": ${LINE_CURE}`],
    ['is blank', { long_query_time: ' ' }, `'configuration.long_query_time' must ${LINE}, got " ": ${LINE_CURE}`],
    ['has a line break', { init_connect: 'a\n[client]' }, `'configuration.init_connect' must ${LINE}, got "a\\n[client]": ${LINE_CURE}`],
    ['has a line break at the end', { init_connect: 'a\n' }, `'configuration.init_connect' must ${LINE}, got "a\\n": ${LINE_CURE}`],
    ['has a NUL', { init_connect: 'a\0b' }, `'configuration.init_connect' must ${LINE}, got "a\\u0000b": ${LINE_CURE}`],
    ['is a number, as JavaScript allows', { long_query_time: 5 as unknown as string },
      `'configuration.long_query_time' must ${LINE}, got 5: ${LINE_CURE}`],
    ['is no size', { sort_buffer_size: '2 GB' }, `'configuration.sort_buffer_size' must ${SIZE}, got "2 GB": ${SIZE_CURE}`],
    ['is a size of Kubernetes', { innodb_buffer_pool_size: '2Gi' },
      `'configuration.innodb_buffer_pool_size' must ${SIZE}, got "2Gi": ${SIZE_CURE}`],
    ['is a size with a fraction', { tmp_table_size: '0.5G' }, `'configuration.tmp_table_size' must ${SIZE}, got "0.5G": ${SIZE_CURE}`],
    ['is a size below zero', { max_allowed_packet: '-1' }, `'configuration.max_allowed_packet' must ${SIZE}, got "-1": ${SIZE_CURE}`],
    ['is no number', { max_connections: 'many' },
      `'configuration.max_connections' must be a whole number from 1 to 9007199254740991, got "many": write it as in 200`],
    ['is no connection at all', { max_connections: '0' },
      `'configuration.max_connections' must be a whole number from 1 to 9007199254740991, got "0": write it as in 200`],
    ['is more than there is', { innodb_buffer_pool_size: '99999E' },
      `'configuration.innodb_buffer_pool_size' must be a whole number from 1 to 9007199254740991, got "99999E": write it as in 512M`],
  ])('%s', fails);
});

describe('refuses a value that the cluster cannot live with:', () => {
  const CLONE = 'leave it out for the default; CLONE, by which members get their data, refuses to work with less';

  test.each<Case>([
    ['packets below 2M', { max_allowed_packet: '1M' }, `'configuration.max_allowed_packet' must be 2M or more, got "1M": ${CLONE}`],
    ['packets of one byte less', { 'loose-max-allowed-packet': '2097151' },
      `'configuration.loose-max-allowed-packet' must be 2M or more, got "2097151": ${CLONE}`],
    ['a replica that misses heartbeats', { slave_net_timeout: '9' },
      `'configuration.slave_net_timeout' must be 10 or more, got "9": leave it out for the default; sources send a heartbeat every 5 s, and replicas must not miss one`],
    ['a replica that waits for no number of seconds', { replica_net_timeout: 'long' },
      `'configuration.replica_net_timeout' must be 10 or more, got "long": leave it out for the default; sources send a heartbeat every 5 s, and replicas must not miss one`],
  ])('%s', fails);

  test('what it can live with is rendered', () => {
    const text = render({ max_allowed_packet: '2M', replica_net_timeout: '10' });
    expect(text).toContain('\nmax_allowed_packet = 2M\n');
    expect(text).toContain('\nreplica_net_timeout = 10\n');
  });
});

describe('refuses a name that no server knows:', () => {
  const UNKNOWN = 'be an option of mysqld, which ends at one that it does not know';
  const VARIABLE = 'be an option of mysqld, not a variable that only statements set';
  const loose = (name: string) => `write loose_${name} for one that only your image has`;

  test.each<[name: string, rule: string, fix: string]>([
    ['max_conections', UNKNOWN, `did you mean max_connections or: ${loose('max_conections')}`],
    ['Inodb-Buffer-Pool-Size', UNKNOWN, `did you mean innodb_buffer_pool_size or: ${loose('inodb_buffer_pool_size')}`],
    ['sotr_buffer_size', UNKNOWN, `did you mean sort_buffer_size or: ${loose('sotr_buffer_size')}`],
    ['slow_query_log_fiel', UNKNOWN, `did you mean slow_query_log_file or: ${loose('slow_query_log_fiel')}`],
    ['buffer_pool_size', UNKNOWN, `did you mean innodb_buffer_pool_size or: ${loose('buffer_pool_size')}`],
    ['group_replication_flow_contol_mode', UNKNOWN,
      `did you mean group_replication_flow_control_mode or: ${loose('group_replication_flow_contol_mode')}`],
    ['rpl_semi_sync_source_timeuot', UNKNOWN, `did you mean rpl_semi_sync_source_timeout or: ${loose('rpl_semi_sync_source_timeuot')}`],
    ['clone_max_data_bandwith', UNKNOWN, `did you mean clone_max_data_bandwidth or: ${loose('clone_max_data_bandwith')}`],
    ['something_completely_different', UNKNOWN, loose('something_completely_different')],
    ['x', UNKNOWN, loose('x')],
    ['constructor', UNKNOWN, loose('constructor')],
    ['time_zone', VARIABLE, 'did you mean default_time_zone or: clients set it in their sessions'],
    ['sql_safe_updates', VARIABLE, 'clients set it in their sessions'],
    ['foreign-key-checks', VARIABLE, 'clients set it in their sessions'],
  ])('%s', (name, rule, fix) => {
    fails('', { [name]: '7M' }, `'configuration.${name}' must ${rule}, got "7M": ${fix}`);
  });

  test.each([
    'loose_something_completely_different', 'loose-max-conections', 'audit_log_file', 'validate_password.policy', 'thread_pool_size',
    'connection_control_failed_connections_threshold', 'maximum_sort_buffer_size', 'ndb_wait_connected',
    'authentication_ldap_sasl_log_status',
  ])('%s is passed on', (name) => expect(render({ [name]: '7' })).toContain(' = 7\n'));

  test('every option of the server is passed on, or refused for another reason', () => {
    const messages = OPTION_NAMES.map((name) => {
      try {
        return render({ [name]: '20M' });
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(messages.filter((message) => message.includes(UNKNOWN) || message.includes(VARIABLE))).toEqual([]);
    expect(messages.filter((message) => message.startsWith('# MySQL')).length).toBeGreaterThan(600);
  });

  test('what an earlier series has is passed on to it', () => {
    expect(render({ innodb_log_file_size: '64M' }, { version: MySqlVersion.V8_4 })).toContain('innodb_log_file_size = 64M\n');
  });
});

describe('a default of the library that contradicts what the user wants', () => {
  const character = (user: Record<string, string>) => (
    render(user).split('\n').filter((line) => /^(character_set|collation)_server/.test(line)));

  test.each<[what: string, user: Record<string, string>, lines: string[]]>([
    ['goes without anything from the user', {}, ['character_set_server = utf8mb4', 'collation_server = utf8mb4_0900_ai_ci']],
    ['leaves the collation of a character set to the server', { character_set_server: 'latin1' }, ['character_set_server = latin1']],
    ['is that of a collation', { 'collation-server': 'latin1_german2_ci' },
      ['character_set_server = latin1', 'collation_server = latin1_german2_ci']],
    ['stays for a collation of the same character set', { collation_server: 'utf8mb4_bin' },
      ['character_set_server = utf8mb4', 'collation_server = utf8mb4_bin']],
    ['is that of a collation without a second part', { collation_server: 'binary' },
      ['character_set_server = binary', 'collation_server = binary']],
    ['is none of two that belong together', { character_set_server: 'UTF8', collation_server: 'utf8mb3_general_ci' },
      ['character_set_server = UTF8', 'collation_server = utf8mb3_general_ci']],
  ])('%s', (_, user, lines) => expect(character(user)).toEqual(lines));

  test('cannot be told for two that do not belong together', () => {
    fails('', { character_set_server: 'utf8mb4', collation_server: 'latin1_bin' },
      `'configuration.collation_server' must be a collation of utf8mb4, which is configuration.character_set_server, got "latin1_bin": leave one of them out: the other follows from it`);
  });

  test.each(['innodb_log_file_size', 'innodb_log_files_in_group'])('has MySQL 8.4 pass over %s', (name) => {
    const with8 = (user: Record<string, string>) => render(user, { version: MySqlVersion.V8_4 });
    expect(with8({})).toContain('\ninnodb_redo_log_capacity = ');
    expect(with8({ [name]: '64' })).not.toContain('innodb_redo_log_capacity');
  });
});

describe('leaves to the library', () => {
  const BINLOG = 'be left to the library, which sets log_bin to binlog';
  const BINLOG_CURE = 'leave it out; replicas, backups and recovery read the binary log, under a name that is the same in every pod';

  test.each<Case>([
    ['log_bin', { log_bin: 'mine' }, `'configuration.log_bin' must ${BINLOG}, got "mine": ${BINLOG_CURE}`],
    ['skip-log-bin', { 'skip-log-bin': 'ON' }, `'configuration.skip-log-bin' must ${BINLOG}, got "ON": ${BINLOG_CURE}`],
    ['disable_log_bin', { disable_log_bin: '1' }, `'configuration.disable_log_bin' must ${BINLOG}, got "1": ${BINLOG_CURE}`],
    ['loose_skip_log_bin', { loose_skip_log_bin: '1' }, `'configuration.loose_skip_log_bin' must ${BINLOG}, got "1": ${BINLOG_CURE}`],
    ['enable-log-bin', { 'enable-log-bin': '1' }, `'configuration.enable-log-bin' must ${BINLOG}, got "1": ${BINLOG_CURE}`],
    ['log_slave_updates', { log_slave_updates: 'OFF' },
      `'configuration.log_slave_updates' must be left to the library, which sets log_replica_updates to ON, got "OFF": leave it out; any server may become the source of the others`],
    ['skip-slave-start', { 'skip-slave-start': 'OFF' },
      `'configuration.skip-slave-start' must be left to the library, which sets skip_replica_start to ON, got "OFF": leave it out; the agent starts replication after it has checked source and GTIDs`],
    ['Super-Read-Only', { 'Super-Read-Only': 'OFF' },
      `'configuration.Super-Read-Only' must be left to the library, which sets super_read_only to ON, got "OFF": leave it out; each server starts read-only, and its agent opens it if it is the source or the primary`],
    ['disable_skip_name_resolve', { disable_skip_name_resolve: '1' },
      `'configuration.disable_skip_name_resolve' must be left to the library, which sets skip_name_resolve to ON, got "1": leave it out; pods have no reverse DNS that could be trusted, and a slow one would delay each log-in`],
    ['server-id', { 'server-id': '7' },
      `'configuration.server-id' must be left to the library, got "7": leave it out; each pod has its own, which the start script passes`],
    ['report_host', { report_host: 'me' },
      `'configuration.report_host' must be left to the library, got "me": leave it out; each pod reports its own DNS name, which the start script passes`],
    ['skip_networking', { skip_networking: 'ON' },
      `'configuration.skip_networking' must be left to the library, got "ON": leave it out; clients and the other servers come in over the network`],
    ['max_user_connections', { max_user_connections: '1' },
      `'configuration.max_user_connections' must be left to the library, got "1": leave it out; it would hold for the accounts of the cluster, too; limit one of the application by ALTER USER`],
    ['skip-auto-generate-certs', { 'skip-auto-generate-certs': '1' },
      `'configuration.skip-auto-generate-certs' must be left to the library, got "1": leave it out; without a certificate nobody can connect, since every connection is encrypted`],
    ['replicate-do-db', { 'replicate-do-db': 'shop' },
      `'configuration.replicate-do-db' must be left to the library, got "shop": leave it out; each member has all data, also what the agents write`],
    ['binlog_ignore_db', { binlog_ignore_db: 'tmp' },
      `'configuration.binlog_ignore_db' must be left to the library, got "tmp": leave it out; each member has all data, also what the agents write`],
    ['transaction_read_only', { transaction_read_only: 'ON' },
      `'configuration.transaction_read_only' must be left to the library, got "ON": leave it out; the plugin CLONE, by which members get their data, could not start; clients set it in their sessions`],
    ['innodb_read_only', { innodb_read_only: 'ON' },
      `'configuration.innodb_read_only' must be left to the library, got "ON": leave it out; data could neither be made nor changed`],
    ['log_error', { log_error: 'stderr' },
      `'configuration.log_error' must be left to the library, got "stderr": leave it out; without it the log goes to standard error, where kubectl logs reads it; any value, even "stderr", is a file`],
    ['binlog-format', { 'binlog-format': 'ROW' },
      `'configuration.binlog-format' must be left to the library, got "ROW": leave it out; rows are the default, and all that replication, CLONE and point-in-time recovery are tested with`],
  ])('%s', fails);

  test.each<Case>([
    ['an option of a plugin', { group_replication_ssl_mode: 'DISABLED' },
      `'configuration.group_replication_ssl_mode' must be left to the library, which sets group_replication_ssl_mode to REQUIRED, got "DISABLED": leave it out; the topology depends on it`],
    ['a file', { 'ssl-ca': '/mine' },
      `'configuration.ssl-ca' must be left to the library, which sets ssl_ca to /tls/ca.crt, got "/mine": leave it out; the topology depends on it`],
  ])('what a topology needs: %s', (_, user, message) => {
    const enforced = { 'loose-group-replication-ssl-mode': 'REQUIRED', ssl_ca: '/tls/ca.crt' };
    expect(() => renderConfiguration(testChart(), configuration({ enforced, user }))).toThrow(new Error(`[test] ${message}`));
  });
});

describe('refuses an option that is gone:', () => {
  test.each<Case>([
    ['ssl', { ssl: '0' }, `'configuration.ssl' must ${NO_TLS}, got "0": leave it out; TLS is always there, and required`],
    ['skip-ssl', { 'skip-ssl': '1' }, `'configuration.skip-ssl' must ${NO_TLS}, got "1": leave it out; TLS is always there, and required`],
    ['default-authentication-plugin', { 'default-authentication-plugin': 'mysql_native_password' },
      `'configuration.default-authentication-plugin' must ${NO_TLS}, got "mysql_native_password": set authentication_policy`],
    ['expire_logs_days', { expire_logs_days: '7' },
      `'configuration.expire_logs_days' must ${NO_TLS}, got "7": set binlog_expire_logs_seconds`],
    ['slave_parallel_type', { slave_parallel_type: 'LOGICAL_CLOCK' },
      `'configuration.slave_parallel_type' must ${NO_TLS}, got "LOGICAL_CLOCK": leave it out; it is always LOGICAL_CLOCK`],
    ['innodb_log_file_size', { innodb_log_file_size: '1G' },
      `'configuration.innodb_log_file_size' must ${NO_TLS}, got "1G": set innodb_redo_log_capacity`],
    ['rpl_semi_sync_master_timeout', { rpl_semi_sync_master_timeout: '1000' },
      `'configuration.rpl_semi_sync_master_timeout' must ${NO_TLS}, got "1000": set rpl_semi_sync_source_timeout`],
    ['query_cache_size', { query_cache_size: '0' },
      `'configuration.query_cache_size' must ${NO_TLS}, got "0": leave it out; there is no query cache`],
  ])('%s', fails);

  test('of 8.4 only when 8.4 had lost it', () => {
    const rendering = (user: Record<string, string>, version: MySqlVersion) => () => render(user, { version });
    const native = { mysql_native_password: 'ON' };
    expect(rendering(native, MySqlVersion.V8_4)).not.toThrow();
    expect(rendering(native, MySqlVersion.of('9.0'))).toThrow('must be an option of MySQL 9.0, which has it no longer');
    const join = { group_replication_allow_local_lower_version_join: 'ON' };
    expect(rendering(join, MySqlVersion.of('9.4'))).not.toThrow();
    expect(rendering(join, MySqlVersion.of('9.5'))).toThrow('must be an option of MySQL 9.5, which has it no longer');
    expect(rendering({ expire_logs_days: '1' }, MySqlVersion.V8_4)).toThrow('must be an option of MySQL 8.4, which has it no longer');
  });
});

test('a version that is too old is refused', () => {
  expect(() => renderConfiguration(testChart(), configuration({ version: MySqlVersion.of('8.0') }))).toThrow(new Error(
    `[test] 'version' must be 8.4 or later, got "8.0": older servers lack statements and options that the cluster uses; upgrade the data to 8.4 first`,
  ));
});

function render(user: Record<string, string>, more: Parameters<typeof configuration>[0] = {}): string {
  return renderConfiguration(testChart(), configuration({ user, ...more }));
}

function fails(_: string, user: Record<string, string>, message: string): void {
  expect(() => renderConfiguration(testChart(), configuration({ user }))).toThrow(new Error(`[test] ${message}`));
}
