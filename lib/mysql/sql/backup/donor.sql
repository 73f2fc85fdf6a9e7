-- What a backup asks a member before it copies it, in one row: its applier and its receiver, for how many seconds its oldest transaction waits to be
-- applied, the first promotion that its data knows of, and its timeline. A server that follows nobody has neither applier nor receiver: `-`.
SET @timeline = 'initial';
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'cdk8s_stateful' AND table_name = 'timelines'),
  'SELECT name INTO @timeline FROM cdk8s_stateful.timelines ORDER BY id DESC LIMIT 1', 'DO 0'
);
PREPARE timeline FROM @statement;
EXECUTE timeline;
SELECT
  'donor',
  COALESCE((
    SELECT MIN(service_state) FROM performance_schema.replication_applier_status WHERE channel_name IN ('', 'group_replication_applier')
  ), '-'),
  COALESCE(MIN(service_state), '-'),
  COALESCE(MAX(CASE WHEN NOT GTID_SUBSET(received_transaction_set, @@GLOBAL.gtid_executed) THEN COALESCE(
    (
      SELECT TIMESTAMPDIFF(SECOND, MIN(applying_transaction_original_commit_timestamp), NOW())
      FROM performance_schema.replication_applier_status_by_worker AS worker
      WHERE worker.channel_name = connection.channel_name AND applying_transaction <> ''
    ),
    TIMESTAMPDIFF(SECOND, last_queued_transaction_original_commit_timestamp, NOW())
  ) END), 0),
  COALESCE((SELECT CONCAT(id, '/', DATE_FORMAT(promoted_at, '%Y-%m-%dT%H:%i:%sZ')) FROM cdk8s_stateful.promotions ORDER BY id LIMIT 1), '-'),
  @timeline
FROM performance_schema.replication_connection_status AS connection
WHERE channel_name IN ('', 'group_replication_applier');
