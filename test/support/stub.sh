#!/usr/bin/env bash
# Stands for a command that a script calls, under whose name it is found on PATH. It records what it was called with, and answers as the
# test says (bash.ts writes the answers). A client of MySQL computes sets of transactions like a server, if they are as simple as `a:1-5,b:3`.
set -Eeufo pipefail # -f: what answers say is split, not expanded

name=${0##*/}
arguments="$*"
input='' on=local

# of_stdin: all of it into `input`, as a whole: `read` asks the kernel for each byte of a pipe.
of_stdin() {
	input=$(</dev/stdin)
	[[ -z $input ]] || input+=$'\n'
}

# A connection that stays open: each question of it is a call.
if [[ $name == mysql && $arguments == *--skip-reconnect* && -z ${OF_SESSION-} ]]; then
	question=''
	while IFS= read -r line; do
		if [[ $line != "SELECT '--end-of-answer--';" ]]; then
			question+=$line$'\n'
			continue
		fi
		OF_SESSION=1 "$0" "$@" <<<"${question%$'\n'}" || exit
		echo '--end-of-answer--'
		question=''
	done
	exit
fi

case $name in
mysql)
	[[ $arguments != *--no-defaults* ]] || on=recipient
	if [[ $arguments =~ --host=([^.]*) ]]; then
		on=${BASH_REMATCH[1]}
		[[ $arguments != *--port=3307* ]] || on+=:3307
	elif [[ $arguments =~ --defaults-file=([^ ]*/login\.cnf) ]]; then
		on=login input=$(<"${BASH_REMATCH[1]}")
	fi
	[[ $arguments == *--execute* ]] || of_stdin
	;;
mysqlrouter | mysqlsh) of_stdin ;;
mysqld) [[ ! $arguments =~ --init-file=([^ ]*) ]] || input=$(<"${BASH_REMATCH[1]}") ;;
curl)
	on=api
	of_stdin
	[[ ! $arguments =~ --data-binary\ @([^ ]*) ]] || input+=$'\n'$(<"${BASH_REMATCH[1]}")
	;;
esac

input=${input%$'\n'}
{
	printf '%s\x1f%s\x1f%s\x1f%s\x1f' "$name" "$on" "$arguments" "$input"
	export -p
} >"$STUBS/calls/$EPOCHREALTIME.$$" # a file each, since two may be called at a time

# transactions SET: each of them into `found`, in order.
transactions() {
	local part range number
	found=()
	for part in ${1//,/ }; do
		for range in ${part#*:}; do
			for ((number = ${range%-*}; number <= ${range#*-}; number++)); do found+=("${part%%:*}:$number"); done
		done
	done
}

# difference SET SET: what of the first one is not in the second, into `result`.
difference() {
	local -A other=()
	local one last=''
	result=''
	transactions "$2"
	for one in "${found[@]}"; do other[$one]=1; done
	transactions "$1"
	for one in "${found[@]}"; do
		[[ -z ${other[$one]-} ]] || continue
		if [[ -n $last && ${one%:*} == "${last%:*}" ]] && ((${one#*:} == ${last#*:} + 1)); then
			result=${result%"-${last#*:}"}-${one#*:}
		else
			result+=${result:+,}$one
		fi
		last=$one other[$one]=1
	done
}

# An answer: command, where, part of arguments and input, status, what it does, and what it says the first time, the second time, ...
mapfile -d $'\x1e' -t answers <"$STUBS/answers"
for index in "${!answers[@]}"; do
	# shellcheck disable=SC2206 # not expanded: -f
	IFS=$'\x1f' fields=(${answers[index]}) IFS=$' \t\n'
	[[ ${fields[0]} == "$name" && (-z ${fields[1]} || ${fields[1]} == "$on") && "$arguments $input" == *"${fields[2]}"* ]] || continue
	says=("${fields[@]:5}")
	[[ -n ${fields[2]} || ${fields[3]} != 0 || $input != *GTID_SUB*\(\'* ]] || continue # it takes statements, and computes like others
	printf x >>"$STUBS/used.$index"
	read -r turns <"$STUBS/used.$index" || true
	turn=$((${#turns} - 1)) # of this answer, for what it does
	((${#says[@]} == 0)) || printf '%s' "${says[turn < ${#says[@]} ? turn : -1]}"
	set +f
	[[ -z ${fields[4]-} ]] || eval "${fields[4]}"
	exit "${fields[3]}"
done

if [[ $input =~ GTID_SUB(SET|TRACT)\(\'([^\']*)\',\ \'([^\']*)\'\) ]]; then
	kind=${BASH_REMATCH[1]}
	difference "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
	case $kind in
	SET) [[ -n $result ]] && echo 0 || echo 1 ;;
	TRACT) [[ $input != *CONCAT\(\'rest:\'* ]] && echo "$result" || echo "rest:$result" ;;
	esac
	exit
fi

# Nobody answers whom the test does not make answer.
[[ $name != curl && ($name != mysql || $on == local || $on == recipient || $on == login) ]]
