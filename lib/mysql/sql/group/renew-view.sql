-- Has the group tell all members anew who is in it, by setting a setting to what it is. Not while one is missed: then it does that by itself.
SELECT group_replication_set_write_concurrency(group_replication_get_write_concurrency())
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM performance_schema.replication_group_members WHERE member_state = 'UNREACHABLE');
