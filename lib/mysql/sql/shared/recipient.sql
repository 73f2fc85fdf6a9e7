-- The account with which others ask a member without data, as long as it waits for some. See accounts.sql.
SET SESSION sql_log_bin = 0;
CREATE USER monitor@'%' IDENTIFIED BY <monitor-password> REQUIRE SSL;
