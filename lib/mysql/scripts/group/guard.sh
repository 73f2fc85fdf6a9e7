#!/usr/bin/env bash
# The guard of a server of a group. It runs in the server's own container, so that it looks also while the agent does not run or waits for
# something. Twice a second it looks at the server, and puts the fence up before another member can have been elected:
#   the server has no quorum, hears nothing of its group, is not ONLINE, or is no longer the primary that it was
#   a secondary is more than MAX_LAG seconds behind, or does not apply
#   the guard itself could not look for some time: nothing that it found before counts
# A server that does not answer and that the group replaced is killed, since it would serve old data for a moment if it went on.
# Only the guard takes the fence down, when the agent asks for it (shared/fence.sh) and the look of this moment allows it.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/session.sh
ANSWER_SECONDS_MAX=${ANSWER_SECONDS_MAX:-2}
source "${BASH_SOURCE[0]%/*}/session.sh"
# shellcheck source=lib/mysql/scripts/shared/says.sh
source "${BASH_SOURCE[0]%/*}/says.sh"
# shellcheck source=lib/mysql/scripts/shared/fence.sh
source "${BASH_SOURCE[0]%/*}/fence.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"
# shellcheck source=lib/mysql/scripts/group/member-row.sh
source "${BASH_SOURCE[0]%/*}/member-row.sh"

readonly PAUSE=${PAUSE:-0.5}
readonly AWAY_SECONDS_MAX=3   # between two looks
readonly SILENT_SECONDS_MAX=4 # for which a server may be silent before the others are asked about it
readonly QUEUED_SECONDS_MAX=300

generation='' incarnation='' is_open='' was_primary='' had_majority='' owed='' looked_at=0 silent_since='' queued='' heard_before='' quiet_since=0

new_generation() {
	generation=$EPOCHREALTIME
}

# fence_needed: pure. Whether the last look asks for the fence, and why, into REPLY.
fence_needed() {
	REPLY=''
	if [[ $own_state != ONLINE ]]; then
		REPLY="the server is $own_state"
	elif ((!own_majority)); then
		REPLY='the group has no quorum'
	elif [[ $own_role == PRIMARY ]]; then
		((quiet > QUIET_FENCE_SECONDS)) || return 1
		REPLY="the group has agreed on nothing for $quiet s"
	elif [[ -n $was_primary ]]; then
		REPLY='the server is no longer the primary'
	elif [[ $applier != ON ]]; then
		REPLY="the applier is $applier"
	elif ((lag > MAX_LAG)); then
		REPLY="the server is more than $MAX_LAG s behind"
	elif ((quiet > QUIET_FENCE_SECONDS && lag + quiet > MAX_LAG)); then
		REPLY="the group has agreed on nothing for $quiet s"
	fi
	[[ -n $REPLY ]]
}

# raise REASON: puts the fence up.
raise() {
	local answer
	new_generation
	rm -f "$OPEN_REQUEST"
	if ask 'SET GLOBAL offline_mode = ON;' && answer=$REPLY && ! server_error "$answer"; then
		log WARNING "FENCED: $1; clients are refused"
		is_open='' owed=''
	else
		owed=$1 # also when the next look finds nothing wrong
		log ERROR "$1, and the fence is not up: ${answer:-${REPLY:-the server does not answer}}"
	fi
}

# queue_fence: a client that waits with the fence as its only statement.
queue_fence() {
	[[ -z $queued ]] || ! kill -0 "$queued" 2>/dev/null || return 0
	timeout "$QUEUED_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" <<<'SET GLOBAL offline_mode = ON' >/dev/null 2>&1 &
	queued=$!
}

# lower: takes the fence down, when the agent asked for it in this generation.
lower() {
	read_file "$OPEN_REQUEST" || return 0
	rm -f "$OPEN_REQUEST"
	[[ $REPLY == "$generation" ]] || return 0
	if ask 'SET GLOBAL offline_mode = OFF;' && ! server_error "$REPLY"; then
		log INFO "OPEN: $own_role of a group with $count_online members ONLINE; clients are let in"
		is_open=1
	fi
}

# heed_changes: what the last look found that the one before it did not.
heed_changes() {
	local is_primary='' majority=''
	[[ $own_state == ONLINE && $own_role == PRIMARY ]] && is_primary=1
	((own_majority)) && majority=1
	if [[ -z $generation || $is_primary != "$was_primary" || $majority != "$had_majority" ]] || { ((offline)) && [[ -n $is_open ]]; }; then
		new_generation # also when someone else put the fence up
	fi
	is_open=1
	((!offline)) || is_open='' owed=''
	had_majority=$majority
}

# heed_consensus STARTED: for how long the group has agreed on nothing, into `quiet`. A view tells what the group last agreed on, which may have been
# long ago. Only while the guard looks, else it was the guard or the server that stood still; and from a quorum on, without which a group cannot agree.
heed_consensus() {
	if [[ $own_state != @(ONLINE|RECOVERING) || $own_majority == 0 || $heard == - || $heard != "$heard_before" || -n $silent_since ]] ||
		(($1 - looked_at > AWAY_SECONDS_MAX)); then
		quiet_since=$SECONDS
	fi
	heard_before=$heard
	quiet=$((SECONDS - quiet_since))
}

