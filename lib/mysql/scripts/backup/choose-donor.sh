# shellcheck shell=bash disable=SC2034
# Which member a backup copies: one that is not open for writes, that is well and that nobody else needs. It is sourced, after survey.sh and the
# topology's donors.sh.
# needs: members (lib.sh); state, silence (survey.sh); replicas, writer, spared, ask_members, find_donors (donors.sh); MAX_LAG
# sets: donor, role, reason, warning, origin, timeline, applier, receiver, lag
declare -a members replicas
declare -A state
declare writer spared REPLICA_ROLE MEMBERS

readonly PAUSE=${PAUSE:-2}
readonly WAIT_SECONDS_MAX=${WAIT_SECONDS_MAX:-900} # for a member that may be copied
readonly LATE_SECONDS_MAX=${LATE_SECONDS_MAX:-300} # for one that is late, before the one that is open for writes is copied

donor='' role='' reason='' warning=''
origin='' timeline=''         # of the donor's data: its first promotion, and its timeline
applier='' receiver='' lag='' # of the member that ask_donor asked

# choose_donor: into `donor` and `role`; waits with a bound until there is one.
choose_donor() {
	local start=$SECONDS
	while :; do
		members
		ask_members
		decide_donor "$((SECONDS - start))"
		[[ -z $donor ]] || break
		((SECONDS - start < WAIT_SECONDS_MAX)) ||
			die "no member could be copied for $((SECONDS - start)) s: $reason; nothing was stored: see to the members first, then run the backup again"
		log_change INFO "waiting: $reason"
		sleep "$PAUSE"
	done
	[[ -z $warning ]] || log WARNING "$warning"
}

# decide_donor WAITED: the member to copy into `donor`, or nothing, and why into `reason`. WAITED is for how many seconds there was none.
decide_donor() {
	local waited=$1 member
	local -a empty=() silent=() late=()
	donor='' role='' reason='' warning=''
	for member in "${members[@]}"; do
		case ${state[$member]} in
		empty) empty+=("$member") ;;
		silent) silent+=("$member") ;;
		esac
	done
	if ((${#members[@]} == 0)); then
		reason="the list of members ($MEMBERS) is empty"
		return
	elif ((${#empty[@]} > 0)); then
		reason="${empty[*]} waits for a copy of the data, and comes first"
		return
	fi
	find_donors
	for member in "${replicas[@]}"; do
		if ! ask_donor "$member"; then
			late+=("$member does not say how it is")
		elif [[ $applier != ON || $receiver != ON ]]; then
			late+=("$member has the receiver $receiver and the applier $applier")
		elif ((lag > MAX_LAG)); then
			late+=("$member is $lag s behind")
		elif [[ $member != "$spared" ]]; then
			donor=$member role=$REPLICA_ROLE reason="it is a $REPLICA_ROLE that is well"
			return
		fi
	done
	if ((${#late[@]} > 0 && waited < LATE_SECONDS_MAX)) || [[ -z $writer ]]; then
		nobody "${late[@]}"
	elif ! ask_donor "$writer"; then
		reason="$writer does not say how it is"
	else
		donor=$writer role=primary reason='no other one can be copied'
		nobody "${late[@]}"
		warning="copying $writer, which is open for writes: $reason"
	fi
}

# nobody WHY...: why none of the replicas is copied, into `reason`.
nobody() {
	local why
	reason=''
	for why in "$@"; do
		reason+="${reason:+, }$why"
	done
	[[ " ${replicas[*]} " != *" ${spared:--} "* ]] || reason+="${reason:+, }$spared is the one that a member without data would copy"
	((${#silent[@]} == 0)) || {
		silence "${silent[@]}"
		reason+="${reason:+, }$REPLY"
	}
	reason=${reason:-there is no other member with data that works}
}

# ask_donor MEMBER: how it is, into applier, receiver, lag, origin and timeline. A row that is not whole is none.
ask_donor() {
	local answer word
	answer=$(member_sql monitor "$1" <"$SQL/donor.sql" 2>&1) || return 1
	IFS=$'\t' read -r word applier receiver lag origin timeline <<<"${answer##*$'\n'}"
	[[ $word == donor && $lag =~ ^-?[0-9]+$ && -n $timeline ]]
}
