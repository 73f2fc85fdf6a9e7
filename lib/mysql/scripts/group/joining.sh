# shellcheck shell=bash
# How the agent joins the group there is, and bootstraps one where there is none. It is sourced, after start-group.sh and bootstrap-group.sh.
# needs: members (lib.sh), online, primary, others_are_out (observe.sh), executed (survey.sh), member_state (view.sh)
# sets: join_look_at, join_is_vain
declare -a members online
declare -A executed member_state
declare primary

readonly JOIN_PAUSE=1 # between two looks at the others

join_look_at=0  # when, in seconds since the agent began
join_is_vain='' # whether it was given up, since the group has ended

# act_join: under a lock on the primary, so that of two members that want to join one is first (I6).
act_join() {
	act_withdraw "$1"
	ask_for_lock monitor "$primary" join 0
	if has_lock "$primary" "$VOTE_SECONDS_MAX"; then
		log INFO "joining the group of ${online[*]}, which has all of ${executed[$POD_NAME]}"
		note_group
		join_look_at=$((SECONDS + JOIN_QUIET_SECONDS)) join_is_vain=''
		join_group watch_join || log WARNING 'cannot join, see above and the log of mysqld'
		[[ -z $join_is_vain ]] || rm -f "$ATTEMPT_FILE" # it left nothing behind in a group that works
	else
		log_change INFO "another member is about to join, or $primary does not answer: ${REPLY:-no answer}"
	fi
	release_locks
}

# watch_join: a member that joins waits for more than a minute for a group that has ended meanwhile. Others bootstrap none while it does (I1): with the
# next incarnation of a member it would go on with the former group (measured: 9.7.4; RECOVERING for 70 s, in a view of its own).
watch_join() {
	[[ -z $join_is_vain ]] && ((SECONDS >= join_look_at)) || return 0
	join_look_at=$((SECONDS + JOIN_PAUSE))
	view "${members[@]}"
	[[ ${member_state[$POD_NAME]} == CHANGING ]] && others_are_out && has_applied_all || return 0
	join_is_vain=1
	kill_once 'it was joining a group that has ended'
}

# note_group: what the group has that this member joins, see observe_joined.
note_group() {
	local member all=''
	for member in "${online[@]}"; do
		all+=${all:+,}$(known_transactions "$member")
	done
	printf '%s\n' "$all" >"$JOINED_FILE"
}

# may_bootstrap: see bootstrap-group.sh.
may_bootstrap() {
	observe_others
	decide_outside
	[[ $REPLY == 'BOOTSTRAPPING '* ]]
}

act_bootstrap() {
	act_withdraw "$1"
	log INFO "bootstrapping the group: all ${#members[@]} members answer and are in no group; this one has all of their transactions: $(merged root_sql "$(known_transactions "$POD_NAME")")"
	if bootstrap_group patient_sql monitor "$POD_NAME"; then
		rm -f "$ATTEMPT_FILE"
	else
		log WARNING "not bootstrapped: $REPLY"
	fi
}

# patient_sql: runs the statements of its input on this server.
patient_sql() {
	patiently "$(cat)"
}
