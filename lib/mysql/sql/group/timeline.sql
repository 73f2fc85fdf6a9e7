-- Gives the group the name of the timeline that the data is of, so that no GTID is issued twice after a restore. Only data that was restored has
-- the table; else the name is that of my.cnf. A server forgets it with each start.
SET @group_name = NULL;
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'cdk8s_stateful' AND table_name = 'timelines'),
  'SELECT group_name INTO @group_name FROM cdk8s_stateful.timelines ORDER BY id DESC LIMIT 1',
  'DO 0'
);
PREPARE timeline FROM @statement;
EXECUTE timeline;
SET GLOBAL group_replication_group_name = COALESCE(@group_name, @@GLOBAL.group_replication_group_name);
