# shellcheck shell=bash
# Applies logs to a base: as relay logs of a throw-away server that no network reaches. It is sourced, after data-directory.sh, plan.sh,
# resolve-point.sh and replay-server.sh.
# needs: base, base_set, logs (plan.sh), stop_before, target (resolve-point.sh)
# sets:  server_id (replay-server.sh)
declare base base_set stop_before target server_id
declare -a logs

readonly POLL=${POLL:-1}
readonly PROGRESS_SECONDS_MAX=${PROGRESS_SECONDS_MAX:-900} # for which nothing may be applied, read or written
readonly RELAY=$VOLUME/replay.tmp

# replay: the data directory at the point, with a server on it that is open for statements of root alone.
replay() {
	local start=$SECONDS
	require_series
	unpack_logs
	resolve_point
	[[ ! -e $DATA ]] || die "$DATA exists: an earlier try of this pod has changed it; the next pod begins anew"
	put_in_place "$FETCHED/data"
	rm -rf "$RELAY"
	mkdir "$RELAY"
	((${#logs[@]} == 0)) || take_receiver_id
	start_applier
	forget_source
	require_set "$base_set" "the base $base"
	((${#logs[@]} == 0)) || apply_logs
	require_set "$target" 'the restored data'
	log INFO "applied ${#logs[@]} logs in $((SECONDS - start)) s"
}

# start_applier: what is lost by a crash is made again by the next pod.
start_applier() {
	start_server --skip-networking --read-only=OFF --super-read-only=OFF --relay-log="$RELAY/relay-log" --relay-log-recovery=OFF \
		--replica-parallel-workers=4 --replica-preserve-commit-order=ON --innodb-flush-log-at-trx-commit=0 --innodb_doublewrite=OFF
}

# forget_source: what a base may bring of replication: its relay logs are not there, and a server that missed them at its start takes no others.
forget_source() {
	local channels
	channels=$(root_sql <<<'SELECT COUNT(*) FROM mysql.slave_master_info') ||
		die 'the server does not tell what the base brings of replication, see above'
	reset_replica
	((channels > 0)) || return 0
	stop_server
	start_applier
	reset_replica
}

reset_replica() {
	root_sql <<<'RESET REPLICA ALL' || die 'the settings of replication cannot be removed, see above'
}

# take_receiver_id: a transaction may begin in one log and end in the next. The event in between, which closes a log, has the id of the receiver that
# wrote it; an applier with another id takes it for one of the source, and waits for the end of that transaction forever.
take_receiver_id() {
	local index id
	for index in "${!logs[@]}"; do
		unpacked "$index"
		id=$(od -An -tu4 --endian=little -j 9 -N 4 "$REPLY")
		id=${id//[[:space:]]/}
		[[ $id =~ ^[0-9]+$ ]] || die "the log ${logs[index]} is empty"
		if ((index == 0)); then
			server_id=$id
		elif ((id != server_id)); then
			log WARNING "the log ${logs[index]} was received with the server id $id, and those before with $server_id"
		fi
	done
}

# first_event: the first transaction that begins in the logs, as INDEX OFFSET into REPLY: the first log may begin within one that the base has.
first_event() {
	local index event
	for index in "${!logs[@]}"; do
		unpacked "$index"
		event=$(od -An -v -tu1 -w32 "$REPLY" 2>/dev/null | awk -v FIRST=1 -f "${BASH_SOURCE[0]%/*}/gtid-events.awk") || true # od hears no end
		[[ -n $event ]] || continue
		REPLY="$index ${event##* }"
		return
	done
	die "no transaction begins in the logs ${logs[*]}"
}

# apply_logs: until all of the target is there.
apply_logs() {
	local index first offset until=''
	first_event
	read -r index offset <<<"$REPLY"
	printf -v first 'relay-log.%06d' "$((index + 1))"
	rm -rf "$RELAY"
	mv --no-target-directory "$UNPACKED" "$RELAY"
	for index in "${!logs[@]}"; do
		printf '%s/relay-log.%06d\n' "$RELAY" "$((index + 1))"
	done >"$RELAY/relay-log.index"
	[[ -z $stop_before ]] || until=" UNTIL SQL_BEFORE_GTIDS = '$stop_before'"
	root_sql <<-END || die 'the logs cannot be applied, see above'
		CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'archive', RELAY_LOG_FILE = '$first', RELAY_LOG_POS = $offset,
			SOURCE_AUTO_POSITION = 0;
		START REPLICA SQL_THREAD$until;
	END
	await_target
	root_sql <<<'STOP REPLICA SQL_THREAD' || die 'the applier does not stop, see above'
	reset_replica
}

# await_target: bounded by progress, not by time.
await_target() {
	local row mark applier error reached place message progress='' since=$SECONDS
	read_file "$SQL/replay-state.sql"
	local question="SET @target = '$target';"$'\n'$REPLY
	while :; do
		require_server
		row=$(root_sql <<<"$question") || die 'the server does not tell how far it is, see above'
		IFS=$'\t' read -r mark applier error reached place message <<<"$row"
		[[ $mark == replay ]] || die "the server does not tell how far it is: $row"
		((error == 0)) || die "a log cannot be applied: error $error: $message"
		((reached == 0)) || return 0
		[[ $applier == ON ]] || die "the applier stopped before the point, at $place"
		if [[ $row != "$progress" ]]; then
			progress=$row since=$SECONDS
		fi
		((SECONDS - since < PROGRESS_SECONDS_MAX)) || die "nothing was applied for $PROGRESS_SECONDS_MAX s, at $place"
		log_seldom INFO 'applying logs' "at ${place%% *} of relay-log.$(printf '%06d' "${#logs[@]}")"
		sleep "$POLL"
	done
}

# require_set SET WHAT: that the server has exactly this.
require_set() {
	local row missing more set=$1
	[[ $set != - ]] || set=''
	row=$(root_sql <<<"SELECT REPLACE(CONCAT(GTID_SUBTRACT('$set', @@GLOBAL.gtid_executed), '|', GTID_SUBTRACT(@@GLOBAL.gtid_executed, '$set')), '\n', '')") ||
		die "the transactions of $2 cannot be compared, see above"
	missing=${row%|*} more=${row#*|}
	[[ -z $missing && -z $more ]] || die "$2 has other transactions than it should: it lacks ${missing:-none}, and has besides ${more:-none}"
}
