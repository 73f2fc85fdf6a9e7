#!/usr/bin/env bash
# The main container of a restore: applies the logs to the base, makes the data that of a new timeline, and serves it as a donor until the first
# member has copied it. Where a member has data it does nothing. Killed at any instant, it leaves nothing: the next pod of the Job does all again.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/backup/inert.sh
source "${BASH_SOURCE[0]%/*}/inert.sh"
# shellcheck source=lib/mysql/scripts/backup/answers.sh
source "${BASH_SOURCE[0]%/*}/answers.sh"
# shellcheck source=lib/mysql/scripts/backup/plan.sh
source "${BASH_SOURCE[0]%/*}/plan.sh"
# shellcheck source=lib/mysql/scripts/backup/resolve-point.sh
source "${BASH_SOURCE[0]%/*}/resolve-point.sh"
# shellcheck source=lib/mysql/scripts/backup/replay-server.sh
source "${BASH_SOURCE[0]%/*}/replay-server.sh"
# shellcheck source=lib/mysql/scripts/backup/replay.sh
source "${BASH_SOURCE[0]%/*}/replay.sh"
# shellcheck source=lib/mysql/scripts/backup/new-timeline.sh
source "${BASH_SOURCE[0]%/*}/new-timeline.sh"

declare -a members
declare -A state

# first_member: which copies the restored data, and is the source or the primary then; into REPLY.
first_member() {
	case $TOPOLOGY in
	group) REPLY=${members[0]} ;;
	source-replica) REPLY=$DEFAULT_SOURCE ;;
	*) die "TOPOLOGY is '$TOPOLOGY': it must be group or source-replica" ;;
	esac
}

# serve: as a donor, with what my.cnf says of members: read-only and fenced, so that only accounts with CONNECTION_ADMIN get in, as clone and
# monitor.
serve() {
	local -a certificate=()
	[[ ! -d $TLS ]] || certificate=(--ssl-ca="$TLS/ca.crt" --ssl-cert="$TLS/tls.crt" --ssl-key="$TLS/tls.key")
	start_server "${certificate[@]}" --port="$PORT" --bind-address='*' --require-secure-transport=ON --read-only=ON --super-read-only=ON \
		--offline-mode=ON
}

# await_copy MEMBER: until it has the data, and says so.
await_copy() {
	while :; do
		require_server
		survey "$1"
		[[ ${state[$1]} != data ]] || break
		silence "$1"
		log_seldom INFO "serving the restored data until $1 has copied it" "$REPLY"
		sleep "$PAUSE"
	done
	log INFO "$1 has the restored data: done"
}

main() {
	local first
	trap end_server EXIT
	trap 'exit 143' TERM INT
	rm -rf "$VOLUME"/*.tmp
	write_remote_options monitor || die 'cannot ask the members, see above'
	end_if_inert
	first_member
	first=$REPLY
	require_certificate tls.crt tls.key ca.crt || die 'cannot serve the restored data without a complete certificate'
	read_plan
	replay
	open_timeline "$first"
	stop_server
	rm -rf "$RELAY"
	serve
	await_copy "$first"
	stop_server
}

is_sourced || main
