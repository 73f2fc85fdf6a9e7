#!/usr/bin/env bash
# The main container: mysqld, under the smallest supervisor that the statement RESTART accepts (exit status 16 asks for a new start).
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/stand-in.sh
source "${BASH_SOURCE[0]%/*}/stand-in.sh"
# shellcheck source=lib/mysql/scripts/shared/keep-stand-in.sh
source "${BASH_SOURCE[0]%/*}/keep-stand-in.sh"
# shellcheck source=lib/mysql/scripts/shared/end-without-data.sh
source "${BASH_SOURCE[0]%/*}/end-without-data.sh"

readonly RESTART_STATUS=16
# A server that ran for so long is started again at once when it crashes; else the container ends, and Kubernetes starts it after a pause that grows.
readonly CRASH_SECONDS_MIN=${CRASH_SECONDS_MIN:-10}
readonly FENCE_SECONDS_MAX=2 # for the statement that refuses clients, of a server that was told to stop
readonly PROC=${PROC:-/proc}
readonly STOP_PAUSE=${STOP_PAUSE:-1} STOP_LOOKS=6 # at a server that was told to stop
readonly STOP_BYTES=262144                        # which one that waits does not write meanwhile: measured, 0 to 200 KiB in 5 s

readonly MAKES_ACCOUNT='^(CREATE USER IF NOT EXISTS ([a-z]+)@.* IDENTIFIED WITH [a-z0-9_]+) BY '
# What the server itself has for accounts that no password fits.
# shellcheck disable=SC2016
readonly NO_PASSWORD='$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED'

