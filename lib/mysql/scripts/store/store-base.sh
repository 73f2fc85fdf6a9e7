#!/bin/sh
# The container of a backup that stores the copy in the repository of restic, proves that it can be read there, and then removes what retention does not
# keep. A snapshot counts when it has the tag `proven`, which it gets last. Files for the container after it, on the scratch volume:
#   stored                 the snapshot of this base
#   kept                   the ids of all bases that stay, one a line, then `end`
#   infos/<id>.info        what is to be published of bases that stay, and that the store does not say yet
# needs: CLUSTER, KEEP_LAST (2 at least), KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY (empty for none)
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/failure.sh
. "${0%/*}/failure.sh"
# shellcheck source=lib/mysql/scripts/store/repository.sh
. "${0%/*}/repository.sh"
# shellcheck source=lib/mysql/scripts/store/retention.sh
. "${0%/*}/retention.sh"

READ_BYTES_MAX=${READ_BYTES_MAX:-10737418240} # of what is stored anew this much is read again; the drill reads all

end_if_inert
info=$SCRATCH/base/backup.info
is_whole "$info" || die "$info is missing or not whole: no copy was made, so that there is nothing to store"
base=$(field "$info" id)
timeline=$(field "$info" timeline)
case ${KEEP_LAST:-} in '' | *[!0-9]* | 0 | 1) die "KEEP_LAST is '${KEEP_LAST:-}': keep 2 backups at least" ;; esac
if [ "$(field "$SCRATCH/known/state/$timeline" state 2>/dev/null || true)" = FOREIGN ]; then
	die "FOREIGN: the archive says that the running data does not contain what the store has of the timeline $timeline: nothing is stored and nothing deleted"
fi
rm -rf "$SCRATCH/stored" "$SCRATCH/kept" "$SCRATCH/infos"

use_restic
open_repository
free_repository
snapshot_of "id=$base"
if [ -z "$reply" ]; then store_files "base $base" "timeline=$timeline,id=$base" "$SCRATCH/base/data" "$info"; fi
snapshot_of "id=$base,proven"
if [ -z "$reply" ]; then
	check_files "base $base" "id=$base" "$(field "$info" bytes)"
	mark_stored "base $base" "$base" proven
fi
echo "$reply" >"$SCRATCH/stored.new"
mv "$SCRATCH/stored.new" "$SCRATCH/stored"
log INFO "base $base is stored and proven: snapshot $reply"
remove_old
name_kept
