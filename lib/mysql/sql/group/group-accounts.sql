-- What the account `replication` may besides, so that members of a group speak to each other; see accounts.sql.
GRANT GROUP_REPLICATION_STREAM, CONNECTION_ADMIN ON *.* TO replication@'%';
