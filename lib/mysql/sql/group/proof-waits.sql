-- Whether a promotion waits for the group to certify it. Before that it has another state, as while it waits for what is to be applied first.
SELECT COUNT(*) > 0 FROM performance_schema.threads
WHERE processlist_state = 'waiting for handler commit' AND processlist_info LIKE '%cdk8s_stateful.promotions%';
