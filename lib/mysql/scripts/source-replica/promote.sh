#!/usr/bin/env bash
# Makes another member the source. Run as a Job, by a person.
#   promote.sh promote     the source is gone for good: the most advanced replica takes its place. Refuses while the source answers
#   promote.sh switchover  the source is well: TARGET (the member rendered as the source, if not set) takes its place, nothing is lost
# WITHOUT holds the names of members that do not answer and that are not waited for.
# It writes the promotion into the data; the agents read it there and do the rest. At last it sets the pods' labels, by which the Services
# find them: that of the old source first, so that one pod at most has the label `source`. A server lets clients in when its label says so.
# A promotion is recorded only after the source has not answered for SILENCE_SECONDS_MIN: an agent that saw its server within that time knows
# that none was.
# needs: state, read_only, more, refusal, recorded (survey.sh); members (lib.sh); the row of member-state.sh
# sets: candidates source relabelled, and what candidates.sh and receivers.sh name
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/locks.sh
source "${BASH_SOURCE[0]%/*}/locks.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/api.sh
source "${BASH_SOURCE[0]%/*}/api.sh"
# shellcheck source=lib/mysql/scripts/source-replica/member-state.sh
source "${BASH_SOURCE[0]%/*}/member-state.sh"
# shellcheck source=lib/mysql/scripts/source-replica/candidates.sh
source "${BASH_SOURCE[0]%/*}/candidates.sh"
# shellcheck source=lib/mysql/scripts/source-replica/receivers.sh
source "${BASH_SOURCE[0]%/*}/receivers.sh"

readonly PAUSE=${PAUSE:-1}
readonly APPLY_SECONDS_MAX=${APPLY_SECONDS_MAX:-3600}
readonly OPEN_SECONDS_MAX=120 # a kubelet may take a minute to show a pod its label
readonly SILENCE_SECONDS_MIN=15
readonly HEARD_SECONDS_MAX=15 # three heartbeats

declare -A state read_only more refusal recorded
declare -a members candidates
declare latest_epoch latest_source most_advanced conflict followed receiver applier heard lag
source='' relabelled=0

refuse() {
	log ERROR "refused: $*"
	exit 1
}

admin_sql() { # MEMBER
	member_sql admin "$1"
}

# member_state MEMBER: the row of member-state.sql into variables.
member_state() {
	local row
	row=$(admin_sql "$1" <"$SQL/member-state.sql") && take_state "$row"
}

