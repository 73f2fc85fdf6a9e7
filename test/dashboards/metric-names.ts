/** The metrics that dashboards use, by what serves them. The end-to-end tests look each of them up in a real Prometheus. */

/** What the pod of the metrics says of what only the agents know. */
export const FACTS = [
  'archive_ready', 'archive_recoverable_until_timestamp_seconds', 'archive_state', 'archive_volume_free_bytes', 'backup_bytes',
  'backup_last_bytes', 'backup_proven_count', 'backup_proven_last_timestamp_seconds', 'drill_passed_timestamp_seconds',
  'facts_timestamp_seconds',
  'longest_transaction_seconds', 'max_lag_seconds',
  'member_agent_silent_seconds', 'member_answers', 'member_certificate_not_after_timestamp_seconds', 'member_errant_transactions',
  'member_fenced', 'member_info', 'member_lag_seconds', 'member_missing_transactions', 'member_online_count', 'member_open_for_writes',
  'member_queue_transactions', 'member_ready', 'member_replication_error', 'member_role', 'member_start_timestamp_seconds', 'member_state',
  'member_volume_free_bytes', 'member_volume_used_ratio', 'members', 'promotion_timestamp_seconds', 'promotions_total',
].map((name) => `cdk8s_stateful_mysql_${name}`);

/** What mysqld_exporter says of each server. */
export const EXPORTER = [
  'binlog_size_bytes', 'global_status_aborted_clients', 'global_status_aborted_connects', 'global_status_buffer_pool_dirty_pages',
  'global_status_buffer_pool_pages', 'global_status_bytes_received', 'global_status_bytes_sent', 'global_status_commands_total',
  'global_status_created_tmp_disk_tables', 'global_status_innodb_buffer_pool_read_requests', 'global_status_innodb_buffer_pool_reads',
  'global_status_innodb_data_read', 'global_status_innodb_data_written', 'global_status_innodb_os_log_written',
  'global_status_innodb_page_size', 'global_status_innodb_redo_log_checkpoint_lsn', 'global_status_innodb_redo_log_current_lsn',
  'global_status_innodb_row_lock_current_waits', 'global_status_innodb_row_lock_time', 'global_status_innodb_row_lock_waits',
  'global_status_questions', 'global_status_slow_queries', 'global_status_threads_connected', 'global_status_threads_running',
  'global_status_uptime', 'global_variables_innodb_buffer_pool_size', 'global_variables_innodb_redo_log_capacity',
  'global_variables_max_connections', 'up',
].map((name) => `mysql_${name}`);

/** What kube-state-metrics and the kubelet say, which not every cluster has. */
export const KUBERNETES = [
  'container_cpu_usage_seconds_total', 'container_memory_working_set_bytes', 'kube_cronjob_status_last_successful_time',
  'kube_job_status_failed', 'kube_pod_container_status_restarts_total', 'kube_statefulset_replicas',
  'kube_statefulset_status_replicas_ready', 'kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_used_bytes',
];

/** What Prometheus itself says of each pod that it scrapes, and what a user names. */
export const SCRAPES = ['http_requests_total', 'scrape_duration_seconds', 'up'];
