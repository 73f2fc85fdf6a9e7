/** Options that my.cnf leaves alone and a user must leave alone, with the reason. */
export const RESERVED_OPTIONS: Record<string, string> = {
  // The start script passes them to each pod.
  report_host: 'each pod reports its own DNS name, which the start script passes',
  server_id: 'each pod has its own, which the start script passes',

  // One port, one address: Services, probes and the other servers look for the server there.
  bind_address: 'clients and the other servers come in at the pod\'s address',
  port: 'Services, policies and scripts use 3306',
  report_port: 'Services, policies and scripts use 3306',
  skip_networking: 'clients and the other servers come in over the network',

  // https://dev.mysql.com/doc/refman/9.7/en/error-log-destination-configuration.html: any value, even stderr, is the name of a file.
  log_error: 'without it the log goes to standard error, where kubectl logs reads it; any value, even "stderr", is a file',

  // The accounts of the cluster are accounts like any other.
  max_user_connections: 'it would hold for the accounts of the cluster, too; limit one of the application by ALTER USER',

  // Each server makes its certificate itself where the cluster names none.
  auto_generate_certs: 'without a certificate nobody can connect, since every connection is encrypted',

  // Members are equal: each has, sends and applies all data.
  binlog_do_db: 'each member has all data, also what the agents write',
  binlog_ignore_db: 'each member has all data, also what the agents write',
  ...Object.fromEntries([
    'do_db', 'do_table', 'ignore_db', 'ignore_table', 'rewrite_db', 'same_server_id', 'wild_do_table', 'wild_ignore_table',
  ].map((name) => [`replicate_${name}`, 'each member has all data, also what the agents write'])),
  innodb_read_only: 'data could neither be made nor changed',
  // Measured on 9.7.4: "Plugin Clone reported: 'Client: PFS table creation failed.'"
  transaction_read_only: 'the plugin CLONE, by which members get their data, could not start; clients set it in their sessions',

  // In front of what mysqld reads, or instead of it.
  chroot: 'the container is the only root that it has',
  daemonize: 'the container ends when mysqld seems to',
  init_file: 'the scripts set up accounts by one',
  initialize: 'the scripts initialise the data',
  initialize_insecure: 'the scripts initialise the data',
  skip_grant_tables: 'everybody could come in with every right',
  upgrade: 'the data is upgraded when the image is',
  user: 'the pod\'s security context says who runs the server',

  // A clone and a rename take the data folder along, and nothing else.
  innodb_data_home_dir: 'all data lies in the data folder',
  innodb_directories: 'all data lies in the data folder',
  innodb_doublewrite_dir: 'all data lies in the data folder',
  innodb_log_group_home_dir: 'all data lies in the data folder',
  innodb_temp_tablespaces_dir: 'all data lies in the data folder',
  innodb_undo_directory: 'all data lies in the data folder',
  log_bin_index: 'all data lies in the data folder',
  relay_log_index: 'all data lies in the data folder',

  // The agent of a group sets them before each start of Group Replication (scripts/group/join.sh).
  group_replication_flow_control_period: 'members hear from each other each second: else they leave the group',
  group_replication_group_seeds: 'the agent sets it from the list of members',
  group_replication_local_address: 'the agent sets it to the member\'s name in DNS',
  group_replication_member_weight: 'the agent sets it by the member\'s number',

  // Deprecated, and ROW is all that is left of it.
  binlog_format: 'rows are the default, and all that replication, CLONE and point-in-time recovery are tested with',
  // It would take the node's memory for the container's.
  innodb_dedicated_server: 'sizes come from the container\'s memory limit, and it would take the node\'s',
  sql_log_bin: 'a transaction that the binary log lacks never reaches a replica',
};
