#!/usr/bin/env bash
# Stands for a command that a script calls. It records what it was called with, and answers as the test says (bash.ts writes the answers). A
# client of MySQL computes sets of transactions like a server, if they are as simple as `a:1-5,b:3`.
# On PATH, under the command's name, it is that command. Sourced, it defines functions of those names in place of the commands that scripts
# call most: a process fewer for each call. It is used some thousand times: it starts no process, and reads no more than it must.

# stub NAME ARGUMENT...: one call. Its variables are its own, whatever the script has.
stub() {
	local - IFS=$' \t\n'
	set -f # what answers say is split, not expanded
	local name=$1 arguments on=local input=''
	shift
	arguments=$*
	case $name in
	mysql)
		[[ $arguments != *--no-defaults* ]] || on=recipient
		if [[ $arguments =~ --host=([^.]*) ]]; then
			on=${BASH_REMATCH[1]}
			[[ $arguments != *--port=3307* ]] || on+=:3307
		elif [[ $arguments =~ --defaults-file=([^ ]*/login\.cnf) ]]; then
			on=login
			stub_read <"${BASH_REMATCH[1]}"
		fi
		[[ $arguments == *--execute* ]] || stub_read
		;;
	mysqlrouter | mysqlsh) stub_read ;;
	mysqld) [[ ! $arguments =~ --init-file=([^ ]*) ]] || stub_read <"${BASH_REMATCH[1]}" ;;
	curl)
		on=api
		stub_read
		if [[ $arguments =~ --data-binary\ @([^ ]*) ]]; then
			local options=$input
			stub_read <"${BASH_REMATCH[1]}"
			input=${options:+$options$'\n'}$'\n'$input
		fi
		;;
	esac
	stub_answer
}

# stub_read: all of its input into `input`, without line breaks at the end. With a number `read` asks the kernel for all at once, else for each byte.
stub_read() {
	IFS= read -r -N 1000000 input || true
	while [[ $input == *$'\n' ]]; do input=${input%$'\n'}; done
}

