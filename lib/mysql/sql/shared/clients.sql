-- The statements that end the connections of clients: not of the server itself, and not of the cluster's own accounts.
-- Those of mysql_innodb_cluster_<server id> are MySQL Shell's: with them members of a group that it adopted may speak to each other.
SELECT CONCAT('KILL ', id, ';') FROM performance_schema.processlist
WHERE user NOT IN ('admin', 'clone', 'event_scheduler', 'monitor', 'replication', 'root', 'system user')
  AND user NOT LIKE 'mysql_innodb_cluster_%';
