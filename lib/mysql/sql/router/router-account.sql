-- The account with which Router reads who is in the group. One statement a line; <key> is the password under that key of the accounts'
-- Secret. missing-grants.sql has what it may do with tables that are not there yet.
CREATE USER IF NOT EXISTS router@'%' IDENTIFIED BY <router-password> REQUIRE SSL;
GRANT SELECT, EXECUTE ON mysql_innodb_cluster_metadata.* TO router@'%';
GRANT SELECT ON performance_schema.global_variables TO router@'%';
GRANT SELECT ON performance_schema.replication_group_members TO router@'%';
GRANT SELECT ON performance_schema.replication_group_member_stats TO router@'%';
