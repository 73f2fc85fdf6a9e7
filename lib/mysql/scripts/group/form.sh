# shellcheck shell=bash disable=SC2034,SC2154
# What the agent does while no member is in a group: form one, exactly once. It is sourced by agent.sh.
# A group is formed when every member has answered that it is in none, by the one that has all that any of them has. A member that is
# silent could be in a group, or know more; to go on without it is for a person to say.

readonly VOTE_SECONDS_MAX=5 # until all have given their vote

# form: forms the group, or says why not.
form() {
	local reason=''
	if ! may_form; then
		verdict unready "waiting: $reason"
		return
	fi
	if [[ $most_advanced != "$POD_NAME" ]]; then
		verdict unready "waiting: $most_advanced is to form the group: of ${with_data[*]} it has all that the others have"
		return
	fi
	if ! take_votes; then
		log "not all members gave their vote to form the group: looking again"
	else
		look
		group_members "${members[@]}"
		if ((${#online[@]} > 0)) || ! may_form || [[ $most_advanced != "$POD_NAME" ]] || ! has_locks; then
			log "something changed while votes were taken: looking again"
		else
			log "forming the group: all ${#members[@]} members answer and are in none; this one has all that they have: $(known_transactions "$POD_NAME")"
			start_group ON || log "could not form the group, see above and the log of mysqld"
		fi
	fi
	release_locks
}

# may_form: whether it is certain who is to form the group, into `most_advanced`; else why not into `reason`.
may_form() {
	local member status=0
	by_data "${members[@]}"
	for member in "${with_data[@]}"; do
		if [[ ${member_state[$member]} == ONLINE || ${member_state[$member]} == RECOVERING ]]; then
			reason="$member is ${member_state[$member]} in a group without a majority, until it gives up"
			return 1
		fi
	done
	if ((${#silent[@]} > 0)); then
		reason="no group, and ${silent[*]} may be in one or know more, and does not answer; bring it back, or see \"No group\" in the operations guide"
		return 1
	fi
	latest_promotion "${with_data[@]}"
	if ((latest_epoch > 0)) && [[ ${state[$latest_source]-} != data ]]; then
		reason="no group, and $latest_source, the last primary, has lost its data: what it acknowledged at last may be nowhere else; see \"No group\" in the operations guide"
		return 1
	fi
	most_advanced root_sql "${with_data[@]}" || status=$?
	if ((status == 1)); then
		reason="no group, and members have different data: $conflict; see \"No group\" in the operations guide"
	elif ((status > 1)); then
		reason="no group, and it is not known which member has all that the others have, see above"
	fi
	return "$status"
}

# take_votes: a lock on every server with data: two members cannot form a group at the same time.
take_votes() {
	local member
	for member in "${with_data[@]}"; do
		ask_for_lock monitor "$member" form 0
	done
	for member in "${with_data[@]}"; do
		has_lock "$member" "$VOTE_SECONDS_MAX" || return
	done
}
