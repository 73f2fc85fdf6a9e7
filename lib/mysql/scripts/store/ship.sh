#!/bin/sh
# Takes what the archive has made to the store, and tells it what the store has. The outbox is the queue: a file leaves it when the store has it, the log
# before the information about it, without which it does not count.
# It has no `read`: that of BusyBox 1.37 spins in a shell that has heard a signal before (measured), and this one hears when to end.
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/known.sh
. "${0%/*}/known.sh"

SPOOL=${SPOOL:-/spool}
PAUSE=${PAUSE:-10} # between two rounds without a file in the outbox
LOOK_PAUSE=2       # between two looks at the outbox
PAUSE_MAX=30
STATE_SECONDS=120  # between two times that the state goes to the store, unless its word changes; INTERVAL, where that is longer
KNOWN_SECONDS=300  # between two looks at the bases
GAP_SECONDS=60     # the same while a base is waited for
PROBLEM_SECONDS=60 # between two lines about the same problem
LAST_SECONDS=10    # after a signal, for what the receiver still makes

export GOMEMLIMIT=48MiB GOGC=off # it is small beside the server, and collects nothing before it has that much: a fifth less time (measured: 1.75.2)

stopping='' state_sent='' state_sent_at=0 known_at=0 problem_at=0

# look_at_clock: seconds into `time`.
look_at_clock() {
	time=$(cut -d . -f 1 /proc/uptime)
}

# quick: rclone with few files at a time, and without a list of what the store has.
quick() {
	store_do "$@" --transfers 1 --checkers 1 --buffer-size 0 --no-traverse
}

# use_credentials: those of today. The encryption key belongs to what is stored, and changes never; so another one is taken only as long as nothing could
# be read with it. What is there is read again with what was taken, before anything is stored.
# shellcheck disable=SC3013 # BusyBox has -nt
use_credentials() {
	if [ -e "$RUN/rclone.conf" ] && ! [ "$STORE_CREDENTIALS/access-key-id" -nt "$RUN/rclone.conf" ] &&
		! [ "$STORE_CREDENTIALS/secret-access-key" -nt "$RUN/rclone.conf" ] &&
		{ [ "$known_at" != 0 ] || ! [ "$ENCRYPTION_KEY" -nt "$RUN/rclone.conf" ]; }; then
		return 0
	fi
	[ ! -e "$RUN/rclone.conf" ] || log INFO 'the credentials of the store changed: using the new ones'
	known_at=0
	(use_rclone)
}

# ship_logs: a log of the same name has the same content; one of another size is refused.
ship_logs() {
	set -- "$SPOOL"/outbox/*.info
	[ -e "$1" ] && [ ! -e "$SPOOL/hold" ] || return 0
	awk '$1 == "timeline" { print $2 }' "$@" | sort -u >"$RUN/outbox" || return 1
	timelines=$(cat "$RUN/outbox")
	for timeline in $timelines; do
		awk -v "timeline=$timeline" '$1 == "timeline" && $2 == timeline { count = split(FILENAME, part, "/"); print part[count] }' "$@" >"$RUN/infos" || return 1
		sed 's/\.info$/.zst/' "$RUN/infos" >"$RUN/files"
		quick move "$SPOOL/outbox" "store:logs/$timeline" --files-from "$RUN/files" --immutable --size-only || return 1
		quick move "$SPOOL/outbox" "store:logs/$timeline" --files-from "$RUN/infos" --immutable --size-only || return 1
	done
}

# ship_state: what the archive says of itself.
ship_state() {
	[ -e "$SPOOL/state" ] && [ ! -e "$SPOOL/hold" ] || return 0
	word=$(sed -n 's/^\(timeline\|chain\|state\) //p' "$SPOOL/state")
	seconds=$STATE_SECONDS
	[ "${INTERVAL:-0}" -le "$seconds" ] || seconds=$INTERVAL
	[ "$word" != "$state_sent" ] || [ $((time - state_sent_at)) -ge "$seconds" ] || return 0
	cp "$SPOOL/state" "$RUN/state" # the same as a whole, while another replaces it
	quick copyto "$RUN/state" "store:state/$(field "$RUN/state" timeline)" --ignore-times || return 1
	state_sent=$word state_sent_at=$time
}

# look_at_store: what the store has, as a whole when the program starts; then the bases, one of which may close a gap or be the
# first one, with which data can be restored.
look_at_store() {
	if [ "$known_at" = 0 ]; then
		fill_known "$SPOOL/known" || return 1
	else
		[ $((time - known_at)) -ge "$GAP_SECONDS" ] || return 0
		set -- "$SPOOL"/known/bases/*.info
		[ $((time - known_at)) -ge "$KNOWN_SECONDS" ] || [ ! -e "$1" ] || [ "$(field "$SPOOL/state" state 2>/dev/null)" = GAP ] || return 0
		copy_known "$SPOOL/known" || return 1
		: >"$SPOOL/known/.complete"
	fi
	known_at=$time
}

round() {
	use_credentials && look_at_store && ship_logs && ship_state
}

# note_problem: for the receiver, which says it in its own words, and once a minute for who reads this log.
note_problem() {
	problem=$(sed 's/^[0-9/]* [0-9:]* [A-Z]* *: //; s/ with [0-9]* errors//; /^$/d' "$RUN/problem" | tail -n 1) || true # without its time
	printf '%s\n' "${problem:-unknown, see the log of ship}" >"$SPOOL/store-problem.new" && mv "$SPOOL/store-problem.new" "$SPOOL/store-problem"
	[ "$problem_at" != 0 ] && [ $((time - problem_at)) -lt "$PROBLEM_SECONDS" ] && return 0
	problem_at=$time
	log WARNING "the store cannot be used, the archive keeps what it has: ${problem:-unknown}; trying again"
}

# rest: in pieces, so that a signal is heard soon, and a file is seen soon while the store can be used.
rest() {
	rested=0
	while [ "$rested" -lt "$pause" ] && [ -z "$stopping" ]; do
		sleep "$LOOK_PAUSE"
		rested=$((rested + LOOK_PAUSE))
		if [ "$pause" = "$PAUSE" ] && [ ! -e "$SPOOL/hold" ]; then
			for file in "$SPOOL"/outbox/*.info; do
				[ ! -e "$file" ] || return 0
			done
		fi
	done
}

main() {
	pause=$PAUSE
	mkdir -p "$RUN" "$SPOOL/known" "$SPOOL/outbox"
	rm -f "$SPOOL/known/.complete" "$SPOOL/store-problem"
	trap 'stopping=1' TERM INT
	while :; do
		look_at_clock
		if round 2>"$RUN/problem"; then
			[ "$problem_at" = 0 ] || log INFO 'the store can be used again'
			rm -f "$SPOOL/store-problem"
			problem_at=0 pause=$PAUSE
		else
			note_problem
			pause=$((pause * 2 < PAUSE_MAX ? pause * 2 : PAUSE_MAX))
		fi
		[ -z "$stopping" ] || break
		rest
	done
	sleep "$LAST_SECONDS" # in which the receiver ends
	look_at_clock
	round 2>"$RUN/problem" || note_problem
}

case ${0##*/} in
ship.sh) main ;;
esac
