# shellcheck shell=bash disable=SC2034
# What the agent does, one function for each action that decide.sh names. It is sourced by agent.sh.
# needs: STATE and REASON of what was decided; what observe.sh sets
# sets: again: whether to look once more, at_once or briefly; unproven_since; decided_state and
#   decided_reason: what was decided; offline; and what its functions name

readonly OWN_SECONDS_MAX=20 # for a statement on this pod's server
readonly BRIEF_PAUSE=${BRIEF_PAUSE:-0.5}

again=''
declare decided_state decided_reason offline known_source unproven_since

# own_sql: root_sql, bounded: a server may stop answering at any time.
own_sql() {
	timeout "$OWN_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names "$@"
}

# act STATE ACTION REASON
act() {
	decided_state=$1 decided_reason=$3
	[[ $2 == serve ]] || verdict unready "$1: $3"
	"act_$2"
}

act_wait() { :; }

# act_wait_briefly: what others do decides, within seconds.
act_wait_briefly() {
	again=briefly
	sleep "$BRIEF_PAUSE"
}

act_fence() {
	again=at_once
	fence
}

act_queue_fence() {
	log WARNING 'the server does not answer in time: its first statement will raise the fence'
	queue_fence
	act_wait_briefly
}

# act_kill_server: a server that was stopped while it was open, and whose place another one has taken, must not go on.
act_kill_server() {
	log WARNING "$decided_reason: it is killed"
	kill_server "$decided_reason"
	act_wait_briefly
}

# act_serve: clients come in, and the pod is ready.
act_serve() {
	if ((offline)); then
		if [[ $known_source == "$POD_NAME" ]]; then
			REPLY=''
			if ! set_semi_synchronous ON || ! let_in_source; then
				verdict unready "$decided_state: clients stay out: ${REPLY:-the server does not say why}"
				return
			fi
		elif ! let_in; then
			verdict unready "$decided_state: clients stay out, see above"
			return
		fi
		offline=0
	fi
	unproven_since=''
	[[ $known_source != "$POD_NAME" ]] || keep_list
	verdict ready "$decided_state: $decided_reason"
}
