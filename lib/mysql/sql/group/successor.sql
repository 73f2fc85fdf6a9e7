-- Who is to take over from this primary: of those that have the least to apply the first by name, and its id. No row when this is not the
-- primary.
SELECT member.member_host, member.member_id
FROM performance_schema.replication_group_members AS member
JOIN performance_schema.replication_group_member_stats AS stats ON stats.member_id = member.member_id
JOIN performance_schema.replication_group_members AS own ON own.member_id = @@server_uuid AND own.member_role = 'PRIMARY'
WHERE member.member_state = 'ONLINE' AND member.member_role = 'SECONDARY'
ORDER BY stats.count_transactions_remote_in_applier_queue > 100, member.member_host
LIMIT 1;
