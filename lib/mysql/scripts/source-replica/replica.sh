# shellcheck shell=bash disable=SC2034,SC2154
# What the agent does on a replica. It is sourced by agent.sh.

readonly ERROR_SOURCE_FATAL='^(1236|13114)$' # of a source that cannot send what is asked for

be_replica() {
	if ((!super_read_only)); then
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
	fi
	keep_replication_password "$known_source" || return
	judge_replica
}

# follow: points the server at the source, when it is certain that the source has all that this server has.
follow() {
	local theirs strangers
	survey "$known_source"
	if [[ ${state[$known_source]} != data ]]; then
		verdict unready "the source $known_source is ${state[$known_source]}"
		return 1
	fi
	theirs=${executed[$known_source]}
	strangers=$(subtract root_sql "$own_executed" "$theirs")
	if [[ -n $strangers ]]; then
		# What a promoted member still applies, it will have.
		if [[ -z $(subtract root_sql "$own_executed" "$(known_transactions "$known_source")") ]]; then
			verdict unready "the source $known_source still applies what this replica has"
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
	local strangers missing
	survey "$known_source"
	[[ ${state[$known_source]} == data ]] || return 0
	strangers=$(subtract root_sql "$own_executed" "${executed[$known_source]}")
	missing=$(subtract root_sql "${purged[$known_source]}" "$own_executed")
	if [[ -n $strangers ]]; then
		diverge "the source $known_source does not have the transactions $strangers of this replica"
	elif [[ -n $missing ]]; then
		log "the source $known_source has purged the transactions $missing, which this replica needs, and has all of its own: asking for a new copy"
		verdict unready 'getting a new copy of the data'
		printf '%s\n' "$known_source" "$own_executed" >"$VOLUME/reprovision"
		root_sql <<<'SHUTDOWN'
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
