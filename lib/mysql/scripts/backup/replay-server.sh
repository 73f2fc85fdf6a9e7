# shellcheck shell=bash
# The server of a restore or a drill: throw-away, on the data that was fetched. It is sourced, after lib.sh.
# needs: lib.sh
# sets:  server, server_id

server=''            # its process
server_id=4294967294 # of no member: a server skips transactions with its own

readonly MODEST=(--innodb-buffer-pool-size=256M --max-connections=50) # whatever memory members have
readonly STOP_SECONDS_MAX=${STOP_SECONDS_MAX:-600}

# start_server OPTION...: with what the members' my.cnf says, but for what would reach others or write more than it must. Root has
# another password each time, whatever the backup has.
start_server() {
	rm -f "$RUN"/mysqld.{sock,sock.lock,pid}
	random_password
	option_file root "socket=$RUN/mysqld.sock"
	printf '%s;\n' "$SESSION_SETTINGS" 'SET SESSION sql_log_bin = 0' \
		"ALTER USER root@localhost IDENTIFIED BY $(sql_literal "$REPLY") ACCOUNT UNLOCK" >"$RUN/init.sql"
	mysqld --defaults-file="$CONFIG/my.cnf" --datadir="$DATA" --socket="$RUN/mysqld.sock" --pid-file="$RUN/mysqld.pid" --server-id="$server_id" \
		--skip-log-bin --skip-replica-start --event-scheduler=DISABLED --mysqlx=OFF --init-file="$RUN/init.sql" "${MODEST[@]}" "$@" &
	server=$!
	until root_sql <<<'DO 1' >/dev/null 2>&1; do
		require_server
		sleep 0.2
	done
	rm -f "$RUN/init.sql"
}

require_server() {
	kill -0 "$server" 2>/dev/null || die 'the server ended, see above'
}

# stop_server: a clean stop, which writes all that is in memory.
stop_server() {
	local start=$SECONDS status=0
	kill "$server"
	while kill -0 "$server" 2>/dev/null; do
		((SECONDS - start < STOP_SECONDS_MAX)) || die "the server did not stop within $STOP_SECONDS_MAX s"
		sleep 0.2
	done
	wait "$server" || status=$?
	server=''
	((status == 0)) || die "the server ended with status $status when it was to stop, see above"
}

# end_server: however it ends; its data is of no use then.
end_server() {
	[[ -n $server ]] || return 0
	kill -KILL "$server" 2>/dev/null || true
	wait "$server" 2>/dev/null || true
	server=''
}
