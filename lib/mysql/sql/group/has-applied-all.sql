-- Whether the server has applied all that it received of the group.
SELECT GTID_SUBSET(COALESCE((
  SELECT received_transaction_set FROM performance_schema.replication_connection_status WHERE channel_name = 'group_replication_applier'
), ''), @@GLOBAL.gtid_executed);
