# shellcheck shell=bash
# How the agent joins the group there is, and bootstraps one where there is none. It is sourced, after start-group.sh and bootstrap-group.sh.
# needs: members (lib.sh), online, primary (observe.sh), executed (survey.sh)
declare -a online members
declare -A executed
declare primary

# act_join: under a lock on the primary, so that of two members that want to join one is first (I6).
act_join() {
	act_withdraw "$1"
	ask_for_lock monitor "$primary" join 0
	if has_lock "$primary" "$VOTE_SECONDS_MAX"; then
		log INFO "joining the group of ${online[*]}, which has all of ${executed[$POD_NAME]}"
		note_group
		join_group || log WARNING 'cannot join, see above and the log of mysqld'
	else
		log_change INFO "another member is about to join, or $primary does not answer: ${REPLY:-no answer}"
	fi
	release_locks
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
