# shellcheck shell=sh disable=SC2034,SC2154
# Removes logs that every base of their timeline contains. It is sourced by keep.sh.
# needs: SCRATCH, timeline (keep.sh); attempt (failure.sh), fetch (listing.sh); RUN/objects (listing.sh)
# sets:  removed_logs, floor

NEWEST=10           # logs stay, whatever bases contain: an archive that lost its volume goes on from the last one
BATCH=${BATCH:-500} # logs are looked at from the oldest on, so many at a time, as long as one of them may go
removed_logs=0
floor=''

# find_floor: the transactions that all bases of the timeline have, into `floor`; `-` when there are none, and then no log may go.
find_floor() {
	floor=''
	while read -r id; do
		[ "$id" != end ] || break
		file=$SCRATCH/infos/$id.info
		[ -f "$file" ] || file=$SCRATCH/known/bases/$id.info
		is_whole "$file" || die "what base $id contains is not known: no log is deleted; run the backup again"
		[ "$(field "$file" timeline)" = "$timeline" ] || continue
		executed=$(field "$file" executed)
		if [ -z "$floor" ]; then
			floor=$executed
		else
			only=$(sets subtract "$floor" "$executed") || die "the transactions of base $id cannot be compared: no log is deleted"
			floor=$(sets subtract "$floor" "$only") || die "the transactions of base $id cannot be compared: no log is deleted"
		fi
	done <"$SCRATCH/kept"
	floor=${floor:--}
}

# remove_logs: a log goes when the floor has all that the archive had at its end. First its information, without which it does not count.
remove_logs() {
	find_floor
	[ "$floor" != - ] || return 0
	grep "^logs/$timeline/[^/]*\.info$" "$RUN/objects" | LC_ALL=C sort |
		awk -v newest="$NEWEST" '{ name[NR] = $0 } END { for (i = 1; i <= NR - newest; i++) print name[i] }' >"$RUN/logs"
	first=1
	while :; do
		sed -n "$first,$((first + BATCH - 1))p" "$RUN/logs" >"$RUN/batch"
		[ -s "$RUN/batch" ] || break
		judge_batch
		[ -s "$RUN/removable" ] || break
		remove_batch
		first=$((first + BATCH))
	done
	remove_remains
}

# judge_batch: those of RUN/batch that may go, into RUN/removable.
judge_batch() {
	rm -rf "$RUN/log-infos"
	mkdir "$RUN/log-infos"
	fetch "$RUN/batch" "$RUN/log-infos"
	: >"$RUN/removable"
	while read -r name; do
		end_set=$(field "$RUN/log-infos/$name" end_set)
		[ -n "$end_set" ] || die "$name in the store does not say what it holds: no log is deleted; look at that object"
		contained=$(sets subset "$end_set" "$floor") || die "the transactions of $name cannot be compared: no log is deleted"
		[ "$contained" != 1 ] || echo "$name" >>"$RUN/removable"
	done <"$RUN/batch"
}

remove_batch() {
	attempt 'removing the information of logs that no base needs' store_do delete --files-from-raw "$RUN/removable" store:
	sed 's/\.info$/.zst/' "$RUN/removable" >"$RUN/content"
	attempt 'removing logs that no base needs' store_do delete --files-from-raw "$RUN/content" store:
	removed_logs=$((removed_logs + $(wc -l <"$RUN/removable")))
	grep -v -x -F -f "$RUN/removable" "$RUN/objects" | grep -v -x -F -f "$RUN/content" >"$RUN/objects.new" || true
	mv "$RUN/objects.new" "$RUN/objects"
}

# remove_remains: logs without information that are older than all with some: their removal was interrupted. One that the archive ships just now is newer.
remove_remains() {
	oldest=$(grep "^logs/$timeline/[^/]*\.info$" "$RUN/objects" | LC_ALL=C sort | head -n 1)
	[ -n "$oldest" ] || return 0
	grep "^logs/$timeline/[^/]*\.zst$" "$RUN/objects" | LC_ALL=C sort |
		LC_ALL=C awk -v oldest="${oldest%.info}" '{ if (substr($0, 1, length($0) - 4) < oldest) print; else exit }' >"$RUN/remains"
	[ -s "$RUN/remains" ] || return 0
	attempt 'removing what is left of logs' store_do delete --files-from-raw "$RUN/remains" store:
	log INFO "removed what was left of $(wc -l <"$RUN/remains") logs whose removal was interrupted"
}
