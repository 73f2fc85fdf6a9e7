#!/usr/bin/env bash
# The init container of a member of a source and its replicas: sees to it that there is a data directory, and never replaces one.
#   a replica without data  copies that of the source
#   the source without data copies that of its most advanced replica; only when every replica says that it has none either, it begins
#                           with an empty one
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/shared/initialise.sh
source "${BASH_SOURCE[0]%/*}/initialise.sh"
# shellcheck source=lib/mysql/scripts/shared/provisioning.sh
source "${BASH_SOURCE[0]%/*}/provisioning.sh"
# shellcheck source=lib/mysql/scripts/source-replica/member-list.sh
source "${BASH_SOURCE[0]%/*}/member-list.sh"

declare -a members peers
declare -A state read_only executed received
declare latest_source most_advanced conflict list_problem

list_before='' # of the look before

# decide: see provisioning.sh. A list of members that is wrong, or another one than in the look before, decides nothing.
decide() {
	local -a with_data=() silent=()
	local before=$list_before peer
	action=wait donor='' reason=''
	list_before="${members[*]}" list_problem=''
	judge_list "${members[@]}"
	if [[ -n $list_problem ]]; then
		reason="$list_problem: correct it"
		return
	elif [[ -n $before && $before != "$list_before" ]]; then
		reason="the list of members was $before, and is $list_before now"
		return
	fi
	for peer in "${peers[@]}"; do
		case ${state[$peer]} in
		data) with_data+=("$peer") ;;
		silent) silent+=("$peer") ;;
		esac
	done
	latest_promotion "${peers[@]}"
	if [[ $latest_source != "$POD_NAME" ]]; then
		decide_as_replica
	elif ((${#with_data[@]} == 0 && ${#silent[@]} == 0)); then
		action=initialise reason="this is the source, and all ${#peers[@]} other members say that they have no data"
	else
		decide_as_source
	fi
}

decide_as_replica() {
	donor=$latest_source
	case ${state[$donor]-silent} in
	data)
		if [[ ${read_only[$donor]} == 1 ]]; then
			reason="the source $donor is not writable yet"
		else
			action=clone reason="$donor is the source"
		fi
		;;
	empty) reason="the source $donor has no data yet" ;;
	*)
		silence "$donor"
		reason="the source $REPLY"
		;;
	esac
}

decide_as_source() {
	local cure="to go on all the same, write a member's name into $FROM_FILE, or make $EMPTY_FILE to begin with nothing"
	if ((${#silent[@]} > 0)); then
		silence "${silent[@]}"
		reason="this is the source and its disk is empty; $REPLY and may have the data; $cure"
	elif ! most_advanced recipient_sql "${with_data[@]}" && [[ -z $conflict ]]; then
		reason="the transactions of ${with_data[*]} cannot be compared, see above"
	elif [[ -n $conflict ]]; then
		reason="the replicas have different data: $conflict; choose one: $cure"
	elif ! is_subset recipient_sql "${received[$most_advanced]}" "${executed[$most_advanced]}"; then
		reason="$most_advanced is the most advanced replica and still applies what it has received"
	else
		action=clone donor=$most_advanced
		reason="this is the source and its disk is empty; of the members with data (${with_data[*]}) $donor is the most advanced: ${executed[$donor]}"
	fi
}

is_sourced || provision
