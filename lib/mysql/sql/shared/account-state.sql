-- What a server has of accounts, grants and databases: a line each, without empty fields, and `end` as the last one, so that an answer that is
-- cut off is none. <accounts> are the accounts that are asked for, as in `admin@%,app@%`; root@localhost tells besides what ALL is.
--   server      REQUIRES_TLS  PARTIAL_REVOKES  LOWER_CASE_TABLE_NAMES
--   account     ACCOUNT  PLUGIN  TLS  ATTRIBUTES, as ALTER USER has them  CHANGED: when its password last was, in seconds since 1970
--   privilege   ACCOUNT  OBJECT  PRIVILEGE  GRANTABLE
--   database    NAME  CHARACTER_SET  COLLATION
--   table       SCHEMA.NAME, of what comes with the cluster
SELECT 'server', @@GLOBAL.require_secure_transport, @@GLOBAL.partial_revokes, @@GLOBAL.lower_case_table_names;
SELECT 'account', CONCAT(user, '@', host), plugin,
  CASE ssl_type WHEN '' THEN 'NONE' WHEN 'ANY' THEN 'SSL' ELSE ssl_type END,
  CONCAT(
    'WITH MAX_USER_CONNECTIONS ', max_user_connections,
    ' PASSWORD EXPIRE ', CASE WHEN password_lifetime IS NULL THEN 'DEFAULT' WHEN password_lifetime = 0 THEN 'NEVER' ELSE password_lifetime END,
    ' PASSWORD HISTORY ', COALESCE(password_reuse_history, 'DEFAULT'),
    ' PASSWORD REUSE INTERVAL ', COALESCE(CONCAT(password_reuse_time, ' DAY'), 'DEFAULT'),
    ' PASSWORD REQUIRE CURRENT ', CASE password_require_current WHEN 'N' THEN 'OPTIONAL' WHEN 'Y' THEN 'REQUIRED' ELSE 'DEFAULT' END,
    ' FAILED_LOGIN_ATTEMPTS ', COALESCE(user_attributes->>'$.Password_locking.failed_login_attempts', 0),
    ' PASSWORD_LOCK_TIME ', COALESCE(user_attributes->>'$.Password_locking.password_lock_time_days', 0),
    ' ACCOUNT ', IF(account_locked = 'N', 'UNLOCK', 'LOCK')
  ),
  COALESCE(UNIX_TIMESTAMP(password_last_changed), 0)
FROM mysql.user
WHERE FIND_IN_SET(CONCAT(user, '@', host), CONCAT(<accounts>, ',root@localhost'));
SELECT 'privilege', REPLACE(grantee, CHAR(39), ''), object, privilege_type, is_grantable
FROM (
  SELECT grantee, '*.*' AS object, privilege_type, is_grantable FROM information_schema.user_privileges
  UNION ALL SELECT grantee, CONCAT(table_schema, '.*'), privilege_type, is_grantable FROM information_schema.schema_privileges
  UNION ALL SELECT grantee, CONCAT(table_schema, '.', table_name), privilege_type, is_grantable FROM information_schema.table_privileges
  UNION ALL
  SELECT grantee, CONCAT(table_schema, '.', table_name), CONCAT(privilege_type, ' (', column_name, ')'), is_grantable
  FROM information_schema.column_privileges
) AS granted
WHERE FIND_IN_SET(REPLACE(grantee, CHAR(39), ''), CONCAT(<accounts>, ',root@localhost'));
SELECT 'database', schema_name, default_character_set_name, default_collation_name FROM information_schema.schemata;
SELECT 'table', CONCAT(table_schema, '.', table_name)
FROM information_schema.tables
WHERE table_schema IN ('cdk8s_stateful', 'mysql_innodb_cluster_metadata');
SELECT 'end';
