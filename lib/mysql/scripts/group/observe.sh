# shellcheck shell=bash disable=SC2034
# What the agent of a group sees, for decide.sh. It is sourced, after fence.sh, view.sh, member-row.sh and transactions.sh.
# needs: members, peers (lib.sh), state, epoch, executed, purged (survey.sh), most_advanced, conflict (transactions.sh), own_* and the other
#        variables of member-row.sh, listed, joining, member_state (view.sh)
# sets: the variables below, and latest_epoch, latest_source, most_advanced, conflict by what it calls
declare -a members peers
declare -A state executed purged listed joining member_state
declare own_state own_role own_source count_online

# Of this server: whether the guard saw it lately, in which generation (fence.sh), and whether it lets clients in.
answered='' generation='' is_open=''
now=0 # in seconds since the agent began
# Since when, in seconds: RECOVERING with no member ONLINE; elected and not shown as the primary yet; listed by others though it is in no group.
stuck_since='' elected_since='' listed_since=''
# The primary before this one: fenced, gone, open or silent.
former=''
# Whether this server is, or was until the last look, the primary; when it found out that it no longer is.
was_primary='' yielded_at=-100
# Outside of a group: members of the group that works and its primary; all members by what they answer.
declare -a online=() with_data=() empty=() silent=()
primary=''
# Whether sets of transactions could be compared; what the group lacks of this member's; a member that has all binary logs that this one needs.
compared='' errant='' donor=''
# The list of members when the group last worked, and whether that is another one.
list_before='' list_problem=''
is_copy='' # whether the data is a copy, in which settings of its donor are still

readonly LIST_FILE=$VOLUME/members # written while the group works

# observe: everything that decide reads.
observe() {
	now=$SECONDS answered=''
	observe_self || return 0
	observe_demotion
	[[ $own_state == RECOVERING && $count_online == 0 ]] || stuck_since=''
	case $own_state:$own_role in
	ONLINE:PRIMARY)
		former=fenced
		[[ $own_source == "$POD_NAME" || $own_source == "$DEFAULT_SOURCE" ]] || observe_former
		;;
	ONLINE:*) elected_since='' ;;
	RECOVERING:*)
		elected_since=''
		stuck_since=${stuck_since:-$now}
		;;
	*)
		elected_since=''
		observe_others
		;;
	esac
}

# observe_self: what the guard saw; an old look does not count. In a trap `return` without a number would give the status of whatever ran before.
observe_self() {
	local at row try
	for try in 1 2 3; do # the guard may be writing it
		read_file "$MEMBER_FILE" || return 1
		IFS=$'\t' read -r at generation is_open row <<<"$REPLY"
		take_row "$row" || continue
		((EPOCHSECONDS - at <= LOOK_SECONDS_MAX)) || return 1
		answered=1
		return 0
	done
	return 1
}

# observe_demotion: the network may lead clients to a former primary for a while. An agent that has just started goes by the data.
observe_demotion() {
	[[ -n $was_primary ]] || [[ $own_source != "$POD_NAME" ]] || was_primary=1
	if [[ $own_state:$own_role != ONLINE:PRIMARY && $was_primary == 1 ]]; then
		yielded_at=$now was_primary=0
	elif [[ $own_state:$own_role == ONLINE:PRIMARY ]]; then
		was_primary=1
	fi
}

# observe_former: whether the primary before this one still lets clients in. A server that nothing listens for is gone, and starts fenced.
observe_former() {
	local answer
	elected_since=${elected_since:-$now}
	former=silent
	if answer=$(member_sql monitor "$own_source" --connect-timeout=1 <<<'SELECT @@GLOBAL.offline_mode' 2>&1); then
		case ${answer##*$'\n'} in
		1) former=fenced ;;
		0) former=open ;;
		esac
	elif server_error "$answer"; then
		[[ $REPLY != 3032 ]] || former=fenced # offline_mode refuses also this account
	elif [[ $answer == *'ERROR 2003'*'(111)'* ]]; then
		former=gone
	fi
	now=$SECONDS # one that is silent takes its time
}

# observe_others: while this server is in no group.
observe_others() {
	is_copy=''
	[[ ! -e $VOLUME/cloned ]] || is_copy=1
	compared='' errant='' donor='' most_advanced='' conflict=''
	members
	check_list
	[[ -z $list_problem ]] || return 0
	view "${members[@]}"
	by_data "${members[@]}"
	group_members "${peers[@]}"
	latest_promotion "${with_data[@]}"
	[[ ${state[$POD_NAME]-} == data ]] || return 0
	if ((${#online[@]} > 0)); then
		compare_with_group || return 0
		compared=1
	elif ((${#silent[@]} == 0)); then
		local status=0
		most_advanced root_sql "${with_data[@]}" || status=$?
		((status == 2)) || compared=1
	fi
}

# compare_with_group: of the members in `online`; fails when the server does not say.
compare_with_group() {
	local member known status
	known=$(known_transactions "$POD_NAME")
	for member in "${online[@]}"; do
		errant=$(subtract root_sql "$known" "$(known_transactions "$member")") || return
		[[ -n $errant ]] || break
	done
	for member in "${online[@]}"; do
		status=0
		is_subset root_sql "${purged[$member]}" "${executed[$POD_NAME]}" || status=$?
		((status < 2)) || return
		((status == 1)) || { donor=$member && return; }
	done
}

# check_list: whether the list of members can be relied on, into list_problem.
check_list() {
	list_problem='' list_before=''
	if ! list_is_usable; then
		list_problem=$REPLY
	elif read_file "$LIST_FILE" && [[ $REPLY != "${members[*]}" ]]; then
		list_before=$REPLY
	fi
}

# keep_list: the list of members, while the group works.
keep_list() {
	members
	if read_file "$LIST_FILE" && [[ $REPLY == "${members[*]}" ]]; then
		return
	fi
	[[ " ${members[*]} " == *" $POD_NAME "* ]] || return 0
	if ! printf '%s\n' "${members[*]}" >"$LIST_FILE.tmp" || ! mv "$LIST_FILE.tmp" "$LIST_FILE"; then
		log_seldom 'the list of members could not be written to the volume'
	fi
}
