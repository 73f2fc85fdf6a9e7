# shellcheck shell=bash disable=SC2034
# Asks members what they have. It is sourced, after lib.sh.

latest_epoch='' latest_source=''
declare -A state=() epoch=() recorded=() read_only=() executed=() received=() purged=() more=() refusal=()

# survey MEMBER...: fills the arrays above. state is
#   data    a server with data answers
#   empty   a member answers that has none and waits for some
#   silent  nobody answers, or not what was asked: it may have data or not
# `more` is what a topology tells besides; `refusal` the number of the error with which a server, or the throw-away server of a member
# without data, answers that is silent else.
survey() {
	local member answer
	for member in "$@"; do
		take_survey "$member" ''
		refusal[$member]=''
		if answer=$(member_sql monitor "$member" <"$SQL/survey.sql" 2>&1); then
			take_survey "$member" "${answer##*$'\n'}" # a client may warn before
		elif server_error "$answer"; then
			refusal[$member]=$REPLY
		elif answer=$(member_sql monitor "$member" --port="$RECIPIENT_PORT" <<<'SELECT 1' 2>&1); then
			[[ ${answer##*$'\n'} != 1 ]] || state[$member]=empty
		elif server_error "$answer"; then
			refusal[$member]=$REPLY
		fi
		[[ ${refusal[$member]} != 1045 ]] || write_remote_options monitor || true # the Secret may have changed since
		[[ ${refusal[$member]} != 2026 ]] || log_seldom WARNING "$member does not agree on TLS" "${answer##*$'\n'}"
	done
}

# take_survey MEMBER ROW: a row that is not whole is no answer, and nothing of an earlier one stays.
take_survey() {
	local word
	IFS=$'\t' read -r word epoch["$1"] recorded["$1"] read_only["$1"] executed["$1"] received["$1"] purged["$1"] more["$1"] <<<"$2"
	state[$1]=silent
	[[ ! "$word ${epoch[$1]} ${read_only[$1]} ${purged[$1]}" =~ ^data\ [0-9]+\ [01]\ . ]] || state[$1]=data
}

# silence MEMBER...: what those without an answer about their data do instead, into REPLY; of those that are not quite silent the first one.
silence() {
	local member
	for member in "$@"; do
		case ${refusal[$member]}${state[$member]} in
		silent) continue ;;
		empty) REPLY="$member has no data" ;;
		1045silent) REPLY="$member refuses the password of monitor that the Secret has now" ;;
		2026silent) REPLY="$member does not agree on TLS" ;;
		*) REPLY="$member answers with error ${refusal[$member]}" ;;
		esac
		return
	done
	REPLY="$* does not answer"
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
