# shellcheck shell=bash disable=SC2034
# Compares sets of transactions. It is sourced, after survey.sh.
# needs: executed, received (survey.sh)
# sets: most_advanced, conflict
declare -A executed received

most_advanced='' conflict=''

# known_transactions MEMBER: what it has executed and what it has only received, as one set.
known_transactions() {
	local set=${executed[$1]},${received[$1]}
	set=${set//-,-/}
	set=${set#-,}
	printf '%s' "${set%,-}"
}

# most_advanced COMMAND MEMBER...: the member that knows all transactions that the others know, the first of equal ones, into
# `most_advanced`; fails when there is none, with what each knows in `conflict`; with status 2 and nothing in it when the server does not
# compare them. COMMAND runs SQL of its input on any server.
most_advanced() {
	local command=$1 member known status
	shift
	most_advanced=$1 conflict=''
	for member in "${@:2}"; do
		status=0
		known=$(known_transactions "$member")
		is_subset "$command" "$known" "$(known_transactions "$most_advanced")" || status=$?
		((status < 2)) || return 2
		((status == 0)) || most_advanced=$member
	done
	for member in "$@"; do
		status=0
		known=$(known_transactions "$member")
		is_subset "$command" "$known" "$(known_transactions "$most_advanced")" || status=$?
		((status == 0)) || break
	done
	if ((status == 1)); then
		for member in "$@"; do
			conflict+="${conflict:+, }$member knows $(merged "$command" "$(known_transactions "$member")")"
		done
	fi
	return "$status"
}

# is_subset COMMAND SET SET: whether the first set of transactions is in the second; 2 when the server does not say.
is_subset() {
	case $("$1" <<<"SELECT GTID_SUBSET('${2#-}', '${3#-}')") in
	1) return 0 ;;
	0) return 1 ;;
	*) return 2 ;;
	esac
}

# subtract COMMAND SET SET: the transactions of the first set that are not in the second; fails when the server does not say. The answer is
# marked, since an empty one would say that there are none.
subtract() {
	local answer
	answer=$("$1" <<<"SELECT CONCAT('rest:', REPLACE(GTID_SUBTRACT('${2#-}', '${3#-}'), '\n', ''))") || return
	[[ $answer == rest:* ]] || return 1
	printf '%s' "${answer#rest:}"
}

# merged COMMAND SET: the set as a server writes it, each server id once; as it is when the server does not say.
merged() {
	subtract "$1" "$2" '' || printf '%s' "$2"
}
