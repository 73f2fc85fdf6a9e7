-- What is not as my.cnf has it: variables that were set since the server started, or are in mysqld-auto.cnf; and how many clients do what, for how long.
-- No value that may hold a password or a statement is shown, and no text of a client's statement.
SELECT 'variable', info.variable_name, info.variable_source, COALESCE(NULLIF(info.set_user, ''), '-'),
  IF(info.variable_name REGEXP 'password|secret|^init_|^gtid_', '(not shown)', COALESCE(NULLIF(LEFT(variable.variable_value, 80), ''), '-'))
FROM performance_schema.variables_info AS info
JOIN performance_schema.global_variables AS variable ON variable.variable_name = info.variable_name
WHERE info.variable_source IN ('DYNAMIC', 'PERSISTED')
ORDER BY info.variable_name;
SELECT 'clients', COALESCE(user, '-'), command, COALESCE(NULLIF(state, ''), '-'), COUNT(*), MAX(time)
FROM performance_schema.processlist
GROUP BY user, command, state
ORDER BY MAX(time) DESC
LIMIT 40;
