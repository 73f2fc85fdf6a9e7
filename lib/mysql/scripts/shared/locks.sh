# shellcheck shell=bash
# Locks on servers, each held by a connection that stays: of two that want the same thing one does it. It is sourced, after lib.sh.
# A server gives a lock up when the connection ends, or when it has not heard of it for ten seconds.

declare -A lock_answers=() # of each member, the file descriptor
declare -A lock_holders=() # of each member, the process

# ask_for_lock ACCOUNT MEMBER NAME SECONDS: for as long as another one may keep it yet. Those of all members are asked for before an answer is read.
ask_for_lock() {
	local rests answer
	printf -v rests 'DO SLEEP(2);%.0s' {1..2200} # more than an hour
	exec {answer}< <(exec mysql --defaults-file="$RUN/$1.cnf" --host="$(member_host "$2")" --port="$PORT" --batch --skip-column-names \
		--unbuffered --execute "SET SESSION wait_timeout = 10; SELECT GET_LOCK('cdk8s_stateful.$3', $4); $rests" 2>&1)
	lock_holders[$2]=$! lock_answers[$2]=$answer
}

# has_lock MEMBER SECONDS: whether its server gave the lock; what it answered within that time, into REPLY.
has_lock() {
	IFS= read -rt "$2" -u "${lock_answers[$1]}" || true
	[[ $REPLY == 1 ]]
}

# has_locks: whether all are held still.
has_locks() {
	local pid
	for pid in "${lock_holders[@]}"; do
		kill -0 "$pid" 2>/dev/null || return
	done
}

release_locks() {
	local member answer
	for member in "${!lock_holders[@]}"; do
		kill "${lock_holders[$member]}" 2>/dev/null || true
		wait "${lock_holders[$member]}" 2>/dev/null || true
		answer=${lock_answers[$member]}
		exec {answer}<&-
	done
	lock_holders=() lock_answers=()
}
