-- What a member tells Router of its group: whether it is in it, whether that has a majority, and which host is its primary; then how often
-- the metadata of InnoDB Cluster, if there is any, lists that primary.
SELECT
  'group',
  COALESCE(MAX(IF(member_id = @@server_uuid, member_state, NULL)), 'OFFLINE'),
  COALESCE(SUM(member_state IN ('ONLINE', 'RECOVERING')) * 2 > COUNT(*), 0),
  COALESCE(NULLIF(MAX(IF(member_role = 'PRIMARY', member_host, '')), ''), '-')
FROM performance_schema.replication_group_members;
SELECT COUNT(*)
FROM performance_schema.replication_group_members AS member
JOIN mysql_innodb_cluster_metadata.v2_instances AS instance ON instance.mysql_server_uuid = member.member_id
WHERE member.member_role = 'PRIMARY';
