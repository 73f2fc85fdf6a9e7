# shellcheck shell=bash
# A connection to this pod's server that stays open: a client of its own for each look would cost more than an agent may. It is sourced,
# after lib.sh.

readonly END_OF_ANSWER='--end-of-answer--'
readonly ANSWER_SECONDS_MAX=${ANSWER_SECONDS_MAX:-5}

state_sql=''

# ask_state [STATEMENTS]: what member-state.sql asks, after these, see ask.
ask_state() {
	if [[ -z $state_sql ]]; then
		read_file "$SQL/member-state.sql"
		state_sql=$REPLY
	fi
	ask "${1-}$state_sql"
}

# ask STATEMENTS: runs them, which end with a semicolon; the last line that the server answers, also an error, into REPLY. Fails when it does
# not, with what the client said at last.
ask() {
	local line
	REPLY=''
	[[ -n ${SESSION_PID-} ]] || open_session
	if ! { printf "%s\nSELECT '%s';\n" "$1" "$END_OF_ANSWER" >&"${SESSION[1]-}"; } 2>/dev/null; then
		close_session
		return 1
	fi
	while IFS= read -rt "$ANSWER_SECONDS_MAX" -u "${SESSION[0]-}" line 2>/dev/null; do
		if [[ $line == "$END_OF_ANSWER" ]]; then
			return 0 # not that of the command before a signal, which it would be without the number when a trap asks
		fi
		REPLY=$line
	done
	close_session
	return 1
}

open_session() {
	coproc SESSION {
		exec mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names --unbuffered --force --skip-reconnect 2>&1
	}
}

close_session() {
	[[ -n ${SESSION_PID-} ]] || return 0
	local pid=$SESSION_PID
	kill "$pid" 2>/dev/null || true
	wait "$pid" 2>/dev/null || true
	unset SESSION_PID
}
