#!/bin/sh
# Decides what a restore or a drill takes (choose.sh), and fetches the logs of it. It runs after look.sh and leaves in SCRATCH
#   plan    lines `KEY VALUE`: timeline, base, executed (of the base), chain, until, began (seconds since 1970), a line `log NAME` for each log, end
#   logs/   the logs and their information files, all of which have the size and the digest that they should
# needs: the environment of store.sh; RESTORE_UNTIL (latest, as it is for a drill), RESTORE_TIMELINE; RESTORE_ID, and RESTORE_OWN_PATH, where the cluster
#        has its own backups in this store, not for a drill; DRILL=1
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/choose.sh
. "${0%/*}/choose.sh"

KNOWN=$SCRATCH/known
LOG_INFOS=$SCRATCH/log-infos.tmp
TABLE=$SCRATCH/log-table.tmp
FETCHING=$SCRATCH/logs.tmp
LOG_TABLE=${LOG_TABLE:-${0%/*}/log-table.awk}
RESTORE_UNTIL=${RESTORE_UNTIL:-latest}
RESTORE_TIMELINE=${RESTORE_TIMELINE:-}
RESTORE_OWN_PATH=${RESTORE_OWN_PATH:-}
TRANSFERS=16

# require_new_timeline: a restore that was made before would bring back the data of then.
require_new_timeline() {
	[ -n "${RESTORE_ID:-}" ] || die 'RESTORE_ID is empty'
	found=$(of_bases timeline)
	case " $found " in
	*" $RESTORE_ID "*) found=bases ;;
	*)
		found=
		if [ -e "$KNOWN/state/$RESTORE_ID" ]; then found=state; fi
		if listed "store:logs/$RESTORE_ID"; then found=logs; fi
		;;
	esac
	place=$STORE_PATH
	if [ -z "$found" ] && [ -n "$RESTORE_OWN_PATH" ]; then
		place=$RESTORE_OWN_PATH
		if listed "plain:$place/logs/$RESTORE_ID"; then
			found=logs
		elif listed "plain:$place/state" && echo "$listing" | grep -qxF "$RESTORE_ID"; then
			found=state
		fi
	fi
	[ -z "$found" ] || die "timeline $RESTORE_ID was restored before, since the store $place has $found of it: take a new id"
}

# why: what rclone said first of an object, or else at last, without its time.
why() {
	said=$(grep -m 1 ' ERROR ' "$RUN/error" || tail -n 1 "$RUN/error")
	said=$(echo "$said" | sed 's/^[0-9/]* [0-9:]* //')
	case $said in
	*'bad password'*) echo "$said; either the encryption key is another one than that of the backups, or the object is damaged: restore the Secret, or bring the object back" ;;
	*) echo "$said" ;;
	esac
}

# listed PATH: whether there is something in the store. A store that does not answer ends the program.
listed() {
	status=0
	listing=$(store_do lsf --max-depth 1 "$1" 2>"$RUN/error") || status=$?
	case $status in
	0) [ -n "$listing" ] ;;
	3) return 1 ;; # there is no such directory
	*) die "the store $STORE_PATH cannot be listed: $(why)" ;;
	esac
}

# fetch_infos: of all logs of the timeline, and the table of them.
fetch_infos() {
	rm -rf "$LOG_INFOS"
	mkdir "$LOG_INFOS"
	if listed "store:logs/$timeline"; then
		store_do copy "store:logs/$timeline" "$LOG_INFOS" --include '*.info' --transfers "$TRANSFERS" --checkers "$TRANSFERS" 2>"$RUN/error" ||
			die "the information of the logs of timeline $timeline cannot be fetched from $STORE_PATH: $(why)"
	fi
	find "$LOG_INFOS" -name '*.info' | sort | xargs cat | awk -f "$LOG_TABLE" >"$TABLE"
}

# require_joined: that nothing is missing between the base and each log.
require_joined() {
	number=$first
	before=$base_set
	while [ "$number" -le "$last" ]; do
		if [ "$number" = "$first" ] || [ "$(row "$number" 6)" = 0 ]; then
			missing=$(sets subtract "$(field "$(info_of "$number")" start)" "$before")
			[ "$missing" = - ] ||
				die "the store $STORE_PATH lacks a log before $(row "$number" 1): the transactions $missing are in no log; restore until before them, or bring the log back"
		fi
		number=$(awk -v after="$number" 'NR > after && !$6 { print NR; exit }' "$TABLE")
		[ -n "$number" ] || break
		before=$(sets union "$base_set" "$(field "$(info_of "$((number - 1))")" end_set)")
	done
}

# wanted COLUMN: of the rows that are wanted.
wanted() {
	[ -z "$first" ] || sed -n "${first},${last}p" "$TABLE" | cut -d ' ' -f "$1"
}

# require_room BYTES: on the scratch volume.
require_room() {
	free=$(free_bytes)
	[ "$free" -ge "$1" ] || die "the scratch volume has room for $free bytes, and the logs are $1 packed: give it more"
}

fetch_logs() {
	rm -rf "$FETCHING"
	mkdir "$FETCHING"
	wanted 1 >"$RUN/wanted"
	if [ -s "$RUN/wanted" ]; then
		require_room "$(wanted 4 | awk '{ sum += $1 } END { printf "%.0f", sum }')"
		sed 's/$/.zst/' "$RUN/wanted" >"$RUN/wanted.zst"
		store_do copy "store:logs/$timeline" "$FETCHING" --files-from "$RUN/wanted.zst" --no-traverse --transfers "$TRANSFERS" 2>"$RUN/error" ||
			die "logs of timeline $timeline cannot be fetched from $STORE_PATH: $(why)"
		check_logs
		while read -r name; do
			mv "$LOG_INFOS/$name.info" "$FETCHING/$name.info"
		done <"$RUN/wanted"
	fi
	rm -rf "$SCRATCH/logs"
	mv "$FETCHING" "$SCRATCH/logs"
}

# check_logs: size and digest.
check_logs() {
	sed -n "${first},${last}p" "$TABLE" | while read -r name _ _ bytes digest _; do
		file=$FETCHING/$name.zst
		[ -e "$file" ] || die "the log $name of timeline $timeline is missing in $STORE_PATH, though its information is there: bring it back, or restore until before it"
		size=$(wc -c <"$file")
		[ "$size" -eq "$bytes" ] || die "the log $name of timeline $timeline in $STORE_PATH has $size bytes instead of $bytes: it is damaged; bring it back, or restore until before it"
		actual=$(sha256sum <"$file")
		[ "${actual%% *}" = "$digest" ] || die "the log $name of timeline $timeline in $STORE_PATH is damaged: its SHA-256 digest is ${actual%% *} instead of $digest; bring it back, or restore until before it"
	done
}

write_plan() {
	{
		printf '%s\n' "timeline $timeline" "base $base" "executed $base_set" "chain ${chain:--}" "until $RESTORE_UNTIL" "began $began"
		wanted 1 | sed 's/^/log /'
		echo end
	} >"$SCRATCH/plan.new"
	mv "$SCRATCH/plan.new" "$SCRATCH/plan"
}

main() {
	end_if_inert
	began=$(date +%s)
	rm -f "$SCRATCH/plan"
	use_rclone
	[ "${DRILL:-}" = 1 ] || require_new_timeline
	choose_timeline
	: >"$TABLE"
	if [ -n "$timeline" ] && [ "${RESTORE_UNTIL%% *}" != backup ]; then fetch_infos; fi
	choose
	[ -z "$first" ] || require_joined
	fetch_logs
	write_plan
	rm -rf "$LOG_INFOS" "$TABLE"
	count=$(grep -c '^log ' "$SCRATCH/plan") || true
	log INFO "until $RESTORE_UNTIL: the base $base of timeline $timeline and $count logs, fetched in $(($(date +%s) - began)) s"
}

main