# survey_all: all members, the last promotion, and the source since then.
survey_all() {
	members
	((${#members[@]} > 1)) || refuse "the list of members holds only '${members[*]}': a source has a replica at least"
	survey "${members[@]}"
	latest_promotion "${members[@]}"
	source=$latest_source
	[[ " ${members[*]} " == *" $source "* ]] || refuse "promotion $latest_epoch names $source, which is not one of ${members[*]}"
}

# set_labels SOURCE: of all pods, that of the source at last; how many were wrong into `relabelled`.
set_labels() {
	local member
	relabelled=0
	for member in "${members[@]}"; do
		[[ $member == "$1" ]] || set_pod_label "$member" replica
	done
	set_pod_label "$1" source
}

# refuse_answering: before anything else, since the old source may be silent for good when the labels of a promoted one are to be set.
refuse_answering() {
	if [[ ${state[$source]} != data ]]; then
		silence "$source"
		[[ -z ${refusal[$source]} ]] || refuse "the source $REPLY: it is alive"
		return
	fi
	set_labels "$source"
	((relabelled == 0)) || {
		log INFO "the source $source answers: no replica is promoted; labels corrected: $relabelled"
		exit 0
	}
	refuse "the source $source answers"
}

# require_silence: of the source, for all that ask it, from the first question on.
require_silence() {
	local start=$SECONDS
	log WARNING "the source $source does not answer"
	while ((SECONDS - start < SILENCE_SECONDS_MIN)); do
		sleep "$PAUSE"
		require_no_answer
	done
	refuse_heard
}

require_no_answer() {
	survey "$source"
	[[ ${state[$source]} != data && -z ${refusal[$source]} ]] || refuse "the source $source answers again"
}

# wait_open MEMBER: until clients can write.
wait_open() {
	local start=$SECONDS
	until survey "$1" && [[ ${state[$1]} == data && ${read_only[$1]} == 0 && ${more[$1]} == 0 ]]; do
		((SECONDS - start < OPEN_SECONDS_MAX)) || refuse "$1 is promoted but did not open for writes within $OPEN_SECONDS_MAX s: see the log of its agent"
		sleep "$PAUSE"
	done
}

promote() {
	survey_all
	local chosen last member
	refuse_answering
	choose_candidates
	refuse_heard
	require_silence
	stop_receivers
	survey "${candidates[@]}"
	for member in "${candidates[@]}"; do
		[[ ${state[$member]} == data ]] || refuse "$member no longer answers"
	done
	# shellcheck disable=SC2317 # called by its name
	first_candidate_sql() { admin_sql "${candidates[0]}"; }
	if ! most_advanced first_candidate_sql "${candidates[@]}"; then
		[[ -n $conflict ]] || refuse "the transactions of ${candidates[*]} cannot be compared, see above"
		refuse "the replicas have different transactions: $conflict; leave one out: WITHOUT"
	fi
	chosen=$most_advanced
	log INFO "$chosen is the most advanced of ${candidates[*]}: $(known_transactions "$chosen")"
	wait_applied "$chosen"
	last=$(admin_sql "$chosen" <<<"SELECT last_queued_transaction_original_commit_timestamp FROM performance_schema.replication_connection_status WHERE channel_name = ''") ||
		last='an unknown time'
	require_no_answer # to apply can take its time
	require_locks
	log WARNING "the cluster lost what $source committed after the last transaction that $chosen received, of $last UTC, unless its commits waited for replicas; should $source come back, its agent names the transactions"
	record "$chosen" "promoted: $source did not answer"
	stopped=()
	log INFO "$chosen is the source from now on"
	set_labels "$chosen"
	wait_open "$chosen"
	log INFO "$chosen is open for writes"
}

switchover() {
	survey_all
	local target=${TARGET:-$DEFAULT_SOURCE}
	[[ " ${members[*]} " == *" $target "* ]] || refuse "TARGET is $target, which is not one of ${members[*]}"
	if [[ $source == "$target" ]]; then
		set_labels "$target"
		log INFO "$target is the source already"
		return
	fi
	silence "$source"
	[[ ${state[$source]} == data ]] || refuse "the source $REPLY: to give it up, run the promotion"
	silence "$target"
	[[ ${state[$target]} == data ]] || refuse "$REPLY"
	member_state "$target" || refuse "$target no longer answers"
	[[ $followed == "$(member_host "$source")" && $receiver == ON && $applier == ON && $heard -le $HEARD_SECONDS_MAX ]] ||
		refuse "$target does not follow $source well: receiver $receiver, applier $applier, heard of it $heard s ago"
	((lag <= 5)) || refuse "$target is $lag s behind: clients would wait that long"
	# Clients are gone, and none comes in any more; the promotion is the last transaction of the old source. Under the lock of open-source.sql
	# and serve-source.sql, so that its agent neither opens it nor lets clients in meanwhile.
	log INFO "closing $source for clients"
	if ! printf '%s\n' "SELECT IF(GET_LOCK('cdk8s_stateful.role', 5) = 1, '', ST_GeomFromText('another session holds the lock on the role'));" \
		'SET GLOBAL offline_mode = ON;' \
		"SET GLOBAL read_only = ON; INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES ('$target', 'switchover');" \
		'SET GLOBAL super_read_only = ON;' | admin_sql "$source" >/dev/null; then
		survey "$source"
		[[ ${state[$source]} == data && ${recorded[$source]} == "$target" ]] ||
			refuse "$source cannot be closed, see above: its agent opens it again unless it has the promotion; run the switchover again"
	fi
	set_labels "$target"
	wait_open "$target"
	log INFO "$target is the source and open for writes"
}

main() {
	trap end_promotion EXIT
	trap 'exit 143' TERM INT
	write_remote_options admin
	write_remote_options monitor
	case ${1-} in
	promote | switchover) "$1" ;;
	*) die "unknown operation '${1-}': promote or switchover" ;;
	esac
}

is_sourced || main "$@"
