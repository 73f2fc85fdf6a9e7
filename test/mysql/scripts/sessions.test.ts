import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ENFORCED_OPTIONS } from '../../../lib/mysql/configuration/enforced-options';
import { OPTION_NAMES } from '../../../lib/mysql/configuration/option-names';
import { RESERVED_OPTIONS } from '../../../lib/mysql/configuration/reserved-options';
import { SESSION_SETTINGS } from './members';

const FOLDER = join(__dirname, '../../../lib/mysql/scripts');
const SCRIPTS = readdirSync(FOLDER).flatMap((folder) => readdirSync(join(FOLDER, folder))
  .filter((name) => name.endsWith('.sh')).map((name): [string, string] => [`${folder}/${name}`, readFileSync(join(FOLDER, folder, name), 'utf8')]));

/** A call of a client. */
const CLIENT = /(?:^|[\s|(])(?:exec )?mysql (?=-)(?<rest>[^\n]*)/g;

/**
 * What a session has of the configuration, by MySQL 9.7.4: each variable with a value of the session and an option. What is not set by each
 * session, and not refused, changes no answer to the scripts' statements.
 */
const HARMLESS: Record<string, string[]> = {
  'slower or faster, with the same answer': [
    'big_tables', 'bulk_insert_buffer_size', 'eq_range_index_dive_limit', 'histogram_generation_max_mem_size', 'innodb_ddl_buffer_size',
    'innodb_ddl_threads', 'innodb_parallel_read_threads', 'internal_tmp_mem_storage_engine', 'join_buffer_size', 'low_priority_updates',
    'max_delayed_threads', 'max_heap_table_size', 'max_length_for_sort_data', 'max_seeks_for_key', 'myisam_sort_buffer_size',
    'optimizer_max_subgraph_pairs', 'optimizer_prune_level', 'optimizer_search_depth', 'optimizer_switch', 'parser_max_mem_size',
    'preload_buffer_size', 'query_alloc_block_size', 'query_prealloc_size', 'range_alloc_block_size', 'range_optimizer_max_mem_size',
    'read_buffer_size', 'read_rnd_buffer_size', 'secondary_engine_cost_threshold', 'select_into_buffer_size', 'select_into_disk_sync',
    'select_into_disk_sync_delay', 'set_operations_buffer_size', 'sort_buffer_size', 'tmp_table_size', 'transaction_alloc_block_size',
    'transaction_prealloc_size', 'windowing_use_high_precision',
  ],
  'what is logged, traced, counted or explained': [
    'connection_memory_chunk_size', 'enable_secondary_engine_statistics', 'end_markers_in_json', 'explain_format',
    'explain_json_format_version', 'global_connection_memory_tracking', 'long_query_time', 'max_error_count', 'min_examined_row_limit',
    'optimizer_trace', 'optimizer_trace_features', 'optimizer_trace_limit', 'optimizer_trace_max_mem_size', 'optimizer_trace_offset',
    'profiling_history_size', 'session_track_gtids', 'session_track_schema', 'session_track_state_change', 'session_track_system_variables',
    'session_track_transaction_info',
  ],
  'how the binary log holds a change': [
    'binlog_direct_non_transactional_updates', 'binlog_row_image', 'binlog_row_value_options', 'binlog_rows_query_log_events',
    'binlog_transaction_compression', 'binlog_transaction_compression_level_zstd',
  ],
  'not for accounts with CONNECTION_ADMIN': ['connection_memory_limit'],
  'numbers rise whatever the step is': ['auto_increment_increment', 'auto_increment_offset'],
  'own tables name a primary key, timestamps with their defaults, and hold ASCII': [
    'character_set_server', 'collation_server', 'explicit_defaults_for_timestamp', 'sql_generate_invisible_primary_key',
    'sql_require_primary_key',
  ],
  'tables are made with the data, by a session that sets it; set later, replicas would make another table of the same statement': [
    'default_storage_engine',
  ],
  'a table without the plugin for it fails for everybody': ['default_table_encryption'],
  'for clients that wait for a person': ['interactive_timeout'],
  'kept below sql_big_selects': ['max_join_size'],
  'of statements and functions that no script uses': [
    'block_encryption_mode', 'character_set_filesystem', 'cte_max_recursion_depth', 'default_week_format', 'div_precision_increment',
    'enable_cascade_triggers', 'external_table_secondary_storage_engine', 'external_table_storage_engine',
    'generated_random_password_length', 'information_schema_stats_expiry', 'innodb_ft_enable_stopword', 'innodb_ft_user_stopword_table',
    'innodb_strict_mode', 'innodb_table_locks', 'innodb_tmpdir', 'keep_files_on_create', 'lc_time_names', 'max_points_in_geometry',
    'max_sp_recursion_depth', 'myisam_stats_method', 'net_retry_count', 'old_alter_table', 'print_identified_with_as_hex',
    'restrict_fk_on_non_standard_key', 'show_create_table_verbosity', 'show_gipk_in_create_table_and_information_schema',
    'terminology_use_previous', 'updatable_views_with_limit', 'xa_detach_on_prepare',
  ],
};
const SESSION_OPTIONS = `
  auto_increment_increment auto_increment_offset autocommit big_tables binlog_direct_non_transactional_updates binlog_format
  binlog_row_image binlog_row_value_options binlog_rows_query_log_events binlog_transaction_compression
  binlog_transaction_compression_level_zstd block_encryption_mode bulk_insert_buffer_size character_set_filesystem character_set_server
  collation_server completion_type connection_memory_chunk_size connection_memory_limit cte_max_recursion_depth default_storage_engine
  default_table_encryption default_tmp_storage_engine default_week_format div_precision_increment enable_cascade_triggers
  enable_secondary_engine_statistics end_markers_in_json eq_range_index_dive_limit explain_format explain_json_format_version
  explicit_defaults_for_timestamp external_table_secondary_storage_engine external_table_storage_engine generated_random_password_length
  global_connection_memory_tracking group_concat_max_len group_replication_consistency histogram_generation_max_mem_size
  information_schema_stats_expiry innodb_ddl_buffer_size innodb_ddl_threads innodb_ft_enable_stopword innodb_ft_user_stopword_table
  innodb_lock_wait_timeout innodb_parallel_read_threads innodb_strict_mode innodb_table_locks innodb_tmpdir interactive_timeout
  internal_tmp_mem_storage_engine join_buffer_size keep_files_on_create lc_messages lc_time_names lock_wait_timeout long_query_time
  low_priority_updates max_delayed_threads max_error_count max_execution_time max_heap_table_size max_join_size max_length_for_sort_data
  max_points_in_geometry max_seeks_for_key max_sort_length max_sp_recursion_depth min_examined_row_limit myisam_sort_buffer_size
  myisam_stats_method net_read_timeout net_retry_count net_write_timeout old_alter_table optimizer_max_subgraph_pairs
  optimizer_prune_level optimizer_search_depth optimizer_switch optimizer_trace optimizer_trace_features optimizer_trace_limit
  optimizer_trace_max_mem_size optimizer_trace_offset parser_max_mem_size preload_buffer_size print_identified_with_as_hex
  profiling_history_size query_alloc_block_size query_prealloc_size range_alloc_block_size range_optimizer_max_mem_size read_buffer_size
  read_rnd_buffer_size restrict_fk_on_non_standard_key secondary_engine_cost_threshold select_into_buffer_size select_into_disk_sync
  select_into_disk_sync_delay session_track_gtids session_track_schema session_track_state_change session_track_system_variables
  session_track_transaction_info set_operations_buffer_size show_create_table_verbosity show_gipk_in_create_table_and_information_schema
  sort_buffer_size sql_generate_invisible_primary_key sql_mode sql_require_primary_key terminology_use_previous tmp_table_size
  transaction_alloc_block_size transaction_isolation transaction_prealloc_size transaction_read_only updatable_views_with_limit
  wait_timeout windowing_use_high_precision xa_detach_on_prepare
`.trim().split(/\s+/);

const set = [...SESSION_SETTINGS.matchAll(/(?:^SET NAMES|,) ?(\w+) =/g)].map(([, name]) => name);

test('each variable of a session that my.cnf can set is set by the session, refused, or known to change nothing', () => {
  const decided = [...set, ...Object.keys(RESERVED_OPTIONS), ...Object.keys(ENFORCED_OPTIONS), ...Object.values(HARMLESS).flat()];
  expect(SESSION_OPTIONS.filter((name) => !decided.includes(name))).toEqual([]);
  expect(SESSION_OPTIONS.filter((name) => !OPTION_NAMES.includes(name))).toEqual([]);
});

test('nothing is both set and called harmless, and nothing is set that the server has not', () => {
  expect(Object.values(HARMLESS).flat().filter((name) => set.includes(name) || name in RESERVED_OPTIONS)).toEqual([]);
  // Those without an option.
  expect(set.filter((name) => !SESSION_OPTIONS.includes(name))).toEqual(['time_zone', 'sql_big_selects', 'sql_select_limit']);
});

test('the settings are one statement, without what an option file or SQL would read otherwise', () => {
  expect(SESSION_SETTINGS).toMatch(/^SET NAMES utf8mb4 COLLATE utf8mb4_0900_ai_ci, [^;"\\#\n]*$/);
  expect(SESSION_SETTINGS).toContain('autocommit = ON');
});

test('each client of MySQL begins with them', () => {
  const calls = SCRIPTS.flatMap(([name, text]) => (
    [...joined(text).matchAll(CLIENT)].map(({ groups }) => `${name}: ${groups!.rest}`)));
  expect(calls.length).toBeGreaterThan(8);
  const others = calls.filter((call) => !/: --defaults-file="\$RUN\/(\$1|\$account|[a-z]+)\.cnf"/.test(call));
  // Of servers that have no such configuration.
  expect(others.map((call) => call.split(' --user')[0])).toEqual(
    ['backup/prove-copy.sh', 'shared/data-directory.sh'].map((name) => `${name}: --no-defaults --default-character-set=utf8mb4`),
  );
});

test('each option file but that of a login alone is written with them', () => {
  const writers = SCRIPTS.flatMap(([, text]) => [...joined(text).matchAll(/'\[client\]'.*/g)].map(([line]) => line));
  expect(writers.filter((line) => !line.includes('"$RUN/login.cnf"')).map((line) => line.includes('init-command=\\"$SESSION_SETTINGS\\"')))
    .toEqual([true]);
});

test('each init file of a server with a configuration begins with them', () => {
  const files = SCRIPTS.flatMap(([, text]) => [...joined(text).matchAll(/^\s*mysqld .*--init-file="\$RUN\/([\w-]+\.sql)"/gm)]
    .map(([, file]) => file));
  // The server of the last one has no such configuration.
  expect(files.sort()).toEqual(['accounts.sql', 'init.sql', 'init.sql', 'init.sql', 'recipient.sql']);
  const begins = SCRIPTS.map(([, text]) => [...text.matchAll(/printf '%s[;\\n']+ "\$SESSION_SETTINGS[;"]/g)].length);
  expect(begins.reduce((sum, count) => sum + count)).toBe(4);
});

function joined(text: string): string {
  return text.replace(/\\\n\s*/g, ' ');
}
