-- For how many seconds the oldest transaction of a client is open. It needs PROCESS.
SELECT COALESCE(MAX(TIMESTAMPDIFF(SECOND, trx_started, NOW())), 0)
FROM information_schema.innodb_trx
JOIN performance_schema.threads ON processlist_id = trx_mysql_thread_id
WHERE type = 'FOREGROUND' AND processlist_id <> CONNECTION_ID();
