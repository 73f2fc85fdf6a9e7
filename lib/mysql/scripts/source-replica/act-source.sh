# shellcheck shell=bash disable=SC2034
# What the agent does on the source, and on the one that was it. It is sourced by agent.sh.
# needs: what observe.sh sets; decided_reason (act.sh)
# sets: again, unproven_since; the row of member-state.sh, by read_again

declare drained followed decided_reason

act_open() {
	log INFO "opening for writes: $decided_reason"
	open_for_writes || return
	forget_accounts
	unproven_since='' # the others have just been asked
	again=at_once
	! others_are_empty || keep_first_accounts
}

# keep_first_accounts: of a cluster that just starts, or whose data was just restored. A statement that changes an account and waits for a replica holds
# up all logins meanwhile (measured: 9.7.4).
keep_first_accounts() {
	keep_accounts || log_seldom ERROR 'cannot reconcile the accounts, see above'
}

# act_close: the fence is up. Commits that wait for replicas would hold up the rest; their clients are gone, and have no answer.
act_close() {
	log INFO "closing for writes: $decided_reason"
	set_semi_synchronous OFF || return
	own_sql <<<'SET GLOBAL super_read_only = ON' || return
	again=at_once
}

# waits_for_replicas: a statement that changes data or accounts would now wait longer for acknowledgments than an agent can. What waits holds
# up CLONE, by which a replica gets its data: on a first start they would wait for each other until the timeout.
waits_for_replicas() {
	[[ $SEMI_SYNCHRONOUS == ON ]] || return 1
	[[ $(own_sql <"$SQL/waits-for-replicas.sql") == 1 ]]
}

act_stop_following() {
	own_sql <<<'STOP REPLICA IO_THREAD' || return
	if ! ask_state || ! take_state "$REPLY" || ((!drained)); then
		log INFO 'it has received more transactions since: applying them too'
		return
	fi
	log INFO "no longer following ${followed%%.*}: this is the source now, and has applied everything that it received"
	own_sql <<<'STOP REPLICA; RESET REPLICA ALL' || return
	rm -f "$VOLUME/cloned"
	again=at_once
}
