-- How far the applier of a restore is, in one row: whether it runs; the number of its error, or 0; whether all of @target is applied; where it is,
-- and how much the server has read and written, so that one large transaction is progress, too; and what the error says, with its transaction.
SELECT
  'replay',
  (SELECT service_state FROM performance_schema.replication_applier_status WHERE channel_name = ''),
  GREATEST(
    (SELECT MAX(last_error_number) FROM performance_schema.replication_applier_status_by_coordinator WHERE channel_name = ''),
    (SELECT MAX(last_error_number) FROM performance_schema.replication_applier_status_by_worker WHERE channel_name = '')
  ),
  GTID_SUBSET(@target, @@GLOBAL.gtid_executed),
  (
    SELECT CONCAT(
      (SELECT CONCAT(SUBSTRING_INDEX(relay_log_name, '/', -1), ' ', relay_log_pos) FROM mysql.slave_relay_log_info WHERE channel_name = ''), ' ',
      (
        SELECT SUM(variable_value) FROM performance_schema.global_status
        WHERE variable_name IN ('Innodb_rows_read', 'Innodb_rows_inserted', 'Innodb_rows_updated', 'Innodb_rows_deleted')
      ), ' ',
      (SELECT variable_value DIV 1048576 FROM performance_schema.global_status WHERE variable_name = 'Innodb_data_written')
    )
  ),
  COALESCE(NULLIF(REPLACE(REPLACE(COALESCE(
    (SELECT last_error_message FROM performance_schema.replication_applier_status_by_worker WHERE last_error_number > 0 LIMIT 1),
    (SELECT last_error_message FROM performance_schema.replication_applier_status_by_coordinator WHERE last_error_number > 0 LIMIT 1)
  ), '\n', ' '), '\t', ' '), ''), '-');
