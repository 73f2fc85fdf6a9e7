#!/bin/sh
# The last container of a dump: stores its files in the repository of restic, reads them again, and removes those that are not kept. A dump counts when
# its snapshot has the tag `whole`, which it gets last; it has neither the tag of a timeline nor that of a base, so that no backup takes it for one.
# needs: CLUSTER, KEEP_DUMPS (1 at least)
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/failure.sh
. "${0%/*}/failure.sh"
# shellcheck source=lib/mysql/scripts/store/repository.sh
. "${0%/*}/repository.sh"

READ_BYTES_MAX=${READ_BYTES_MAX:-10737418240} # of what is stored anew this much is read again

# remove_old: dumps that are not kept, and those that never became whole; the last one is the one that was stored just now.
remove_old() {
	attempt 'listing the dumps' restic snapshots --json --no-lock --host "$CLUSTER" --tag dump
	cp "$RUN/out" "$RUN/snapshots"
	old=$(jq -r --argjson keep "$KEEP_DUMPS" '
		def whole: .tags | index("whole") != null;
		(map(select(whole)) | sort_by(.time) | reverse) as $whole |
		$whole[$keep:][].id, (.[] | select(whole | not) | select(.time < $whole[0].time) | .id)' "$RUN/snapshots")
	[ -n "$old" ] || return 0
	# shellcheck disable=SC2086 # ids of snapshots, each a word
	attempt 'removing old dumps' unless_full restic forget --retry-lock 10m $old
	attempt 'freeing the room of old dumps' unless_full restic prune --retry-lock 10m
	log INFO "removed $(echo "$old" | wc -l) dumps that are not kept"
}

info=$SCRATCH/dump/dump.info
is_whole "$info" || die "$info is missing or not whole: no dump was made, so that there is nothing to store"
dump=$(field "$info" id)
case ${KEEP_DUMPS:-} in '' | *[!0-9]* | 0) die "KEEP_DUMPS is '${KEEP_DUMPS:-}': keep 1 dump at least" ;; esac

use_restic
open_repository
free_repository
store_files "dump $dump" "dump,id=$dump" "$SCRATCH/dump"
check_files "dump $dump" "id=$dump" "$(du -s -k "$SCRATCH/dump" | awk '{ print $1 * 1024 }')"
mark_stored "dump $dump" "$dump" whole
remove_old
log INFO "dump $dump is stored and was read again: snapshot $reply"
