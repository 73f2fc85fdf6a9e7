# shellcheck shell=sh disable=SC2034,SC2154
# From when until when each timeline can be restored. It is sourced by list.sh.
# needs: all (list.sh); is_whole (store.sh)
# sets:  RUN/recoverable, lines `NEWEST|ORDER|TEXT`, and RUN/gaps

# find_recoverable: of all timelines that a base or a log is of.
find_recoverable() {
	: >"$RUN/recoverable"
	: >"$RUN/gaps"
	{
		for file in "$all"/bases/*.info; do
			[ ! -e "$file" ] || field "$file" timeline
		done
		ls "$all/logs"
	} | sort -u >"$RUN/timelines"
	while read -r timeline; do
		find_chains
		judge_timeline
	done <"$RUN/timelines"
}

# find_chains: those of the timeline, the oldest first, into RUN/chains: `NUMBER START END UNTIL`. All that was committed before UNTIL is in the store.
find_chains() {
	: >"$RUN/chains"
	[ -d "$all/logs/$timeline" ] || return 0
	find "$all/logs/$timeline" -name '*.info' | LC_ALL=C sort | xargs cat | awk '
		{ key = $1; sub(/^[^ ]* ?/, ""); value[key] = $0 }
		key == "end" {
			chain = value["chain"]
			if (!(chain in start)) { order[++count] = chain; start[chain] = value["start"] }
			end[chain] = value["end_set"]
			until[chain] = value["last_commit"] != "" && value["last_commit"] != "-" ? value["last_commit"] : value["closed_at"]
			split("", value)
		}
		END { for (i = 1; i <= count; i++) print order[i], start[order[i]], end[order[i]], until[order[i]] }' >"$RUN/chains"
}

# judge_timeline: each chain with a base that it goes on from can be restored to any point from that base on; else only what a base holds.
judge_timeline() {
	state=$all/state/$timeline
	order=1000
	newest=''
	shown=''
	before=''
	last_chain=$(tail -n 1 "$RUN/chains" | cut -d ' ' -f 1)
	while read -r chain start end until; do
		[ -z "$before" ] || name_gap
		if [ "$chain" = "$last_chain" ] && [ -f "$state" ] && [ "$(field "$state" chain)" = "$chain" ]; then
			checked=$(field "$state" checked_at)
			until=$(later "$until" "${checked:--}")
		fi
		order=$((order - 1))
		first_base
		if [ -n "$from" ]; then
			until=$(later "$until" "$last")
			say_recoverable "recoverable from $from until $until"
		fi
		before=$end
		before_until=$until
	done <"$RUN/chains"
	name_alone
	if [ -f "$state" ]; then
		missing=$(field "$state" missing)
		[ "${missing:--}" = - ] || echo "gap in timeline $timeline: the archive lacks $missing until a base has it" >>"$RUN/gaps"
		case $(field "$state" state) in
		ARCHIVING | '') ;;
		*) echo "the archive of timeline $timeline says $(field "$state" state), at $(field "$state" checked_at)" >>"$RUN/gaps" ;;
		esac
	fi
}

# first_base: of the bases that the chain goes on from when the oldest and the newest were taken, into `from` and `last`. A base that has more than an
# older chain is of none.
first_base() {
	from=''
	last=''
	for file in "$all"/bases/*.info; do
		if [ ! -e "$file" ] || [ "$(field "$file" timeline)" != "$timeline" ]; then continue; fi
		executed=$(field "$file" executed)
		[ "$(sets subset "$start" "$executed")" = 1 ] || continue
		if [ "$chain" != "$last_chain" ] && [ "$(sets subset "$executed" "$end")" != 1 ]; then continue; fi
		taken=$(field "$file" taken_at)
		shown="$shown $(field "$file" id)"
		if [ -z "$from" ] || [ "$(later "$from" "$taken")" = "$from" ]; then from=$taken; fi
		last=$(later "${last:-$taken}" "$taken")
	done
}

# later TIME TIME: the later one; some have parts of a second, and some not.
later() {
	printf '%s\n%s\n' "${1%Z}" "${2%Z}" | LC_ALL=C sort | tail -n 1 | sed 's/$/Z/'
}

# name_alone: bases that no chain goes on from.
name_alone() {
	for file in "$all"/bases/*.info; do
		if [ ! -e "$file" ] || [ "$(field "$file" timeline)" != "$timeline" ]; then continue; fi
		case " $shown " in *" $(field "$file" id) "*) continue ;; esac
		order=$((order - 1))
		until=$(field "$file" taken_at)
		say_recoverable "recoverable at $until only, by base $(field "$file" id)"
	done
}

# name_gap: between a chain and the one before.
name_gap() {
	lost=$(sets subtract "$start" "$before") || lost='what cannot be computed'
	echo "gap in timeline $timeline after $before_until: no log has $lost" >>"$RUN/gaps"
}

say_recoverable() {
	newest=$until
	printf '%s|%s|timeline %s: %s\n' "$newest" "$order" "$timeline" "$1" >>"$RUN/recoverable"
}
