import { Size } from 'cdk8s';
import { ConfigurationConfig } from '../../../lib/mysql/configuration/render-configuration';
import { MySqlVersion } from '../../../lib/mysql/context/mysql-version';
import { InnoDbCluster } from '../../../lib/mysql/topology/inno-db-cluster';
import { testChart } from '../../util';

/** A configuration as of a cluster that asks for nothing, with changes. */
export function configuration(changes: Partial<ConfigurationConfig> = {}): ConfigurationConfig {
  return {
    version: MySqlVersion.V9_7, memoryLimit: Size.gibibytes(1), user: {}, enforced: {}, defaults: {}, reservedMemory: Size.mebibytes(0),
    ...changes,
  };
}

const { enforced, reservedMemory } = new InnoDbCluster({ members: 3 }).bind(testChart('data'), 'mysql');

/** One file beside this one each: `<name>.cnf`. */
export const CASES: Record<string, Partial<ConfigurationConfig>> = {
  minimal: { memoryLimit: Size.gibibytes(2) },
  'small-1gi': { memoryLimit: Size.gibibytes(1) },
  'smallest-576mi': { memoryLimit: Size.mebibytes(576) },
  'big-64gi': { memoryLimit: Size.gibibytes(64) },
  'old-version': {
    version: MySqlVersion.V8_4, user: { innodb_log_file_size: '64M', mysql_native_password: 'ON', temptable_use_mmap: 'OFF' },
  },
  'user-over-defaults': {
    user: {
      binlog_expire_logs_seconds: '86400',
      innodb_buffer_pool_size: '200M',
      innodb_print_all_deadlocks: 'OFF',
      long_query_time: '0.5',
      max_connections: '60',
      relay_log_recovery: 'ON',
      sort_buffer_size: '1M',
    },
    defaults: { relay_log_recovery: 'OFF', 'max-connections': '40' },
  },
  normalised: {
    user: {
      'innodb-print-all-deadlocks': 'OFF',
      'Long-Query_TIME': '1',
      'slave-parallel-workers': '8',
      'skip-show-database': 'ON',
      performance_schema_digests_size: '-1',
    },
  },
  loose: {
    user: { 'loose-default_authentication_plugin': 'x', loose_validate_password_policy: 'LOW', clone_max_concurrency: '4' },
  },
  quoted: {
    user: { init_connect: 'SET @a = \'#\', @b = "\\\\"', log_error_suppression_list: 'MY-010055,MY-013360', sql_mode: '' },
  },
  group: { enforced, reservedMemory, memoryLimit: Size.gibibytes(2) },
  topology: {
    enforced: {
      'loose-group-replication-group-name': 'f8bb2b3c-4f7b-4b0c-8a1f-6f2d7f9c0001',
      group_replication_message_cache_size: '128M',
      plugin_load_add: 'mysql_clone.so;group_replication.so',
    },
    defaults: { group_replication_member_expel_timeout: '0', replica_parallel_workers: '8' },
    user: { 'group-replication-member-expel-timeout': '5' },
    reservedMemory: Size.mebibytes(128),
  },
};
