# shellcheck shell=bash
# Makes data directories: empty ones, and copies of another member's. It is sourced, after lib.sh.
# Whatever is not whole has a name that ends in .tmp; a kill at any instant leaves nothing else behind.

readonly RECIPIENT_SOCKET=$RUN/recipient.sock
readonly SMALL=(--innodb-redo-log-capacity=64M --innodb-buffer-pool-size=64M --secure-file-priv=NULL --log-error-verbosity=1)

# has_data: whether there is a data directory; stops when there is one that this script did not make.
has_data() {
	[[ -e $DATA ]] || return 1
	[[ -d $DATA/mysql ]] || die "$DATA is no data directory of MySQL and nothing that was left half made: look at it before it is lost"
}

# put_in_place DIRECTORY: gives a whole data directory its name.
put_in_place() {
	sync --file-system "$1" || return
	mv --no-target-directory "$1" "$DATA" || return
	sync --file-system "$VOLUME"
}

# start_recipient [ADDRESS]: a throw-away server that clones into a directory of this volume, so that the data that it leaves is never half
# a copy. It answers on a port of its own, so that others learn that this member has no data; with the address 127.0.0.1 nobody hears it.
start_recipient() {
	local work=$VOLUME/recipient.tmp
	local -a certificate=()
	rm -rf "$work" "$VOLUME/clone.tmp" "$RECIPIENT_SOCKET" "$RECIPIENT_SOCKET.lock"
	fill_in "$SQL/recipient.sql" >"$RUN/recipient.sql"
	mysqld --no-defaults "${SMALL[@]}" --initialize-insecure --datadir="$work" --init-file="$RUN/recipient.sql" ||
		die "the throw-away server could not be initialised: see above"
	rm -f "$RUN/recipient.sql"
	[[ ! -e $TLS/tls.crt ]] || certificate=(--ssl-ca="$TLS/ca.crt" --ssl-cert="$TLS/tls.crt" --ssl-key="$TLS/tls.key")
	mysqld --no-defaults "${SMALL[@]}" "${certificate[@]}" --datadir="$work" --socket="$RECIPIENT_SOCKET" --pid-file="$RUN/recipient.pid" \
		--port="$RECIPIENT_PORT" --bind-address="${1:-*}" --require-secure-transport=ON --skip-name-resolve=ON --skip-log-bin --mysqlx=OFF \
		--plugin-load-add=mysql_clone.so &
	recipient=$!
	until recipient_sql <<<'SELECT 1' >/dev/null 2>&1; do
		require_recipient
		sleep 0.2
	done
}

# require_recipient: without it nothing can be copied, and nobody learns that this member has no data.
require_recipient() {
	kill -0 "$recipient" 2>/dev/null || die "the throw-away server ended: see above"
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

# clone_from MEMBER DIRECTORY: copies the data of another member into a directory that does not exist yet. Fails when the copy fails,
# e.g. because that member serves another copy, which it does one at a time.
clone_from() {
	local host start=$SECONDS
	host=$(member_host "$1")
	rm -rf "$2"
	secret clone-password || die 'nothing can be copied without the password of clone'
	{
		echo "SET GLOBAL clone_valid_donor_list = '$host:$PORT';"
		[[ ! -e $TLS/ca.crt ]] || echo "SET GLOBAL clone_ssl_ca = '$TLS/ca.crt';"
		echo "CLONE INSTANCE FROM clone@'$host':$PORT IDENTIFIED BY $(sql_literal "$REPLY") DATA DIRECTORY '$2' REQUIRE SSL;"
	} | recipient_sql || return 1
	log "copied the data of $1 in $((SECONDS - start)) s"
}