# write_init_file: what each server makes sure of by itself at its start, before it is read-only and lets clients in: that the accounts of the
# cluster are there and may do what they must, also on a fenced server, and that its root has the password of the Secret. Nothing of it is in
# the binary log. mysqld ends the file at a statement that fails, as one with a password that a policy of the server refuses: so the
# statements with passwords come last, and accounts that exist keep theirs.
write_init_file() {
	local file line last=''
	secret root-password
	printf '%s;\n' "$SESSION_SETTINGS" >"$RUN/init.sql"
	for file in "$SQL"/accounts.sql "$SQL"/*-accounts.sql; do # of the topology
		[[ -e $file ]] || continue
		while IFS= read -r line; do
			if [[ $line =~ $MAKES_ACCOUNT ]]; then
				printf "%s AS '%s';\n" "${BASH_REMATCH[1]}" "$NO_PASSWORD"
				last+=$(give_password "${BASH_REMATCH[2]}")$'\n'
			elif [[ $line == 'ALTER USER root@localhost IDENTIFIED '* ]]; then
				last=$(fill_in <(printf '%s\n' "$line"))$'\n'$last
			elif [[ -n $line && $line != --* ]]; then
				printf '%s\n' "$line"
			fi
		done <"$file"
	done >>"$RUN/init.sql"
	printf '%s' "$last" >>"$RUN/init.sql"
	write_root_options
}

# give_password ACCOUNT: the statements that give the account the password of the Secret when it has none. Nothing without such a password,
# which is said.
give_password() {
	secret "$1-password" || return 0
	printf '%s\n' "SET @without = (SELECT COUNT(*) FROM mysql.user WHERE user = '$1' AND host = '%' AND authentication_string = '$NO_PASSWORD');" \
		"SET @statement = IF(@without = 1, CONCAT('ALTER USER $1@''%'' IDENTIFIED BY ', QUOTE($(sql_literal "$REPLY"))), 'DO 0');" \
		'PREPARE statement FROM @statement;' 'EXECUTE statement;'
}

# run: one life of mysqld; its exit status into `status`.
run() {
	local ordinal=${POD_NAME##*-}
	# Left by a server that was killed: it would take another process of that number for the owner.
	rm -f "$RUN"/mysqld.{sock,sock.lock,pid}
	write_init_file
	echo starting >"$RUN/phase"
	echo "$EPOCHREALTIME" >"$RUN/incarnation"
	mysqld --defaults-file="$CONFIG/my.cnf" --server-id="$((SERVER_ID_BASE + ordinal))" --report-host="$(member_host "$POD_NAME")" \
		--init-file="$RUN/init.sql" "$@" &
	server=$!
	[[ -z $stopping ]] || kill -TERM "$server" 2>/dev/null || true # told to stop before its number was known
	# A signal ends `wait`, not the server.
	while :; do
		status=0
		wait "$server" || status=$?
		kill -0 "$server" 2>/dev/null || break
	done
	rm -f "$RUN/init.sql"
}

# keep_guard: runs the guard of the topology beside the server, and again when it ends.
keep_guard() {
	local guard=${BASH_SOURCE[0]%/*}/guard.sh pid='' status
	[[ -e $guard ]] || return 0
	trap 'kill "$pid" 2>/dev/null; exit 0' TERM
	while :; do
		"$guard" &
		pid=$! status=0
		wait "$pid" || status=$?
		log WARNING "the guard ended with status $status: starting it again"
		sleep 1
	done
}

# heed_kills: SIGKILL for the server when RUN/kill-server asks for it, which ends also a process that is stopped.
heed_kills() {
	while :; do
		if [[ -e $RUN/kill-server ]] && read_file "$RUN/mysqld.pid"; then
			kill -KILL "$REPLY" 2>/dev/null || true
		fi
		pause_for 0.5
	done
}

# stop: a server of a group that does not answer waits for it for half a minute when it leaves, and for a minute when it joins. It has no clients then, and
# the others may need what it has.
stop() {
	stopping=1
	log INFO "stopping: sending SIGTERM to mysqld"
	[[ -n ${server-} ]] || return 0
	[[ ! -e $RUN/member ]] || refuse_clients
	kill -TERM "$server" 2>/dev/null || true
	end_without_data "$server" "$DATA" &
	beside+=($!)
	[[ -e $RUN/member || -e $RUN/joining ]] || return 0 # in no group
	end_idle "$server" &
	beside+=($!)
}

# refuse_clients: a server that stops leaves its group first, which elects another primary while sessions can still read here.
refuse_clients() {
	timeout "$FENCE_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" <<<'SET GLOBAL offline_mode = ON' >/dev/null ||
		log WARNING 'clients are not refused, see above: mysqld ends their sessions'
}

# end_idle PID: kills a server that was told to stop, and writes next to nothing for STOP_LOOKS looks: it waits. One that writes what it has in memory ends
# by itself, however long that takes.
end_idle() {
	local look
	local -a written=()
	for ((look = 0; ; look++)); do
		sleep "$STOP_PAUSE"
		[[ -r $PROC/$1/io && $(<"$PROC/$1/io") =~ write_bytes:\ ([0-9]+) ]] || return 0 # it ended, or the kernel does not tell
		written+=("${BASH_REMATCH[1]}")
		((look < STOP_LOOKS || written[look] - written[look - STOP_LOOKS] >= STOP_BYTES)) || break
	done
	log WARNING 'mysqld does not stop and writes nothing, because it waits for its group: killing it'
	echo 'it was told to stop, and waited for its group' >"$RUN/kill-server"
}

beside=() # processes beside the server

main() {
	export MYSQLD_PARENT_PID=$$
	local started
	stopping=
	status=0
	# Of an earlier life, it says what this server had then; unless that ended when the old data was gone and the new was not there yet.
	[[ ! -e $DATA ]] || rm -f "$VOLUME/reprovision"
	trap stop TERM INT
	rm -f "$RUN/kill-server" "$RUN/member" "$RUN/open-request" "$RUN/joining" "$STAND_IN_FILE"
	keep_guard &
	beside+=($!)
	keep_stand_in &
	beside+=($!)
	heed_kills &
	beside+=($!)
	trap 'kill "${beside[@]}" 2>/dev/null || true' EXIT
	while :; do
		if [[ -e $VOLUME/reprovision ]]; then
			log INFO "a new copy of the data was requested"
			"${BASH_SOURCE[0]%/*}/reprovision.sh" || exit
			[[ -z $stopping ]] || break
			log INFO "starting mysqld with the new copy"
		fi
		started=$SECONDS
		run "$@"
		[[ -z $stopping ]] || break
		if [[ -e $RUN/kill-server ]]; then
			log WARNING "mysqld was killed: $(<"$RUN/kill-server"); starting it again"
			rm -f "$RUN/kill-server"
		elif [[ ! -e $VOLUME/reprovision ]]; then
			if ((status > 128 && SECONDS - started >= CRASH_SECONDS_MIN)); then
				log ERROR "mysqld was ended by signal $((status - 128)): starting it again"
			else
				((status == RESTART_STATUS)) || break
				log INFO "starting mysqld again"
			fi
		fi
	done
	log INFO "mysqld ended with status $status"
	exit "$status"
}

is_sourced || main "$@"
