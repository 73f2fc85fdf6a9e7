# shellcheck shell=sh disable=SC2034,SC2154
# Lists the store, and fetches information files of it. It is sourced, after store.sh and failure.sh.
# needs: attempt, try, fail (failure.sh); store_do, is_whole (store.sh)
# sets:  status

# list_store: the paths of all its objects but those of the repository, one a line, into RUN/objects.
list_store() {
	list_below store: --include '/bases/*' --include '/logs/*/*' --include '/state/*' --include '/drills/*/*'
	mv "$RUN/listed" "$RUN/objects"
}

# list_plain FOLDER: the first thousand of the names below a folder of the store, as they are, into RUN/plain.
list_plain() {
	list_below "plain:$STORE_PATH/$1" --include '/config' --include '/keys/*' --include '/snapshots/*'
	mv "$RUN/listed" "$RUN/plain"
}

# list_below REMOTE OPTION...: into RUN/listed. A place that is not there yet has none; but a bucket, and the volume of a folder, are to be there.
list_below() {
	if try store_do lsf --recursive --files-only --fast-list "$@"; then
		mv "$RUN/out" "$RUN/listed"
	elif [ "$status" = 3 ] && is_place_there; then
		: >"$RUN/listed"
	else
		fail 'listing the store'
	fi
}

# is_place_there: whether the bucket is there, or the folder that a volume is mounted on. Of a bucket that is missing rclone says only that there is no
# folder.
is_place_there() {
	if [ "$STORE_KIND" = s3 ]; then
		if try store_do lsf --max-depth 1 "plain:${STORE_PATH%%/*}"; then return 0; fi
		[ "$status" != 3 ] || echo NoSuchBucket >>"$RUN/complaint"
		return 1
	fi
	top=$STORE_PATH
	while [ ! -d "$top" ] && [ "$top" != / ]; do top=$(dirname "$top"); done
	[ "$top" != / ] && [ -w "$top" ]
}

# fetch LIST FOLDER: the information files that LIST names, one a line, all whole.
fetch() {
	[ -s "$1" ] || return 0
	attempt 'fetching information files of the store' store_do copy --files-from-raw "$1" --no-traverse --transfers 16 store: "$2"
	while read -r name; do
		is_whole "$2/$name" || die "$name in the store is not whole: its last line is not \`end\`; look at that object, and remove it if it is none of this library's"
	done <"$1"
}
