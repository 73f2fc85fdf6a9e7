# shellcheck shell=bash
# The one place in which a data directory is replaced by a copy. It is sourced, after survey.sh, transactions.sh and data-directory.sh. What must
# be so first is I7 in docs/mysql-agent.md:
#   the donor has every transaction of the old data, as it says now
#   the new copy is whole and on the disk; or, where the volume cannot hold both, two other members have every transaction of the old data
# needs: peers (lib.sh), state, executed, more (survey.sh)
declare -a peers
declare -A state executed more

readonly IN_GROUP=$'^ONLINE\t[^\t]*\t1\t' # what a member of a group that works tells besides; a group's rows have several fields
readonly COPIES_MIN=2                     # of the data that is removed before its new copy is there

# lacks_room: whether the volume cannot hold a second copy; how much is missing, in KiB, into REPLY.
lacks_room() {
	local used free
	used=$(du --summarize --block-size=1K "$DATA" | cut -f1)
	free=$(df --output=avail --block-size=1K "$VOLUME" | tail -1)
	REPLY=$((used + used / 5 - free))
	((REPLY > 0))
}

# make_room OLD: removes the old data, all of which is OLD, before the new copy is there. Fails, with the reason in REPLY, unless enough
# others have it.
make_room() {
	local member rest missing=$REPLY
	local -a having=()
	members
	survey "${peers[@]}"
	for member in "${peers[@]}"; do
		[[ ${state[$member]} == data && (${more[$member]} != *$'\t'* || ${more[$member]} =~ $IN_GROUP) ]] || continue
		rest=$(subtract recipient_sql "$1" "${executed[$member]}") || continue
		[[ -n $rest ]] || having+=("$member")
	done
	if ((${#having[@]} < COPIES_MIN)); then
		REPLY="the volume has no room for a second copy: $missing KiB are missing; the old data is removed first only while $COPIES_MIN other members have all of it, and ${having[*]:-none} has"
		return 1
	fi
	log WARNING "the volume has no room for a second copy, $missing KiB are missing: removing the old data, all of which ${having[*]} have"
	remove_old
}

# put_copy_in_place DONOR OLD COPY: in place of the old data, if there is any still.
put_copy_in_place() {
	local rest
	: >"$VOLUME/cloned" || return
	sync --file-system "$3" || return # before the old data goes
	if [[ -e $DATA ]]; then
		rest=$(subtract recipient_sql "$2" "${executed[$1]}") || return
		[[ -z $rest ]] || die "$1 does not have the transactions $rest of this member: its data stays"
		mv --no-target-directory "$DATA" "$VOLUME/old.tmp" || return
	fi
	put_in_place "$3" || return # the old data stays until the new one is there
	rm -rf "$VOLUME/old.tmp"
}

# remove_old: a kill at any instant leaves a directory with its name, or one that is removed at the next start.
remove_old() {
	REPLY='the old data could not be moved, see above'
	mv --no-target-directory "$DATA" "$VOLUME/old.tmp" || return
	rm -rf "$VOLUME/old.tmp"
}
