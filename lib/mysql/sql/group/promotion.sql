-- Records the promotion of @source, for @reason. While no client is let in, as in each group that was just bootstrapped, with all transactions that the
-- new primary has: one that a member has besides them is not in what follows, whatever gets its number later (history.sql).
-- It waits until what the primary before had committed is applied. Sessions of scripts do not else, see lib.sh.
SET SESSION group_replication_consistency = 'BEFORE_ON_PRIMARY_FAILOVER';
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'cdk8s_stateful' AND table_name = 'promotions' AND column_name = 'executed'),
  'INSERT INTO cdk8s_stateful.promotions (source, reason, executed) VALUES (?, ?, IF(@@GLOBAL.offline_mode, @@GLOBAL.gtid_executed, NULL))',
  'INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES (?, ?)'
);
PREPARE promotion FROM @statement;
EXECUTE promotion USING @source, @reason;
