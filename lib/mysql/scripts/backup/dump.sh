#!/usr/bin/env bash
# The container of a dump that makes the files: it restores the newest backup and the logs, on a server that no network reaches, and writes a file of
# statements for each database. VOLUME/dump appears when all of them are whole; dump.info says what they are.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/backup/plan.sh
source "${BASH_SOURCE[0]%/*}/plan.sh"
# shellcheck source=lib/mysql/scripts/backup/resolve-point.sh
source "${BASH_SOURCE[0]%/*}/resolve-point.sh"
# shellcheck source=lib/mysql/scripts/backup/replay-server.sh
source "${BASH_SOURCE[0]%/*}/replay-server.sh"
# shellcheck source=lib/mysql/scripts/backup/replay.sh
source "${BASH_SOURCE[0]%/*}/replay.sh"
# shellcheck source=lib/mysql/scripts/backup/info.sh
source "${BASH_SOURCE[0]%/*}/info.sh"
# shellcheck source=lib/mysql/scripts/backup/dump-databases.sh
source "${BASH_SOURCE[0]%/*}/dump-databases.sh"

declare base timeline
declare -a logs databases

readonly DUMP=$VOLUME/dump

# describe: what the dump is, for a person and for the container after it.
describe() {
	local id executed version
	new_id
	id=$REPLY
	IFS=$'\t' read -r executed version < <(root_sql --raw <<<"SELECT COALESCE(NULLIF(REPLACE(@@GLOBAL.gtid_executed, '\n', ''), ''), '-'), VERSION()") ||
		die 'the server does not tell what it has, see above'
	write_info "$1/dump.info" format 1 kind dump id "$id" timeline "$timeline" base "$base" executed "$executed" version "$version" \
		databases "${databases[*]}" || die "cannot write $1/dump.info, see above"
	log INFO "dump $id holds ${#databases[@]} databases of $executed: ${databases[*]}"
}

main() {
	local made=$VOLUME/dump.tmp
	export TZ=UTC
	trap 'status=$?; end_server; exit "$status"' EXIT
	trap 'exit 143' TERM INT
	rm -rf "$VOLUME"/*.tmp "$DUMP"
	read_plan
	replay
	log INFO "restored the base $base and ${#logs[@]} logs of timeline $timeline"
	find_databases
	mkdir "$made"
	dump_databases "$made"
	describe "$made"
	end_server
	mv --no-target-directory "$made" "$DUMP"
}

is_sourced || main
