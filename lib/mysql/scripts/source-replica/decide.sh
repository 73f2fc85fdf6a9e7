# shellcheck shell=bash
# What a server is, and what is to be done: pure functions of what observe.sh has set. They run no command and change nothing but REPLY and
# the variables that a rule below names. It is sourced by agent.sh.
# needs: everything that observe.sh, member-state.sh and member-list.sh set; fence_client (offline.sh)
# sets: REPLY, as "STATE ACTION REASON": STATE is one of docs/mysql-agent.md, and act_ACTION is a function of an act-*.sh

readonly ALONE_SECONDS_MAX=30   # that a source waits for an answer of any other member
readonly SILENT_SECONDS_MAX=10  # that a source that was not seen waits for all of them
readonly REPLACED_SECONDS_MAX=8 # in which the agent of a source that was replaced while it was silent has ended it

# The states in which something is wrong, and those that only an operator ends: see verdict in agent-loop.sh.
# shellcheck disable=SC2034 # verdict reads it
readonly WARNING_STATES='AWAITING_PROMOTION DEMOTED FENCED_AFTER_SILENCE LAGGING NEW_COPY REPLICATION_STOPPED'
# shellcheck disable=SC2034 # verdict reads it
readonly ERROR_STATES='ERRANT MISLABELLED NOT_LISTED'

declare answer_problem frozen now label unproven_since closed_since known_epoch known_source answers silent_peers open_peer
declare super_read_only read_only_now offline own_epoch promotion_age followed receiver applier applier_error drained followers
declare list_problem list_lacks fence_client asked
declare -a members peers

decide() {
	if [[ -n $answer_problem ]]; then
		decide_unanswered
	elif ((${#members[@]} == 0)); then
		conclude NOT_LISTED wait "$list_problem"
	elif [[ $known_source == "$POD_NAME" ]]; then
		decide_source
	else
		decide_replica
	fi
}

conclude() { # STATE ACTION REASON
	printf -v REPLY '%s %s %s' "$@"
}

# conclude_fenced: the same, of a server that no client may use; before anything else is done, it refuses them.
conclude_fenced() {
	if ((offline)); then
		conclude "$@"
	else
		conclude "$1" fence "$3"
	fi
}

decide_unanswered() {
	if [[ -z $frozen ]]; then
		conclude NO_ANSWER wait "$answer_problem"
	elif [[ $known_source != "$POD_NAME" && ${super_read_only-} == 0 ]]; then
		conclude NO_ANSWER kill_server "promotion $known_epoch made $known_source the source while this server, which was open, did not answer"
	elif [[ -z $fence_client && ${offline-} != 1 ]]; then
		conclude NO_ANSWER queue_fence "$answer_problem"
	else
		conclude NO_ANSWER wait_briefly "$answer_problem"
	fi
}

decide_source() {
	if ((own_epoch < known_epoch)); then
		decide_unpromoted
	elif [[ $followed != - ]]; then
		decide_becoming
	elif ((super_read_only || read_only_now)); then
		decide_opening
	elif [[ -n $unproven_since ]] && ! is_proven; then
		:
	elif [[ $label != source ]]; then
		conclude_fenced MISLABELLED wait "the source, but the pod's label mysql.role is '$label': run the promotion again to correct the labels"
	else
		conclude SOURCE serve "open for writes, $followers replicas follow"
	fi
}

# decide_unpromoted: another member knows that this one was promoted, and its own data does not: it lacks what was committed before that.
decide_unpromoted() {
	local action=wait
	if ((!super_read_only)); then
		action=close
	elif [[ $followed != - && $receiver == OFF ]]; then
		action=start_replica
	fi
	conclude_fenced AWAITING_PROMOTION "$action" "promotion $known_epoch made this the source, but is not in its data yet: it would lose transactions"
}

# decide_becoming: a replica that became the source, and a copy, which brings the settings of the member that it was copied from.
decide_becoming() {
	if ((drained)); then
		conclude_fenced BECOMING_SOURCE stop_following "all that was received of ${followed%%.*} has been applied"
	elif [[ $applier == OFF ]] && ((applier_error == 0)); then
		conclude_fenced BECOMING_SOURCE start_applier 'applying what was received: the applier was stopped'
	else
		conclude_fenced BECOMING_SOURCE wait "applying what was received: the applier is $applier, error $applier_error"
	fi
}

# decide_opening: I1 to I5 of open-for-writes.sh, which checks them itself.
decide_opening() {
	if [[ -n $list_problem ]]; then
		conclude_fenced NOT_LISTED wait "the source stays closed: $list_problem"
	elif ! ((offline)) || [[ -z $asked ]]; then
		conclude_fenced SOURCE_CLOSED wait 'has not asked the other members yet'
	elif [[ -n $open_peer ]]; then
		conclude_fenced SOURCE_CLOSED wait "$open_peer is open for writes: waiting until it closes"
	elif [[ -n $list_lacks && -n $silent_peers ]]; then
		conclude_fenced SOURCE_CLOSED wait "the list of members lacks $list_lacks, which it held when this server was last open, and $silent_peers does not answer"
	elif ((answers == 0 && now - closed_since < ALONE_SECONDS_MAX)); then
		conclude_fenced SOURCE_CLOSED wait 'no other member answers yet whether there was a promotion'
	elif [[ -n $silent_peers ]] && ((promotion_age >= 0 && promotion_age < REPLACED_SECONDS_MAX)); then
		conclude_fenced SOURCE_CLOSED wait_briefly "promoted just now: the agent of $silent_peers, which does not answer, may have to end its server"
	else
		conclude_fenced SOURCE_CLOSED open "the source by promotion $known_epoch, $answers of ${#peers[@]} other members answer and know of no later one"
	fi
}

# is_proven: whether a server that was not seen for a while is the source still. It concludes when not.
is_proven() {
	if ! ((offline)) || [[ -z $asked ]]; then
		conclude_fenced FENCED_AFTER_SILENCE wait "the source, but it was not seen for more than $UNSEEN_SECONDS_MAX s: another member may have been promoted"
	elif [[ -n $open_peer ]]; then
		conclude FENCED_AFTER_SILENCE wait "the source, but $open_peer is open for writes, too: waiting until it closes"
	elif [[ -z $silent_peers ]]; then
		return 0
	elif ((now - unproven_since >= (answers > 0 ? SILENT_SECONDS_MAX : ALONE_SECONDS_MAX))); then
		return 0
	else
		conclude FENCED_AFTER_SILENCE wait "the source, but $silent_peers does not answer yet whether there was a promotion"
	fi
	return 1
}
