# shellcheck shell=bash disable=SC2034
# What the agent does on a replica. It is sourced by agent.sh.
# needs: what observe.sh sets, the row of member-state.sh; decided_reason (act.sh)
# sets: again; own_transactions, followed_in, diverged

declare decided_reason known_source own_committed incarnation

act_restore_read_only() {
	own_sql <<<'SET GLOBAL super_read_only = ON' || return
	log WARNING 'super_read_only was OFF: set to ON again'
	again=at_once
}

# act_diverge: sets that differ are for an operator to judge: the replica keeps what it has and stays out.
act_diverge() {
	diverged=$decided_reason
	log ERROR "$diverged"
	own_sql <<<'STOP REPLICA'
}

act_request_copy() {
	log WARNING "$decided_reason: asking for a new copy"
	request_copy "$known_source" "$(known_transactions "$POD_NAME")"
}

# act_adopt: it follows already; this agent has started.
act_adopt() {
	follows
	again=at_once
}

act_start_replica() {
	log INFO "$decided_reason"
	own_sql <<<'START REPLICA' || return
	follows
}

act_follow() {
	log INFO "$decided_reason"
	# One that was the source, and that a switchover closed, waits for replicas still: for none, with each transaction that it applies.
	set_semi_synchronous OFF || return
	change_source || return
	follows
}

# follows: from here on, whatever this server commits itself is too much.
follows() {
	own_transactions=$own_committed followed_in=$incarnation
}

act_start_applier() {
	log INFO "$decided_reason: starting the applier"
	own_sql <<<'START REPLICA SQL_THREAD'
}

act_start_receiver() {
	log INFO "$decided_reason: starting the receiver"
	printf '%s\n' "SELECT IF(GET_LOCK('cdk8s_stateful.promotion', 0) = 1, '', ST_GeomFromText('a promotion is under way'));" \
		'START REPLICA IO_THREAD;' | own_sql >/dev/null
}

change_source() {
	local host password
	secret replication-password || return
	password=$(sql_literal "$REPLY")
	host=$(member_host "$known_source")
	{
		echo 'STOP REPLICA;'
		[[ ! -e $VOLUME/cloned ]] || echo 'RESET REPLICA ALL;'
		printf '%s\n' "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$host', SOURCE_PORT = $PORT," \
			"  SOURCE_USER = 'replication', SOURCE_PASSWORD = $password, SOURCE_AUTO_POSITION = 1," \
			"  SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 5, $(replication_tls);" \
			'START REPLICA;'
	} | own_sql || return
	rm -f "$VOLUME/cloned"
}

replication_tls() {
	if [[ -e $TLS/ca.crt ]]; then
		echo "SOURCE_SSL = 1, SOURCE_SSL_CA = '$TLS/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1"
	else
		echo 'SOURCE_SSL = 1, GET_SOURCE_PUBLIC_KEY = 1'
	fi
}
