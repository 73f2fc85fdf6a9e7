-- What guard and agent need to know of their own server, in one row.
SELECT
  'state',
  COALESCE(own.member_state, 'OFFLINE'),
  COALESCE(NULLIF(own.member_role, ''), '-'),
  -- whether it reaches more than half of the group
  COALESCE((SELECT SUM(member_state IN ('ONLINE', 'RECOVERING')) * 2 > COUNT(*) FROM performance_schema.replication_group_members), 0),
  (SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'),
  COALESCE((SELECT NULLIF(member_host, '') FROM performance_schema.replication_group_members WHERE member_role = 'PRIMARY' LIMIT 1), '-'),
  @@GLOBAL.super_read_only,
  @@GLOBAL.offline_mode,
  COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), '-'),
  COALESCE((SELECT MAX(id) FROM cdk8s_stateful.promotions), 0),
  -- the applier, and the age in seconds of the oldest transaction that it has not finished
  COALESCE((SELECT service_state FROM performance_schema.replication_applier_status WHERE channel_name = 'group_replication_applier'), '-'),
  COALESCE((
    SELECT TIMESTAMPDIFF(SECOND, MIN(applying_transaction_original_commit_timestamp), NOW())
    FROM performance_schema.replication_applier_status_by_worker
    WHERE channel_name = 'group_replication_applier' AND applying_transaction <> ''
  ), 0),
  -- when the group last agreed on something, as it does each second: members tell each other how they are
  COALESCE(NULLIF((
    SELECT REPLACE(variable_value, ' ', '_') FROM performance_schema.global_status WHERE variable_name = 'Gr_last_consensus_end_timestamp'
  ), ''), '-')
FROM (SELECT 1) AS one
LEFT JOIN performance_schema.replication_group_members AS own ON own.member_id = @@server_uuid;
