# shellcheck shell=sh disable=SC2034,SC2154
# Removes the bases that retention does not keep, after a backup that succeeded, and only those of its own timeline. It is sourced, after store.sh,
# failure.sh and repository.sh.
# needs: SCRATCH, base, timeline, CLUSTER, KEEP_LAST, KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY (store-base.sh)
# sets:  reply

# remove_old: counts proven snapshots only. What never became one is removed when it is older than the newest that did, or is one that did by another
# name: to give a snapshot a tag makes it anew.
remove_old() {
	attempt 'listing the snapshots' restic snapshots --json --no-lock --host "$CLUSTER" --tag "timeline=$timeline"
	cp "$RUN/out" "$RUN/snapshots"
	unproven=$(jq -r '
		def proven: .tags | index("proven") != null;
		def base: .tags[] | select(startswith("id="));
		(map(select(proven)) | sort_by(.time) | last) as $newest | (map(select(proven) | base)) as $bases |
		.[] | select(proven | not) | select(.time < $newest.time or (base as $base | $bases | index($base) != null)) | .id' "$RUN/snapshots")
	if [ -n "$unproven" ]; then
		# shellcheck disable=SC2086 # ids of snapshots, each a word
		attempt 'removing snapshots that never became proven' unless_full restic forget --retry-lock 10m $unproven
		log INFO "removed $(echo "$unproven" | wc -l) snapshots that never became proven"
	fi
	before=$(jq '[.[] | select(.tags | index("proven") != null)] | length' "$RUN/snapshots")
	set -- --keep-last "$KEEP_LAST"
	[ -z "${KEEP_DAILY:-}" ] || set -- "$@" --keep-daily "$KEEP_DAILY"
	[ -z "${KEEP_WEEKLY:-}" ] || set -- "$@" --keep-weekly "$KEEP_WEEKLY"
	[ -z "${KEEP_MONTHLY:-}" ] || set -- "$@" --keep-monthly "$KEEP_MONTHLY"
	attempt 'removing old backups' unless_full restic forget --retry-lock 10m --host "$CLUSTER" --tag "timeline=$timeline,proven" --group-by host "$@"
	attempt 'listing the snapshots' restic snapshots --json --no-lock --host "$CLUSTER" --tag proven
	cp "$RUN/out" "$RUN/snapshots"
	after=$(jq --arg timeline "timeline=$timeline" '[.[] | select(.tags | index($timeline) != null)] | length' "$RUN/snapshots")
	log INFO "of $before proven backups of the timeline $timeline $after are kept"
	if [ "$after" -lt "$before" ] || [ -n "$unproven" ]; then
		attempt 'freeing the room of old backups' unless_full restic prune --retry-lock 10m
	fi
}

# name_kept: from the snapshots that remove_old has listed. Of each base that the store says nothing about its information is taken out of its snapshot.
name_kept() {
	mkdir -p "$SCRATCH/infos"
	jq -r '.[] | .id + " " + (.tags[] | select(startswith("id=")) | ltrimstr("id="))' "$RUN/snapshots" >"$RUN/kept"
	while read -r snapshot id; do
		[ ! -f "$SCRATCH/known/bases/$id.info" ] || continue
		attempt "reading what base $id is" unless_full restic dump --retry-lock 10m "$snapshot" "$SCRATCH/base/backup.info"
		is_whole "$RUN/out" || die "backup.info of base $id (snapshot $snapshot) is not whole: look at that snapshot"
		cp "$RUN/out" "$SCRATCH/infos/$id.info"
	done <"$RUN/kept"
	{
		sed 's/^[^ ]* //' "$RUN/kept" | LC_ALL=C sort -u
		echo end
	} >"$SCRATCH/kept.new"
	mv "$SCRATCH/kept.new" "$SCRATCH/kept"
}
