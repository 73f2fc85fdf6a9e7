#!/bin/sh
# The last container of a drill: it says in the store when a drill of the timeline last passed, and when one last failed, for the archive and for `list`.
# It ends as the drill did. A drill that passed has passed, whether the store can take that or not.
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/failure.sh
. "${0%/*}/failure.sh"

info=$SCRATCH/drill.info
is_whole "$info" || die "$info is missing or not whole: the drill did not run to its end"
timeline=$(field "$info" timeline)
result=$(field "$info" result)
use_rclone
if try store_do copyto --ignore-times "$info" "store:drills/$timeline/$result.info"; then
	log INFO "the store has that the drill of base $(field "$info" base) $result"
else
	diagnose "$RUN/complaint"
	log WARNING "the store does not take that the drill $result: $reply"
fi
[ "$result" = passed ] || die 'the drill failed: read the log of the container drill'
