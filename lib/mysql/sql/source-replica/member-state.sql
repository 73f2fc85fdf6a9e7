-- What the agent needs to know of its own server, in one row.
SELECT
  @@GLOBAL.super_read_only,
  @@GLOBAL.read_only,
  -- whether it refuses clients: the fence
  @@GLOBAL.offline_mode,
  COALESCE((SELECT MAX(id) FROM cdk8s_stateful.promotions), 0),
  COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), '-'),
  -- how many seconds ago the last promotion was recorded
  COALESCE((SELECT TIMESTAMPDIFF(SECOND, promoted_at, NOW()) FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), 999999),
  COALESCE((SELECT NULLIF(host, '') FROM performance_schema.replication_connection_configuration WHERE channel_name = ''), '-'),
  -- the receiver, and how many seconds ago it last heard of the source
  COALESCE(receiver.service_state, '-'),
  COALESCE(receiver.last_error_number, 0),
  COALESCE(TIMESTAMPDIFF(SECOND, GREATEST(receiver.last_heartbeat_timestamp, receiver.last_queued_transaction_end_queue_timestamp), NOW()), 999999),
  -- the applier, and how many seconds ago the source was as this server is
  COALESCE((SELECT service_state FROM performance_schema.replication_applier_status WHERE channel_name = ''), '-'),
  COALESCE((SELECT MAX(last_error_number) FROM performance_schema.replication_applier_status_by_worker WHERE channel_name = ''), 0),
  COALESCE(CASE
    WHEN NOT GTID_SUBSET(COALESCE(receiver.received_transaction_set, ''), @@GLOBAL.gtid_executed) THEN COALESCE(
      -- the oldest transaction that has not been applied
      (
        SELECT TIMESTAMPDIFF(SECOND, MIN(applying_transaction_original_commit_timestamp), NOW())
        FROM performance_schema.replication_applier_status_by_worker WHERE channel_name = '' AND applying_transaction <> ''
      ),
      TIMESTAMPDIFF(SECOND, receiver.last_queued_transaction_original_commit_timestamp, NOW())
    )
    -- All that was received is applied. Without a heartbeat since, the source may have more.
    WHEN receiver.last_queued_transaction_end_queue_timestamp > receiver.last_heartbeat_timestamp
      THEN TIMESTAMPDIFF(SECOND, receiver.last_queued_transaction_original_commit_timestamp, NOW())
  END, 0),
  -- whether all that was received has been applied
  GTID_SUBSET(COALESCE(receiver.received_transaction_set, ''), @@GLOBAL.gtid_executed),
  -- how many replicas read the binary log; the archive of a backup, which reads it on a channel of this name, is none
  (
    SELECT COUNT(*) FROM performance_schema.processlist AS reader
    WHERE reader.command LIKE 'Binlog Dump%' AND NOT EXISTS (
      SELECT 1 FROM performance_schema.session_connect_attrs AS attribute
      WHERE attribute.processlist_id = reader.id AND attribute.attr_name = '_client_replication_channel_name' AND attribute.attr_value = 'archive'
    )
  ),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  -- those of them that this server committed itself
  COALESCE(REGEXP_SUBSTR(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), CONCAT(@@server_uuid, '[^,]*')), '-'),
  COALESCE(NULLIF(REPLACE(receiver.received_transaction_set, '\n', ''), ''), '-'),
  -- whether a promotion is under way, which has stopped the receiver
  COALESCE(1 - IS_FREE_LOCK('cdk8s_stateful.promotion'), 1)
FROM (SELECT 1) AS one
LEFT JOIN performance_schema.replication_connection_status AS receiver ON receiver.channel_name = '';