# look: once at the server; what was seen, into RUN/member.
look() {
	local row started=$SECONDS
	if [[ -z $silent_since ]] && ((started - looked_at > AWAY_SECONDS_MAX)); then
		[[ -z $is_open ]] || raise "nothing was looked at for $((started - looked_at)) s"
		generation=''
	fi
	saying
	if ! ask_state "$REPLY"; then
		be_silent
		return
	fi
	if ! take_row "$REPLY"; then
		log_change WARNING "the server answers: $REPLY"
		return
	fi
	row=$REPLY
	heed_consensus "$started"
	read_file "$RUN/incarnation" || true
	incarnation=$REPLY
	[[ -z $silent_since ]] || generation=''
	silent_since=''
	heed_changes
	heed_group
	if ((SECONDS - started > AWAY_SECONDS_MAX)); then
		new_generation
		[[ -z $is_open ]] || raise "a look took $((SECONDS - started)) s"
	elif [[ -n $is_open && -n $owed ]]; then
		raise "$owed"
	elif [[ -n $is_open ]] && fence_needed; then
		raise "$REPLY"
	elif [[ -z $is_open ]] && ! fence_needed; then
		lower
	fi
	was_primary=''
	[[ $own_state != ONLINE || $own_role != PRIMARY ]] || was_primary=1
	looked_at=$SECONDS
	printf '%s\t%s\t%s\t%s\t%s\n' "$EPOCHSECONDS" "$generation" "${is_open:-0}" "$row" "$quiet" >"$MEMBER_FILE" # in place, without a process
}

# be_silent: what to do while the server does not answer.
be_silent() {
	looked_at=$SECONDS
	if [[ -z $is_open ]]; then # it starts, or is behind the fence
		generation=''
		return
	fi
	read_file "$RUN/incarnation" || true
	if [[ $REPLY != "$incarnation" ]]; then # it ended, and starts behind the fence
		is_open='' silent_since='' owed='' generation=''
		return
	fi
	if [[ -z $silent_since ]]; then
		silent_since=$((SECONDS - ANSWER_SECONDS_MAX))
		new_generation
		rm -f "$OPEN_REQUEST"
		log WARNING 'FENCING: the server does not answer; raising the fence is its first statement'
	fi
	queue_fence
	# Until it answers, a client that waits is the only one: each further one would be another for the server to serve.
	while kill -0 "$queued" 2>/dev/null; do
		((SECONDS - silent_since < SILENT_SECONDS_MAX)) || kill_replaced
		[[ -n $silent_since ]] || break
		pause_for "$PAUSE"
	done
	looked_at=$SECONDS
}

# kill_replaced: when the others say that the group goes on without this server.
kill_replaced() {
	members
	view "${peers[@]}"
	replaced || return 0
	log WARNING "REPLACED: the server has not answered for $((SECONDS - silent_since)) s, and $REPLY: killing it"
	printf '%s\n' "$REPLY" >"$RUN/kill-server"
	kill "$queued" 2>/dev/null || true
	is_open='' silent_since=''
}

# replaced: pure. Whether a member of a group that works says that this one is no longer in it, or that another one is its primary; that, into REPLY.
replaced() {
	local peer
	for peer in "${peers[@]}"; do
		in_group "$peer" || continue
		if [[ ,${listed[$peer]}, != *",$POD_NAME,"* ]]; then
			REPLY="the group of $peer goes on without it"
			return 0
		elif [[ -n $was_primary && ${member_role[$peer]} == PRIMARY ]]; then
			REPLY="$peer is the primary now"
			return 0
		fi
	done
	return 1
}

# resume: what the guard before this one saw last, of the server that runs still: one that was open and is silent now is no server that starts.
resume() {
	local at open
	read_file "$MEMBER_FILE" || return 0
	IFS=$'\t' read -r at _ open REPLY <<<"$REPLY"
	take_row "$REPLY" || return 0
	[[ $own_state != ONLINE || $own_role != PRIMARY ]] || was_primary=1
	[[ $open == 1 && ! $RUN/incarnation -nt $MEMBER_FILE ]] || return 0
	is_open=1 looked_at=$((SECONDS - (EPOCHSECONDS - at)))
	read_file "$RUN/incarnation" || true
	incarnation=$REPLY
}

# leave: by the job table: a signal may come before the number of a client that was just begun is known.
leave() {
	local pids
	close_session
	pids=$(jobs -p)
	# shellcheck disable=SC2086 # numbers
	[[ -z $pids ]] || kill $pids 2>/dev/null || true
	exit 0
}

main() {
	trap leave TERM INT
	trap '' PIPE
	write_remote_options monitor
	resume
	while :; do
		look
		between_looks "$PAUSE"
		pause_for "$REPLY"
	done
}

is_sourced || main
