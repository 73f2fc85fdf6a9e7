-- The account with which the metrics are read: the exporter, and facts.sh. It is made where the declaration names it (declared.sh), so that
-- clusters without metrics have none. One statement a line; <key> is the password under that key of the accounts' Secret. It passes the
-- fence, behind which it is to see a server, too.
CREATE USER IF NOT EXISTS metrics@'%' IDENTIFIED WITH caching_sha2_password BY <metrics-password>;
ALTER USER metrics@'%' WITH MAX_USER_CONNECTIONS 5 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
GRANT PROCESS, REPLICATION CLIENT, CONNECTION_ADMIN ON *.* TO metrics@'%';
GRANT SELECT ON performance_schema.* TO metrics@'%';
GRANT SELECT ON cdk8s_stateful.promotions TO metrics@'%';
