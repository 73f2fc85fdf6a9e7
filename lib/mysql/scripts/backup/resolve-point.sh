# shellcheck shell=bash disable=SC2034
# Finds the point until which logs are applied, before one is: a server that is told to stop at a transaction that is in no log stops never. It is
# sourced, after plan.sh.
# needs: base, base_set, until_kind, until_value, logs (plan.sh)
# sets:  stop_before, target; what find_point finds: stop, last, seen, late, executed
declare base base_set until_kind until_value
declare -a logs

stop_before='' # the first transaction that is not applied; empty: all are
target=''      # the set that the data has at the point

readonly UNPACKED=$VOLUME/unpacked.tmp
readonly SKEW=60000000 # by how much clocks of members may differ, in microseconds

# instant TIME: as microseconds, into REPLY.
instant() {
	REPLY=$(date -u -d "$1" +%s%6N 2>/dev/null) || die "'$1' is no time"
}

# as_time MICROSECONDS: into REPLY.
as_time() {
	REPLY=$(date -u -d "@${1:0:-6}.${1: -6}" +%FT%T.%6NZ)
}

# unpacked INDEX: the path of a log, into REPLY.
unpacked() {
	printf -v REPLY '%s/relay-log.%06d' "$UNPACKED" "$(($1 + 1))"
}

# unpack_logs: as relay logs.
unpack_logs() {
	local index packed
	rm -rf "$UNPACKED"
	mkdir "$UNPACKED"
	for index in "${!logs[@]}"; do
		packed=$FETCHED_LOGS/${logs[index]}.zst
		unpacked "$index"
		zstd --quiet --decompress --stdout "$packed" >"$REPLY" ||
			die "$packed cannot be unpacked into $UNPACKED, see above: the log is damaged, or the scratch volume is full"
	done
}

# resolve_point: into stop_before and target; says what it found.
resolve_point() {
	local index from=0 at=$until_value stop='' last='' seen='' late='' executed=- before=- began ended
	stop_before='' target=$base_set
	if ((${#logs[@]} == 0)); then
		log INFO "no log is applied: the base $base has all that is wanted"
		return
	fi
	case $until_kind in
	latest | backup) from=${#logs[@]} ;;
	time)
		instant "$at"
		at=$REPLY
		first_after "$((at - SKEW))"
		from=$REPLY
		((from == 0)) || from=$((from - 1))
		;;
	before | after) ((${#logs[@]} < 3)) || from=$((${#logs[@]} - 3)) ;; # its first event may be in the log before the last
	*) die "the plan says until $until_kind, which this version does not know" ;;
	esac
	began=$SECONDS
	for ((index = from; index < ${#logs[@]}; index++)); do
		before=$executed
		find_point "$index"
		[[ -z $stop ]] || break
	done
	ended=$((SECONDS - began))
	if [[ -n $late ]]; then
		as_time "${late%% *}"
		log WARNING "the base $base has ${late#* } of $REPLY, which is later than the time: clocks differ, or the base was taken when it was almost that time"
	fi
	[[ $until_kind != @(before|after) || -n $seen ]] || die "the transaction $at is in none of the logs that should have it: ${logs[*]: -2}"
	if [[ -n $stop ]]; then
		stop_before=${stop#* }
		# A transaction may begin in one log and end in the next, which has it then.
		log_information "$index" start
		join_sets "$base_set" "$REPLY" "$before" "$executed"
	else
		log_information "$((${#logs[@]} - 1))" end_set
		join_sets "$base_set" "$REPLY"
	fi
	target=$REPLY
	say_point "$ended"
}

# first_after MICROSECONDS: the first log that may have a later transaction, into REPLY; the last one, if none has.
first_after() {
	local index
	for index in "${!logs[@]}"; do
		log_information "$index" last_commit
		instant "$REPLY"
		((REPLY < $1)) || break
	done
	REPLY=$index
}

# find_point INDEX: looks for it in one log; into stop, last, seen, late and executed of its caller.
find_point() {
	local found word value
	unpacked "$1"
	found=$(od -An -v -tu1 -w32 "$REPLY" | awk -f "${BASH_SOURCE[0]%/*}/gtid-events.awk" |
		awk -v KIND="$until_kind" -v AT="$at" -v BASE="$base_set" -v LAST="$last" -v SEEN="$seen" -f "${BASH_SOURCE[0]%/*}/find-point.awk") ||
		die "the log ${logs[$1]} cannot be read, see above"
	while read -r word value; do
		case $word in
		stop) stop=$value ;;
		last) last=$value ;;
		seen) seen=1 ;;
		late) late=${late:-$value} ;;
		executed) executed=$value ;;
		esac
	done <<<"$found"
}

# join_sets SET...: as one, into REPLY; a server takes items in any order.
join_sets() {
	local set
	REPLY=
	for set in "$@"; do
		[[ -z $set || $set == - ]] || REPLY+=${REPLY:+,}$set
	done
	REPLY=${REPLY:--}
}

# say_point SECONDS: both neighbors of the point.
say_point() {
	local before='the last one of the base' after=none
	if [[ $until_kind == latest ]]; then
		log INFO "all ${#logs[@]} logs are applied to the base $base"
		return
	fi
	((from == 0)) || before="the last one before the log ${logs[from]}"
	if [[ -n $last ]]; then
		as_time "${last%% *}"
		before="${last#* } of $REPLY"
	fi
	if [[ -n $stop ]]; then
		as_time "${stop%% *}"
		after="${stop#* } of $REPLY"
	fi
	log INFO "the point was found in $1 s: the last transaction that is restored is $before; the first one that is not is $after"
}
