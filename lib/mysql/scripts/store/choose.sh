# shellcheck shell=sh
# Which base and which logs a restore takes. It is sourced, after store.sh, by fetch-logs.sh.
# needs: what look.sh left in KNOWN: bases/*.info, state/*; LOG_INFOS, the information files of all logs of the timeline, and TABLE, a line for
#        each of them (log-table.awk)
# sets:  timeline, base, base_set, chain, first, last

# shellcheck disable=SC2034
timeline='' base='' base_set='' chain='' first='' last=''

SKEW=60000000 # by how much clocks of members may differ, in microseconds

# instant TIME: in microseconds.
instant() {
	awk -f "$LOG_TABLE" instant "$1"
}

# choose_timeline: into timeline: the one that is asked for, or that of the newest base.
choose_timeline() {
	newest=$(whole_bases | head -n 1)
	[ -n "$newest" ] || die "the store $STORE_PATH has no proven base: nothing can be restored; look for an earlier prefix, or for the cause in the log of the last backup"
	case $RESTORE_UNTIL in
	"backup "*)
		timeline=
		info=$KNOWN/bases/${RESTORE_UNTIL#backup }.info
		[ ! -e "$info" ] || timeline=$(field "$info" timeline)
		;;
	*)
		timeline=${RESTORE_TIMELINE:-$(field "$newest" timeline)}
		if [ "$RESTORE_UNTIL" = latest ] && [ -z "$RESTORE_TIMELINE" ]; then require_no_later_timeline; fi
		;;
	esac
}

# require_no_later_timeline: what was written after a restore, and before the first backup after it, is in logs that no base goes before.
require_no_later_timeline() {
	taken=$(instant "$(field "$newest" taken_at)") || return 0
	for state in "$KNOWN"/state/*; do
		[ -e "$state" ] || continue
		later=${state##*/}
		[ -z "$(whole_bases "$later" | head -n 1)" ] || continue
		checked_at=$(field "$state" checked_at)
		checked=$(instant "$checked_at") || continue
		[ "$checked" -le "$taken" ] || die "the timeline $later in $STORE_PATH is later than the newest base, $(field "$newest" id) of the timeline $timeline, and has no base: what was written in it until $checked_at cannot be restored; to give that up, name the timeline: timeline: '$timeline'"
	done
}

# row NUMBER COLUMN: of the table.
row() {
	awk -v row="$1" -v column="$2" 'NR == row { print $column; exit }' "$TABLE"
}

# info_of NUMBER: the path of a log's information file.
info_of() {
	echo "$LOG_INFOS/$(row "$1" 1).info"
}

# chains: the newest one first: NUMBER FIRST_ROW LAST_ROW.
chains() {
	awk '!($2 in first) { first[$2] = NR; order[++count] = $2 } { last[$2] = NR } END { for (i = count; i > 0; i--) print order[i], first[order[i]], last[order[i]] }' "$TABLE"
}

# chain_of SET: the newest chain that begins with no more than the set; into chain, from and to: its first and last row. Fails when there is none.
chain_of() {
	chain='' from='' to=''
	chains >"$RUN/chains"
	while read -r chain from to; do
		[ "$(sets subset "$(field "$(info_of "$from")" start)" "$1")" = 0 ] || return 0
	done <"$RUN/chains"
	chain='' from='' to=''
	return 1
}

# first_with FROM TO GTID: the first row whose end set has it, or the row after TO; into reply. End sets only grow.
first_with() {
	low=$1 high=$(($2 + 1))
	while [ "$low" -lt "$high" ]; do
		middle=$(((low + high) / 2))
		if [ "$(sets subset "$3" "$(field "$(info_of "$middle")" end_set)")" = 1 ]; then
			high=$middle
		else
			low=$((middle + 1))
		fi
	done
	reply=$low
}

# first_beyond FROM TO SET: the first row whose end set is not in the set, or the row after TO; into reply.
first_beyond() {
	low=$1 high=$(($2 + 1))
	while [ "$low" -lt "$high" ]; do
		middle=$(((low + high) / 2))
		if [ "$(sets subset "$(field "$(info_of "$middle")" end_set)" "$3")" = 1 ]; then
			low=$((middle + 1))
		else
			high=$middle
		fi
	done
	reply=$low
}

# take_from FROM TO: the rows that the base needs, into first and last. A transaction may begin in one log and end in a later one, which has it then: so
# it begins with the log before, or with the first of several that end with the same.
take_from() {
	first_beyond "$1" "$2" "$base_set"
	first=$reply last=$2
	if [ "$first" -gt "$last" ]; then
		first='' last='' # the base has all of them
		return 0
	fi
	[ "$first" -gt "$1" ] || return 0
	first=$((first - 1))
	ends=$(field "$(info_of "$first")" end_set)
	while [ "$first" -gt "$1" ] && [ "$(field "$(info_of "$((first - 1))")" end_set)" = "$ends" ]; do
		first=$((first - 1))
	done
}

# take_base FILE: into base and base_set.
take_base() {
	base=$(field "$1" id)
	base_set=$(field "$1" executed)
}

