# shellcheck shell=bash
# What a replica is, and what is to be done: see decide.sh. It is sourced by agent.sh.
# needs: what decide.sh needs
# sets: REPLY, and `old` of what calls is_old

readonly ERROR_FATAL_MIN=13000 # from which on errors end the receiver; with lower ones it tries to connect again and again
readonly LOOK_SECONDS=5        # until the next look has ended
# Readers see nothing older than MAX_LAG, also just before the next look.
readonly AGE_SECONDS_MAX=$((MAX_LAG - LOOK_SECONDS))
readonly OWN_GUIDE='nothing is removed; see "A replica has transactions of its own" in the operations guide'

declare label led known_source known_epoch source_host diverged must_follow source_refuses compared strangers never_there lost_log is_cloned
declare super_read_only read_only_now offline followed receiver receiver_error heard applier applier_error lag drained
declare own_committed own_transactions own_executed promoting

decide_replica() {
	if ((!super_read_only && !read_only_now)); then
		conclude_fenced DEMOTED close "promotion $known_epoch made $known_source the source"
	elif ((!super_read_only)); then
		conclude REPLICA restore_read_only 'super_read_only was switched off'
	elif [[ -n $diverged ]]; then
		conclude_fenced ERRANT wait "$diverged"
	elif [[ -n $must_follow ]]; then
		decide_following
	elif [[ -n $source_refuses ]]; then
		decide_refused
	elif [[ $own_committed != "$own_transactions" ]]; then
		conclude_fenced ERRANT diverge "this replica committed transactions of its own: $own_committed, before: $own_transactions; $OWN_GUIDE"
	elif ! runs; then
		decide_stopped
	elif is_old; then
		conclude_fenced LAGGING wait "$old"
	elif [[ $led == lost ]]; then
		# shellcheck disable=SC2153 # of yield.sh
		conclude_fenced YIELDING wait "it lost the role of the source less than $LOST_SECONDS s ago: clients that began to connect then may still arrive"
	elif [[ $led == handed ]]; then
		conclude_fenced YIELDING wait "no longer the source, $known_source is"
	elif [[ $label != replica ]]; then
		conclude_fenced MISLABELLED wait "a replica of $known_source, but the pod's label mysql.role is '$label': run the promotion again to correct the labels"
	else
		conclude REPLICA serve "follows $known_source, at most $MAX_LAG s behind"
	fi
}

# conclude_aged: of a replica that need not refuse clients before its data is too old for them.
conclude_aged() {
	if is_old; then
		conclude_fenced "$@"
	else
		conclude "$@"
	fi
}

# runs: whether it receives, or would as soon as the source can be reached, and applies.
runs() {
	[[ ($receiver == ON || $receiver == CONNECTING) && $applier == ON ]]
}

# is_old: whether its data may be too old for readers until the next look, why into `old`. Once it was, it has to catch up by half.
is_old() {
	local bound=$AGE_SECONDS_MAX
	old=''
	((!offline)) || bound=$((AGE_SECONDS_MAX / 2))
	if ((heard > AGE_SECONDS_MAX)); then
		old="nothing received from $known_source for more than $AGE_SECONDS_MAX s"
	elif ((lag > bound)); then
		old="more than $AGE_SECONDS_MAX s behind $known_source"
	elif [[ $applier != ON ]] && ((!drained)); then
		old="does not apply what it receives from $known_source"
	fi
	[[ -n $old ]]
}

# decide_following: points the server at the source, when it is certain that the source has all that this server has, also what it has only
# received: another source makes it throw that away.
decide_following() {
	local where="all of $own_executed"
	if [[ $compared != yes && $compared != failed ]]; then
		conclude_unless_current NOT_FOLLOWING wait "the source $compared"
	elif [[ $compared == failed ]]; then
		conclude_unless_current NOT_FOLLOWING wait "its transactions could not be compared with those of $known_source, see above"
	elif [[ -n $strangers && -z $never_there ]]; then # what a promoted member still applies, it will have
		conclude_unless_current NOT_FOLLOWING wait "the source $known_source still applies what this replica has"
	elif [[ -n $strangers ]] && ((!drained)); then
		decide_received
	elif [[ -n $strangers ]]; then
		conclude_fenced ERRANT diverge "the source $known_source does not have the transactions $strangers of this replica; $OWN_GUIDE"
	elif [[ $followed != "$source_host" || -n $is_cloned ]]; then
		conclude_fenced NOT_FOLLOWING follow "begins to follow $known_source, which has $where"
	elif runs; then
		conclude NOT_FOLLOWING adopt "follows $known_source already, which has $where"
	else
		conclude_fenced NOT_FOLLOWING start_replica "follows $known_source on from $own_executed"
	fi
}

# conclude_unless_current: a replica of this source whose agent has started serves for as long as its data is not too old.
conclude_unless_current() {
	if [[ $followed == "$source_host" && -z $is_cloned ]]; then
		conclude_aged "$@"
	else
		conclude_fenced "$@"
	fi
}

# decide_received: what is only in the relay log would be lost; applied, it is in the binary log, where it can be looked at.
decide_received() {
	local action=wait
	[[ $applier != OFF ]] || ((applier_error != 0)) || action=start_applier
	conclude_fenced NOT_FOLLOWING "$action" "applying what was received of the source before, which $known_source does not have ($strangers): the applier is $applier, error $applier_error"
}

# decide_refused: the source cannot send. It has purged what this replica needs, or this replica has what the source does not have.
decide_refused() {
	if [[ $compared != yes && $compared != failed ]]; then
		conclude_aged REPLICATION_STOPPED wait "the source $compared"
	elif [[ $compared == failed ]]; then
		conclude_aged REPLICATION_STOPPED wait "its transactions could not be compared with those of $known_source, see above"
	elif [[ -n $strangers ]]; then
		conclude_fenced ERRANT diverge "the source $known_source does not have the transactions $strangers of this replica; $OWN_GUIDE"
	elif [[ -n $lost_log ]]; then
		conclude_fenced NEW_COPY request_copy "the source $known_source has purged the transactions $lost_log, which this replica needs, and has all of its own"
	else
		conclude_aged REPLICATION_STOPPED wait "the source $known_source refuses: error $receiver_error, see performance_schema.replication_connection_status"
	fi
}

# decide_stopped: STOP REPLICA stops the applier too, and is left alone. A receiver that stopped alone was left so by a promotion that was
# killed; one that is under way holds a lock.
decide_stopped() {
	if [[ $receiver == OFF && $applier == ON ]] && ((receiver_error < ERROR_FATAL_MIN)); then
		if ((promoting)); then
			conclude_aged REPLICATION_STOPPED wait 'the receiver is stopped for a promotion, which is under way'
		else
			conclude_aged REPLICATION_STOPPED start_receiver 'the receiver was left stopped, and no promotion is under way'
		fi
	elif [[ $receiver != ON && $receiver != CONNECTING ]]; then
		conclude_aged REPLICATION_STOPPED wait "the receiver is $receiver, error $receiver_error"
	else
		conclude_aged REPLICATION_STOPPED wait "the applier is $applier, error $applier_error"
	fi
}
