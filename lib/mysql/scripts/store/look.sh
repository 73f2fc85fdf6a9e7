#!/bin/sh
# The first container of a backup, a restore and a drill: it reaches the store and fetches what a decision needs into known/ of the scratch volume:
#   bases/<id>.info                  of all bases
#   logs/<timeline>/<name>.info      of the newest log of each timeline
#   state/<timeline>                 what the archive said last
# The first backup after a restore has FIRST_OF, the timeline: where that has a base, inert says so, and all that follows ends at once.
# A store without anything is a store. One that cannot be read ends it, with one line that says why.
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/failure.sh
. "${0%/*}/failure.sh"
# shellcheck source=lib/mysql/scripts/store/listing.sh
. "${0%/*}/listing.sh"

INIT_SECONDS=${INIT_SECONDS:-60} # longer than a repository takes to be made

# newest_logs: of each timeline the information of the log with the highest number. A timeline has one archive, so that there is one.
newest_logs() {
	grep '^logs/[^/]*/[^/]*\.info$' "$RUN/objects" | LC_ALL=C sort | awk -F/ '
		$2 != timeline && NR > 1 { print last }
		{ timeline = $2; last = $0 }
		END { if (NR > 0) print last }'
}

# mend_repository: a repository whose making was interrupted has a key and no configuration. Nothing was ever stored in it, and none can be made beside
# that key.
mend_repository() {
	is_half_made || return 0
	log WARNING "the repository $STORE_PATH/base has a key and no configuration: if nobody finishes it within $INIT_SECONDS s, the key is removed"
	sleep "$INIT_SECONDS"
	is_half_made || return 0
	attempt 'removing the key of a repository that was not finished' store_do delete "plain:$STORE_PATH/base/keys"
	log INFO 'removed the key of a repository that was not finished'
}

is_half_made() {
	list_plain base
	grep -q '^keys/' "$RUN/plain" || return 1
	if grep -q -e '^config$' -e '^snapshots/' -e '^data/' "$RUN/plain"; then return 1; fi
}

end_if_inert
use_rclone
list_store
mend_repository
rm -rf "$SCRATCH/known" "$SCRATCH/known.new"
mkdir -p "$SCRATCH/known.new"
{
	grep -e '^bases/[^/]*\.info$' -e '^state/[^/.]*$' "$RUN/objects" || true
	newest_logs
} >"$RUN/wanted"
fetch "$RUN/wanted" "$SCRATCH/known.new"
mv "$SCRATCH/known.new" "$SCRATCH/known"
if [ -n "${FIRST_OF:-}" ]; then
	first=$(whole_bases "$FIRST_OF" | head -n 1)
	[ -z "$first" ] || echo "the timeline $FIRST_OF has the base $(field "$first" id)" >"$SCRATCH/inert"
fi
log INFO "the store $(place) has $(grep -c '^bases/' "$RUN/wanted" || true) bases and $(grep -c '^logs/.*\.info$' "$RUN/objects" || true) logs"
