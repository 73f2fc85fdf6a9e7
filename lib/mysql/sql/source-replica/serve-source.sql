-- Lets clients in on the source, unless its own data says that another one is the source by now, or it is closed for writes. A switchover
-- fences, closes and records under the same lock, so that nothing comes between the look and the opening; without the lock the fence
-- stays. @me and @rendered are set by the agent. The answer is the name of this member when clients come in, or why they do not.
SET @locked = COALESCE(GET_LOCK('cdk8s_stateful.role', 2), 0);
SET @source = COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), @rendered);
SET @fenced = NOT @locked OR @source <> @me OR @@GLOBAL.read_only;
SET GLOBAL offline_mode = @fenced;
DO RELEASE_LOCK('cdk8s_stateful.role');
SELECT CASE
  WHEN @@GLOBAL.offline_mode = 0 THEN @me
  WHEN NOT @locked THEN 'another session holds the lock on the role'
  WHEN @source <> @me THEN CONCAT('its own data says that ', @source, ' is the source by now')
  ELSE 'it is closed for writes'
END;
