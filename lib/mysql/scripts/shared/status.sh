#!/usr/bin/env bash
# What the cluster is, for a person: `kubectl exec mysql-0 -c agent -- status`, on any member. First one line that says it all, then the
# members, then what to read next. It changes nothing, and takes a few seconds at most, whatever the members do.
#   status.sh [--json] [--watch [SECONDS]]
# Exit code: 0 fine, 1 degraded, 2 down: no member that answers takes writes, or two do; 3 unknown: all that answer refuse the password; or a wrong
# argument.
# Its own folder below RUN has its option file, so that it does not meddle with the agent's. It tries the agent's where the servers do not have
# the password of the Secret yet.
[[ ${0##*/} != status ]] || exec /scripts/status.sh "$@" # the container `agent` has it on PATH by this name
RUN=$(mktemp --directory "${RUN:-/run/mysqld}/status.XXXXXX")
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/look-at-members.sh
source "${BASH_SOURCE[0]%/*}/look-at-members.sh"
# shellcheck source=lib/mysql/scripts/shared/judge-status.sh
source "${BASH_SOURCE[0]%/*}/judge-status.sh"
# shellcheck source=lib/mysql/scripts/shared/print-status.sh
source "${BASH_SOURCE[0]%/*}/print-status.sh"

print=print_table watch=''

usage() {
	printf '%s\n' "status.sh: $1" 'usage: status.sh [--json] [--watch [SECONDS]]' >&2
	exit 3
}

arguments() {
	while (($# > 0)); do
		case $1 in
		--json) print=print_json ;;
		--watch)
			watch=2
			if [[ ${2-} =~ ^[0-9]+$ ]]; then
				watch=$2
				shift
			fi
			;;
		*) usage "unknown argument '$1'" ;;
		esac
		shift
	done
}

once() {
	members
	write_remote_options monitor || true # the look says that nobody takes the password
	[[ ! -e ${RUN%/*}/monitor.cnf ]] || ln --symbolic --force ../monitor.cnf "$RUN/former.cnf"
	look_at_members monitor "${members[@]}"
	judge
	"$print"
}

main() {
	trap 'rm -f "$RUN"/*; rmdir "$RUN"' EXIT
	trap 'exit 130' INT TERM
	arguments "$@"
	while :; do
		[[ -z $watch || ! -t 1 || $print == print_json ]] || printf '\e[H\e[2J'
		once
		[[ -n $watch ]] || break
		pause_for "$watch"
	done
	exit "$level"
}

is_sourced || main "$@"
