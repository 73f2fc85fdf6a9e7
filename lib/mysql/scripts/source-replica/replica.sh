# shellcheck shell=bash disable=SC2034,SC2154
# What the agent does on a replica. It is sourced by agent.sh.

readonly ERROR_SOURCE_FATAL='^(1236|13114)$' # of a source that cannot send what is asked for
readonly ERROR_FATAL_MIN=13000               # from which on errors end the receiver; with lower ones it tries to connect again and again

be_replica() {
	if ((!super_read_only && read_only_now)); then
		log 'super_read_only was switched off: it is on again'
		root_sql <<<'SET GLOBAL super_read_only = ON' || return
	elif ((!super_read_only)); then
		close_for_writes || return
	fi
	keep_root_password || return
	if [[ -n $diverged ]]; then
		verdict unready "$diverged"
		return
	fi
	if [[ $receiver != ON ]]; then
		ask_peers_now_and_then
		[[ $known_source != "$POD_NAME" ]] || return 0
	fi
	if [[ $followed != "$(member_host "$known_source")" || $followed_in != "$incarnation" || -e $VOLUME/cloned ]]; then
		follow || return 0
		verdict unready "has just begun to follow $known_source"
		return
	elif [[ $receiver == OFF && $receiver_error =~ $ERROR_SOURCE_FATAL ]]; then
		cannot_follow
		return
	elif [[ $own_committed != "$own_transactions" ]]; then
		diverge "this replica committed transactions of its own: $own_committed, before: $own_transactions"
		root_sql <<<'STOP REPLICA'
		return
	elif [[ $receiver == OFF && $applier == ON ]] && ((receiver_error < ERROR_FATAL_MIN)); then
		start_receiver
		return
	fi
	if [[ $applier == ON ]]; then # else the change would throw away what was received and is not applied yet
		keep_replication_password "$known_source" || return
	fi
	judge_replica
}

# start_receiver: who wants a replica to stop says STOP REPLICA, which stops the applier too. A receiver that stopped alone was left so by a
# promotion that was killed; one that is under way holds a lock.
start_receiver() {
	if ((promoting)); then
		verdict unready 'the receiver is stopped for a promotion, which is under way'
		return
	fi
	log 'the receiver is stopped, the applier is not, and no promotion is under way: starting the receiver'
	verdict unready 'the receiver was left stopped'
	printf '%s\n' "SELECT IF(GET_LOCK('cdk8s_stateful.promotion', 0) = 1, '', ST_GeomFromText('a promotion is under way'));" \
		'START REPLICA IO_THREAD;' | root_sql >/dev/null
}

# ask_source: what the source has; fails when it does not say.
ask_source() {
	survey "$known_source"
	[[ ${state[$known_source]} != data ]] || return 0
	silence "$known_source"
	verdict unready "the source $REPLY"
	return 1
}

# cannot_compare: sets that could not be compared say nothing.
cannot_compare() {
	verdict unready "its transactions could not be compared with those of $known_source, see above"
	return 1
}

# follow: points the server at the source, when it is certain that the source has all that this server has, also what it has only received:
# another source makes it throw that away.
follow() {
	local mine strangers missing
	ask_source || return
	[[ ! -e $VOLUME/cloned ]] || own_received=- drained=1 # of the donor
	received["$POD_NAME"]=$own_received
	mine=$(known_transactions "$POD_NAME")
	strangers=$(subtract root_sql "$mine" "${executed[$known_source]}") || cannot_compare || return
	if [[ -n $strangers ]]; then
		missing=$(subtract root_sql "$mine" "$(known_transactions "$known_source")") || cannot_compare || return
		if [[ -z $missing ]]; then # what a promoted member still applies, it will have
			verdict unready "the source $known_source still applies what this replica has"
		elif ((!drained)); then
			apply_received "$strangers"
		else
			diverge "the source $known_source does not have the transactions $strangers of this replica"
		fi
		return 1
	fi
	if [[ $followed == "$(member_host "$known_source")" && ! -e $VOLUME/cloned ]]; then
		log "following $known_source on from $own_executed"
		root_sql <<<'START REPLICA' || return
	else
		log "following $known_source, which has all of $own_executed"
		change_source || return
	fi
	own_transactions=$own_committed followed_in=$incarnation
}

# apply_received STRANGERS: what is only in the relay log would be lost; applied, it is in the binary log, where a person can look at it.
apply_received() {
	if [[ $applier == OFF ]] && ((applier_error == 0)); then
		log "the source $known_source does not have $1: applying what was received of the source before"
		root_sql <<<'START REPLICA SQL_THREAD' || return
		applier=ON
	fi
	verdict unready "applying what was received of the source before, which $known_source does not have: the applier is $applier, error $applier_error"
}

change_source() {
	secret replication-password || return
	{
		echo 'STOP REPLICA;'
		[[ ! -e $VOLUME/cloned ]] || echo 'RESET REPLICA ALL;'
		printf '%s\n' "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$(member_host "$known_source")', SOURCE_PORT = $PORT," \
			"  SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY"), SOURCE_AUTO_POSITION = 1," \
			"  SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 5, $(replication_tls);" \
			'START REPLICA;'
	} | root_sql || return
	rm -f "$VOLUME/cloned"
}

replication_tls() {
	if [[ -e $TLS/ca.crt ]]; then
		echo "SOURCE_SSL = 1, SOURCE_SSL_CA = '$TLS/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1"
	else
		echo 'SOURCE_SSL = 1, GET_SOURCE_PUBLIC_KEY = 1'
	fi
}

# diverge REASON: sets that differ are for a person to judge: the replica keeps what it has and stays out.
diverge() {
	diverged="$1; nothing is removed; see \"A replica has transactions of its own\" in the operations guide"
	log "ERROR: $diverged"
	verdict unready "$diverged"
}

# cannot_follow: the source refuses. It has purged what this replica needs, or this replica has what the source does not have.
cannot_follow() {
	local mine strangers missing
	ask_source || return 0
	mine=$(known_transactions "$POD_NAME")
	strangers=$(subtract root_sql "$mine" "${executed[$known_source]}") || cannot_compare || return 0
	missing=$(subtract root_sql "${purged[$known_source]}" "$mine") || cannot_compare || return 0
	if [[ -n $strangers ]]; then
		diverge "the source $known_source does not have the transactions $strangers of this replica"
	elif [[ -n $missing ]]; then
		log "the source $known_source has purged the transactions $missing, which this replica needs, and has all of its own: asking for a new copy"
		verdict unready 'getting a new copy of the data'
		request_copy "$known_source" "$mine"
	else
		verdict unready "the source $known_source refuses: error $receiver_error, see performance_schema.replication_connection_status"
	fi
}

judge_replica() {
	# For as long as the bound allows, a source that restarts takes its replicas out of no Service.
	if [[ $receiver != ON && $receiver != CONNECTING ]]; then
		verdict unready "the receiver is $receiver, error $receiver_error"
	elif [[ $applier != ON ]]; then
		verdict unready "the applier is $applier, error $applier_error"
	elif ((heard > MAX_LAG)); then
		verdict unready "not a word from $known_source for more than $MAX_LAG s"
	elif ((lag > MAX_LAG)); then
		verdict unready "more than $MAX_LAG s behind $known_source"
	else
		serve_as replica "a replica of $known_source, at most $MAX_LAG s behind"
	fi
}
