-- A table of an earlier version of this library has no column for the transactions of a primary. All members get it from the primary: one that each
-- adds for itself, as accounts.sql does with what is missing, would break replication.
SET @statement = IF(
  (SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'cdk8s_stateful' AND table_name = 'promotions' AND column_name = 'executed'),
  'DO 0', 'ALTER TABLE cdk8s_stateful.promotions ADD COLUMN executed LONGTEXT'
);
PREPARE addition FROM @statement;
EXECUTE addition;
