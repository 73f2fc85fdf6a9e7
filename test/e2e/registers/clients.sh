#!/usr/bin/env bash
# Clients of registers: rows of shop.registers, with one writer each and rising values. Each client keeps its connection until it fails, and
# connects again through its Service. WRITERS and PATIENT_WRITERS write one register each and read all, READERS and PATIENT_READERS read, all
# of them through the Service $MYSQL_HOST; LAGGING read through $MYSQL_HOST-read. A client gives up an operation after PATIENCE (5 s);
# patient ones after 60 s.
# Each operation is a line in /tmp/registers/<client>, with times in microseconds of this pod's clock:
#   <kind: c, r, w> <register> <value> <start> <duration> <ok, error, unknown> <server> <number of the error>
# A `c` is a connection, and - is no value. An operation whose answer never came is unknown. They end when /tmp/stop is there, and then
# /tmp/ended is. FOLDER may be another one than /tmp.
set -Eeuo pipefail

readonly FOLDER=${FOLDER:-/tmp}
readonly LOGS=$FOLDER/registers
readonly BETWEEN=0.03 RETRY=0.2                                      # seconds between operations, and between connections that fail
readonly CONNECT_SECONDS=2 PATIENCE=${PATIENCE:-5} GREAT_PATIENCE=60 # of the client for a connection, and for an operation
readonly CONNECTION_ENDS=' 1053 1080 1317 1927 3032 3169 4031 '      # errors of the server that end a connection, or may
: "${MYSQL_HOST:?}" "${WRITERS:=3}" "${READERS:=3}" "${LAGGING:=2}" "${PATIENT_READERS:=0}" "${PATIENT_WRITERS:=0}"

# client NAME SERVICE REGISTER PATIENCE: reads all registers and, if it is not 0, writes that one.
client() {
	local name=$1 service=$2 own=$3 patience=$4
	local server='' from to pid first start outcome number value=0 turn=0
	exec >>"$LOGS/$name" 2>/dev/null
	while [[ ! -e $FOLDER/stop ]]; do
		if [[ -z $server ]]; then
			connect "$service" || pause "$RETRY"
		elif ((own > 0 && turn++ % 2 == 0)); then
			write "$own" "$((++value))"
			pause "$BETWEEN"
		else
			read_register "$((RANDOM % (WRITERS + PATIENT_WRITERS) + 1))"
			pause "$BETWEEN"
		fi
	done
	disconnect
}

connect() {
	coproc SESSION {
		exec mysql --defaults-file="$FOLDER/client.cnf" --host="$1" --batch --skip-column-names --unbuffered --force --skip-reconnect 2>&1
	}
	from=${SESSION[0]-} to=${SESSION[1]-} pid=${SESSION_PID-}
	ask 'SELECT @@GLOBAL.hostname;' $((CONNECT_SECONDS + 1))
	[[ $outcome != ok ]] || server=$first
	record c - -
	[[ $outcome == ok ]] || disconnect
	[[ $outcome == ok ]]
}

write() {
	ask "UPDATE shop.registers SET value = $2 WHERE id = $1 AND value < $2; SELECT ROW_COUNT();" "$patience"
	if [[ $outcome == error ]]; then # the count comes all the same
		read -rt 1 -u "$from" || outcome=unknown
	elif [[ $outcome == ok && $first != 1 ]]; then
		outcome=error number="rows:$first"
	fi
	record w "$1" "$2"
	keep_or_end
}

read_register() {
	ask "SELECT value FROM shop.registers WHERE id = $1;" "$patience"
	if [[ $outcome == ok ]]; then
		record r "$1" "$first"
	else
		record r "$1" -
	fi
	keep_or_end
}

# ask STATEMENTS SECONDS: the first line of the answer into `first`, and how it went into `outcome` and `number`.
ask() {
	first='' number='' outcome=unknown
	start=${EPOCHREALTIME/[.,]/}
	printf '%s\n' "$1" >&"$to" || return 0
	IFS= read -rt "$2" -u "$from" first || return 0
	outcome=ok
	if [[ $first =~ ^ERROR\ ([0-9]+) ]]; then
		outcome=error number=${BASH_REMATCH[1]}
		((number < 2000 || number >= 3000)) || outcome=unknown
	fi
}

record() {
	printf '%s %s %s %s %s %s %s %s\n' "$1" "$2" "$3" "$start" "$((${EPOCHREALTIME/[.,]/} - start))" "$outcome" "${server:--}" "${number:--}"
}

# keep_or_end: an error of a statement is no reason for a client to connect again.
keep_or_end() {
	[[ $outcome != unknown && $CONNECTION_ENDS != *" ${number:--} "* ]] || disconnect
}

disconnect() {
	server=''
	[[ -n ${pid-} ]] || return 0
	kill -9 "$pid" || true
	wait "$pid" || true
	pid=''
}

# pause SECONDS: without a process.
pause() {
	read -rt "$1" -u "$never" || true
}

main() {
	local index
	umask 077
	mkdir -p "$LOGS"
	printf '%s\n' "$(<"$FOLDER/password.cnf")" ssl-mode=REQUIRED "connect-timeout=$CONNECT_SECONDS" >"$FOLDER/client.cnf"
	trap '' PIPE
	exec {never}<> <(:)
	for ((index = 1; index <= WRITERS; index++)); do client "writer-$index" "$MYSQL_HOST" "$index" "$PATIENCE" & done
	for ((index = 1; index <= READERS; index++)); do client "reader-$index" "$MYSQL_HOST" 0 "$PATIENCE" & done
	for ((index = 1; index <= PATIENT_READERS; index++)); do client "patient-reader-$index" "$MYSQL_HOST" 0 "$GREAT_PATIENCE" & done
	for ((index = 1; index <= PATIENT_WRITERS; index++)); do
		client "patient-writer-$index" "$MYSQL_HOST" $((WRITERS + index)) "$GREAT_PATIENCE" &
	done
	for ((index = 1; index <= LAGGING; index++)); do client "lagging-$index" "$MYSQL_HOST-read" 0 "$PATIENCE" & done
	wait
	: >"$FOLDER/ended"
	exec sleep infinity
}

main
