#!/bin/sh
# The container of <cluster>-backup-list: what there is, for a person: first from when until when each timeline can be restored, the newest one first;
# then gaps, drills, bases and the number of logs. Exit code 1 when nothing can be restored.
# needs: CLUSTER
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/failure.sh
. "${0%/*}/failure.sh"
# shellcheck source=lib/mysql/scripts/store/listing.sh
. "${0%/*}/listing.sh"
# shellcheck source=lib/mysql/scripts/store/recoverable.sh
. "${0%/*}/recoverable.sh"

all=$RUN/all

# fetch_all: bases and states, and of the logs of each timeline the first and the last; all of them only where a gap is between these two.
fetch_all() {
	rm -rf "$all"
	mkdir -p "$all/bases" "$all/state" "$all/logs" "$all/drills"
	grep -e '^bases/[^/]*\.info$' -e '^state/[^/.]*$' -e '^drills/[^/]*/[^/]*\.info$' "$RUN/objects" >"$RUN/wanted" || true
	grep '^logs/[^/]*/[^/]*\.info$' "$RUN/objects" | LC_ALL=C sort >"$RUN/logs" || true
	awk -F/ '{ if ($2 != timeline) { if (last != "") print last; print } timeline = $2; last = $0 } END { if (last != "") print last }' "$RUN/logs" |
		LC_ALL=C sort -u >>"$RUN/wanted"
	fetch "$RUN/wanted" "$all"
	for folder in "$all"/logs/*; do
		[ -d "$folder" ] || continue
		if [ "$(cat "$folder"/*.info | sed -n 's/^chain //p' | sort -u | wc -l)" -gt 1 ]; then
			grep "^logs/${folder##*/}/" "$RUN/logs" >"$RUN/wanted"
			fetch "$RUN/wanted" "$all"
		fi
	done
}

# print_drills: when one of each timeline last passed, and when one failed since.
print_drills() {
	for folder in "$all"/drills/*; do
		[ -d "$folder" ] || continue
		passed_at=$(drill_field passed at)
		failed_at=$(drill_field failed at)
		if [ -n "$passed_at" ]; then
			echo "timeline ${folder##*/}: a drill passed at $passed_at, of base $(drill_field passed base)"
		fi
		if [ -n "$failed_at" ] && [ "$(later "${passed_at:--}" "$failed_at")" = "$failed_at" ] && [ "$failed_at" != "$passed_at" ]; then
			echo "timeline ${folder##*/}: the last drill FAILED, at $failed_at, of base $(drill_field failed base)"
		fi
	done
}

# drill_field passed|failed KEY: of a drill of `folder`; nothing where there was none.
drill_field() {
	[ ! -e "$folder/$1.info" ] || field "$folder/$1.info" "$2"
}

# print_bases: the newest one first. A set of transactions is shortened: `list` is to be read, backup.info to be computed with.
print_bases() {
	printf '\n%-24s %-10s %-21s %10s  %-18s %-10s %s\n' BASE TIMELINE TAKEN SIZE DONOR ROLE EXECUTED
	for file in "$all"/bases/*.info; do
		[ -e "$file" ] || continue
		awk '
			{ key = $1; sub(/^[^ ]* ?/, ""); value[key] = $0 }
			END {
				unit = "MiB"; size = value["bytes"] / 1048576
				if (size >= 10240) { unit = "GiB"; size /= 1024 }
				count = split(value["executed"], items, ",")
				for (i = 1; i <= count; i++)
					set = set (i == 1 ? "" : ",") (length(items[i]) > 37 ? substr(items[i], 1, 8) ".." substr(items[i], 37) : items[i])
				if (length(set) > 60) set = substr(set, 1, 58) ".."
				printf "%-24s %-10s %-21s %6.0f %s  %-18s %-10s %s\n", value["id"], value["timeline"], value["taken_at"], size, unit, value["donor"], value["role"], set
			}' "$file"
	done | LC_ALL=C sort -r
}

print_logs() {
	echo
	awk -F/ '{ count[$2]++ } END { for (timeline in count) print count[timeline] " logs in timeline " timeline }' "$RUN/logs" | sort -k 5
	[ -s "$RUN/logs" ] || echo 'no logs'
}

use_rclone
list_store
fetch_all
find_recoverable
if [ -s "$RUN/recoverable" ]; then
	sort -t '|' -k 1,1r -k 2,2n "$RUN/recoverable" | cut -d '|' -f 3-
else
	echo "$CLUSTER: nothing can be restored: the store $(place) has no base"
fi
cat "$RUN/gaps"
print_drills
print_bases
print_logs
[ -s "$RUN/recoverable" ] || die "nothing can be restored: the store $(place) has no base that counts; run the backup"
