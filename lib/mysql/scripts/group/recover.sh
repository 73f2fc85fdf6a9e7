# shellcheck shell=bash
# Recovers a group that does not bootstrap by itself. It is sourced by operate.sh.
# needs: with_data, silent, online (operate.sh), state, latest_epoch, latest_source (survey.sh), member_state, listed (view.sh),
#        most_advanced, conflict (transactions.sh)
declare -a with_data silent online
declare -A state member_state
declare latest_epoch latest_source most_advanced conflict

readonly BOOTSTRAP_SECONDS_MAX=120
readonly GIVE_UP_SECONDS_MAX=${GIVE_UP_SECONDS_MAX:-90} # for members that are in what is left of a group: their agents have them leave it

chosen=''

# excused MEMBER: whether the operator said that it is not waited for.
excused() {
	[[ " ${WITHOUT-} " == *" $1 "* ]]
}

# chosen_sql: for longer than other statements, since a start takes its time.
chosen_sql() {
	timeout "$BOOTSTRAP_SECONDS_MAX" mysql --defaults-file="$RUN/admin.cnf" --host="$(member_host "$chosen")" --port="$PORT" --batch --skip-column-names
}

recover() {
	local start=$SECONDS
	await_no_group
	tell
	choose || refuse "$REPLY"
	log INFO "$chosen bootstraps the group"
	# shellcheck disable=SC2086 # names
	bootstrap_group chosen_sql admin "$chosen" ${WITHOUT-} || refuse "$chosen did not bootstrap the group: $REPLY"
	until view "$chosen" && in_group "$chosen"; do
		((SECONDS - start < BOOTSTRAP_SECONDS_MAX + GIVE_UP_SECONDS_MAX)) || refuse "$chosen did not bootstrap the group: see the log of its mysqld"
		sleep "$PAUSE"
	done
	log INFO "the group of $chosen works; the others join by themselves, and members with other transactions stay out and report it"
}

# await_no_group: until no member is in what is left of a group. Their agents see to it: a member without quorum leaves after
# unreachable_majority_timeout, one of a group in which no member is ONLINE after half a minute.
await_no_group() {
	local member start=$SECONDS still
	while :; do
		look
		((${#online[@]} == 0)) || refuse "${online[*]} are in a group that works"
		still=''
		for member in "${with_data[@]}"; do
			[[ ${member_state[$member]} != @(ONLINE|RECOVERING|CHANGING) ]] || excused "$member" || still+="${still:+, }$member is ${member_state[$member]}"
		done
		[[ -n $still ]] || return 0
		((SECONDS - start < GIVE_UP_SECONDS_MAX)) ||
			refuse "$still in a group that does not work, and did not leave it within $GIVE_UP_SECONDS_MAX s: see the log of the agent there; STOP GROUP_REPLICATION on that member makes it leave"
		log_change INFO "waiting: $still in a group that does not work; its agent has it leave that group"
		sleep "$PAUSE"
	done
}

# choose: the member that bootstraps, into `chosen`; else why there is none, into REPLY.
choose() {
	local member status=0
	local -a candidates=()
	for member in "${with_data[@]}"; do
		excused "$member" || candidates+=("$member")
	done
	REPLY='no member with data answers'
	((${#candidates[@]} > 0)) || return
	for member in "${silent[@]}"; do
		REPLY="$member does not answer and may hold newer transactions, or be in a group; bring it back, or go on without it: WITHOUT=$member"
		excused "$member" || return
	done
	latest_promotion "${with_data[@]}"
	REPLY="$latest_source, the last primary, has lost its data: what it acknowledged at last may be nowhere else; to go on without it: WITHOUT=$latest_source"
	if ((latest_epoch > 0)) && [[ ${state[$latest_source]-} == empty ]]; then
		excused "$latest_source" || return
	fi
	chosen=${MEMBER:-${candidates[0]}}
	REPLY="MEMBER is $chosen, which is not one of ${candidates[*]}"
	[[ " ${candidates[*]} " == *" $chosen "* ]] || return
	[[ -z ${MEMBER-} ]] || return 0
	most_advanced chosen_sql "${candidates[@]}" || status=$?
	REPLY='the transactions of the members cannot be compared, see above'
	((status < 2)) || return 1
	REPLY="members have different transactions: $conflict; say which of them stays: MEMBER=..."
	((status == 0)) || return 1
	if other_history chosen_sql "$most_advanced" "${candidates[@]}"; then
		REPLY="members have different transactions: $REPLY; say which of them stays: MEMBER=..."
		return 1
	fi
	chosen=$most_advanced
}

# may_bootstrap: see bootstrap-group.sh.
may_bootstrap() {
	local before=$chosen
	look
	if ((${#online[@]} > 0)); then
		REPLY="${online[*]} are in a group that works"
		return 1
	fi
	choose || return
	REPLY="$chosen has all transactions by now, and not $before"
	[[ $chosen == "$before" ]]
}
