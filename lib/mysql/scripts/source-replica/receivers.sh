# shellcheck shell=bash disable=SC2034,SC2154
# Stops the receivers of the members in `candidates` for as long as a promotion lasts, so that none gets ahead of another. It is sourced by
# promote.sh, after lib.sh.
# The promotion holds a lock on each of them, by a connection that stays: an agent that finds its receiver stopped while nobody holds the
# lock starts it again (replica.sh). A server gives the lock up when it has not heard of its holder for ten seconds.

readonly LOCK_SECONDS_MAX=30 # more than a server takes to give up the lock of a promotion that was killed

declare -A answers=() # of each member, the file descriptor
holders=() stopped=()

# stop_receivers: refuses when it cannot be certain of all.
stop_receivers() {
	local member rests answer
	printf -v rests 'DO SLEEP(2);%.0s' {1..2200} # more than an hour
	for member in "${candidates[@]}"; do
		exec {answer}< <(exec mysql --defaults-file="$RUN/admin.cnf" --host="$(member_host "$member")" --port="$PORT" --batch --skip-column-names \
			--unbuffered --execute "SET SESSION wait_timeout = 10; SELECT GET_LOCK('cdk8s_stateful.promotion', 20); $rests" 2>&1)
		holders+=("$!") answers[$member]=$answer
	done
	for member in "${candidates[@]}"; do
		require_lock "$member"
	done
	for member in "${candidates[@]}"; do
		stopped+=("$member")
		admin_sql "$member" <<<'STOP REPLICA IO_THREAD' || refuse "the receiver of $member could not be stopped, see above"
	done
}

require_lock() { # MEMBER
	IFS= read -rt "$LOCK_SECONDS_MAX" -u "${answers[$1]}" || true
	[[ $REPLY != 0 ]] || refuse "another promotion is under way: it holds the lock of $1"
	[[ $REPLY == 1 ]] || refuse "$1 does not give the lock of a promotion: ${REPLY:-no answer}"
}

# require_locks: before the promotion is recorded. Without its lock, a receiver may have been started.
require_locks() {
	local pid
	for pid in "${holders[@]}"; do
		kill -0 "$pid" 2>/dev/null || refuse 'a connection that held the lock of this promotion broke: run it once more'
	done
}

# end_promotion: at the end of the script, whatever it is. Receivers are started when nobody was promoted; else each agent follows the new source.
end_promotion() {
	local member pid
	for member in "${stopped[@]}"; do
		admin_sql "$member" <<<'START REPLICA IO_THREAD' || log "the receiver of $member could not be started: its agent does that"
	done
	for pid in "${holders[@]}"; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
}
