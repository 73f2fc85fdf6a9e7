-- Makes data that was restored the beginning of the timeline @timeline, from @base until @until: the group gets the name @group_name, so that no
-- GTID is issued twice, and @first is the source or the primary of record: the last one of the backup has lost its data. See accounts.sql for
-- the first line. The metadata is that of another group; what keeps it makes it anew. promotions may be that of an earlier version (promotion.sql).
SET SESSION sql_log_bin = 0;
CREATE TABLE IF NOT EXISTS cdk8s_stateful.timelines (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, name VARCHAR(63) NOT NULL, opened_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, base VARCHAR(63), until VARCHAR(255), executed LONGTEXT, group_name CHAR(36)) ENGINE = InnoDB;
GRANT SELECT ON cdk8s_stateful.timelines TO monitor@'%';
INSERT INTO cdk8s_stateful.timelines (name, base, until, executed, group_name)
VALUES (@timeline, @base, @until, REPLACE(@@GLOBAL.gtid_executed, '\n', ''), @group_name);
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'cdk8s_stateful' AND table_name = 'promotions' AND column_name = 'executed'),
  'INSERT INTO cdk8s_stateful.promotions (source, reason, executed) VALUES (?, ?, @@GLOBAL.gtid_executed)',
  'INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES (?, ?)'
);
SET @reason = CONCAT('restored as ', @timeline, ' from ', @base);
PREPARE promotion FROM @statement;
EXECUTE promotion USING @first, @reason;
DROP SCHEMA IF EXISTS mysql_innodb_cluster_metadata;
