import { Options } from './option';

/** What a user may change, in every cluster. What depends on memory is in memory-plan.ts. */
export const DEFAULT_OPTIONS: Options = {
  // Durability: a commit that was acknowledged is on the disk, in both logs.
  innodb_flush_log_at_trx_commit: { value: '1', why: 'with sync_binlog: what was acknowledged survives a crash' },
  sync_binlog: { value: '1', why: 'what was acknowledged survives a crash' },

  // The server's default of 30 days fills volumes of a few GiB. A replica that was away longer is cloned again.
  binlog_expire_logs_seconds: { value: '604800', why: '7 days: how long a member may be away without being cloned again', noted: true },
  // Binary logs are purged file by file; files of 1 GiB, the default, keep a small volume full for longer.
  max_binlog_size: { value: '256M', why: 'files are purged whole, and 1G is much of a small volume', noted: true },

  // Replicas.
  // Relay logs that a crash left half written are fetched again by GTID. Not for semi-synchronous replication, whose failover needs them:
  // https://github.com/cybozu-go/moco/blob/main/pkg/mycnf/generator.go
  relay_log_recovery: { value: 'ON', why: 'what a crash left of relay logs is fetched again by GTID', noted: true },
  replica_parallel_workers: { value: '4', why: 'independent transactions are applied in parallel' },

  // The server's defaults, named since a database's character set is there to stay.
  character_set_server: { value: 'utf8mb4', why: 'all of Unicode' },
  collation_server: { value: 'utf8mb4_0900_ai_ci', why: 'the default of utf8mb4' },

  innodb_print_all_deadlocks: { value: 'ON', why: 'otherwise only the last deadlock can be looked at', noted: true },
};
