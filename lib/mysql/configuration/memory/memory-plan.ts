import { BASE, MIB, MemorySettings, settingsFor } from './memory-settings';

const GIB = 1024 * MIB;
const USABLE = 0.9; // of the limit; the rest is for what statements take above the buffers below
const FOR_CONNECTIONS = 0.45; // of what is left to share; the buffer pool gets the rest
const MIN_POOL = 64 * MIB;
const MIN_CONNECTIONS = 20;
// Descriptors, latches and events of each page, taken at the start. Measured on 9.7.4 with pools of 64 MiB to 52 GiB: 7.2 to 8 %.
const POOL_OVERHEAD = 1.08;
// Measured on 9.7.4: 104 MiB for 2.1 million rows, never given back.
const BYTES_PER_HISTORY_ROW = 52;
const MAX_INSTANCES = 8;

/** Some of the memory, and what for: in whole MiB, so that a reader can add them up. */
interface Share {
  readonly what: string;
  readonly bytes: number;
}

/** What mysqld may need at most, by the buffers that can be bounded, and what it may have. */
export interface MemoryPlan {
  /** The options that are derived from the limit, also if the user set them. */
  readonly options: Record<string, number>;
  readonly shares: Share[];
  readonly total: number;
  readonly usable: number;
}

/**
 * Shares the memory limit out:
 *
 *     server + buffer pool x 1.08 + log buffer + temporary tables + write-set history + Group Replication
 *       + max_connections x (thread stack + sort, join, read, read_rnd buffer + 2 net buffers + 2 binlog caches + 256K)
 *       <= 90 % of the limit
 *
 * After the fixed parts, 45 % goes to connections, up to a number in memory-settings.ts, and the rest to the buffer pool,
 * in whole steps of instances x chunk size, since mysqld would round up. What is given stays as it is, and the others get the rest.
 *
 * @param limit the container's memory limit, in bytes
 * @param reserved what others in the process need, in bytes
 * @param given options with a value, in bytes or as a number, by name
 */
export function planMemory(limit: number, reserved: number, given: Record<string, number>): MemoryPlan {
  const settings = settingsFor(limit, given);
  const { options } = settings;
  const usable = floorTo(MIB, limit * USABLE);
  const fixed: Share[] = [
    { what: 'server', bytes: settings.small ? BASE.small : BASE.large },
    { what: 'log buffer', bytes: options.innodb_log_buffer_size },
    { what: 'temporary tables', bytes: options.temptable_max_ram },
    { what: 'write-set history', bytes: options.binlog_transaction_dependency_history_size * BYTES_PER_HISTORY_ROW },
    { what: 'MyISAM keys', bytes: settings.extraKeyBuffer },
    { what: 'Group Replication', bytes: reserved },
  ].map(wholeMebibytes).filter(({ bytes }) => bytes > 0);
  const rest = usable - sum(fixed);
  const connections = given.max_connections ?? connectionsIn(rest, settings, given.innodb_buffer_pool_size);
  const forConnections = wholeMebibytes({ what: `for ${connections} connections`, bytes: connections * settings.perConnection });
  const pool = poolIn((rest - forConnections.bytes) / POOL_OVERHEAD, given);
  const shares = [...fixed, wholeMebibytes({ what: 'buffer pool', bytes: pool.actual * POOL_OVERHEAD }), forConnections];
  return {
    options: {
      ...options,
      innodb_buffer_pool_chunk_size: pool.chunk,
      innodb_buffer_pool_instances: pool.instances,
      innodb_buffer_pool_size: pool.size,
      max_connections: connections,
    },
    shares,
    total: sum(shares),
    usable,
  };
}

/** `352Mi server + ... = 915Mi` */
export function showShares({ shares, total }: MemoryPlan): string {
  const addends = shares.map(({ what, bytes }) => `${mebibytes(bytes)} ${what}`);
  return `${addends.join(' + ')} = ${mebibytes(total)}`;
}

export function mebibytes(bytes: number): string {
  return `${bytes / MIB}Mi`;
}

function connectionsIn(rest: number, settings: MemorySettings, pool: number | undefined): number {
  const bytes = pool === undefined ? rest * FOR_CONNECTIONS : rest - pool * POOL_OVERHEAD;
  const connections = floorTo(10, bytes / settings.perConnection);
  return Math.min(settings.maxConnections, Math.max(MIN_CONNECTIONS, connections));
}

interface Pool {
  readonly size: number;
  /** What mysqld makes of it. */
  readonly actual: number;
  readonly chunk: number;
  readonly instances: number;
}

/** Named are the number of instances and the size of chunks, because mysqld would take the former from the node's processors. */
function poolIn(bytes: number, given: Record<string, number>): Pool {
  const about = given.innodb_buffer_pool_size ?? Math.max(bytes, MIN_POOL);
  const chunk = given.innodb_buffer_pool_chunk_size ?? (about < GIB ? 32 : 128) * MIB;
  const instances = given.innodb_buffer_pool_instances ?? Math.min(MAX_INSTANCES, Math.max(1, floorTo(1, about / (4 * GIB))));
  const step = chunk * instances;
  const size = given.innodb_buffer_pool_size ?? Math.max(step, floorTo(step, about));
  return { size, actual: Math.ceil(size / step) * step, chunk, instances };
}

function wholeMebibytes({ what, bytes }: Share): Share {
  return { what, bytes: Math.ceil(bytes / MIB) * MIB };
}

function sum(shares: Share[]): number {
  return shares.reduce((total, { bytes }) => total + bytes, 0);
}

function floorTo(step: number, value: number): number {
  return Math.floor(value / step) * step;
}
