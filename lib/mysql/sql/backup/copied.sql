-- What a copy holds, asked of a server that was started on it: one row, and then one for each table of users that CLONE copies without its rows.
SET @timeline = 'initial';
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'cdk8s_stateful' AND table_name = 'timelines'),
  'SELECT name INTO @timeline FROM cdk8s_stateful.timelines ORDER BY id DESC LIMIT 1', 'DO 0'
);
PREPARE timeline FROM @statement;
EXECUTE timeline;
SELECT
  'copy',
  COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'),
  SUBSTRING_INDEX(VERSION(), '-', 1),
  COALESCE((SELECT CONCAT(id, '/', DATE_FORMAT(promoted_at, '%Y-%m-%dT%H:%i:%sZ')) FROM cdk8s_stateful.promotions ORDER BY id LIMIT 1), '-'),
  @timeline;
SELECT 'table', CONCAT(table_schema, '.', table_name), COALESCE(engine, 'none')
FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND COALESCE(engine, 'none') <> 'InnoDB'
  AND table_schema NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')
ORDER BY table_schema, table_name;
SELECT 'end';
