# shellcheck shell=bash disable=SC2034
# Asks members what they have. It is sourced, after lib.sh.

declare -A state=() epoch=() recorded=() read_only=() executed=() received=() purged=()

# survey MEMBER...: fills the arrays above. state is
#   data    a server with data answers
#   empty   a member answers that has none and waits for some
#   silent  nobody answers: it may have data or not
survey() {
	local member row
	for member in "$@"; do
		state[$member]=silent
		if row=$(member_sql monitor "$member" <"$SQL/survey.sql" 2>/dev/null); then
			IFS=$'\t' read -r state["$member"] epoch["$member"] recorded["$member"] read_only["$member"] \
				executed["$member"] received["$member"] purged["$member"] <<<"$row"
		elif member_sql monitor "$member" --port="$RECIPIENT_PORT" <<<'SELECT 1' >/dev/null 2>&1; then
			state[$member]=empty
		fi
	done
}

# latest_promotion MEMBER...: of those that have data, the last promotion that any knows of: its number and source into `latest_epoch`
# and `latest_source`. Promotion 0 is the source as rendered.
latest_promotion() {
	local member
	latest_epoch=0
	latest_source=$DEFAULT_SOURCE
	for member in "$@"; do
		if [[ ${state[$member]} == data ]] && ((epoch[$member] > latest_epoch)); then
			latest_epoch=${epoch[$member]}
			latest_source=${recorded[$member]}
		fi
	done
}

# known_transactions MEMBER: what it has executed and what it has only received, as one set.
known_transactions() {
	local set=${executed[$1]},${received[$1]}
	set=${set//-,-/}
	set=${set#-,}
	printf '%s' "${set%,-}"
}

# most_advanced COMMAND MEMBER...: the member that knows all transactions that the others know, the first of equal ones, into
# `most_advanced`; fails when there is none, with two that differ in `conflict`. COMMAND runs SQL of its input on any server.
most_advanced() {
	local command=$1 member
	shift
	most_advanced=$1
	for member in "${@:2}"; do
		is_subset "$command" "$(known_transactions "$member")" "$(known_transactions "$most_advanced")" || most_advanced=$member
	done
	for member in "$@"; do
		is_subset "$command" "$(known_transactions "$member")" "$(known_transactions "$most_advanced")" || {
			conflict="$most_advanced knows $(known_transactions "$most_advanced"), $member knows $(known_transactions "$member")"
			return 1
		}
	done
}

# is_subset COMMAND SET SET: whether the first set of transactions is in the second.
is_subset() {
	[[ $("$1" <<<"SELECT GTID_SUBSET('${2#-}', '${3#-}')") == 1 ]]
}

# subtract COMMAND SET SET: the transactions of the first set that are not in the second.
subtract() {
	"$1" <<<"SELECT REPLACE(GTID_SUBTRACT('${2#-}', '${3#-}'), '\n', '')"
}
