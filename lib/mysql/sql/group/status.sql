-- What a member of a group tells who looks at all of them, in one row without empty fields, `-` where there is nothing: look-at-members.sh has the names
-- of the columns. Each topology has the same ones. Of user variables only those count that the cluster's own accounts set.
-- It needs SELECT ON performance_schema.* and SELECT ON cdk8s_stateful.promotions.
SELECT
  'group',
  CASE WHEN own.member_state = 'ONLINE' THEN LOWER(own.member_role) ELSE 'none' END,
  COALESCE(own.member_state, 'OFFLINE'),
  @@GLOBAL.super_read_only OR @@GLOBAL.read_only,
  @@GLOBAL.offline_mode,
  -- whether it reaches more than half of the group; how many members it sees ONLINE, and which
  COALESCE((SELECT SUM(member_state IN ('ONLINE', 'RECOVERING')) * 2 > COUNT(*) FROM performance_schema.replication_group_members), 0),
  (SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'),
  COALESCE((
    SELECT NULLIF(GROUP_CONCAT(SUBSTRING_INDEX(member_host, '.', 1) ORDER BY member_host), '')
    FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'
  ), '-'),
  -- the member whose data this one follows
  COALESCE((
    SELECT NULLIF(SUBSTRING_INDEX(member_host, '.', 1), '') FROM performance_schema.replication_group_members WHERE member_role = 'PRIMARY' LIMIT 1
  ), '-'),
  -- the age in seconds of the oldest transaction that it has not finished
  COALESCE((
    SELECT TIMESTAMPDIFF(SECOND, MIN(applying_transaction_original_commit_timestamp), NOW())
    FROM performance_schema.replication_applier_status_by_worker
    WHERE channel_name = 'group_replication_applier' AND applying_transaction <> ''
  ), 0),
  -- what it received and has not applied, and what it has
  COALESCE((
    SELECT NULLIF(REPLACE(GTID_SUBTRACT(received_transaction_set, @@GLOBAL.gtid_executed), '\n', ''), '')
    FROM performance_schema.replication_connection_status WHERE channel_name = 'group_replication_applier'
  ), '-'),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  -- the receiver of a member that recovers, the applier, and the number of the last error of either
  COALESCE((SELECT service_state FROM performance_schema.replication_connection_status WHERE channel_name = 'group_replication_recovery'), '-'),
  COALESCE((SELECT service_state FROM performance_schema.replication_applier_status WHERE channel_name = 'group_replication_applier'), '-'),
  GREATEST(
    COALESCE((
      SELECT MAX(last_error_number) FROM performance_schema.replication_connection_status
      WHERE channel_name IN ('group_replication_applier', 'group_replication_recovery')
    ), 0),
    COALESCE((
      SELECT MAX(last_error_number) FROM performance_schema.replication_applier_status_by_worker
      WHERE channel_name IN ('group_replication_applier', 'group_replication_recovery')
    ), 0)
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
LEFT JOIN performance_schema.replication_group_members AS own ON own.member_id = @@server_uuid
LEFT JOIN cdk8s_stateful.promotions AS promotion ON promotion.id = (SELECT MAX(id) FROM cdk8s_stateful.promotions);
