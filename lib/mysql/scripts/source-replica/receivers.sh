# shellcheck shell=bash
# Stops the receivers of the members in `candidates` for as long as a promotion lasts, so that none gets ahead of another. It is sourced by
# promote.sh, after locks.sh.
# The promotion holds a lock on each of them: an agent that finds its receiver stopped while the lock is free starts it again
# (decide-replica.sh).
# needs: candidates, refuse, admin_sql (promote.sh)
# sets: stopped

declare -a candidates

readonly LOCK_SECONDS_MAX=30 # more than a server takes to give up the lock of a promotion that was killed

stopped=()

# stop_receivers: refuses when it cannot be certain of all.
stop_receivers() {
	local member
	for member in "${candidates[@]}"; do
		ask_for_lock admin "$member" promotion 20
	done
	for member in "${candidates[@]}"; do
		require_lock "$member"
	done
	for member in "${candidates[@]}"; do
		stopped+=("$member")
		admin_sql "$member" <<<'STOP REPLICA IO_THREAD' || refuse "the receiver of $member cannot be stopped, see above"
	done
}

require_lock() { # MEMBER
	! has_lock "$1" "$LOCK_SECONDS_MAX" || return 0
	[[ $REPLY != 0 ]] || refuse "another promotion is under way: it holds the lock of $1"
	refuse "$1 does not give the lock of a promotion: ${REPLY:-no answer}"
}

# require_locks: before the promotion is recorded. Without its lock, a receiver may have been started.
require_locks() {
	has_locks || refuse 'a connection that held the lock of this promotion broke: run the promotion again'
}

# end_promotion: at the end of the script, whatever it is. Receivers are started when none was promoted; else each agent follows the new source.
end_promotion() {
	local member
	for member in "${stopped[@]}"; do
		admin_sql "$member" <<<'START REPLICA IO_THREAD' || log WARNING "the receiver of $member cannot be started: its agent does that"
	done
	release_locks
}
