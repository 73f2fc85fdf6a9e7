import { parseBytes, renderBytes } from '../../../lib/mysql/configuration/memory/byte-size';
import { optionName } from '../../../lib/mysql/configuration/option-name';
import { renderValue } from '../../../lib/mysql/configuration/option-value';

test.each([
  ['max_connections', 'max_connections', 'max_connections', false],
  ['Max-Connections', 'max_connections', 'max_connections', false],
  ['loose-max-connections', 'max_connections', 'loose_max_connections', true],
  ['skip-log-bin', 'log_bin', 'skip_log_bin', false],
  ['loose_disable_log_bin', 'log_bin', 'loose_disable_log_bin', true],
  ['skip_name_resolve', 'skip_name_resolve', 'skip_name_resolve', false],
  ['disable_skip_name_resolve', 'skip_name_resolve', 'disable_skip_name_resolve', false],
  ['skip-slave-start', 'skip_replica_start', 'skip_replica_start', false],
  ['slave_net_timeout', 'replica_net_timeout', 'replica_net_timeout', false],
  ['rpl_semi_sync_source_timeout', 'rpl_semi_sync_source_timeout', 'loose_rpl_semi_sync_source_timeout', false],
  ['disabled_storage_engines', 'disabled_storage_engines', 'disabled_storage_engines', false],
])('%s is %s, rendered %s', (written, key, name, loose) => {
  expect(optionName(written)).toEqual({ key, name, loose });
});

test.each([
  ['0', 0], ['134217728', 134217728], ['512K', 524288], ['512k', 524288], ['2G', 2147483648], ['1T', 1099511627776],
])('%s is %d bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each(['', 'G', '-1', '1.5G', '1 G', '1Gi', '1GB', '1e6', '0x10', '1G\n'])('"%s" is no size', (text) => {
  expect(parseBytes(text)).toBeUndefined();
});

test.each([
  [0, '0'], [1023, '1023'], [1024, '1K'], [1536 * 1024, '1536K'], [2 ** 30, '1G'], [3 * 2 ** 40, '3072G'],
])('%d bytes are rendered as %s', (bytes, text) => {
  expect(renderBytes(bytes)).toBe(text);
});

test.each([
  ['ON', 'ON'],
  ['/run/mysqld/mysqld.sock', '/run/mysqld/mysqld.sock'],
  ['index_merge=off,skip_scan=off', 'index_merge=off,skip_scan=off'],
  ['a b', 'a b'],
  ['', '""'],
  ['a # b', '"a # b"'],
  ['\'', '"\'"'],
  ['"quoted"', '"\\"quoted\\""'],
  ['a\\nb', '"a\\\\nb"'],
])('the value %j is rendered as %s', (value, text) => {
  expect(renderValue(value)).toBe(text);
});
