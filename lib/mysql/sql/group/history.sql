-- Whether the last promotion that a member knows, @promotion of @source at @promoted_at, is known here; and what the next primary had that began behind
-- the fence. The member may have no more than that: numbers of other transactions of it were given again.
SELECT
  'history',
  @promotion = 0 OR EXISTS (
    SELECT 1 FROM cdk8s_stateful.promotions WHERE id = @promotion AND source = @source AND UNIX_TIMESTAMP(promoted_at) = @promoted_at
  ),
  COALESCE((
    SELECT REPLACE(executed, '\n', '') FROM cdk8s_stateful.promotions WHERE id > @promotion AND executed IS NOT NULL ORDER BY id LIMIT 1
  ), '-');
