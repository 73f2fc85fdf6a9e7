-- The statements that end the connections of clients: not of the server itself, and not of the cluster's own accounts.
SELECT CONCAT('KILL ', id, ';') FROM performance_schema.processlist
WHERE user NOT IN ('admin', 'clone', 'event_scheduler', 'monitor', 'replication', 'root', 'system user');
