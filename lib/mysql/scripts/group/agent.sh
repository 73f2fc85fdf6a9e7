#!/usr/bin/env bash
# The agent beside a server of a group. It forms the group exactly once, joins it and joins it again, and keeps the pod's label mysql.role
# equal to what the server is:
#   primary    takes writes
#   secondary  has what the primary had, at most MAX_LAG seconds ago
#   none       is in no group, or in one without a majority
# What it decides, it logs, one line each.
PAUSE=${PAUSE:-1} API_SECONDS_MAX=${API_SECONDS_MAX:-3}
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/agent-loop.sh
source "${BASH_SOURCE[0]%/*}/agent-loop.sh"
# shellcheck source=lib/mysql/scripts/shared/disk.sh
source "${BASH_SOURCE[0]%/*}/disk.sh"
# shellcheck source=lib/mysql/scripts/shared/accounts.sh
source "${BASH_SOURCE[0]%/*}/accounts.sh"
# shellcheck source=lib/mysql/scripts/shared/certificate.sh
source "${BASH_SOURCE[0]%/*}/certificate.sh"
# shellcheck source=lib/mysql/scripts/shared/locks.sh
source "${BASH_SOURCE[0]%/*}/locks.sh"
# shellcheck source=lib/mysql/scripts/shared/api.sh
source "${BASH_SOURCE[0]%/*}/api.sh"
# shellcheck source=lib/mysql/scripts/shared/session.sh
source "${BASH_SOURCE[0]%/*}/session.sh"
# shellcheck source=lib/mysql/scripts/group/labels.sh
source "${BASH_SOURCE[0]%/*}/labels.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"
# shellcheck source=lib/mysql/scripts/group/join.sh
source "${BASH_SOURCE[0]%/*}/join.sh"
# shellcheck source=lib/mysql/scripts/group/form.sh
source "${BASH_SOURCE[0]%/*}/form.sh"
# shellcheck source=lib/mysql/scripts/group/hand-over.sh
source "${BASH_SOURCE[0]%/*}/hand-over.sh"
# shellcheck source=lib/mysql/scripts/group/member.sh
source "${BASH_SOURCE[0]%/*}/member.sh"

# read_state: the row of member-state.sql into variables.
read_state() {
	local mark
	ask_state || return 1
	IFS=$'\t' read -r mark own_state own_role own_majority count_online primary_host super_read_only offline own_source applier lag <<<"$REPLY"
	if [[ $mark != state ]]; then
		log_change "the server answers: $REPLY"
		close_session
		return 1
	fi
}

# look: at all members, this one included.
look() {
	members
	view "${members[@]}"
}

# be_outside: what to do while the server is in no group.
be_outside() {
	local -a online=() with_data=() empty=() silent=()
	# shellcheck disable=SC2034
	local primary=''
	show_role none || true
	end_clients
	if [[ $own_state == ERROR ]]; then
		leave_group || return
	fi
	if ((offline)); then
		log "the server is in offline mode, of a recovery that failed: it may serve again"
		root_sql <<<'SET GLOBAL offline_mode = OFF' || return
	fi
	look
	if [[ " ${members[*]} " != *" $POD_NAME "* ]]; then
		verdict unready 'this pod is in no list of members: it was scaled by hand, or the list that it sees is an old one'
		return
	fi
	[[ ${state[$POD_NAME]} == data ]] || {
		verdict unready 'this server does not hear itself over the network yet'
		return
	}
	group_members "${peers[@]}"
	if ((${#online[@]} > 0)); then
		join
	else
		form
	fi
}

tick() {
	look_at_disk
	keep_certificate
	if ! read_state; then
		verdict unready 'the server does not answer'
		return
	fi
	case $own_state in
	ONLINE) be_member ;;
	RECOVERING)
		show_role none || true
		end_clients
		verdict unready 'recovering: getting what it missed'
		;;
	*) be_outside ;;
	esac
}

# stop: a primary that is to stop hands over first: clients wait for less than for an election. The server stops when that is done (await-hand-over.sh).
stop() {
	# Once more, since the signal may have come in the middle of an answer.
	if ! { read_state || read_state; }; then
		log 'told to stop, and the server does not answer: nothing is handed over'
	elif [[ $own_state == ONLINE && $own_role == PRIMARY ]]; then
		hand_over || log 'the hand-over failed, see above: the others elect'
	fi
	: >"$HANDED_OVER"
	exit 0
}

main() {
	rm -f "$HANDED_OVER"
	trap stop TERM INT
	trap '' PIPE
	trap release_locks EXIT
	write_remote_options monitor
	tick_forever
}

is_sourced || main
