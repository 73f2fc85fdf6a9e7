-- The account with which Router reads who is in the group, and what it may do. What the primary lacks of it is run there (reconcile.sh). One
-- statement a line; <key> is the password under that key of the accounts' Secret. Grants on tables that are not there wait for them: MySQL
-- Shell makes them, and versions of the metadata differ. `router_options` is where the first Router of a version writes its defaults.
CREATE USER IF NOT EXISTS router@'%' IDENTIFIED WITH caching_sha2_password BY <router-password>;
ALTER USER router@'%' WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
GRANT SELECT, EXECUTE ON mysql_innodb_cluster_metadata.* TO router@'%';
GRANT SELECT ON performance_schema.global_variables TO router@'%';
GRANT SELECT ON performance_schema.replication_group_members TO router@'%';
GRANT SELECT ON performance_schema.replication_group_member_stats TO router@'%';
GRANT INSERT, UPDATE, DELETE ON mysql_innodb_cluster_metadata.routers TO router@'%';
GRANT INSERT, UPDATE, DELETE ON mysql_innodb_cluster_metadata.v2_routers TO router@'%';
GRANT INSERT, UPDATE ON mysql_innodb_cluster_metadata.router_stats TO router@'%';
GRANT UPDATE (router_options) ON mysql_innodb_cluster_metadata.clusters TO router@'%';
GRANT UPDATE (router_options) ON mysql_innodb_cluster_metadata.v2_gr_clusters TO router@'%';
