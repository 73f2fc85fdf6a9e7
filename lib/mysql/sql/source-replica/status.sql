-- What a source or a replica tells who looks at all members, in one row without empty fields, `-` where there is nothing: look-at-members.sh has the names
-- of the columns. Each topology has the same ones. Of user variables only those count that the cluster's own accounts set.
-- It needs SELECT ON performance_schema.* and SELECT ON cdk8s_stateful.promotions.
SELECT
  'source-replica',
  CASE WHEN NOT @@GLOBAL.read_only THEN 'source' WHEN settings.host <> '' THEN 'replica' ELSE 'none' END,
  CASE
    WHEN NOT @@GLOBAL.read_only THEN 'OPEN'
    WHEN COALESCE(settings.host, '') = '' THEN 'CLOSED'
    WHEN applier.service_state <> 'ON' OR receiver.service_state = 'OFF' THEN 'STOPPED'
    WHEN receiver.service_state <> 'ON' THEN 'CONNECTING'
    ELSE 'FOLLOWING'
  END,
  @@GLOBAL.super_read_only OR @@GLOBAL.read_only,
  @@GLOBAL.offline_mode,
  -- there is no majority here; how many read its binary log, but for the archive, and their names, which it does not know
  1,
  (
    SELECT COUNT(*) FROM performance_schema.processlist AS reader
    WHERE reader.command LIKE 'Binlog Dump%' AND NOT EXISTS (
      SELECT 1 FROM performance_schema.session_connect_attrs AS attribute
      WHERE attribute.processlist_id = reader.id AND attribute.attr_name = '_client_replication_channel_name' AND attribute.attr_value = 'archive'
    )
  ),
  '-',
  -- the member whose data this one follows
  COALESCE(NULLIF(SUBSTRING_INDEX(settings.host, '.', 1), ''), '-'),
  -- how many seconds ago the source was as this server is, see member-state.sql
  COALESCE(CASE
    WHEN NOT GTID_SUBSET(COALESCE(receiver.received_transaction_set, ''), @@GLOBAL.gtid_executed) THEN COALESCE(
      (
        SELECT TIMESTAMPDIFF(SECOND, MIN(applying_transaction_original_commit_timestamp), NOW())
        FROM performance_schema.replication_applier_status_by_worker WHERE channel_name = '' AND applying_transaction <> ''
      ),
      TIMESTAMPDIFF(SECOND, receiver.last_queued_transaction_original_commit_timestamp, NOW())
    )
    WHEN receiver.last_queued_transaction_end_queue_timestamp > receiver.last_heartbeat_timestamp
      THEN TIMESTAMPDIFF(SECOND, receiver.last_queued_transaction_original_commit_timestamp, NOW())
  END, 0),
  -- what it received and has not applied, and what it has
  COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(receiver.received_transaction_set, @@GLOBAL.gtid_executed), '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  -- receiver and applier, and the number of the last error of either
  COALESCE(receiver.service_state, '-'),
  COALESCE(applier.service_state, '-'),
  GREATEST(
    COALESCE(receiver.last_error_number, 0),
    COALESCE((SELECT MAX(last_error_number) FROM performance_schema.replication_applier_status_by_worker WHERE channel_name = ''), 0)
  ),
  -- the last promotion in its data: number, member, when in seconds since 1970, why
  COALESCE(promotion.id, 0),
  COALESCE(promotion.source, '-'),
  COALESCE(UNIX_TIMESTAMP(promotion.promoted_at), 0),
  COALESCE(NULLIF(promotion.reason, ''), '-'),
  SUBSTRING_INDEX(VERSION(), '-', 1),
  -- until when its certificate is valid, since when it runs, and its clock, in seconds since 1970
  COALESCE((
    SELECT CAST(UNIX_TIMESTAMP(STR_TO_DATE(variable_value, '%b %e %H:%i:%s %Y GMT')) AS SIGNED)
    FROM performance_schema.global_status WHERE variable_name = 'Ssl_server_not_after' AND variable_value <> ''
  ), 0),
  UNIX_TIMESTAMP() - (SELECT CAST(variable_value AS SIGNED) FROM performance_schema.global_status WHERE variable_name = 'Uptime'),
  UNIX_TIMESTAMP(),
  -- what its agent says (says.sh), and what the archive of binary logs says here (tell-members.sh)
  COALESCE((
    SELECT MAX(CONVERT(variable_value USING utf8mb4))
    FROM performance_schema.threads JOIN performance_schema.user_variables_by_thread USING (thread_id)
    WHERE processlist_user = 'root' AND variable_name = 'cdk8s_stateful_says'
  ), '-'),
  COALESCE((
    SELECT MAX(CONVERT(variable_value USING utf8mb4))
    FROM performance_schema.threads JOIN performance_schema.user_variables_by_thread USING (thread_id)
    WHERE processlist_user = 'monitor' AND variable_name = 'cdk8s_stateful_archive_says'
  ), '-')
FROM (SELECT 1) AS one
LEFT JOIN performance_schema.replication_connection_configuration AS settings ON settings.channel_name = ''
LEFT JOIN performance_schema.replication_connection_status AS receiver ON receiver.channel_name = ''
LEFT JOIN performance_schema.replication_applier_status AS applier ON applier.channel_name = ''
LEFT JOIN cdk8s_stateful.promotions AS promotion ON promotion.id = (SELECT MAX(id) FROM cdk8s_stateful.promotions);
