#!/usr/bin/env bash
# Stands for a command that a script calls, under whose name it is found on PATH. It records what it was called with, and answers as the
# test says (bash.ts writes the answers). A client of MySQL computes sets of transactions like a server, if they are as simple as
# `a:1-5,b:3`. It is run some thousand times: it starts no process, and reads no more than it must.
set -Eeufo pipefail # -f: what answers say is split, not expanded

name=${0##*/} arguments="$*" on=local input=''

# of_stdin: all of it into `input`, as a whole: `read` asks the kernel for each byte of a pipe.
of_stdin() {
	input=$(</dev/stdin)
	[[ -z $input ]] || input+=$'\n'
}

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

# answer: to `input`, and ends.
answer() {
	input=${input%$'\n'}
	mapfile -d '' -t environment </proc/self/environ
	# A file each, since two may be called at a time.
	printf '%s\x1f' "$name" "$on" "$arguments" "$input" "${environment[@]}" >"$STUBS/calls/$EPOCHREALTIME.$BASHPID"

	# An answer: where, part of arguments and input, status, what it does, and what it says the first time, the second time, ...
	[[ ! -e $STUBS/answers/$name ]] || mapfile -d $'\x1e' -t answers <"$STUBS/answers/$name"
	for index in "${!answers[@]}"; do
		[[ ${answers[index]} == "$on"$'\x1f'* || ${answers[index]} == $'\x1f'* ]] || continue
		# shellcheck disable=SC2206 # not expanded: -f
		IFS=$'\x1f' fields=(${answers[index]}) IFS=$' \t\n'
		[[ "$arguments $input" == *"${fields[1]}"* ]] || continue
		[[ -n ${fields[1]} || ${fields[2]} != 0 || $input != *GTID_SUB*\(\'* ]] || continue # it takes statements, and computes like others
		says=("${fields[@]:4}") turn=0
		if ((${#says[@]} > 1)) || [[ -n ${fields[3]-} ]]; then
			printf x >>"$STUBS/used.$name.$index"
			read -r turns <"$STUBS/used.$name.$index" || true
			turn=$((${#turns} - 1)) # of this answer, for what it does
		fi
		((${#says[@]} == 0)) || printf '%s' "${says[turn < ${#says[@]} ? turn : -1]}"
		set +f
		[[ -z ${fields[3]-} ]] || eval "${fields[3]}"
		exit "${fields[2]}"
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
	[[ $name != curl && ($name != mysql || $on == local || $on == recipient || $on == login) ]] || exit 1
	exit 0
}

case $name in
mysql)
	[[ $arguments != *--no-defaults* ]] || on=recipient
	if [[ $arguments =~ --host=([^.]*) ]]; then
		on=${BASH_REMATCH[1]}
		[[ $arguments != *--port=3307* ]] || on+=:3307
	elif [[ $arguments =~ --defaults-file=([^ ]*/login\.cnf) ]]; then
		on=login input=$(<"${BASH_REMATCH[1]}")
	fi
	[[ $arguments == *--execute* || $arguments == *--skip-reconnect* ]] || of_stdin
	;;
mysqlrouter | mysqlsh) of_stdin ;;
mysqld) [[ ! $arguments =~ --init-file=([^ ]*) ]] || input=$(<"${BASH_REMATCH[1]}") ;;
curl)
	on=api
	of_stdin
	[[ ! $arguments =~ --data-binary\ @([^ ]*) ]] || input+=$'\n'$(<"${BASH_REMATCH[1]}")
	;;
esac

# A connection that stays open: each question of it is a call, which may end in its own way.
if [[ $name == mysql && $arguments == *--skip-reconnect* ]]; then
	while IFS= read -r line; do
		if [[ $line != "SELECT '--end-of-answer--';" ]]; then
			input+=$line$'\n'
			continue
		fi
		set +e # which would not hold in what `||` follows
		(
			set -e
			answer
		)
		status=$?
		set -e
		((status == 0)) || exit "$status"
		echo '--end-of-answer--'
		input=''
	done
	exit
fi
answer
