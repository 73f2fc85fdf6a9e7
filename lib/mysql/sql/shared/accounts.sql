-- The accounts of the cluster, and what they may do. Three read this file:
--   a server that makes its data directory;
--   each server at its start, before it is read-only and lets clients in: a fenced server lets nobody in without CONNECTION_ADMIN;
--   the agent of the server that is open for writes, which runs the statements that are not in force (reconcile.sh).
-- So each statement may be run at any time, and none changes the password of an account that exists, but for root's. The first line is for
-- the servers: nothing of it is a transaction of their own. One statement a line; <key> is the password under that key of the accounts'
-- Secret. Passwords of these accounts change by the Secret alone, so no policy of the server may end, refuse or lock them.
-- With `performance_schema.*` a name is a pattern, which is left so: with partial_revokes=ON an escaped name would mean nothing.
SET SESSION sql_log_bin = 0, sql_mode = '';
-- root: on the socket only; of each server alone
ALTER USER root@localhost WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
ALTER USER root@localhost IDENTIFIED BY <root-password>;
-- admin: for operators and for the promotion of a replica
CREATE USER IF NOT EXISTS admin@'%' IDENTIFIED WITH caching_sha2_password BY <admin-password>;
ALTER USER admin@'%' WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
GRANT ALL ON *.* TO admin@'%' WITH GRANT OPTION;
-- replication: replicas read the source's binary log, also of a fenced one
CREATE USER IF NOT EXISTS replication@'%' IDENTIFIED WITH caching_sha2_password BY <replication-password>;
ALTER USER replication@'%' WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
GRANT REPLICATION SLAVE, CONNECTION_ADMIN ON *.* TO replication@'%';
-- clone: a member without data copies that of another one, also of a fenced one
CREATE USER IF NOT EXISTS clone@'%' IDENTIFIED WITH caching_sha2_password BY <clone-password>;
ALTER USER clone@'%' WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
GRANT BACKUP_ADMIN, CONNECTION_ADMIN ON *.* TO clone@'%';
-- monitor: members ask each other who has what, also a fenced one
CREATE USER IF NOT EXISTS monitor@'%' IDENTIFIED WITH caching_sha2_password BY <monitor-password>;
ALTER USER monitor@'%' WITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK;
GRANT REPLICATION CLIENT, CONNECTION_ADMIN ON *.* TO monitor@'%';
GRANT SELECT ON performance_schema.* TO monitor@'%';
-- which member became the source when: a fact of the data, so that every member with the data knows it
CREATE SCHEMA IF NOT EXISTS cdk8s_stateful;
CREATE TABLE IF NOT EXISTS cdk8s_stateful.promotions (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, source VARCHAR(63) NOT NULL, promoted_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, reason VARCHAR(255) NOT NULL, executed LONGTEXT) ENGINE = InnoDB;
GRANT SELECT ON cdk8s_stateful.promotions TO monitor@'%';
