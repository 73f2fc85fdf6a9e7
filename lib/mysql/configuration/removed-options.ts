/** When an option went, and what does its work now. */
export interface RemovedOption {
  /** The first series without it, of those that the library knows. */
  readonly since: string;
  readonly fix: string;
}

const GONE = 'leave it out; nothing replaces it';
const KEYRING = 'use a keyring component';
const KEPT_IN_TABLES = 'leave it out; replication state is always kept in tables';
const MEMCACHED = 'leave it out; the memcached plugin is gone';
const NATIVE_PASSWORD = 'leave it out; accounts use caching_sha2_password';
const REDO = 'set innodb_redo_log_capacity';
const TLS = 'leave it out; TLS is always there, and required';
const WRITESET = 'leave it out; write sets are always used';

/**
 * Options that the manual calls removed; but for innodb_api_*, which Debian's 9.7.4 still reads, mysqld refuses to start with them.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/added-deprecated-removed.html
 * @see https://dev.mysql.com/doc/mysqld-version-reference/en/optvar-changes-9-0.html and the pages beside it
 */
export const REMOVED_OPTIONS: Record<string, RemovedOption> = {
  ...removed('8.4', {
    admin_ssl: TLS,
    avoid_temporal_upgrade: GONE,
    binlog_transaction_dependency_tracking: WRITESET,
    character_set_client_handshake: 'leave it out; the client\'s character set is always respected',
    default_authentication_plugin: 'set authentication_policy',
    expire_logs_days: 'set binlog_expire_logs_seconds',
    group_replication_ip_whitelist: 'set group_replication_ip_allowlist',
    group_replication_recovery_complete_at: GONE,
    have_openssl: TLS,
    have_ssl: TLS,
    innodb: 'leave it out; InnoDB is always there',
    keyring_encrypted_file_data: KEYRING,
    keyring_encrypted_file_password: KEYRING,
    keyring_file_data: KEYRING,
    language: 'set lc_messages and lc_messages_dir',
    log_bin_use_v1_row_events: GONE,
    master_info_file: KEPT_IN_TABLES,
    master_info_repository: KEPT_IN_TABLES,
    new: GONE,
    no_dd_upgrade: GONE,
    old: GONE,
    old_style_user_limits: GONE,
    relay_log_info_file: KEPT_IN_TABLES,
    relay_log_info_repository: KEPT_IN_TABLES,
    replica_rows_search_algorithms: 'leave it out; hashes are always used',
    show_old_temporals: GONE,
    skip_character_set_client_handshake: 'leave it out; the client\'s character set is always respected',
    skip_host_cache: 'set host_cache_size to 0',
    ssl: TLS,
    transaction_write_set_extraction: WRITESET,
    ...Object.fromEntries(['bk_commit_interval', 'disable_rowlock', 'enable_binlog', 'enable_mdl', 'trx_level']
      .map((name) => [`innodb_api_${name}`, MEMCACHED])),
    ...Object.fromEntries(['enable_binlog', 'engine_lib_name', 'engine_lib_path', 'option', 'r_batch_size', 'w_batch_size']
      .map((name) => [`daemon_memcached_${name}`, MEMCACHED])),

    // The old plugins are not loaded, and the new ones do not know these.
    rpl_semi_sync_master_enabled: 'set rpl_semi_sync_source_enabled',
    rpl_semi_sync_master_timeout: 'set rpl_semi_sync_source_timeout',
    rpl_semi_sync_master_trace_level: 'set rpl_semi_sync_source_trace_level',
    rpl_semi_sync_master_wait_for_slave_count: 'set rpl_semi_sync_source_wait_for_replica_count',
    rpl_semi_sync_master_wait_no_slave: 'set rpl_semi_sync_source_wait_no_replica',
    rpl_semi_sync_master_wait_point: 'set rpl_semi_sync_source_wait_point',
    rpl_semi_sync_slave_enabled: 'set rpl_semi_sync_replica_enabled',
    rpl_semi_sync_slave_trace_level: 'set rpl_semi_sync_replica_trace_level',

    // Long gone, and still in many files.
    innodb_file_format: GONE,
    innodb_large_prefix: GONE,
    innodb_locks_unsafe_for_binlog: 'set transaction_isolation to READ-COMMITTED',
    innodb_support_xa: GONE,
    innodb_undo_logs: 'set innodb_rollback_segments',
    internal_tmp_disk_storage_engine: 'leave it out; it is always InnoDB',
    log_warnings: 'set log_error_verbosity',
    max_tmp_tables: GONE,
    old_passwords: NATIVE_PASSWORD,
    query_cache_limit: 'leave it out; there is no query cache',
    query_cache_size: 'leave it out; there is no query cache',
    query_cache_type: 'leave it out; there is no query cache',
    secure_auth: GONE,
    sync_frm: GONE,
    tx_isolation: 'set transaction_isolation',
    tx_read_only: 'set transaction_read_only',
  }),
  // The manual dates only some of these; MySQL 9.7.4 refuses all.
  ...removed('9.0', {
    innodb_log_file_size: REDO,
    innodb_log_files_in_group: REDO,
    innodb_undo_tablespaces: 'run CREATE UNDO TABLESPACE',
    mysql_native_password: NATIVE_PASSWORD,
    mysql_native_password_proxy_users: NATIVE_PASSWORD,
    replica_parallel_type: 'leave it out; it is always LOGICAL_CLOCK',
    temptable_use_mmap: 'set temptable_max_mmap',
  }),
  ...removed('9.5', {
    group_replication_allow_local_lower_version_join: GONE,
  }),
};

function removed(since: string, fixes: Record<string, string>): Record<string, RemovedOption> {
  return Object.fromEntries(Object.entries(fixes).map(([name, fix]) => [name, { since, fix }]));
}
