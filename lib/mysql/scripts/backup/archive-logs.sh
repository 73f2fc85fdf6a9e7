# shellcheck shell=bash disable=SC2034
# Makes files of the archive of the logs that the server has closed, in order. It is sourced, after position.sh and receiver.sh.
# A kill at any instant makes no file twice and none other: first the information about it is written to `pending`, last it becomes the position; what lies
# between is done again from `pending`, which says the same.
# needs: lib.sh; write_info, read_info, utc of info.sh; position and write_position of position.sh; CHANNEL of receiver.sh; ask (session.sh);
#        has, server_version (observe-archive.sh); measure_log, keep_rest, drop_rests, whole_transactions (whole-logs.sh)
# sets:  rotated_at, last_commit, last_name, REPLY, closed of its caller; position, by write_position

readonly OUTBOX=$VOLUME/outbox PENDING=$VOLUME/pending
readonly FILES_MAX=8 # in one look

declare -A position
declare has server_version

rotated_at=-1000 last_commit='' last_name='' _kept=''

# rotate: has the server close its log when there is something in it. The statement is in no binary log.
rotate() {
	rotated_at=$SECONDS
	[[ $has != "${position[end_set]}" ]] || return 0
	ask "FLUSH NO_WRITE_TO_BINLOG RELAY LOGS FOR CHANNEL '$CHANNEL';" && [[ $REPLY != ERROR* ]]
}

# keep_received: what was received since the last look is on the disk, so that a node that loses its power loses no more than that.
keep_received() {
	local line last=''
	[[ $has != "$_kept" && -e $DATA/relay-log-$CHANNEL.index ]] || return 0
	while IFS= read -r line; do last=$line; done <"$DATA/relay-log-$CHANNEL.index"
	sync "$DATA/$last" 2>/dev/null || true
	_kept=$has
}

# closed_logs: those that are no files of the archive yet into `closed`, in order, the one after each too.
closed_logs() {
	local line seen=''
	closed=()
	[[ -e $DATA/relay-log-$CHANNEL.index ]] || return 0
	[[ ${position[file]} != - ]] || seen=1
	while IFS= read -r line; do
		line=${line##*/}
		[[ -z $seen ]] || closed+=("$line")
		[[ $line != "${position[file]}" ]] || seen=1
	done <"$DATA/relay-log-$CHANNEL.index"
}

# archive_closed [MAX]: fails when one cannot be made; what is left is done in the next look.
archive_closed() {
	local -a closed=()
	local count status
	finish_pending || return
	closed_logs
	for ((count = 0; count + 1 < ${#closed[@]} && count < ${1:-FILES_MAX}; count++)); do
		status=0
		archive_log "${closed[count]}" "${closed[count + 1]}" || status=$?
		((status != 2)) || return 0
		((status == 0)) || return "$status"
	done
}

# set_before LOG: what the server had when it began it, with what was before its first log.
set_before() {
	local previous
	ask "SHOW RELAYLOG EVENTS IN '$1' LIMIT 1, 1 FOR CHANNEL '$CHANNEL';" && [[ $REPLY == *Previous_gtids* ]] || return 1
	previous=${REPLY##*$'\t'}
	previous=${previous//'\n'/}
	ask "SELECT 'set', COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(CONCAT_WS(',', NULLIF('${position[base]#-}', ''), NULLIF('$previous', '')), ''),
		'\n', ''), ''), '-');" && [[ $REPLY == set$'\t'* ]] || return 1
	REPLY=${REPLY#*$'\t'}
	is_set "$REPLY"
}

# archive_log LOG NEXT: the next one says what the server had after it. Status 2: it is not clear yet whether its last transaction goes on.
archive_log() {
	local after hash bytes name commit=$last_commit
	if ! set_before "$2"; then
		log_seldom WARNING "cannot read what the server had after $1" "${REPLY:-no answer}"
		return 1
	fi
	after=$REPLY
	measure_log "$1" "$2" "$after" || return
	keep_rest "$1" || return
	if [[ $after == "${position[end_set]}" ]]; then
		write_position file "$1" || return
		drop_rests
		return
	fi
	if [[ -z $commit ]]; then # the server has started since it received them
		utc "$(stat --format=%Y "$DATA/$1")"
		commit=${REPLY%Z}.999999Z
	fi
	if ! whole_transactions "$1" | zstd --quiet --force -o "$OUTBOX/log.zst.new" || ! sync "$OUTBOX/log.zst.new"; then
		log_seldom ERROR "cannot write to $OUTBOX, see above: the log waits"
		return 1
	fi
	hash=$(sha256sum "$OUTBOX/log.zst.new") || return
	hash=${hash%% *}
	bytes=$(stat --format=%s "$OUTBOX/log.zst.new") || return
	printf -v name '%012d-%s' "$((position[sequence] + 1))" "${hash:0:8}"
	utc
	write_info "$PENDING" format 1 kind 'log' name "$name" timeline "${position[timeline]}" chain "${position[chain]}" origin "${position[origin]}" \
		start "${position[end_set]}" end_set "$after" closed_at "$REPLY" last_commit "$commit" bytes "$bytes" sha256 "$hash" \
		version "$server_version" relay_log "$1" || return
	finish_pending || return
	drop_rests
}

# finish_pending: what was compressed has its name, and then its information beside it. Of one that ship.sh has taken already the information comes
# again, which is the same.
finish_pending() {
	local -A info
	[[ -e $PENDING ]] || return 0
	read_info "$PENDING" info || die "$PENDING is damaged: examine it"
	if [[ -e $OUTBOX/log.zst.new && ${position[sequence]} != "$((10#${info[name]%%-*}))" ]]; then
		mv --no-target-directory "$OUTBOX/log.zst.new" "$OUTBOX/${info[name]}.zst" || return
	fi
	if [[ ${position[sequence]} != "$((10#${info[name]%%-*}))" ]]; then
		cp "$PENDING" "$OUTBOX/${info[name]}.info.new" && sync "$OUTBOX/${info[name]}.info.new" "$OUTBOX" || return
		mv --no-target-directory "$OUTBOX/${info[name]}.info.new" "$OUTBOX/${info[name]}.info" || return
		write_position sequence "$((10#${info[name]%%-*}))" file "${info[relay_log]}" end_set "${info[end_set]}" || return
	fi
	last_name=${info[name]}
	rm -f "$PENDING"
}

# archive_all: everything that was received, of a receiver that is stopped; fails while something is left.
archive_all() {
	local -a closed=()
	rotate && archive_closed 100000 || return
	closed_logs
	((${#closed[@]} <= 1))
}
