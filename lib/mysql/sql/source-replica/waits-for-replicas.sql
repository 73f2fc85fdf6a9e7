-- Whether a commit would now wait longer for acknowledgments than an agent waits for a statement (OWN_SECONDS_MAX of act.sh, in ms).
SELECT @@rpl_semi_sync_source_enabled AND @@rpl_semi_sync_source_timeout > 20000
  AND (SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Rpl_semi_sync_source_status') = 'ON'
  AND (SELECT CAST(VARIABLE_VALUE AS UNSIGNED) FROM performance_schema.global_status
    WHERE VARIABLE_NAME = 'Rpl_semi_sync_source_clients') < @@rpl_semi_sync_source_wait_for_replica_count;
