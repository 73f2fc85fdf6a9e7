-- What a member tells others, in one row: the same as in other topologies (see survey.sh), and of the group:
-- its own state, its role, whether it reaches a majority, the pods that it lists, those of them that are RECOVERING, and whether it is fenced.
-- CHANGING is a state, too: it is in no group, but START or STOP GROUP_REPLICATION is under way, and it speaks to what is left of one.
-- Pods have their short names here, since GROUP_CONCAT cuts a long text off.
SELECT
  'data',
  COALESCE((SELECT MAX(id) FROM cdk8s_stateful.promotions), 0),
  COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), '-'),
  @@GLOBAL.super_read_only,
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  COALESCE((
    SELECT NULLIF(REPLACE(received_transaction_set, '\n', ''), '')
    FROM performance_schema.replication_connection_status WHERE channel_name = 'group_replication_applier'
  ), '-'),
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_purged, '\n', ''), ''), '-'),
  COALESCE(
    IF(
      COALESCE(MAX(IF(member_id = @@server_uuid, member_state, NULL)), 'OFFLINE') IN ('OFFLINE', 'ERROR')
        AND EXISTS (SELECT 1 FROM performance_schema.threads WHERE name LIKE 'thread/group\_rpl/%::m\_xcom\_thread'),
      'CHANGING', NULL
    ),
    MAX(IF(member_id = @@server_uuid, member_state, NULL)), 'OFFLINE'
  ),
  COALESCE(NULLIF(MAX(IF(member_id = @@server_uuid, member_role, NULL)), ''), '-'),
  COALESCE(SUM(member_state IN ('ONLINE', 'RECOVERING')) * 2 > COUNT(*), 0),
  COALESCE(NULLIF(GROUP_CONCAT(SUBSTRING_INDEX(member_host, '.', 1) ORDER BY member_host), ''), '-'),
  COALESCE(GROUP_CONCAT(IF(member_state = 'RECOVERING', SUBSTRING_INDEX(member_host, '.', 1), NULL) ORDER BY member_host), '-'),
  @@GLOBAL.offline_mode
FROM performance_schema.replication_group_members;
