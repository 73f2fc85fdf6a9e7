-- Opens this server for writes, unless its own data says that another one is the source by now. A promotion is written under the same lock,
-- so that nothing comes between the look and the opening; without the lock it stays closed. @me and @rendered are set by the agent.
-- The answer is the name of this member when it is open, or why it is not.
SET @locked = COALESCE(GET_LOCK('cdk8s_stateful.role', 10), 0);
SET @source = COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), @rendered);
SET @closed = NOT @locked OR @source <> @me;
SET GLOBAL super_read_only = @closed;
SET GLOBAL read_only = @closed;
DO RELEASE_LOCK('cdk8s_stateful.role');
SELECT CASE
  WHEN @@GLOBAL.read_only = 0 THEN @me
  WHEN NOT @locked THEN 'another session holds the lock on the role'
  ELSE CONCAT('its own data says that ', @source, ' is the source by now')
END;