# stub_answer: to `input`.
stub_answer() {
	local index turn=0 turns kind result stub_status
	local -a fields says
	local -n answers=stub_of_$name
	{
		printf '%s\x1f' "$name" "$on" "$arguments" "$input"
		export -p
	} >"$STUBS/calls/$EPOCHREALTIME.$BASHPID" # a file each, since two may be called at a time

	# An answer: where, part of arguments and input, status, how and what it does, and what it says the first time, the second time, ...
	for index in "${!answers[@]}"; do
		[[ ${answers[index]} == "$on"$'\x1f'* || ${answers[index]} == $'\x1f'* ]] || continue
		# shellcheck disable=SC2206 # not expanded: -f
		IFS=$'\x1f' fields=(${answers[index]}) IFS=$' \t\n'
		[[ "$arguments $input" == *"${fields[1]}"* ]] || continue
		[[ -n ${fields[1]} || ${fields[2]} != 0 || $input != *GTID_SUB*\(\'* ]] || continue # it takes statements, and computes like others
		says=("${fields[@]:5}") stub_status=${fields[2]}
		if ((${#says[@]} > 1)) || [[ ${fields[4]-} == *turn* ]]; then
			printf x >>"$STUBS/used.$name.$index"
			read -r turns <"$STUBS/used.$name.$index" || true
			turn=$((${#turns} - 1)) # of this answer, for what it does
		fi
		((${#says[@]} == 0)) || printf '%s' "${says[turn < ${#says[@]} ? turn : -1]}"
		[[ -n ${fields[4]-} ]] || return "$stub_status"
		set +f
		if [[ -n ${STUB_IS_PROGRAM-} ]]; then
			eval "${fields[4]}"
			exit "$stub_status"
		elif [[ ${fields[3]} == process ]]; then
			stub_process "${fields[4]}"
		else
			( # which it may end
				eval "${fields[4]}"
				exit "$stub_status"
			)
		fi
		return "$?" # in a trap `return` without a number would give the status of whatever ran before
	done

	if [[ $input =~ GTID_SUB(SET|TRACT)\(\'([^\']*)\',\ \'([^\']*)\'\) ]]; then
		kind=${BASH_REMATCH[1]}
		stub_difference "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
		case $kind in
		SET) [[ -n $result ]] && echo 0 || echo 1 ;;
		TRACT) [[ $input != *CONCAT\(\'rest:\'* ]] && echo "$result" || echo "rest:$result" ;;
		esac
		return 0
	fi

	# Nobody answers whom the test does not make answer.
	[[ $name != curl && ($name != mysql || $on == local || $on == recipient || $on == login) ]] || return 1
}

# stub_process SHELL: what takes time or a process of its own, as a process that `timeout` bounds and the script can kill. The call was written
# down before: a limit that is short ends what the answer does, not the stub.
stub_process() {
	local -a command=("$BASH" --norc -Eeu -o pipefail -c "$1; exit $stub_status")
	[[ -z ${stub_limit-} ]] || command=(timeout "$stub_limit" "${command[@]}")
	if [[ $BASHPID != "$$" ]]; then # the script has the number of this process
		turn=$turn on=$on input=$input arguments=$arguments exec "${command[@]}"
	fi
	turn=$turn on=$on input=$input arguments=$arguments command "${command[@]}"
}

# stub_transactions SET: each of them into `found`, in order.
stub_transactions() {
	local part range number
	found=()
	for part in ${1//,/ }; do
		for range in ${part#*:}; do
			for ((number = ${range%-*}; number <= ${range#*-}; number++)); do found+=("${part%%:*}:$number"); done
		done
	done
}

# stub_difference SET SET: what of the first one is not in the second, into `result`.
stub_difference() {
	local -A other=()
	local -a found
	local one last=''
	result=''
	stub_transactions "$2"
	for one in "${found[@]}"; do other[$one]=1; done
	stub_transactions "$1"
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

# stub_answers NAME: what there is to answer, into an array.
stub_answers() {
	declare -ga "stub_of_$1=()"
	[[ ! -e $STUBS/answers/$1 ]] || mapfile -d $'\x1e' -t "stub_of_$1" <"$STUBS/answers/$1"
}

# stub_function NAME ARGUMENT...: like the command, which must be on PATH.
stub_function() {
	if ! type -P "$1" >/dev/null; then
		echo "$0: $1: command not found" >&2
		return 127
	fi
	stub "$@"
}

# stub_session: a connection that stays open: each question of it is a call, which may end in its own way.
stub_session() {
	local name=mysql arguments=$* on=local input='' line status
	[[ ! $arguments =~ --host=([^.]*) ]] || on=${BASH_REMATCH[1]}
	while IFS= read -r line; do
		if [[ $line != "SELECT '--end-of-answer--';" ]]; then
			input+=$line$'\n'
			continue
		fi
		input=${input%$'\n'}
		set +e # which would not hold in what `||` follows
		(
			set -e
			stub_answer
		)
		status=$?
		set -e
		((status == 0)) || exit "$status"
		echo '--end-of-answer--'
		input=''
	done
}

if [[ ${BASH_SOURCE[0]} != "$0" ]]; then
	mysql() { stub_function mysql "$@"; }
	curl() { stub_function curl "$@"; }
	df() { stub_function df "$@"; }
	# Of a stub, which ends at once or minds the limit itself.
	timeout() {
		if [[ ${1-} =~ ^[0-9]+(\.[0-9]+)?$ && ${2-} == @(mysql|curl|df) ]] && type -P timeout >/dev/null; then
			local stub_limit=$1
			"${@:2}"
		else
			command timeout "$@"
		fi
	}
	for stub_name in mysql curl df; do stub_answers "$stub_name"; done
	return
fi
set -Eeuo pipefail
STUB_IS_PROGRAM=1
stub_answers "${0##*/}"
if [[ ${0##*/} == mysql && "$*" == *--skip-reconnect* ]]; then
	stub_session "$@"
else
	stub "${0##*/}" "$@"
fi
