// https://dev.mysql.com/doc/refman/9.7/en/option-modifiers.html
const LOOSE = /^loose_/;
const MODIFIER = /^(?:skip|disable|enable)_/;
const NAME = /^[a-z][a-z0-9_.]*$/;

// Options whose own name begins with "skip_".
const SKIP_OPTIONS = [
  'skip_external_locking', 'skip_grant_tables', 'skip_host_cache', 'skip_name_resolve', 'skip_networking', 'skip_new', 'skip_replica_start',
  'skip_show_database', 'skip_stack_trace', 'skip_character_set_client_handshake',
];

// The spellings of before MySQL 8.0.26, with which newer servers warn.
const OLD_SPELLINGS: [pattern: RegExp, present: string][] = [
  [/^slave_/, 'replica_'],
  [/^skip_slave_start$/, 'skip_replica_start'],
  [/^log_slave_updates$/, 'log_replica_updates'],
  [/^log_slow_slave_statements$/, 'log_slow_replica_statements'],
  [/^init_slave$/, 'init_replica'],
  [/^rpl_stop_slave_timeout$/, 'rpl_stop_replica_timeout'],
  [/^show_slave_auth_info$/, 'show_replica_auth_info'],
  [/^sync_master_info$/, 'sync_source_info'],
  [/^master_verify_checksum$/, 'source_verify_checksum'],
];

// mysqld --initialize loads no plugin and refuses an option that it does not know, unless it is loose.
const OF_PLUGINS = /^(?:audit_log|authentication_ldap|clone|connection_control|group_replication|rpl_semi_sync|validate_password)_/;

/** A name as a user may write it in my.cnf, taken apart. */
export interface OptionName {
  /** What the option is, whatever the spelling: `skip-log-bin`, `loose_log_bin` and `LOG_BIN` are `log_bin`. */
  readonly key: string;
  /** The name to render: lower case, since mysqld knows no capitals, underscores, the present spelling; loose for options of plugins. */
  readonly name: string;
  /** Whether the user says that the server may not know it. */
  readonly loose: boolean;
}

export function optionName(text: string): OptionName {
  const written = text.toLowerCase().replaceAll('-', '_');
  const plain = presentSpelling(written.replace(LOOSE, ''));
  const loose = LOOSE.test(written);
  return { key: keyOf(plain), name: loose || OF_PLUGINS.test(plain) ? `loose_${plain}` : plain, loose };
}

/** Whether it is the name of an option: mysqld would read anything else as a value, a section or a directive. */
export function isOptionName(text: string): boolean {
  return NAME.test(text.toLowerCase().replaceAll('-', '_'));
}

function presentSpelling(name: string): string {
  return OLD_SPELLINGS.reduce((spelled, [pattern, present]) => spelled.replace(pattern, present), name);
}

function keyOf(name: string): string {
  if (SKIP_OPTIONS.includes(name) || !MODIFIER.test(name)) {
    return name;
  }
  return keyOf(name.replace(MODIFIER, ''));
}
