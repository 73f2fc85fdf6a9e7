# shellcheck shell=bash disable=SC2034
# What the agent of a group sees, for decide.sh. It is sourced, after fence.sh, view.sh and member-row.sh, before compare.sh.
# needs: members, peers (lib.sh), state, executed, received (survey.sh), most_advanced, conflict (transactions.sh), own_* and the other
#        variables of member-row.sh, listed, joining, member_state (view.sh), shown (labels.sh), led (yield.sh)
# sets: the variables below, and latest_epoch, latest_source, most_advanced, conflict by what it calls
declare -a members peers
declare -A state executed received listed joining member_state
declare own_state own_role own_source own_majority count_online quiet shown

# Of this server: whether the guard saw it lately, in which generation (fence.sh), and whether it lets clients in.
answered='' generation='' is_open=''
now=0 # in seconds since the agent began
# Since when, in seconds: RECOVERING with no member ONLINE; elected and not shown as the primary yet; listed by others though it is in no group.
stuck_since='' elected_since='' listed_since=''
# Why a member without quorum never comes back to its group; since when the group has not certified the proof of this primary.
abandoned='' unproven_since=''
# Of a member that recovers: when others were last asked whether they know of it, and since when they do not.
asked_at='' unlisted_since=''
changing_since='' # since when this server has joined or left a group, without the agent
joined=''         # of a member that is ONLINE: whether it lacks what the group had that it joined, or that is unknown
# The primary before this one: fenced, gone, open or silent.
former=''
was_primary='' # of the primary at the last look: whether it had a quorum
# Outside of a group: members of the group that works and its primary; all members by what they answer.
declare -a online=() with_data=() empty=() silent=()
primary=''
# Whether sets of transactions could be compared; what the group lacks of this member's; a member that has all binary logs that this one needs.
compared='' errant='' donor=''
left_behind='' # whether the last attempt to join may have left a member behind
unapplied=''   # what this server received of the group that it was in, and has not applied
# The list of members when the group last worked, and whether that is another one.
list_before='' list_problem=''
is_copy='' # whether the data is a copy, in which settings of its donor are still

# An attempt to join that failed, or of a server that ended meanwhile, leaves a member behind that the group does not list, and waits for. It is expelled
# by 23 s, unless the next attempt seems to be its sign of life.
readonly ATTEMPT_FILE=$VOLUME/joining ATTEMPT_SECONDS=${ATTEMPT_SECONDS:-25}
readonly JOIN_QUIET_SECONDS=${JOIN_QUIET_SECONDS:-2} # for which a member joins without a look at the others
readonly OTHERS_OUT='all other members answer that they are in no group'
readonly UNLISTED_SECONDS=${UNLISTED_SECONDS:-10} UNLISTED_PAUSE=${UNLISTED_PAUSE:-5}
readonly JOINED_FILE=$RUN/joined
readonly LIST_FILE=$VOLUME/members # written while the group works

