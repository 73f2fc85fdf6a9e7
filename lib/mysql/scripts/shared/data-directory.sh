# shellcheck shell=bash
# Makes data directories: empty ones, and copies of another member's. It is sourced, after lib.sh.
# Whatever is not whole has a name that ends in .tmp; a kill at any instant leaves nothing else behind.
# needs: lib.sh
# sets:  recipient

recipient='' # the process of the throw-away server

readonly ZONES=${ZONES:-/usr/share/zoneinfo}
# What of my.cnf the throw-away server has, too: what CLONE compares between donor and recipient, and refuses to copy when it differs; where the
# image keeps the server's own files; how files are written, which the volume decides.
readonly COMPARED='character_set_filesystem|character_set_server|collation_server|innodb_page_size'
readonly OF_IMAGE='basedir|character_sets_dir|lc_messages_dir|plugin_dir'
readonly OF_VOLUME='innodb_flush_method|innodb_use_native_aio'
readonly RECIPIENT_SOCKET=$RUN/recipient.sock
readonly SMALL=(--innodb-redo-log-capacity=64M --innodb-buffer-pool-size=64M --secure-file-priv=NULL --log-error-verbosity=1)
# Of the throw-away server's own files, which nothing reads after a crash: a third less is written (measured: 9.7.4). What it clones is written as ever.
readonly THROW_AWAY=(--innodb-redo-log-capacity=8M --innodb-doublewrite=OFF)

# has_data: whether there is a data directory; stops when there is one that this script did not make.
has_data() {
	[[ -e $DATA ]] || return 1
	[[ -d $DATA/mysql ]] || die "$DATA is neither a data directory of MySQL nor an unfinished one: examine it before anything replaces it"
}

# put_in_place DIRECTORY: gives a whole data directory its name.
put_in_place() {
	sync --file-system "$1" || return
	mv --no-target-directory "$1" "$DATA" || return
	sync --file-system "$VOLUME"
}

