export const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/**
 * The server without buffer pool, log buffer and connections: code, performance schema, dictionary, InnoDB's own structures. Measured as
 * resident memory of 9.7.4, less the pool and its descriptors: 338 to 341 MiB, and 418 to 509 MiB when the performance schema, which takes
 * 139 or 230 MiB of it, is large.
 */
export const BASE = { small: 344 * MIB, large: 512 * MIB };

// The performance schema keeps small tables while none of these is exceeded: storage/perfschema/pfs_autosize.cc
const SMALL: Record<string, number> = { max_connections: 151, table_definition_cache: 400, table_open_cache: 4000 };

// From here on the server may have the caches that it has by default, and more connections than 150.
const LARGE_FROM = 4 * GIB;
const CONNECTIONS_PER_GIB = 75;

// What a connection may hold, by the server's defaults. https://dev.mysql.com/doc/refman/9.7/en/memory-use.html
const PER_CONNECTION: Record<string, number> = {
  binlog_cache_size: 32 * 1024,
  binlog_stmt_cache_size: 32 * 1024,
  join_buffer_size: 256 * 1024,
  net_buffer_length: 16 * 1024,
  read_buffer_size: 128 * 1024,
  read_rnd_buffer_size: 256 * 1024,
  sort_buffer_size: 256 * 1024,
  thread_stack: 1024 * 1024,
};
// Its descriptor and its rows in the performance schema, measured: 0.1 to 0.2 MiB.
const CONNECTION_OVERHEAD = 256 * 1024;
const DEFAULT_KEY_BUFFER = 8 * MIB;

/** The options that say how much memory is used, all of them sizes or numbers. */
export const MEMORY_OPTIONS = [
  ...Object.keys(PER_CONNECTION), 'binlog_transaction_dependency_history_size', 'innodb_buffer_pool_chunk_size',
  'innodb_buffer_pool_instances', 'innodb_buffer_pool_size', 'innodb_log_buffer_size', 'key_buffer_size', 'max_connections',
  'table_definition_cache', 'table_open_cache', 'temptable_max_ram',
];

/** What to tell the reader of my.cnf. */
export const MEMORY_NOTES: Record<string, string> = {
  binlog_transaction_dependency_history_size: 'a row takes 52 bytes forever, and 9.7 would keep 10 million',
  innodb_buffer_pool_instances: 'left out it follows the node\'s processors, and mysqld rounds the pool up to instances x chunk size',
  table_definition_cache: 'above 400 the performance schema takes 90M more',
  temptable_max_ram: 'left out it is 3 % of the node\'s memory, and at least 1G',
};

/** What a memory limit means for options other than the buffer pool and the number of connections. */
export interface MemorySettings {
  readonly options: Record<string, number>;
  /** Whether the performance schema is. */
  readonly small: boolean;
  /** At most so many when the user does not say. */
  readonly maxConnections: number;
  readonly perConnection: number;
  /** What `key_buffer_size` has above the default, which is in the base. */
  readonly extraKeyBuffer: number;
}

export function settingsFor(limit: number, given: Record<string, number>): MemorySettings {
  const large = limit >= LARGE_FROM;
  const options = {
    binlog_transaction_dependency_history_size: between(25_000, 200_000 * limit / GIB, 1_000_000, 1000),
    innodb_log_buffer_size: large ? 64 * MIB : 16 * MIB,
    innodb_redo_log_capacity: between(128 * MIB, limit / 8, 4 * GIB, MIB),
    table_definition_cache: large ? 2000 : 400,
    table_open_cache: large ? 4000 : 1000,
    // https://dev.mysql.com/doc/refman/8.4/en/mysql-nutshell.html#mysql-nutshell-additions
    temptable_max_ram: between(16 * MIB, limit / 32, GIB, MIB),
    ...pick(given, MEMORY_OPTIONS),
  };
  const each = { ...PER_CONNECTION, ...pick(given, Object.keys(PER_CONNECTION)) };
  return {
    options: pick(options, Object.keys(options).filter((name) => !(name in PER_CONNECTION))),
    small: !large && Object.entries(SMALL).every(([name, most]) => (given[name] ?? 0) <= most),
    maxConnections: large ? between(300, CONNECTIONS_PER_GIB * limit / GIB, 1000, 10) : 150,
    // Two network buffers: one for the connection, one for the result. https://dev.mysql.com/doc/refman/9.7/en/memory-use.html
    perConnection: Object.values(each).reduce((sum, bytes) => sum + bytes, each.net_buffer_length + CONNECTION_OVERHEAD),
    extraKeyBuffer: Math.max(0, (given.key_buffer_size ?? 0) - DEFAULT_KEY_BUFFER),
  };
}

function between(least: number, value: number, most: number, step: number): number {
  return Math.floor(Math.min(most, Math.max(least, value)) / step) * step;
}

function pick(values: Record<string, number>, names: string[]): Record<string, number> {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}
