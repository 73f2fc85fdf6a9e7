-- The accounts of a new data directory. The server runs this while it makes the directory; nothing of it goes into the binary log, so
-- that it is no transaction of this server's own. One statement a line; <key> is the password under that key of the accounts' Secret.
SET SESSION sql_log_bin = 0;
-- root: on the socket only
ALTER USER root@localhost IDENTIFIED BY <root-password>;
-- admin: for people and for the promotion of a replica
CREATE USER admin@'%' IDENTIFIED BY <admin-password> REQUIRE SSL;
GRANT ALL ON *.* TO admin@'%' WITH GRANT OPTION;
-- replication: replicas read the source's binary log
CREATE USER replication@'%' IDENTIFIED BY <replication-password> REQUIRE SSL;
GRANT REPLICATION SLAVE ON *.* TO replication@'%';
-- clone: a member without data copies that of another one
CREATE USER clone@'%' IDENTIFIED BY <clone-password> REQUIRE SSL;
GRANT BACKUP_ADMIN ON *.* TO clone@'%';
-- monitor: members ask each other who has what
CREATE USER monitor@'%' IDENTIFIED BY <monitor-password> REQUIRE SSL;
GRANT REPLICATION CLIENT ON *.* TO monitor@'%';
GRANT SELECT ON performance_schema.* TO monitor@'%';
-- which member became the source when: a fact of the data, so that whoever has the data knows it
CREATE SCHEMA cdk8s_stateful;
CREATE TABLE cdk8s_stateful.promotions (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, source VARCHAR(63) NOT NULL, promoted_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, reason VARCHAR(255) NOT NULL);
-- what of the declared databases and users has been applied
CREATE TABLE cdk8s_stateful.declarations (id TINYINT UNSIGNED PRIMARY KEY, digest CHAR(64) NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);
GRANT SELECT ON cdk8s_stateful.promotions TO monitor@'%';
