# shellcheck shell=sh disable=SC2034,SC2154
# Stores a base or a dump in the repository of restic. It is sourced, after store.sh and failure.sh.
# needs: SCRATCH, READ_BYTES_MAX, CLUSTER (store-base.sh, store-dump.sh); use_restic was called
# sets:  reply, stored_bytes, earlier, others

LOOK_SECONDS=120                   # for one question to the repository, which restic would repeat for a quarter of an hour
LOCK_SECONDS=${LOCK_SECONDS:-2100} # in which restic removes a lock that nobody has renewed: it does after half an hour
LOCK_PAUSE=${LOCK_PAUSE:-20}
POD=${POD:-$(cat /proc/sys/kernel/hostname)}
FULL_SECONDS=${FULL_SECONDS:-60} # for which a store may be full
FULL_PAUSE=${FULL_PAUSE:-5}
stored_bytes=''

export GOMAXPROCS=1 # restic packs with one processor: commits go first where a member shares the node

# unless_full COMMAND...: runs restic, as something that `attempt` does. Where the store is full restic tries for a quarter of an hour, and a Job several
# times. So it ends before.
unless_full() {
	"$@" &
	running=$!
	end_when_full "$running" &
	watching=$!
	full_status=0
	wait "$running" || full_status=$?
	kill "$watching" 2>/dev/null || true
	return "$full_status"
}

# end_when_full PROCESS
end_when_full() {
	full=0
	while [ "$full" -lt "$FULL_SECONDS" ]; do
		sleep "$FULL_PAUSE"
		case $(grep '^Save(' "$RUN/complaint" | tail -n 1) in
		*'retrying after'*'o space left'* | *'retrying after'*QuotaExceeded* | *'retrying after'*XMinioStorageFull*) full=$((full + FULL_PAUSE)) ;;
		*) full=0 ;;
		esac
	done
	kill "$1"
}

# open_repository: makes it where there is none.
open_repository() {
	if try timeout "$LOOK_SECONDS" restic cat config --no-lock; then return 0; fi
	case $status in
	10)
		attempt "making the repository $RESTIC_REPOSITORY" timeout "$LOOK_SECONDS" restic init
		log INFO "made the repository $RESTIC_REPOSITORY"
		;;
	*)
		if [ "$status" = 143 ] || [ "$status" = 124 ]; then echo 'i/o timeout' >>"$RUN/complaint"; fi
		fail "opening the repository $RESTIC_REPOSITORY"
		;;
	esac
}

# free_repository: until nobody else works on it. A program that was killed leaves its lock, which names its pod. Pods of one Job run one after the
# other, so the lock of an earlier one is of nobody. That of another Job may be of a program that works, until restic says otherwise.
free_repository() {
	began=$(date +%s)
	waiting=''
	while :; do
		attempt 'removing locks that nobody holds' restic unlock
		find_locks
		[ -n "$others" ] || break
		[ $(($(date +%s) - began)) -lt "$LOCK_SECONDS" ] ||
			die "the repository $RESTIC_REPOSITORY is locked by $others, which still works: wait until it has ended, and run the backup again"
		[ -n "$waiting" ] || log WARNING "waiting for $others, which has locked the repository; if it was killed, that takes half an hour"
		waiting=1
		sleep "$LOCK_PAUSE"
	done
	[ -n "$earlier" ] || return 0
	attempt "removing the lock of $earlier" restic unlock --remove-all
	log INFO "removed the lock of $earlier, an earlier try of this Job that was killed"
}

# find_locks: a pod that holds one: of this Job into `earlier`, of another into `others`.
find_locks() {
	earlier='' others=''
	attempt 'listing the locks' restic list locks --no-lock --quiet
	cp "$RUN/out" "$RUN/locks"
	while read -r lock; do
		try restic cat lock "$lock" --no-lock --quiet || continue # it is gone by now
		holder=$(sed -n 's/.*"hostname": *"\([^"]*\)".*/\1/p' "$RUN/out")
		if [ "${holder%-*}" = "${POD%-*}" ]; then earlier=$holder; else others=${holder:-nobody knows whom}; fi
	done <"$RUN/locks"
}

# snapshot_of TAGS: the snapshot of this cluster that has all of these tags, with commas between, the newest one if it is more than one, into `reply`.
snapshot_of() {
	attempt 'listing the snapshots' restic snapshots --json --no-lock --host "$CLUSTER" --tag "$1"
	reply=$(jq -r 'sort_by(.time) | last | .id // empty' "$RUN/out")
}

# store_files WHAT TAGS PATH...: restic ends with 3 when it could not read a file: that snapshot is none, and is never marked. It reads all files, as if
# there were no snapshot before, so that what a damaged one lacks is stored again.
store_files() {
	stored=$1
	tags=$2
	shift 2
	log INFO "storing $stored"
	started=$(date +%s)
	attempt "storing $stored" unless_full restic backup --json --quiet --force --retry-lock 10m --host "$CLUSTER" --tag "$tags" "$@"
	stored_bytes=$(jq -r 'select(.message_type == "summary") | .data_added_packed' "$RUN/out")
	log INFO "stored $stored in $(($(date +%s) - started)) s, with $stored_bytes bytes that are new"
}

# mark_stored WHAT ID MARK: gives the snapshot with the tag ID the last tag, without which it does not count; that snapshot into `reply`.
mark_stored() {
	attempt "marking $1 as $3" unless_full restic tag --retry-lock 10m --host "$CLUSTER" --tag "id=$2" --add "$3"
	snapshot_of "id=$2,$3"
	[ -n "$reply" ] || die "the snapshot of $1 is gone after it was checked: look at who else works on the repository $RESTIC_REPOSITORY"
}

# check_files WHAT TAG BYTES: that the repository is sound, and that what was stored can be read: all of it, or of a large one a part. BYTES is its size,
# where a program before this one has stored it.
check_files() {
	started=$(date +%s)
	if [ "${stored_bytes:-$3}" -le "$READ_BYTES_MAX" ]; then
		how=all
		attempt "reading $1 again" unless_full restic check --retry-lock 10m --host "$CLUSTER" --tag "$2" --read-data
	else
		how="$READ_BYTES_MAX bytes"
		attempt "reading $1 again" unless_full restic check --retry-lock 10m --host "$CLUSTER" --tag "$2" --read-data-subset "$((READ_BYTES_MAX / 1048576))M"
	fi
	log INFO "the repository is sound, and of $1 $how was read again, in $(($(date +%s) - started)) s"
}