# initial_statements: those of a new data directory: accounts, also of the topology, and time zones. None of them is in a binary log.
initial_statements() {
	local file
	printf '%s;\n' "$SESSION_SETTINGS" 'SET SESSION default_storage_engine = InnoDB'
	fill_in "$SQL/accounts.sql" || return
	for file in "$SQL"/*-accounts.sql; do
		[[ ! -e $file ]] || fill_in "$file" || return
	done
	time_zone_statements
}

# time_zone_statements: those that make named time zones known, from the files of the image. Without them only offsets are known.
time_zone_statements() {
	local zone
	if [[ ! -d $ZONES ]] || ! type -P mysql_tzinfo_to_sql >/dev/null; then
		zone=$(sed -n 's/^\(loose_\)\?default_time_zone = //p' "$CONFIG/my.cnf") || return
		if [[ -n $zone && ! $zone =~ ^\"?([+-]|SYSTEM) ]]; then
			log ERROR "default_time_zone is $zone, but the image has no named time zones, because it lacks $ZONES or mysql_tzinfo_to_sql; write an offset, as in +01:00"
			return 1
		fi
		log WARNING "the image lacks $ZONES or mysql_tzinfo_to_sql: this cluster has no named time zones, only offsets"
		return 0
	fi
	echo 'USE mysql;'
	# The abbreviation of the zone Factory is longer than its column.
	if ! mysql_tzinfo_to_sql "$ZONES" 2>"$RUN/zones.error" | sed 's/Local time zone must be set--see zic manual page/FCTY/'; then
		read_file "$RUN/zones.error" || true
		log ERROR "cannot read the time zones of the image: $REPLY"
		return 1
	fi
	rm -f "$RUN/zones.error"
}

# start_recipient [ADDRESS]: a throw-away server that clones into a directory of this volume, so that the data that it leaves is never half
# a copy. It answers on a port of its own, so that others learn that this member has no data; with the address 127.0.0.1 nobody hears it, so that it
# needs no certificate of its own, only the authority that says who the donor is.
start_recipient() {
	local work=$VOLUME/recipient.tmp
	local -a certificate=()
	rm -rf "$work" "$VOLUME/clone.tmp" "$RECIPIENT_SOCKET" "$RECIPIENT_SOCKET.lock"
	if [[ -n ${1-} ]]; then
		require_certificate ca.crt || die 'cannot copy data without a complete certificate'
	else
		require_certificate tls.crt tls.key ca.crt || die 'cannot copy data without a complete certificate'
		[[ ! -d $TLS ]] || certificate=(--ssl-ca="$TLS/ca.crt" --ssl-cert="$TLS/tls.crt" --ssl-key="$TLS/tls.key")
	fi
	write_recipient_options
	fill_in "$SQL/recipient.sql" >"$RUN/recipient.sql"
	mysqld --defaults-file="$RUN/recipient.cnf" "${SMALL[@]}" "${THROW_AWAY[@]}" --initialize-insecure --datadir="$work" --init-file="$RUN/recipient.sql" ||
		die "cannot initialize the temporary server, see above"
	rm -f "$RUN/recipient.sql"
	mysqld --defaults-file="$RUN/recipient.cnf" "${SMALL[@]}" "${THROW_AWAY[@]}" "${certificate[@]}" --datadir="$work" --socket="$RECIPIENT_SOCKET" \
		--pid-file="$RUN/recipient.pid" --port="$RECIPIENT_PORT" --bind-address="${1:-*}" --require-secure-transport=ON --skip-name-resolve=ON --skip-log-bin --mysqlx=OFF \
		--plugin-load-add=mysql_clone.so &
	recipient=$!
	until recipient_sql <<<'SELECT 1' >/dev/null 2>&1; do
		require_recipient
		sleep 0.2
	done
}

# write_recipient_options: the rest of my.cnf is for a server that serves.
write_recipient_options() {
	{
		echo '[mysqld]'
		grep -E "^(loose_)?($COMPARED|$OF_IMAGE|$OF_VOLUME) = " "$CONFIG/my.cnf" || (($? == 1)) # none of them is there
	} >"$RUN/recipient.cnf"
}

# require_recipient: without it nothing can be copied, and nobody learns that this member has no data.
require_recipient() {
	kill -0 "$recipient" 2>/dev/null || die "the temporary server ended, see above"
}

# end_recipient: leaves its files, since those of this name may be another's: a pod that is deleted by force overlaps with the next one.
end_recipient() {
	[[ -n ${recipient-} ]] || return 0
	kill "$recipient" 2>/dev/null || true
	wait "$recipient" || true
	recipient=
}

stop_recipient() {
	end_recipient
	rm -rf "$VOLUME/recipient.tmp"
}

# recipient_sql: runs the statements of its input on the throw-away server.
recipient_sql() {
	mysql --no-defaults --default-character-set=utf8mb4 --user=root --socket="$RECIPIENT_SOCKET" --batch --skip-column-names
}

# clone_from DONOR DIRECTORY [HOST]: copies the data of another member, or of what is at HOST, into a directory that does not exist yet. Fails when
# the copy fails, e.g. because the donor serves another copy, which it does one at a time.
clone_from() {
	local host=${3-} start=$SECONDS
	[[ -n $host ]] || host=$(member_host "$1")
	rm -rf "$2"
	secret clone-password || die 'cannot copy data without the password of clone'
	{
		echo "SET GLOBAL clone_valid_donor_list = '$host:$PORT';"
		[[ ! -d $TLS ]] || echo "SET GLOBAL clone_ssl_ca = '$TLS/ca.crt';"
		echo "CLONE INSTANCE FROM clone@'$host':$PORT IDENTIFIED BY $(sql_literal "$REPLY") DATA DIRECTORY '$2' REQUIRE SSL;"
	} | recipient_sql || return 1
	log INFO "copied the data of $1 in $((SECONDS - start)) s"
}
