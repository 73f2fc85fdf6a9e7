-- How the metadata of InnoDB Cluster differs from the group, in one row: clusters that it describes; whether it describes this group; members
-- that are ONLINE and not listed; what is listed and is no member. A member that got a new copy of the data is both: it has a new id.
SELECT
  'metadata',
  (SELECT COUNT(*) FROM mysql_innodb_cluster_metadata.clusters),
  (
    SELECT COUNT(*) FROM mysql_innodb_cluster_metadata.clusters
    WHERE attributes->>'$.group_replication_group_name' = @@GLOBAL.group_replication_group_name
  ),
  COALESCE((
    SELECT GROUP_CONCAT(SUBSTRING_INDEX(member_host, '.', 1) ORDER BY member_host SEPARATOR ' ')
    FROM performance_schema.replication_group_members
    WHERE member_state = 'ONLINE' AND member_id NOT IN (SELECT mysql_server_uuid FROM mysql_innodb_cluster_metadata.instances)
  ), '-'),
  COALESCE((
    SELECT GROUP_CONCAT(SUBSTRING_INDEX(address, '.', 1) ORDER BY address SEPARATOR ' ')
    FROM mysql_innodb_cluster_metadata.instances
    WHERE mysql_server_uuid NOT IN (SELECT member_id FROM performance_schema.replication_group_members)
  ), '-');
