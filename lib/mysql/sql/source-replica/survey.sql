-- What a member tells others, in one row: that it has data; the last promotion that its data knows of and the source since then; whether
-- it is read-only; the transactions that it has executed, those that it has received from its source, and those that it has purged; whether
-- it refuses clients.
SELECT
  'data',
  COALESCE((SELECT MAX(id) FROM cdk8s_stateful.promotions), 0),
  COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), '-'),
  @@GLOBAL.read_only,
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  COALESCE((
    SELECT NULLIF(REPLACE(received_transaction_set, '\n', ''), '')
    FROM performance_schema.replication_connection_status WHERE channel_name = ''
  ), '-'),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_purged, '\n', ''), ''), '-'),
  @@GLOBAL.offline_mode;
