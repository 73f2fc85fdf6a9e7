#!/usr/bin/env bash
# What an operator does with a group. Run as a Job.
#   operate.sh switchover  TARGET, or the first secondary, becomes the primary; nothing is lost
#   operate.sh recover     no group is left and the members wait for an operator: the one that has all transactions of the others bootstraps it.
#                          WITHOUT holds the names of members that do not answer, or whose data is lost, and that are not waited for; MEMBER
#                          names the one that bootstraps it when members have different data
# It refuses to recover while any member is in a group that works, and says what each has.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/locks.sh
source "${BASH_SOURCE[0]%/*}/locks.sh"
# shellcheck source=lib/mysql/scripts/shared/api.sh
source "${BASH_SOURCE[0]%/*}/api.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"
# shellcheck source=lib/mysql/scripts/group/labels.sh
source "${BASH_SOURCE[0]%/*}/labels.sh"
# shellcheck source=lib/mysql/scripts/group/start-group.sh
source "${BASH_SOURCE[0]%/*}/start-group.sh"
# shellcheck source=lib/mysql/scripts/group/bootstrap-group.sh
source "${BASH_SOURCE[0]%/*}/bootstrap-group.sh"
# shellcheck source=lib/mysql/scripts/group/hand-over.sh
source "${BASH_SOURCE[0]%/*}/hand-over.sh"
# shellcheck source=lib/mysql/scripts/group/recover.sh
source "${BASH_SOURCE[0]%/*}/recover.sh"

readonly PAUSE=${PAUSE:-1}
readonly HAND_OVER_SECONDS_MAX=60

declare -a online=() with_data=() empty=() silent=()
primary=''

refuse() {
	log ERROR "refused: $*"
	exit 1
}

look() {
	members
	view "${members[@]}"
	group_members "${members[@]}"
	by_data "${members[@]}"
}

# tell: what each member answered.
tell() {
	local member
	for member in "${members[@]}"; do
		case ${state[$member]} in
		data) log INFO "$member is ${member_state[$member]}, ${member_role[$member]}, and has the transactions $(merged member_a_sql "$(known_transactions "$member")")" ;;
		empty) log INFO "$member has no data" ;;
		*) log INFO "$member does not answer" ;;
		esac
	done
}

# member_a_sql: on any member that has data.
member_a_sql() { member_sql monitor "${with_data[0]}"; }

# primary_sql: for longer than other statements, since a hand-over waits for transactions.
primary_sql() {
	timeout "$HAND_OVER_SECONDS_MAX" mysql --defaults-file="$RUN/admin.cnf" --host="$(member_host "$primary")" --port="$PORT" --batch --skip-column-names
}

switchover() {
	local member target=${TARGET-} uuid old
	look
	tell
	[[ -n $primary ]] || refuse 'no member reports that it is the primary of a group'
	if [[ -z $target ]]; then
		for member in "${online[@]}"; do
			[[ $member == "$primary" || -n $target ]] || target=$member
		done
	fi
	[[ " ${members[*]} " == *" $target "* ]] || refuse "TARGET is '$target', which is not one of ${members[*]}"
	if [[ $target == "$primary" ]]; then
		log INFO "$target is the primary already"
		return
	fi
	in_group "$target" || refuse "$target is ${member_state[$target]}, not in the group"
	uuid=$(primary_sql <<<"SELECT member_id FROM performance_schema.replication_group_members WHERE member_host = '$(member_host "$target")'") || refuse "$primary no longer answers"
	[[ -n $uuid ]] || refuse "$primary does not list $target"
	log INFO "switching over from $primary to $target"
	old=$primary
	move_primary primary_sql "$old" "$target" "$uuid" || refuse 'the group did not switch over, see above'
	log INFO "$target is the primary"
}

main() {
	trap release_locks EXIT
	trap 'exit 143' TERM INT
	write_remote_options admin
	write_remote_options monitor
	case ${1-} in
	switchover | recover) "$1" ;;
	*) die "unknown operation '${1-}': switchover or recover" ;;
	esac
}

is_sourced || main "$@"
