# shellcheck shell=bash disable=SC2034
# Starts a copy once: a copy that starts is one. It is sourced, after data-directory.sh.
# needs: what data-directory.sh sets
# sets: copied_set, copied_version, copied_origin, copied_timeline, empty_tables

readonly COPY_SOCKET=$RUN/copy.sock
readonly COPY_SECONDS_MAX=${COPY_SECONDS_MAX:-3600} # to start, when it has much to recover, and to stop
# What of my.cnf the form of a data directory depends on, beside what CLONE compares (data-directory.sh).
readonly FORM='innodb_data_file_path|innodb_data_home_dir|lower_case_table_names'
# Nobody reaches it, and nothing in it runs by itself. What a server makes for itself alone is made by the one that serves the copy one day.
readonly STILL=(--skip-networking --skip-grant-tables --skip-replica-start --event-scheduler=DISABLED --skip-log-bin --mysqlx=OFF
	--gtid-mode=ON --enforce-gtid-consistency=ON --relay-log=relay-log --performance-schema=OFF --auto-generate-certs=OFF
	--innodb-buffer-pool-dump-at-shutdown=OFF --innodb-buffer-pool-load-at-startup=OFF)

copy_server=''
copied_set='' copied_version='' copied_origin='' copied_timeline=''
declare -a empty_tables=()

# prove_copy DIRECTORY: starts it, reads what it holds into the variables above, frees it of what it knows of replication, and stops it in order.
prove_copy() {
	local start=$SECONDS answer line
	start_copy "$1"
	answer=$(copy_sql <"$SQL/copied.sql") || die 'the copy does not say what it holds, see above'
	[[ $answer == *$'\n'end || $answer == end ]] || die "the copy does not say what it holds: $answer"
	empty_tables=()
	while IFS= read -r line; do
		case $line in
		copy*) IFS=$'\t' read -r _ copied_set copied_version copied_origin copied_timeline <<<"$line" ;;
		table*) empty_tables+=("$(IFS=$'\t' && read -r _ name engine <<<"$line" && printf '%s (%s)' "$name" "$engine")") ;;
		esac
	done <<<"$answer"
	[[ -n $copied_timeline ]] || die "the copy does not say what it holds: $answer"
	copy_sql <<<'RESET REPLICA ALL' || die 'the copy does not forget whom its donor followed, see above'
	stop_copy
	rm -rf "$1/auto.cnf" "$1"/*.pem "$1/#clone" "$1"/relay-log* # a server's own id and keys, and what CLONE has noted
	log INFO "the copy starts and stops, in $((SECONDS - start)) s"
}

start_copy() {
	local start=$SECONDS
	write_recipient_options
	grep -E "^(loose_)?($FORM) = " "$CONFIG/my.cnf" >>"$RUN/recipient.cnf" || (($? == 1)) # none of them is there
	mysqld --defaults-file="$RUN/recipient.cnf" "${SMALL[@]}" "${STILL[@]}" --datadir="$1" --socket="$COPY_SOCKET" --pid-file="$RUN/copy.pid" \
		>"$RUN/copy.log" 2>&1 & # it complains of relay logs that its donor had, which nobody is to read
	copy_server=$!
	until copy_sql <<<'SELECT 1' >/dev/null 2>&1; do
		kill -0 "$copy_server" 2>/dev/null || {
			tail -n 20 "$RUN/copy.log" >&2
			die "the copy does not start, see above: nothing was stored; run the backup again, and look at the donor's log when it fails again"
		}
		((SECONDS - start < COPY_SECONDS_MAX)) || die "the copy did not start within $COPY_SECONDS_MAX s: nothing was stored"
		sleep 0.2
	done
}

# stop_copy: in order, so that the next server has nothing to recover.
stop_copy() {
	local start=$SECONDS
	copy_sql <<<'SHUTDOWN' || die 'the copy does not stop, see above'
	while kill -0 "$copy_server" 2>/dev/null; do
		((SECONDS - start < COPY_SECONDS_MAX)) || die "the copy did not stop within $COPY_SECONDS_MAX s: nothing was stored"
		sleep 0.2
	done
	wait "$copy_server" || {
		tail -n 20 "$RUN/copy.log" >&2
		die 'the copy did not stop in order, see above: nothing was stored'
	}
	copy_server=''
}

# end_copy: at once, when the script ends.
end_copy() {
	[[ -n $copy_server ]] || return 0
	kill -KILL "$copy_server" 2>/dev/null || true
	wait "$copy_server" 2>/dev/null || true
	copy_server=''
}

copy_sql() {
	mysql --no-defaults --default-character-set=utf8mb4 --user=root --socket="$COPY_SOCKET" --batch --skip-column-names
}
