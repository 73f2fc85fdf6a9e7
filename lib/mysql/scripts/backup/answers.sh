# shellcheck shell=bash
# Whether a member has data, which makes a restore inert. It is sourced, after survey.sh.
# needs: members (lib.sh), state (survey.sh), end_if_marked, be_inert (inert.sh)
# sets:  with_data, silent
declare -a members with_data silent
declare -A state

readonly PAUSE=${PAUSE:-2}
readonly ANSWER_SECONDS_MAX=${ANSWER_SECONDS_MAX:-1800} # for which a member may not answer, e.g. since its node takes it late

# sort_answers: asks all members once; those with data into `with_data`, those that do not answer into `silent`.
sort_answers() {
	local member
	members
	# shellcheck disable=SC2153 # the path of the list
	((${#members[@]} > 0)) || die "the list of members ($MEMBERS) is empty: correct it"
	survey "${members[@]}"
	with_data=() silent=()
	for member in "${members[@]}"; do
		case ${state[$member]} in
		data) with_data+=("$member") ;;
		silent) silent+=("$member") ;;
		esac
	done
}

# members_have_data: waits until it is certain. Whether one has some. Like a member without data (I8 in docs/mysql-agent.md) it takes no answer for no
# answer.
members_have_data() {
	local start=$SECONDS
	while :; do
		sort_answers
		((${#with_data[@]} == 0)) || return 0
		((${#silent[@]} > 0)) || return 1
		silence "${silent[@]}"
		((SECONDS - start < ANSWER_SECONDS_MAX)) ||
			die "$REPLY for $ANSWER_SECONDS_MAX s, and may have data: nothing is restored; look at the pods of the members"
		log_change INFO "waiting: $REPLY and may have data"
		sleep "$PAUSE"
	done
}

# leave_data: ends the program, since members have data.
leave_data() {
	be_inert "there is data at ${with_data[*]}, which no restore replaces"
}

# end_if_inert: ends the program where a member has data.
end_if_inert() {
	end_if_marked
	! members_have_data || leave_data
}
