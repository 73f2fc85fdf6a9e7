#!/bin/sh
# Restores the base of the plan (fetch-logs.sh) from its snapshot, into SCRATCH/restore, which appears when it is whole. A drill reads a part of the
# repository besides.
# needs: the environment of store.sh; DRILL=1 for a drill, of which CHECKED is read, 10% if not given
# shellcheck source=lib/mysql/scripts/store/store.sh
. "${0%/*}/store.sh"

HALF=$SCRATCH/restore.tmp
FETCHED=$SCRATCH/restore

# restic_do WHAT COMMAND ARGUMENT...: without a lock, which needs a right to write and a store without a stale lock.
restic_do() {
	what=$1
	shift
	status=0
	restic --no-lock --quiet "$@" 2>"$RUN/error" >&2 || status=$?
	[ "$status" != 0 ] || return 0
	reason=$(grep -v -e '^Summary:' -e ': lchown ' "$RUN/error" | tail -n 3 | tr '\n' ' ')
	case $status in
	10) die "there is no restic repository in $STORE_PATH/base: ${reason}; correct the bucket or the prefix" ;;
	12) die "the encryption key does not open the repository in $STORE_PATH/base: ${reason}; restore the Secret with the key that the backups were made with" ;;
	esac
	case $reason in
	*'no snapshot found'*)
		die "the repository in $STORE_PATH/base has no snapshot of the base $base with the tag proven: it was removed, though bases/$base.info is there; restore another backup"
		;;
	*) die "$what failed in $STORE_PATH/base: restic ended with status $status: ${reason}; if the repository is damaged, restore another backup" ;;
	esac
}

# require_room BYTES: with a tenth more, for what a server adds at its start.
require_room() {
	needed=$(($1 + $1 / 10))
	free=$(free_bytes)
	[ "$free" -ge "$needed" ] || die "the scratch volume has room for $free bytes, and the base $base needs $needed: give it more"
}

# require_whole: `restic repair snapshots` leaves a snapshot without what was lost, but with its tags.
require_whole() {
	restic --no-lock --quiet snapshots latest --json --tag "id=$base,proven" >"$RUN/snapshots" 2>"$RUN/error" ||
		die "the snapshot of the base $base in $STORE_PATH/base cannot be looked at: $(tail -n 1 "$RUN/error"); run this again"
	stored=$(jq -r '.[-1].summary.total_bytes_processed // empty' "$RUN/snapshots")
	found=$(find "$HALF" -type f -exec stat -c %s {} + | awk '{ sum += $1 } END { printf "%.0f", sum }')
	[ "${stored:-$found}" = "$found" ] ||
		die "the snapshot of the base $base in $STORE_PATH/base has $found bytes instead of $stored: it was repaired, and lacks what was damaged; restore another backup"
}

main() {
	end_if_inert
	is_whole "$SCRATCH/plan" || die "$SCRATCH/plan is not whole: the container before has not run to its end"
	base=$(field "$SCRATCH/plan" base)
	known=$SCRATCH/known/bases/$base.info
	bytes=$(field "$known" bytes)
	began=$(date +%s)
	use_restic
	if [ "${DRILL:-}" = 1 ]; then export GOMAXPROCS=1; fi # a restore hurries, a drill does not
	rm -rf "$HALF" "$FETCHED"
	require_room "${bytes:-0}"
	restic_do "restoring the base $base" restore latest --tag "id=$base,proven" --target "$HALF"
	cmp -s "$HALF/scratch/base/backup.info" "$known" ||
		die "the snapshot of the base $base in $STORE_PATH/base holds another backup.info than bases/$base.info says: restore another backup"
	require_whole
	mv "$HALF" "$FETCHED"
	log INFO "fetched the base $base, $bytes bytes, in $(($(date +%s) - began)) s"
	if [ "${DRILL:-}" = 1 ]; then
		began=$(date +%s)
		restic_do "checking ${CHECKED:-10%} of the repository" check --read-data-subset="${CHECKED:-10%}"
		log INFO "checked ${CHECKED:-10%} of the repository in $(($(date +%s) - began)) s"
	fi
}

main
