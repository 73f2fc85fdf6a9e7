-- What the archive needs to know of its own server, in one row: the receiver, its last error, and how many seconds ago it last heard of the source; where
-- the logs begin that it has; all that it has, with what was before; when the newest transaction was committed, by the clock of its source; its version; of
-- which server it received last.
SELECT
  'receiver',
  COALESCE(receiver.service_state, '-'),
  COALESCE(receiver.last_error_number, 0),
  COALESCE(TIMESTAMPDIFF(SECOND, GREATEST(receiver.last_heartbeat_timestamp, receiver.last_queued_transaction_end_queue_timestamp), NOW()), 999999),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(
    GTID_SUBTRACT(CONCAT_WS(',', NULLIF(@@GLOBAL.gtid_executed, ''), NULLIF(receiver.received_transaction_set, '')), ''), '\n', ''), ''), '-'),
  IF(receiver.last_queued_transaction_original_commit_timestamp > 0,
    DATE_FORMAT(receiver.last_queued_transaction_original_commit_timestamp, '%Y-%m-%dT%H:%i:%s.%fZ'), '-'),
  SUBSTRING_INDEX(@@version, '-', 1),
  COALESCE(NULLIF(receiver.source_uuid, ''), '-')
FROM (SELECT 1) AS one
LEFT JOIN performance_schema.replication_connection_status AS receiver ON receiver.channel_name = 'archive';