# choose: base, chain and rows for RESTORE_UNTIL; says what there is when nothing fits.
choose() {
	first='' last=''
	case $RESTORE_UNTIL in
	latest) choose_latest ;;
	"time "*) choose_time "${RESTORE_UNTIL#time }" ;;
	"before "* | "after "*) choose_transaction "${RESTORE_UNTIL#* }" ;;
	"backup "*) choose_backup "${RESTORE_UNTIL#backup }" ;;
	*) die "RESTORE_UNTIL is '$RESTORE_UNTIL': it must be latest, time, before, after or backup" ;;
	esac
}

require_bases() {
	newest=$(whole_bases "$timeline" | head -n 1)
	[ -n "$newest" ] || die "the timeline $timeline has no proven base in $STORE_PATH; bases are of: $(of_bases timeline)"
	oldest=$(whole_bases "$timeline" | tail -n 1)
}

# of_bases KEY: the values that bases have, each once.
of_bases() {
	whole_bases | while read -r info; do field "$info" "$1"; done | sort -u | tr '\n' ' '
}

choose_backup() {
	[ -n "$timeline" ] || die "there is no proven base $1 in $STORE_PATH; there are: $(of_bases id)"
	take_base "$KNOWN/bases/$1.info"
}

choose_latest() {
	require_bases
	take_base "$newest"
	if chain_of "$base_set"; then
		take_from "$from" "$to"
		set -- "$(tail -n 1 "$TABLE")"
		[ "$(row "$to" 1)" = "${1%% *}" ] ||
			log WARNING "the archive has a gap after this base, and begins again with transactions that no base has: what was committed after $(field "$(info_of "$to")" closed_at) cannot be restored"
	elif [ -s "$TABLE" ]; then
		log WARNING "the logs of timeline $timeline begin after the base $base: it is restored without logs"
	fi
}

choose_time() {
	require_bases
	at=$(instant "$1") || die "RESTORE_UNTIL is 'time $1', which is no time with a zone such as 2026-11-28T23:28:50Z"
	for info in $(whole_bases "$timeline"); do
		[ "$(instant "$(field "$info" taken_at)")" -lt "$at" ] || continue
		take_base "$info"
		chain_of "$base_set" || true
		reach
		if [ "$reached" -ge "$at" ]; then
			[ -n "$chain" ] || return 0
			take_from "$from" "$to"
			[ -n "$first" ] || return 0
			# Up to the log after the first one that may have a later transaction: it has one.
			set -- "$(awk -v from="$first" -v at="$((at + SKEW))" 'NR > from && before > at { print NR; exit } { before = $3 + 0 }' "$TABLE")"
			if [ -n "$1" ] && [ "$1" -lt "$last" ]; then last=$1; fi
			return 0
		fi
		die "the archive of timeline $timeline does not reach $1: all that was committed before ${checked_at:-(nothing)} is in the store, and the last commit in its logs is of ${last_commit:-(no log)}; restore until latest or until an earlier time, or let the archive catch up"
	done
	die "no proven base of timeline $timeline was taken before $1: the oldest one, $(field "$oldest" id), is of $(field "$oldest" taken_at); restore until a later time"
}

# reach: until when all is there that follows the base, into reached, checked_at and last_commit.
reach() {
	reached=0 checked_at='' last_commit=''
	if [ -n "$chain" ]; then
		reached=$(row "$to" 3)
		last_commit=$(field "$(info_of "$to")" last_commit)
	fi
	state=$KNOWN/state/$timeline
	[ -e "$state" ] || return 0
	# A chain that has no log yet has nothing besides what it begins with.
	if [ "$(field "$state" chain)" = "$chain" ] || [ "$(sets subset "$(field "$state" end_set)" "$base_set")" = 1 ]; then
		checked_at=$(field "$state" checked_at)
		checked=$(instant "$checked_at") || return 0
		if [ "$checked" -gt "$reached" ]; then reached=$checked; fi
	fi
}

choose_transaction() {
	require_bases
	sets subset "$1" - >/dev/null || die "RESTORE_UNTIL is '$RESTORE_UNTIL', which names no transaction: UUID:NUMBER or UUID:TAG:NUMBER"
	case $1 in
	*,* | *-*-*-*-*-* | *:*:*:*) die "RESTORE_UNTIL is '$RESTORE_UNTIL': it must name one transaction" ;;
	esac
	chains >"$RUN/chains"
	while read -r chain from to; do
		[ "$(sets subset "$1" "$(field "$(info_of "$from")" start)")" = 0 ] || continue
		[ "$(sets subset "$1" "$(field "$(info_of "$to")" end_set)")" = 1 ] || continue
		first_with "$from" "$to" "$1"
		found=$reply
		for info in $(whole_bases "$timeline"); do
			take_base "$info"
			[ "$(sets subset "$1" "$base_set")" = 0 ] || continue
			[ "$(sets subset "$(field "$(info_of "$from")" start)" "$base_set")" = 1 ] || continue
			take_from "$from" "$found"
			return 0
		done
		die "no proven base of timeline $timeline is before $1: the oldest one, $(field "$oldest" id) of $(field "$oldest" taken_at), has it already; restore a backup, or until a later transaction"
	done <"$RUN/chains"
	if [ -s "$TABLE" ]; then
		die "the transaction $1 is in no log of timeline $timeline, which have $(field "$(info_of 1)" start) to $(field "$(info_of "$(wc -l <"$TABLE")")" end_set), in $(chains | wc -l) chains"
	fi
	die "the timeline $timeline has no logs: only a backup can be restored; there are: $(of_bases id)"
}
