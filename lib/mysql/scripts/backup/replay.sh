# shellcheck shell=bash
# Applies logs to a base: as relay logs of a throw-away server that no network reaches. It is sourced, after data-directory.sh, plan.sh,
# resolve-point.sh and replay-server.sh.
# needs: base, base_set, logs (plan.sh), stop_before, target (resolve-point.sh)
declare base base_set stop_before target
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
	# What is lost by a crash is made again by the next pod.
	start_server --skip-networking --read-only=OFF --super-read-only=OFF --relay-log="$RELAY/relay-log" --relay-log-recovery=OFF \
		--replica-parallel-workers=4 --replica-preserve-commit-order=ON --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF
	root_sql <<<'RESET REPLICA ALL' || die 'the settings of replication that the base brings cannot be removed, see above'
	require_set "$base_set" "the base $base"
	((${#logs[@]} == 0)) || apply_logs
	require_set "$target" 'the restored data'
	log INFO "applied ${#logs[@]} logs in $((SECONDS - start)) s"
}

# apply_logs: until all of the target is there.
apply_logs() {
	local index
	rm -rf "$RELAY"
	mv --no-target-directory "$UNPACKED" "$RELAY"
	for index in "${!logs[@]}"; do
		printf '%s/relay-log.%06d\n' "$RELAY" "$((index + 1))"
	done >"$RELAY/relay-log.index"
	root_sql <<-END || die 'the logs cannot be applied, see above'
		CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'archive', RELAY_LOG_FILE = 'relay-log.000001', RELAY_LOG_POS = 4, SOURCE_AUTO_POSITION = 0;
		START REPLICA SQL_THREAD${stop_before:+ UNTIL SQL_BEFORE_GTIDS = '$stop_before'};
	END
	await_target
	root_sql <<<'STOP REPLICA SQL_THREAD; RESET REPLICA ALL;' || die 'the applier does not stop, see above'
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
	local missing more set=$1
	[[ $set != - ]] || set=''
	IFS='|' read -r missing more < <(
		root_sql <<-END
			SELECT CONCAT(REPLACE(GTID_SUBTRACT('$set', @@GLOBAL.gtid_executed), '\n', ''), '|', REPLACE(GTID_SUBTRACT(@@GLOBAL.gtid_executed, '$set'), '\n', ''));
		END
	) || die "the transactions of $2 cannot be compared, see above"
	[[ -z $missing && -z $more ]] || die "$2 has other transactions than it should: it lacks ${missing:-none}, and has besides ${more:-none}"
}