# observe: everything that decide reads.
observe() {
	now=$SECONDS answered=''
	observe_self || return 0
	observe_demotion
	[[ $own_state == RECOVERING && $count_online == 0 ]] || stuck_since=''
	[[ $own_state:$own_role:$own_majority == ONLINE:PRIMARY:1 ]] || unproven_since=''
	abandoned=''
	[[ $own_state == RECOVERING ]] || asked_at='' unlisted_since=''
	if [[ $own_state == @(ONLINE|RECOVERING) ]] && ((!own_majority || quiet > QUIET_FENCE_SECONDS)); then
		if [[ $shown == none ]] || stands_in; then # its label comes first
			observe_abandoned
		fi
	elif [[ $own_state == RECOVERING ]]; then
		observe_unlisted
	fi
	joined=''
	[[ $own_state != ONLINE || ! -e $JOINED_FILE ]] || observe_joined
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

# observe_self: what the guard saw; an old look does not count, nor one at a server that ended, joined or left since. In a trap `return` without a
# number would give the status of whatever ran before.
observe_self() {
	local at row try
	for try in 1 2 3; do # the guard may be writing it
		[[ ! $RUN/incarnation -nt $MEMBER_FILE && $MEMBER_FILE -nt $ACTED_FILE ]] && read_file "$MEMBER_FILE" || return 1
		IFS=$'\t' read -r at generation is_open row <<<"$REPLY"
		take_row "$row" || continue
		((EPOCHSECONDS - at <= LOOK_SECONDS_MAX)) || return 1
		answered=1
		return 0
	done
	return 1
}

# observe_demotion: whether the network may still lead clients here that look for the primary. A member that stays in its group handed that over.
observe_demotion() {
	if [[ $own_state:$own_role == ONLINE:PRIMARY ]]; then
		note_role lost
		was_primary=$own_majority
	elif [[ -n $was_primary ]]; then
		[[ $own_state:$own_majority:$was_primary != ONLINE:1:1 ]] || note_role handed
		was_primary=''
	fi
	observe_led
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

# observe_abandoned: a member without quorum, or of a quiet group, never comes back to others that are all in no group, or whose group goes on without it.
observe_abandoned() {
	local member
	members
	((${#peers[@]} > 0)) || return 0
	view "${peers[@]}"
	for member in "${peers[@]}"; do
		if in_group "$member" && [[ ,${listed[$member]}, != *",$POD_NAME,"* ]]; then
			abandoned="the group of $member goes on without this member"
			return 0
		fi
	done
	! others_are_out || abandoned=$OTHERS_OUT
}

# others_are_out: whether all others answered that they are in no group; one that is CHANGING joins none where there is none.
others_are_out() {
	local member
	for member in "${peers[@]}"; do
		in_no_group "$member" || [[ ${member_state[$member]} == CHANGING ]] || return
	done
}

# observe_unlisted: a member that recovers may be in what is left of a group, and speak to the next incarnation of one of its members: that never ends.
# Members install a view within a second of each other.
observe_unlisted() {
	asked_at=${asked_at:-$now}
	((now - asked_at >= UNLISTED_PAUSE)) || return 0
	asked_at=$now
	observe_abandoned
	if [[ -z $abandoned ]]; then
		unlisted_since=''
		return
	fi
	unlisted_since=${unlisted_since:-$now}
	((now - unlisted_since >= UNLISTED_SECONDS)) || abandoned=''
}

# observe_joined: whether a member that is ONLINE has what the group had that it joined (I12). Seen: members that were cut off from each other were
# expelled by one that joined, which was ONLINE then, alone, the primary, and lacked 41 s.
observe_joined() {
	local answer
	read_file "$JOINED_FILE"
	answer=$(root_sql <<<"SELECT GTID_SUBSET('$REPLY', @@GLOBAL.gtid_executed)") || answer=''
	case $answer in
	1) rm -f "$JOINED_FILE" ;;
	0) joined=lacking ;;
	*) joined=unknown ;;
	esac
}

# observe_others: while this server is in no group.
observe_others() {
	[[ ! -e $JOINED_FILE ]] || rm -f "$JOINED_FILE"
	is_copy=''
	[[ ! -e $VOLUME/cloned ]] || is_copy=1
	compared='' unapplied='' errant='' donor='' most_advanced='' conflict=''
	members
	check_list
	[[ -z $list_problem ]] || return 0
	view "${members[@]}"
	by_data "${members[@]}"
	group_members "${peers[@]}"
	observe_attempt
	observe_change
	latest_promotion "${with_data[@]}"
	[[ ${state[$POD_NAME]-} == data ]] || return 0
	[[ ${received[$POD_NAME]} == - ]] || unapplied=$(subtract root_sql "${received[$POD_NAME]}" "${executed[$POD_NAME]}") || return 0
	if ((${#online[@]} > 0)); then
		compare_with_group || return 0
		compared=1
	elif ((${#silent[@]} == 0)); then
		compare_members || return 0
		compared=1
	fi
}

# observe_change: an agent that ended may have left a START GROUP_REPLICATION behind, see watch_join.
observe_change() {
	if [[ ${member_state[$POD_NAME]} != CHANGING ]]; then
		changing_since=''
		return
	fi
	changing_since=${changing_since:-$now}
	((now - changing_since < JOIN_QUIET_SECONDS)) || ! others_are_out || abandoned=$OTHERS_OUT
}

# observe_attempt: whether the last attempt to join may have left a member behind. One of which no end is known ended with its server, at the latest when
# this one started.
observe_attempt() {
	local word since start
	left_behind=''
	read_file "$ATTEMPT_FILE" || return 0
	read -r word since <<<"$REPLY"
	[[ $since =~ ^[0-9]+$ ]] || return 0
	if [[ $word == began ]] && read_file "$RUN/incarnation"; then
		start=${REPLY%.*}
		((start <= since)) || since=$start
	fi
	((EPOCHSECONDS - since >= ATTEMPT_SECONDS)) || left_behind=1
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
		log_seldom WARNING 'cannot write the list of members to the volume'
	fi
}
