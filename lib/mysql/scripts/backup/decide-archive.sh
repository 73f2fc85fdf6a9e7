# shellcheck shell=bash
# What the archive is, and what is to be done: pure functions of what observe-archive.sh has set. They run no command and change nothing but REPLY and
# `refusal`. It is sourced by receive.sh.
#   STARTING            its server starts, or its logs begin
#   WAITING_FOR_STORE   it is not known yet what the store has
#   WAITING_FOR_SOURCE  no server is open for writes
#   ARCHIVING           what was committed is in the store, no older than promised
#   BEHIND              it is older: the archive lacks what the primary has, or nothing proves that it does not
#   STORE_AWAY          it is received, and the store does not take it
#   GAP                 the primary no longer had what comes next: until a base has that, no point in time behind it can be restored
#   SPOOL_FULL          the volume is full: nothing is received
#   FOREIGN             the data is not that of which the store has logs: nothing is received or shipped
# needs: everything that observe-archive.sh sets; position (position.sh); checked_at (prove-archive.sh); store_is_known of receive.sh
# sets: REPLY, as "STATE ACTION REASON": act_ACTION is a function of act-archive.sh

readonly ERROR_SOURCE_FATAL='^(1236|13114)$' # of a source that cannot send what is asked for
readonly SLACK_SECONDS=30                    # beside the interval: for questions, and for the way to the store
readonly PERSISTENT_SECONDS=15               # for which the primary lacks what the archive has, before that is a fact
readonly RESTART_PAUSE=20                    # between two starts of a receiver
readonly DROP_MIB=256 DROP_LOGS=200          # of logs that are files of the archive already
# shellcheck disable=SC2034 # verdict reads them
readonly WARNING_STATES='WAITING_FOR_SOURCE BEHIND STORE_AWAY' ERROR_STATES='GAP SPOOL_FULL FOREIGN'

declare -A position
declare now answer_problem has receiver receiver_error base store_is_known primary_problem timeline origin lost strangers strangers_received strangers_since
declare owed owed_since restarted_at outbox outbox_since outbox_time store_problem free_mib disk_low archived_mib archived_logs different_origin covered_by password_changed settings_changed
declare checked_at

conclude() { # STATE ACTION REASON
	printf -v REPLY '%s %s %s' "$@"
}

decide() {
	if [[ -n $answer_problem ]]; then
		conclude STARTING wait "$answer_problem"
	elif [[ -z $store_is_known && -z ${position[timeline]-} ]]; then
		conclude WAITING_FOR_STORE wait "it is not known yet what the store has: ${store_problem:-see the log of ship}"
	elif [[ -n $disk_low ]]; then
		decide_full
	elif [[ -n $primary_problem ]]; then
		decide_without_primary
	elif is_foreign; then
		conclude FOREIGN "$([[ $receiver == OFF || $receiver == - ]] && echo wait || echo stop_receiver)" "$REPLY"
	elif [[ ${position[timeline]-} != "$timeline" ]]; then
		conclude STARTING begin "the data is of the timeline $timeline"
	elif [[ ${position[reset]} == 1 || ${position[base]} != "$base" ]]; then
		conclude STARTING reset "logs begin after ${position[end_set]}"
	else
		decide_receiver
	fi
}

# is_foreign: whether the primary lacks what the store has, or its data began in another way; why into REPLY.
is_foreign() {
	if [[ -n $different_origin ]]; then
		REPLY="the first promotion of the data is $origin, that of the store's is $different_origin"
	elif [[ $strangers != - && -n $strangers_since ]] && { ((now - strangers_since >= PERSISTENT_SECONDS)) || [[ -z ${position[timeline]-} ]]; }; then
		REPLY="the primary lacks what the store has: $strangers"
	else
		return 1
	fi
	REPLY+='; restore from the store, or name another prefix for this cluster'
}

decide_full() {
	local reason="the volume has $free_mib MiB left and needs $RESUME_MIB: $((RESUME_MIB - free_mib)) MiB are missing, and $outbox files wait for the store"
	if [[ $receiver != OFF && $receiver != - ]]; then
		conclude SPOOL_FULL stop_receiver "$reason"
	elif ((archived_mib > 0)); then
		conclude SPOOL_FULL drop_logs "$reason"
	else
		conclude SPOOL_FULL wait "$reason"
	fi
}

# decide_without_primary: the receiver finds the next one by itself. Who restores after a loss waits for the store to have what was received.
decide_without_primary() {
	local received=''
	if [[ -n ${position[timeline]-} ]]; then
		received='; not all that was received is in the store yet'
		[[ $has != "${position[end_set]}" ]] || ((outbox > 0)) || received='; all that was received is in the store'
	fi
	if [[ $receiver == OFF && -n ${position[timeline]-} && ${position[reset]} != 1 && ${position[base]} == "$base" && ! $receiver_error =~ $ERROR_SOURCE_FATAL ]] &&
		((now - restarted_at >= RESTART_PAUSE)); then
		conclude WAITING_FOR_SOURCE start_receiver "$primary_problem$received"
	else
		conclude WAITING_FOR_SOURCE wait "$primary_problem$received"
	fi
}

decide_receiver() {
	if [[ $strangers == - && $strangers_received != - && -n $strangers_since ]] && ((now - strangers_since >= PERSISTENT_SECONDS)); then
		conclude BEHIND discard "the primary lacks what was received of another one: $strangers_received"
	elif [[ $receiver == OFF && $receiver_error =~ $ERROR_SOURCE_FATAL && $lost != - ]]; then
		conclude GAP begin_chain "the primary has purged what comes next"
	elif [[ -n $covered_by ]]; then
		conclude STARTING end_gap "the base $covered_by has what was missing"
	elif [[ -n $settings_changed ]]; then
		conclude "$(state_of_service)" drop_logs 'the way to the source changed'
	elif [[ -n $password_changed ]]; then
		conclude "$(state_of_service)" start_receiver 'the password of replication changed'
	elif [[ $receiver == OFF || $receiver == - ]] && ((now - restarted_at >= RESTART_PAUSE)); then
		conclude "$(state_of_service)" start_receiver 'the receiver is off'
	elif [[ -n $owed ]] && ((now - owed_since >= MISSED_SECONDS && now - restarted_at >= RESTART_PAUSE)); then
		conclude BEHIND start_receiver "the receiver lacks what the primary had $((now - owed_since)) s ago"
	elif ((archived_mib >= DROP_MIB || archived_logs >= DROP_LOGS)); then
		conclude "$(state_of_service)" drop_logs "$archived_logs logs of $archived_mib MiB are in the archive"
	else
		decide_service
	fi
}

state_of_service() {
	local REPLY
	decide_service
	echo "${REPLY%% *}"
}

decide_service() {
	local age=$((EPOCHSECONDS - checked_at)) late=$((INTERVAL + SLACK_SECONDS))
	if [[ ${position[missing]} != - ]]; then
		conclude GAP wait "no log has ${position[missing]}: points in time behind it need a base that has it; take a backup"
	elif ((checked_at > 0 && age <= late)); then
		conclude ARCHIVING wait "chain ${position[chain]} of the timeline $timeline"
	elif ((outbox > 0 && now - outbox_since >= SLACK_SECONDS)); then
		utc "$outbox_time"
		conclude STORE_AWAY wait "the store has taken no file since $REPLY: ${store_problem:-see the log of ship}"
	elif ((checked_at == 0)); then
		conclude BEHIND wait 'nothing proves yet that the store has everything'
	else
		utc "$checked_at"
		conclude BEHIND wait "the store has everything up to $REPLY only, promised is no older than $late s"
	fi
}
