# shellcheck shell=bash
# What the agents of all topologies have in common. It is sourced, after lib.sh. An agent defines `tick`.
# Within `tick` errexit is off, since bash suspends it where the status of a command is looked at: what can fail there is followed by `|| return`,
# or its failure does not matter.

readonly PAUSE=${PAUSE:-4}

last_verdict=''

# verdict ready|unready "STATE: REASON": what the readiness probe says. It is logged when it changes. WARNING_STATES and ERROR_STATES, which a program may
# set, name the states of these levels.
verdict() {
	local word=$1 level=INFO
	shift
	local state=${1%%:*}
	[[ " ${WARNING_STATES-} " != *" $state "* ]] || level=WARNING
	[[ " ${ERROR_STATES-} " != *" $state "* ]] || level=ERROR
	printf '%s %s %s\n' "$EPOCHSECONDS" "$word" "$*" >"$RUN/verdict"
	[[ "$word $*" == "$last_verdict" ]] || log "$level" "$word: $*"
	last_verdict="$word $*"
}

# pod_label: the value of mysql.role that the pod has, into REPLY.
pod_label() {
	read_file "$PODINFO/labels" || return 0
	local role=''
	[[ $REPLY =~ (^|$'\n')mysql\.role=\"([a-z]*)\" ]] && role=${BASH_REMATCH[2]}
	REPLY=$role
}

# request_copy MEMBER SET: ends the server, so that reprovision.sh replaces its data by that of MEMBER, which is to have this set of
# transactions.
request_copy() {
	if ! printf '%s\n' "$@" >"$VOLUME/reprovision.tmp" || ! mv --no-target-directory "$VOLUME/reprovision.tmp" "$VOLUME/reprovision"; then
		log ERROR 'cannot write the request for a new copy'
		return 1
	fi
	root_sql <<<'SHUTDOWN'
}

pause='' # until the next look, where that is not PAUSE

# tick_forever: a look at everything, again and again.
tick_forever() {
	while :; do
		tick || log_seldom WARNING "this round failed with status $?, see above"
		pause_for "${pause:-$PAUSE}"
	done
}

# kill_server REASON: server.sh does it, and starts it again.
kill_server() {
	printf '%s\n' "$1" >"$RUN/kill-server.new" && mv --no-target-directory "$RUN/kill-server.new" "$RUN/kill-server"
}
