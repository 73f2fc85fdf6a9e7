-- Opens this server for writes, unless its own data says that another one is the source by now. A promotion is written under the same lock,
-- so that nothing comes between the look and the opening. @me and @rendered are set by the agent.
DO GET_LOCK('cdk8s_stateful.role', 30);
SET @closed = COALESCE((SELECT source FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1), @rendered) <> @me;
SET GLOBAL super_read_only = @closed;
SET GLOBAL read_only = @closed;
DO RELEASE_LOCK('cdk8s_stateful.role');
