# shellcheck shell=bash
# The members that could become the source, and what is asked of them before. It is sourced by promote.sh.
# needs: members (lib.sh); state (survey.sh); source, refuse, admin_sql (promote.sh); the row of member-state.sh
# sets: candidates

declare -a members candidates
declare -A state
declare source drained receiver applier applier_error heard lag

# refuse_heard: only when no candidate hears of the source, it is gone.
refuse_heard() {
	local member
	for member in "${candidates[@]}"; do
		member_state "$member" || refuse "$member no longer answers"
		[[ $receiver != ON || $heard -gt $HEARD_SECONDS_MAX ]] || refuse "$member hears of the source $source, last $heard s ago: it is alive"
	done
}

# choose_candidates: those that answer. One that does not may know more than all others.
choose_candidates() {
	local member
	candidates=()
	for member in "${members[@]}"; do
		[[ $member != "$source" ]] || continue
		if [[ ${state[$member]} == data ]]; then
			candidates+=("$member")
		elif [[ ${state[$member]} == silent && " ${WITHOUT-} " != *" $member "* ]]; then
			silence "$member"
			refuse "$REPLY and may be the most advanced; bring it back, or continue without it: WITHOUT=$member"
		fi
	done
	((${#candidates[@]} > 0)) || refuse 'no replica with data answers'
}

# wait_applied MEMBER: until it says that it has applied what it has received.
wait_applied() {
	local start=$SECONDS started=''
	while :; do
		if ! member_state "$1"; then
			log_change INFO "waiting: $1 no longer answers"
		elif ((drained)); then
			return
		elif [[ $applier == OFF && -z $started ]] && ((applier_error == 0)); then
			log INFO "starting the applier of $1: its agent does not without a source"
			admin_sql "$1" <<<'START REPLICA SQL_THREAD' || refuse "the applier of $1 cannot be started, see above"
			started=1
			continue
		else
			[[ $applier == ON ]] || refuse "the applier of $1 is $applier, error $applier_error: repair it first, its relay log holds transactions that may be nowhere else"
			log_seldom INFO "waiting: $1 applies what it has received" "$lag s behind"
		fi
		((SECONDS - start < APPLY_SECONDS_MAX)) || refuse "$1 did not apply its relay log within $APPLY_SECONDS_MAX s"
		sleep "$PAUSE"
	done
}

# record MEMBER REASON: writes its promotion into the data of MEMBER. The agent may close the server in between, so not once only.
record() {
	local try
	for try in {1..10}; do
		if printf '%s\n' 'SET GLOBAL super_read_only = OFF;' \
			"INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES ('$1', '$2');" | admin_sql "$1"; then
			return
		fi
		log WARNING "$1 did not accept the promotion, try $try"
		sleep "$PAUSE"
	done
	refuse "$1 does not accept the promotion, see above"
}
