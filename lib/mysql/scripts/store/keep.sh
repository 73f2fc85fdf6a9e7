#!/bin/sh
# The last container of a backup: it says in the store which bases there are, and removes logs that no base needs. A base counts when its information is in
# the store; a log, too. So information is published last and removed first.
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"
# shellcheck source=lib/mysql/scripts/store/failure.sh
. "${0%/*}/failure.sh"
# shellcheck source=lib/mysql/scripts/store/listing.sh
. "${0%/*}/listing.sh"
# shellcheck source=lib/mysql/scripts/store/log-retention.sh
. "${0%/*}/log-retention.sh"

# require_own: retention deletes nothing while the running data is not that of the store, which only the archive may see.
require_own() {
	echo "state/$timeline" >"$RUN/wanted"
	grep -q -x "state/$timeline" "$RUN/objects" || return 0
	rm -rf "$RUN/state-now"
	mkdir "$RUN/state-now"
	fetch "$RUN/wanted" "$RUN/state-now"
	[ "$(field "$RUN/state-now/state/$timeline" state)" != FOREIGN ] || die "FOREIGN: the archive says that the running data does not contain what \
the store has of the timeline $timeline: nothing is published and nothing deleted. To go back to what the store has, restore it; to go on with the running data, \
give its backups another prefix"
}

# publish: of the bases that are kept those that the store says nothing about. Each is read again.
publish() {
	while read -r id; do
		[ "$id" != end ] || break
		if grep -q -x "bases/$id.info" "$RUN/objects"; then continue; fi
		file=$SCRATCH/infos/$id.info
		is_whole "$file" || die "$file is missing or not whole: run the backup again"
		attempt "publishing base $id" store_do copyto --immutable "$file" "store:bases/$id.info"
		attempt "reading what was published of base $id" store_do cat "store:bases/$id.info"
		[ "$(cat "$RUN/out")" = "$(cat "$file")" ] || die "bases/$id.info in the store is not what was published: run the backup again"
		log INFO "published base $id"
	done <"$SCRATCH/kept"
}

# withdraw: the information of bases that were in the store before this backup began, and are no longer.
withdraw() {
	: >"$RUN/withdrawn"
	for file in "$SCRATCH"/known/bases/*.info; do
		[ -e "$file" ] || continue
		name=${file##*/}
		grep -q -x "${name%.info}" "$SCRATCH/kept" || echo "bases/$name" >>"$RUN/withdrawn"
	done
	[ -s "$RUN/withdrawn" ] || return 0
	attempt 'removing the information of bases that are gone' store_do delete --files-from-raw "$RUN/withdrawn" store:
	log INFO "removed the information of $(wc -l <"$RUN/withdrawn") bases that are gone"
}

end_if_inert
is_whole "$SCRATCH/base/backup.info" || die "$SCRATCH/base/backup.info is missing or not whole: nothing was stored, and nothing is published"
is_whole "$SCRATCH/kept" || die "$SCRATCH/kept is missing or not whole: what is stored is not known, and nothing is published or deleted"
base=$(field "$SCRATCH/base/backup.info" id)
timeline=$(field "$SCRATCH/base/backup.info" timeline)
grep -q -x "$base" "$SCRATCH/kept" || die "base $base is not among those that stay ($SCRATCH/kept): nothing is published or deleted"
use_rclone
list_store
require_own
publish
withdraw
remove_logs
log INFO "the store has $(($(wc -l <"$SCRATCH/kept") - 1)) bases; $removed_logs logs were removed that none of them needs"
