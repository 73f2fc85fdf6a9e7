-- What the archive and the backup ask the server that is open for writes, in one row: its id; whether it is closed; what it has executed and purged; the
-- timeline of its data, `initial` until a restore opened another; the origin of its data, which is its first promotion as `id/promoted_at`; how many
-- commits wait for replicas: others see them already in its binary log.
SET @timeline = NULL;
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'cdk8s_stateful' AND table_name = 'timelines'),
  'SELECT name INTO @timeline FROM cdk8s_stateful.timelines ORDER BY id DESC LIMIT 1', 'DO 0'
);
PREPARE question FROM @statement;
EXECUTE question;
SELECT
  'primary',
  @@server_uuid,
  @@GLOBAL.read_only,
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_purged, '\n', ''), ''), '-'),
  COALESCE(@timeline, 'initial'),
  COALESCE((
    SELECT CONCAT(id, '/', DATE_FORMAT(promoted_at, '%Y-%m-%dT%H:%i:%sZ')) FROM cdk8s_stateful.promotions ORDER BY id LIMIT 1
  ), '-'),
  COALESCE((
    SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Rpl_semi_sync_source_wait_sessions'
  ), 0);
