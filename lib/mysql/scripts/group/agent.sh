#!/usr/bin/env bash
# The agent beside a server of a group. It observes (observe.sh), decides (decide.sh) and acts (act.sh), twice a second: it bootstraps the group exactly
# once, joins it and joins it again, and keeps the pod's label mysql.role equal to what the server is:
#   primary    takes writes
#   secondary  has what the primary had, at most MAX_LAG seconds ago
#   none       is in no group, in one without quorum, or not certain that it is the primary
# docs/mysql-agent.md has the states, and the invariants I1, I2, ... that comments cite.
PAUSE=${PAUSE:-0.5} API_SECONDS_MAX=${API_SECONDS_MAX:-3}
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/agent-loop.sh
source "${BASH_SOURCE[0]%/*}/agent-loop.sh"
# shellcheck source=lib/mysql/scripts/shared/stand-in.sh
source "${BASH_SOURCE[0]%/*}/stand-in.sh"
# shellcheck source=lib/mysql/scripts/shared/yield.sh
source "${BASH_SOURCE[0]%/*}/yield.sh"
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
# shellcheck source=lib/mysql/scripts/shared/fence.sh
source "${BASH_SOURCE[0]%/*}/fence.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"
# shellcheck source=lib/mysql/scripts/group/labels.sh
source "${BASH_SOURCE[0]%/*}/labels.sh"
# shellcheck source=lib/mysql/scripts/group/events.sh
source "${BASH_SOURCE[0]%/*}/events.sh"
# shellcheck source=lib/mysql/scripts/group/member-row.sh
source "${BASH_SOURCE[0]%/*}/member-row.sh"
# shellcheck source=lib/mysql/scripts/group/observe.sh
source "${BASH_SOURCE[0]%/*}/observe.sh"
# shellcheck source=lib/mysql/scripts/group/compare.sh
source "${BASH_SOURCE[0]%/*}/compare.sh"
# shellcheck source=lib/mysql/scripts/group/decide.sh
source "${BASH_SOURCE[0]%/*}/decide.sh"
# shellcheck source=lib/mysql/scripts/group/start-group.sh
source "${BASH_SOURCE[0]%/*}/start-group.sh"
# shellcheck source=lib/mysql/scripts/group/bootstrap-group.sh
source "${BASH_SOURCE[0]%/*}/bootstrap-group.sh"
# shellcheck source=lib/mysql/scripts/group/joining.sh
source "${BASH_SOURCE[0]%/*}/joining.sh"
# shellcheck source=lib/mysql/scripts/group/hand-over.sh
source "${BASH_SOURCE[0]%/*}/hand-over.sh"
# shellcheck source=lib/mysql/scripts/group/quorum.sh
source "${BASH_SOURCE[0]%/*}/quorum.sh"
# shellcheck source=lib/mysql/scripts/group/act.sh
source "${BASH_SOURCE[0]%/*}/act.sh"
# sets: pause (agent-loop.sh), listed_since (observe.sh)

tick() {
	local state_name action reason
	heed_other_agent
	observe
	heed_group
	between_looks "$PAUSE"
	pause=$REPLY
	decide
	read -r state_name action reason <<<"$REPLY"
	[[ $state_name == STILL_LISTED ]] || listed_since=''
	"act_$action" "$state_name: $reason" || log_seldom WARNING "$state_name: $action did not complete, see above"
	note_event "$state_name"
	look_at_disk
	[[ -z $answered ]] || keep_certificate
}

# stop: when the group works on without this member; a primary hands over first: clients wait for less than for an election. The server stops when that is
# done (await-hand-over.sh).
stop() {
	local try
	! observe_self || await_quorum
	for try in 1 2 3; do
		if ! observe_self; then
			log WARNING 'stopping: the server does not answer, so nothing is handed over'
			break
		fi
		[[ $own_state == ONLINE && $own_role == PRIMARY ]] || break
		! hand_over 'this primary stops' || break
		log WARNING 'the hand-over failed, see above' # e.g. while a member joins
		sleep "$HAND_OVER_PAUSE"
	done
	: >"$HANDED_OVER"
	exit 0
}

main() {
	rm -f "$HANDED_OVER"
	trap stop TERM INT
	trap '' PIPE
	trap release_locks EXIT
	write_remote_options monitor
	begin_agent
	! stands_in || ! read_file "$SHOWN_FILE" || shown=$REPLY
	tick_forever
}

is_sourced || main
