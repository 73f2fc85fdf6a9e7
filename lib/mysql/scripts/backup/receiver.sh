# shellcheck shell=bash
# The server of the archive, which only receives: it applies nothing, has no binary log and no port. It is sourced, after data-directory.sh.
# A server that was killed cuts a transaction that it had received in part off its last log when it starts (measured: 9.7.4), and gets it as a whole later.
# needs: lib.sh; OF_IMAGE, OF_VOLUME, SMALL, has_data, put_in_place, write_recipient_options of data-directory.sh; ask, close_session of session.sh; end_without_data (end-without-data.sh); REPLY holds what a function answers
# sets:  server, _begun, channel_password

# Beside the ranges of members: sources from 100 on, replicas from 200, members of a group from 1000.
readonly ARCHIVE_SERVER_ID=90
readonly CHANNEL=archive # by its name servers tell it from a replica, see member-state.sql
readonly STATEMENT_SECONDS=20 STOP_SECONDS=10
readonly START_PAUSE=${START_PAUSE:-5} # between two starts of a server that ends
# sync_relay_log: with 1 each event is written to the disk, of which a transaction has four and more; archive-logs.sh does it once a look instead.
# Small: it has tables of its own alone. Without performance_schema the tables about replication are there nevertheless. Each thread of InnoDB that is
# not there does not wake up some times a second: that is a third of what a server at rest takes (measured: 9.7.4).
readonly RECEIVER_OPTIONS=(
	--server-id="$ARCHIVE_SERVER_ID" --gtid-mode=ON --enforce-gtid-consistency=ON --skip-log-bin --relay-log=relay-log --relay-log-purge=OFF
	--relay-log-recovery=OFF --sync-relay-log=0 --max-relay-log-size=64M --skip-replica-start --replica-net-timeout=10
	--rpl-stop-replica-timeout="$STOP_SECONDS" --skip-networking --mysqlx=OFF --performance-schema=OFF --innodb-buffer-pool-size=5M
	--innodb-redo-log-capacity=8M --innodb-log-buffer-size=1M --table-open-cache=16 --table-definition-cache=400 --max-connections=10
	--temptable-max-ram=2M --key-buffer-size=0 --secure-file-priv=NULL --log-error-verbosity=1 --event-scheduler=DISABLED
	--innodb-read-io-threads=1 --innodb-write-io-threads=1 --innodb-purge-threads=1 --innodb-log-writer-threads=OFF --innodb-use-native-aio=OFF)

server='' _begun=-$START_PAUSE channel_password=''

# make_data: an empty data directory, which appears as a whole.
make_data() {
	write_recipient_options
	! has_data || return 0
	rm -rf "$VOLUME/data.tmp"
	mysqld --defaults-file="$RUN/recipient.cnf" "${SMALL[@]}" --initialize-insecure --datadir="$VOLUME/data.tmp" ||
		die 'the server cannot initialize a data directory, see above'
	put_in_place "$VOLUME/data.tmp"
}

# keep_server: starts it when it does not run.
keep_server() {
	[[ -z $server ]] || ! kill -0 "$server" 2>/dev/null || return 0
	((SECONDS - _begun >= START_PAUSE)) || return 0
	[[ -z $server ]] || log WARNING 'mysqld ended: starting it again'
	_begun=$SECONDS channel_password=''
	close_session
	rm -f "$RUN"/mysqld.{sock,sock.lock,pid}
	echo starting >"$RUN/phase"
	random_password
	option_file root "socket=$RUN/mysqld.sock"
	{
		printf '%s;\n' "$SESSION_SETTINGS"
		printf 'ALTER USER root@localhost IDENTIFIED BY %s;\n' "$(sql_literal "$REPLY")"
	} >"$RUN/init.sql"
	mysqld --defaults-file="$RUN/recipient.cnf" "${RECEIVER_OPTIONS[@]}" --datadir="$DATA" --socket="$RUN/mysqld.sock" --pid-file="$RUN/mysqld.pid" \
		--init-file="$RUN/init.sql" &
	server=$!
}

# end_server: bounded by Kubernetes.
end_server() {
	local watch
	close_session
	[[ -n $server ]] || return 0
	kill "$server" 2>/dev/null || true
	end_without_data "$server" "$DATA" &
	watch=$!
	wait "$server" || true
	kill "$watch" 2>/dev/null || true
}

# receiver_sql: runs the statements of its input, bounded; the first that fails ends them.
receiver_sql() {
	timeout "$STATEMENT_SECONDS" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names
}

stop_receiver() {
	receiver_sql <<<"STOP REPLICA IO_THREAD FOR CHANNEL '$CHANNEL'"
}

# start_receiver: with the password of today, which is stored nowhere. CHANGE REPLICATION SOURCE would drop what was received (measured: 9.7.4).
start_receiver() {
	secret replication-password || return
	{
		[[ -z $channel_password ]] || echo "STOP REPLICA IO_THREAD FOR CHANNEL '$CHANNEL';"
		echo "START REPLICA IO_THREAD USER = 'replication' PASSWORD = $(sql_literal "$REPLY") FOR CHANNEL '$CHANNEL';"
	} | receiver_sql || return
	read_file "$SECRETS/replication-password"
	channel_password=$REPLY
}

# password_is_old: whether the Secret has another one by now, and the source takes it.
password_is_old() {
	[[ -n $channel_password ]] && read_file "$SECRETS/replication-password" && [[ $REPLY != "$channel_password" ]] || return 1
	write_remote_options replication || return 1
	ask_source replication <<<'DO 1' >/dev/null 2>&1
}

# channel_settings: how the receiver reaches the source, into REPLY.
channel_settings() {
	REPLY="SOURCE_HOST = '$READ_WRITE_HOST', SOURCE_PORT = $PORT, SOURCE_SSL = 1, "
	if [[ -e $TLS/ca.crt ]]; then
		REPLY+="SOURCE_SSL_CA = '$TLS/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1"
	else
		REPLY+="SOURCE_SSL_CA = '', SOURCE_SSL_VERIFY_SERVER_CERT = 0, GET_SOURCE_PUBLIC_KEY = 1"
	fi
}

# ask_source ACCOUNT: runs the statements of its input on the server to which the read-write Service leads; bounded.
ask_source() {
	timeout 10 mysql --defaults-file="$RUN/$1.cnf" --host="$READ_WRITE_HOST" --port="$PORT" --batch --skip-column-names
}

# reset_receiver: drops the logs of the server, and has it receive what comes after this set, in this way.
reset_receiver() { # SET SETTINGS
	channel_password=''
	printf '%s\n' "CHANGE REPLICATION SOURCE TO $2, SOURCE_AUTO_POSITION = 1, SOURCE_CONNECT_RETRY = 2," \
		"  SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 3 FOR CHANNEL '$CHANNEL';" "RESET REPLICA FOR CHANNEL '$CHANNEL';" \
		'RESET BINARY LOGS AND GTIDS;' "SET GLOBAL gtid_purged = '${1#-}';" | receiver_sql
}
