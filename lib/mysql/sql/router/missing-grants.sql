-- The statements that give the account `router` what it lacks on the metadata of InnoDB Cluster; none when it has all. The metadata of
-- earlier versions has no router_stats. `router_options` of the cluster is where the first Router of a version writes its defaults.
SELECT CONCAT('GRANT ', wanted.privileges, ' ON mysql_innodb_cluster_metadata.', wanted.name, ' TO router@''%'';')
FROM (
  SELECT 'routers' AS name, 'INSERT, UPDATE, DELETE' AS privileges
  UNION ALL SELECT 'v2_routers', 'INSERT, UPDATE, DELETE'
  UNION ALL SELECT 'router_stats', 'INSERT, UPDATE'
  UNION ALL SELECT 'clusters', 'UPDATE (router_options)'
  UNION ALL SELECT 'v2_gr_clusters', 'UPDATE (router_options)'
) AS wanted
JOIN information_schema.tables AS present ON present.table_schema = 'mysql_innodb_cluster_metadata' AND present.table_name = wanted.name
LEFT JOIN mysql.tables_priv AS granted
  ON granted.user = 'router' AND granted.host = '%' AND granted.db = 'mysql_innodb_cluster_metadata' AND granted.table_name = wanted.name
WHERE granted.user IS NULL;
