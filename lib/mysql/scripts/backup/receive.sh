#!/usr/bin/env bash
# The archive: receives the binary log of the server that is open for writes, and makes files of it for the store, which ship.sh takes there. Each look
# observes, decides and acts. It is one that is not ready when what could be restored is older than promised.
# Errors: tick is called in a condition, where bash ignores `set -e`. So each command of a look whose failure matters ends in `|| return`.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/shared/agent-loop.sh
source "${BASH_SOURCE[0]%/*}/agent-loop.sh"
# shellcheck source=lib/mysql/scripts/shared/session.sh
source "${BASH_SOURCE[0]%/*}/session.sh"
# shellcheck source=lib/mysql/scripts/shared/end-without-data.sh
source "${BASH_SOURCE[0]%/*}/end-without-data.sh"
# shellcheck source=lib/mysql/scripts/backup/info.sh
source "${BASH_SOURCE[0]%/*}/info.sh"
# shellcheck source=lib/mysql/scripts/backup/position.sh
source "${BASH_SOURCE[0]%/*}/position.sh"
# shellcheck source=lib/mysql/scripts/backup/receiver.sh
source "${BASH_SOURCE[0]%/*}/receiver.sh"
# shellcheck source=lib/mysql/scripts/backup/whole-logs.sh
source "${BASH_SOURCE[0]%/*}/whole-logs.sh"
# shellcheck source=lib/mysql/scripts/backup/archive-logs.sh
source "${BASH_SOURCE[0]%/*}/archive-logs.sh"
# shellcheck source=lib/mysql/scripts/backup/observe-archive.sh
source "${BASH_SOURCE[0]%/*}/observe-archive.sh"
# shellcheck source=lib/mysql/scripts/backup/prove-archive.sh
source "${BASH_SOURCE[0]%/*}/prove-archive.sh"
# shellcheck source=lib/mysql/scripts/backup/tell-members.sh
source "${BASH_SOURCE[0]%/*}/tell-members.sh"
# shellcheck source=lib/mysql/scripts/backup/decide-archive.sh
source "${BASH_SOURCE[0]%/*}/decide-archive.sh"
# shellcheck source=lib/mysql/scripts/backup/act-archive.sh
source "${BASH_SOURCE[0]%/*}/act-archive.sh"

readonly HOLD=$VOLUME/hold # ship.sh takes nothing while it is there

state='' store_is_known='' decided_reason=''

tick() {
	local action word=unready
	keep_server || return
	store_is_known=''
	[[ ! -e $KNOWN/.complete ]] || store_is_known=1
	observe || true # what it does not know, it says in variables
	prove
	decide
	read -r state action decided_reason <<<"$REPLY"
	hold
	approve || return
	if "act_$action"; then
		archive
	fi
	((EPOCHSECONDS - checked_at > INTERVAL + SLACK_SECONDS)) || [[ " ARCHIVING BEHIND STARTING STORE_AWAY WAITING_FOR_SOURCE " != *" $state "* ]] || word=ready
	verdict "$word" "$state: $decided_reason"
	write_state "$state"
	tell_members "$word" "$state: $decided_reason"
	next_look
}

# next_look: when the next file is due, if that is earlier than the usual pause; into `pause`.
next_look() {
	local due=$((rotated_at + INTERVAL - SECONDS))
	pause=$PAUSE
	((due <= 0 || due >= pause)) || pause=$due
}

# hold: what the store has is not added to by what is foreign.
hold() {
	if [[ $state == FOREIGN ]]; then
		[[ -e $HOLD ]] || : >"$HOLD"
	else
		[[ ! -e $HOLD ]] || rm -f "$HOLD"
	fi
}

# archive: makes files of what was received.
archive() {
	[[ -z $answer_problem && $state != FOREIGN && -n ${position[timeline]-} && ${position[reset]} == 0 && ${position[base]} == "$base" ]] || {
		rotated_at=$SECONDS
		return 0
	}
	keep_received
	if ((SECONDS - rotated_at >= INTERVAL)); then
		rotate && archive_proven && claim
	else
		archive_proven
	fi
	observe_outbox
}

# archive_proven: what is closed was received of the server that is asked for now, unless that is not yet compared.
archive_proven() {
	[[ $has == "${position[end_set]}" ]] || observe_server || return
	if in_doubt; then
		log_seldom WARNING "what was received of the server $source becomes no file before it is compared with the store"
		return 1
	fi
	archive_closed
}

# stop: what was received is in files, so that the store gets it before the pod is gone.
stop() {
	trap '' TERM INT
	log INFO 'stopping'
	if [[ -z $answer_problem && -n ${position[timeline]-} && $state != FOREIGN && ${position[reset]} == 0 ]]; then
		if ! stop_receiver || ! archive_rest; then
			log WARNING 'not all that was received is in files: the next start does that'
		fi
	fi
	end_server
	exit 0
}

main() {
	mkdir -p "$OUTBOX"
	rm -f "$OUTBOX"/*.info.new
	make_data
	read_position
	resume_proofs
	write_remote_options monitor
	trap stop TERM INT
	trap '' PIPE
	tick_forever
}

is_sourced || main
