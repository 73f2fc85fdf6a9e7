#!/usr/bin/env bash
# What a person does with a group. Run as a Job.
#   operate.sh switchover  TARGET, or the first secondary, becomes the primary; nothing is lost
#   operate.sh recover     no group is left and the members wait for a person: the one that has all that the others have forms it. WITHOUT holds
#                          the names of members that do not answer, or whose data is lost, and that are not waited for; MEMBER names the one
#                          that forms it when members have different data
# It refuses to recover while any member is in a group, and says what each has.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/api.sh
source "${BASH_SOURCE[0]%/*}/api.sh"
# shellcheck source=lib/mysql/scripts/group/labels.sh
source "${BASH_SOURCE[0]%/*}/labels.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"
# shellcheck source=lib/mysql/scripts/group/hand-over.sh
source "${BASH_SOURCE[0]%/*}/hand-over.sh"

readonly PAUSE=${PAUSE:-1}
readonly FORM_SECONDS_MAX=120
readonly HAND_OVER_SECONDS_MAX=60

refuse() {
	log "refused: $*"
	exit 1
}

look() {
	local member
	members
	view "${members[@]}"
	group_members "${members[@]}"
	by_data "${members[@]}"
	for member in "${members[@]}"; do
		case ${state[$member]} in
		data) log "$member is ${member_state[$member]}, ${member_role[$member]}, and knows the transactions $(known_transactions "$member")" ;;
		empty) log "$member has no data" ;;
		*) log "$member does not answer" ;;
		esac
	done
}

# primary_sql: for longer than other statements, since a hand-over waits for transactions.
primary_sql() {
	timeout "$HAND_OVER_SECONDS_MAX" mysql --defaults-file="$RUN/admin.cnf" --host="$(member_host "$primary")" --port="$PORT" --batch --skip-column-names
}

chosen_sql() { member_sql admin "$chosen"; }

switchover() {
	local member target=${TARGET-} uuid
	look
	[[ -n $primary ]] || refuse 'no member answers that it is the primary of a group'
	if [[ -z $target ]]; then
		for member in "${online[@]}"; do
			[[ $member == "$primary" || -n $target ]] || target=$member
		done
	fi
	[[ " ${members[*]} " == *" $target "* ]] || refuse "TARGET is '$target', which is none of ${members[*]}"
	if [[ $target == "$primary" ]]; then
		log "$target is the primary already"
		return
	fi
	in_group "$target" || refuse "$target is ${member_state[$target]}, not in the group"
	uuid=$(primary_sql <<<"SELECT member_id FROM performance_schema.replication_group_members WHERE member_host = '$(member_host "$target")'") || refuse "$primary stopped answering"
	[[ -n $uuid ]] || refuse "$primary does not list $target"
	log "handing over from $primary to $target"
	set_primary primary_sql "$uuid" || refuse 'the group did not hand over, see above'
	show_primary "$target" "$primary"
	log "$target is the primary"
}

recover() {
	local member chosen status=0 start=$SECONDS
	local -a candidates=()
	look
	((${#online[@]} == 0)) || refuse "${online[*]} are in a group that works"
	for member in "${with_data[@]}"; do
		[[ ${member_state[$member]} != ONLINE && ${member_state[$member]} != RECOVERING ]] ||
			refuse "$member is still ${member_state[$member]} in a group without a majority; it gives up by itself: try again"
		[[ " ${WITHOUT-} " == *" $member "* ]] || candidates+=("$member")
	done
	((${#candidates[@]} > 0)) || refuse 'no member with data answers'
	for member in "${silent[@]}"; do
		[[ " ${WITHOUT-} " == *" $member "* ]] || refuse "$member does not answer and may know more, or be in a group; bring it back, or do without it: WITHOUT=$member"
	done
	latest_promotion "${with_data[@]}"
	if ((latest_epoch > 0)) && [[ ${state[$latest_source]-} == empty && " ${WITHOUT-} " != *" $latest_source "* ]]; then
		refuse "$latest_source, the last primary, has lost its data: what it acknowledged at last may be nowhere else; to go on: WITHOUT=$latest_source"
	fi
	chosen=${MEMBER:-${candidates[0]}}
	[[ " ${candidates[*]} " == *" $chosen "* ]] || refuse "MEMBER is $chosen, which is none of ${candidates[*]}"
	if [[ -z ${MEMBER-} ]]; then
		most_advanced chosen_sql "${candidates[@]}" || status=$?
		((status < 2)) || refuse "it is not known which member has all that the others have, see above"
		((status == 0)) || refuse "members have different data: $conflict; say which is to stay: MEMBER=..."
		chosen=$most_advanced
	fi
	log "$chosen forms the group"
	form_on "$chosen"
	until view "$chosen" && in_group "$chosen"; do
		((SECONDS - start < FORM_SECONDS_MAX)) || refuse "$chosen did not form a group: see the log of its mysqld"
		sleep "$PAUSE"
	done
	log "the group of $chosen works; the others join by themselves, and members that know more stay out and say so"
}

# form_on MEMBER: under the lock with which agents form a group.
form_on() {
	secret replication-password
	{
		echo "SELECT IF(GET_LOCK('cdk8s_stateful.form', 10), 'locked', ST_GeomFromText('another one forms a group'));"
		echo "SET GLOBAL group_replication_local_address = '$(member_host "$1"):$PORT';"
		echo 'SET GLOBAL group_replication_bootstrap_group = ON;'
		echo "START GROUP_REPLICATION USER = 'replication', PASSWORD = $(sql_literal "$REPLY");"
	} | timeout "$FORM_SECONDS_MAX" mysql --defaults-file="$RUN/admin.cnf" --host="$(member_host "$1")" --port="$PORT" --batch || log "$1 did not start, see above"
	member_sql admin "$1" <<<'SET GLOBAL group_replication_bootstrap_group = OFF' ||
		log "ERROR: group_replication_bootstrap_group of $1 may be ON still, see above: set it OFF"
}

main() {
	trap 'exit 143' TERM INT
	write_remote_options admin
	write_remote_options monitor
	case ${1-} in
	switchover | recover) "$1" ;;
	*) die "unknown operation '${1-}': switchover or recover" ;;
	esac
}

is_sourced || main "$@"
