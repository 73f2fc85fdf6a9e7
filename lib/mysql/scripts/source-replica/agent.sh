#!/usr/bin/env bash
# The agent beside the server of a source or a replica. Each look observes, decides and acts; docs/mysql-agent.md has the states.
#   the source   is the member that the last promotion names, or the one that was rendered as such; it is opened for writes when no other
#                member knows of a later promotion
#   a replica    is read-only and follows the source; it stops when it has transactions that the source does not have
# A server refuses clients until it is what its pod's label says, and again before anything else is done when it is not any more.
# Errors: tick is called in a condition, where bash ignores `set -e`. So each command of a look whose failure matters ends in `|| return`, and
# what is written after it is done only when it succeeded.
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
# shellcheck source=lib/mysql/scripts/shared/session.sh
source "${BASH_SOURCE[0]%/*}/session.sh"
# shellcheck source=lib/mysql/scripts/shared/says.sh
source "${BASH_SOURCE[0]%/*}/says.sh"
# shellcheck source=lib/mysql/scripts/shared/disk.sh
source "${BASH_SOURCE[0]%/*}/disk.sh"
# shellcheck source=lib/mysql/scripts/shared/accounts.sh
source "${BASH_SOURCE[0]%/*}/accounts.sh"
# shellcheck source=lib/mysql/scripts/shared/certificate.sh
source "${BASH_SOURCE[0]%/*}/certificate.sh"
# shellcheck source=lib/mysql/scripts/source-replica/member-list.sh
source "${BASH_SOURCE[0]%/*}/member-list.sh"
# shellcheck source=lib/mysql/scripts/source-replica/member-state.sh
source "${BASH_SOURCE[0]%/*}/member-state.sh"
# shellcheck source=lib/mysql/scripts/source-replica/offline.sh
source "${BASH_SOURCE[0]%/*}/offline.sh"
# shellcheck source=lib/mysql/scripts/source-replica/observe.sh
source "${BASH_SOURCE[0]%/*}/observe.sh"
# shellcheck source=lib/mysql/scripts/source-replica/decide.sh
source "${BASH_SOURCE[0]%/*}/decide.sh"
# shellcheck source=lib/mysql/scripts/source-replica/decide-replica.sh
source "${BASH_SOURCE[0]%/*}/decide-replica.sh"
# shellcheck source=lib/mysql/scripts/source-replica/act.sh
source "${BASH_SOURCE[0]%/*}/act.sh"
# shellcheck source=lib/mysql/scripts/source-replica/open-for-writes.sh
source "${BASH_SOURCE[0]%/*}/open-for-writes.sh"
# shellcheck source=lib/mysql/scripts/source-replica/act-source.sh
source "${BASH_SOURCE[0]%/*}/act-source.sh"
# shellcheck source=lib/mysql/scripts/source-replica/act-replica.sh
source "${BASH_SOURCE[0]%/*}/act-replica.sh"

readonly LOOKS_MAX=5                             # of a tick, when one leads to the next
readonly BRIEF_LOOKS_MAX=${BRIEF_LOOKS_MAX:-120} # of a tick, while what others do decides within seconds

# tick: looks until nothing follows from it at once.
tick() {
	local looks=0 brief=0
	heed_other_agent
	while ((looks < LOOKS_MAX && brief < BRIEF_LOOKS_MAX)); do
		again=''
		look || return
		case $again in
		at_once) looks=$((looks + 1)) ;;
		briefly) brief=$((brief + 1)) ;;
		*) break ;;
		esac
	done
	look_at_disk
	[[ -z $answer_problem ]] || return 0
	keep_certificate
	stands_in || keep_passwords
}

look() {
	local decided action
	observe || true # what it does not know, it says in variables
	decide
	read -r decided action REPLY <<<"$REPLY"
	act "$decided" "$action" "$REPLY"
}

# keep_passwords: in accounts, and in what this server uses. While the applier is stopped, a change would throw away what was received.
keep_passwords() {
	local failed=''
	if [[ $known_source == "$POD_NAME" ]]; then
		((!super_read_only && !read_only_now && !offline)) || return 0
		keep_root_password || failed=1
		if ((followers < ${#peers[@]})) && waits_for_replicas; then
			log_seldom WARNING "accounts and databases are not checked: a statement would wait for a replica's acknowledgment and block the copy of its data"
		elif [[ -z $failed ]]; then
			keep_accounts || failed=1
		fi
	elif ((super_read_only)); then
		keep_root_password || failed=1
		if [[ -z $diverged && -z $must_follow && $applier == ON && $receiver != OFF ]]; then
			keep_replication_password "$known_source" || failed=1
		fi
	fi
	[[ -z $failed ]] || log_seldom ERROR 'cannot reconcile the accounts, see above'
}

# resume_look: an agent that starts again goes by the last word of the one before.
resume_look() {
	local at word
	if [[ -e $RUN/verdict ]] && read -r at word _ <"$RUN/verdict" && [[ $word == ready && $at =~ ^[0-9]+$ ]]; then
		answered_at=$((SECONDS - (EPOCHSECONDS - at)))
	fi
}

main() {
	trap 'exit 0' TERM INT
	trap '' PIPE
	write_remote_options monitor
	write_remote_options replication
	resume_look
	begin_agent
	tick_forever
}

is_sourced || main
