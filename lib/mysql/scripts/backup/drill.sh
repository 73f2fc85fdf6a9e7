#!/usr/bin/env bash
# The container of a drill that proves that the newest backup and the logs can be restored, on a server that no network reaches, and that the data
# passes the check of the user: each row of each statement begins with a value that is true. Its last line is its result; publish-drill.sh ends with it.
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

declare base fetch_began timeline
declare -a logs

readonly DRILL_CHECK_FILE=${DRILL_CHECK_FILE:-}
readonly RESULT=$VOLUME/drill.info
readonly TOLD_TO_END=143

# check: runs the statements of the user. Fails when one fails or answers what is not true.
check() {
	local answers truth value count=0 failed=0
	if ! mysql --defaults-file="$RUN/root.cnf" --xml <"$DRILL_CHECK_FILE" >"$RUN/check.xml"; then
		log ERROR "a statement of the check ($DRILL_CHECK_FILE) fails, see above"
		return 1
	fi
	answers=$(awk -f "${BASH_SOURCE[0]%/*}/check.awk" "$RUN/check.xml")
	while read -r truth value; do
		[[ -n $truth ]] || continue
		count=$((count + 1))
		log INFO "row $count of the check: $value"
		((truth)) || failed=$((failed + 1))
	done <<<"$answers"
	if ((count == 0)); then
		log ERROR "the check ($DRILL_CHECK_FILE) has no statement that answers a row"
		return 1
	fi
	((failed == 0)) || log ERROR "$failed of $count rows of the check ($DRILL_CHECK_FILE) do not begin with a value that is true"
	((failed == 0))
}

# give_result STATUS: for publish-drill.sh. A drill that did not begin, or that was told to end, has none: it fails here.
give_result() {
	local result=passed
	if (($1 != 0)); then
		result=failed
		log ERROR 'drill failed'
		[[ -n $timeline && $1 != "$TOLD_TO_END" ]] || exit "$1"
	fi
	utc "$EPOCHSECONDS"
	write_info "$RESULT" format 1 kind drill timeline "$timeline" base "$base" at "$REPLY" result "$result" || exit 1
	exit 0
}

main() {
	local fetched replayed checked start=$SECONDS
	trap 'status=$?; end_server; give_result "$status"' EXIT
	trap 'exit "$TOLD_TO_END"' TERM INT
	rm -rf "$VOLUME"/*.tmp "$RESULT"
	read_plan
	fetched=$((EPOCHSECONDS - fetch_began))
	replay
	replayed=$((SECONDS - start)) start=$SECONDS
	log INFO "restored the base $base and ${#logs[@]} logs of timeline $timeline: $(root_sql --raw <<<"SELECT REPLACE(@@GLOBAL.gtid_executed, '\n', '')")"
	[[ -z $DRILL_CHECK_FILE ]] || check || exit 1
	checked=$((SECONDS - start))
	stop_server
	log INFO "drill passed: fetched in $fetched s, replayed in $replayed s, checked in $checked s"
}

is_sourced || main
