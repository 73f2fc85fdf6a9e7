# shellcheck shell=bash disable=SC2034
# Asks members what they have. It is sourced, after lib.sh.

declare -A state=() epoch=() recorded=() read_only=() executed=() received=() purged=() more=()

# survey MEMBER...: fills the arrays above. state is
#   data    a server with data answers
#   empty   a member answers that has none and waits for some
#   silent  nobody answers: it may have data or not
# `more` is what a topology tells besides.
survey() {
	local member row
	for member in "$@"; do
		state[$member]=silent
		if row=$(member_sql monitor "$member" <"$SQL/survey.sql" 2>/dev/null); then
			IFS=$'\t' read -r state["$member"] epoch["$member"] recorded["$member"] read_only["$member"] \
				executed["$member"] received["$member"] purged["$member"] more["$member"] <<<"$row"
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
