# shellcheck shell=sh
# What the store has, as information files below a folder: `bases/<id>.info`, of each timeline the last `logs/<timeline>/*.info`, `state/<timeline>`, and
# `drills/<timeline>/passed.info` and `failed.info`.
# It is sourced, after store.sh.
# needs: RUN, store_do of store.sh

KNOWN_LOGS=3 # of a timeline

# copy_known FOLDER: bases, states and drills. What the store no longer has goes.
copy_known() {
	known_status=0
	mkdir -p "$1/bases" "$1/state" "$1/drills"
	store_do sync store: "$1" --filter '- *.new' --filter '+ /bases/**' --filter '+ /state/**' --filter '+ /drills/**' --filter '- *' || known_status=$?
	[ "$known_status" = 0 ] || [ "$known_status" = 3 ] # there is nothing in the store yet
}

# fill_known FOLDER: all of it. `.complete` says that it is. States are fetched in any case, so that another encryption key shows.
fill_known() {
	rm -rf "$1/.complete" "$1/state"
	mkdir -p "$1/logs"
	copy_known "$1" || return 1
	known_status=0
	store_do lsf store:logs --dirs-only >"$RUN/timelines" || known_status=$?
	[ "$known_status" = 0 ] || [ "$known_status" = 3 ] || return 1
	known_timelines=$(cat "$RUN/timelines")
	for known_timeline in $known_timelines; do
		known_timeline=${known_timeline%/}
		store_do lsf "store:logs/$known_timeline" --files-only --include '*.info' >"$RUN/logs" || return 1
		sort "$RUN/logs" | tail -n "$KNOWN_LOGS" >"$RUN/last-logs"
		mkdir -p "$1/logs/$known_timeline"
		store_do copy "store:logs/$known_timeline" "$1/logs/$known_timeline" --files-from "$RUN/last-logs" --no-traverse || return 1
	done
	: >"$1/.complete"
}
