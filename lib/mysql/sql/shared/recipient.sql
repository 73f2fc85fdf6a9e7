-- The account with which others ask a member without data, as long as it waits for some. See accounts.sql.
SET SESSION sql_log_bin = 0, sql_mode = '';
CREATE USER monitor@'%' IDENTIFIED WITH caching_sha2_password BY <monitor-password>;
