-- What the account `replication` may besides, so that members of a group speak to each other; see accounts.sql.
GRANT GROUP_REPLICATION_STREAM ON *.* TO replication@'%';
