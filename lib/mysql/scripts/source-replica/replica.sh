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
