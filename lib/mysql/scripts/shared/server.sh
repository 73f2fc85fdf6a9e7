#!/usr/bin/env bash
# The main container: mysqld, under the smallest supervisor that the statement RESTART accepts (exit status 16 asks for a new start).
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

readonly RESTART_STATUS=16

# write_init_file: what each server makes sure of by itself at its start, before it is read-only and lets clients in: that its root has the
# password of the Secret, and that the accounts of the cluster are there and may do what they must, also on a fenced server. Nothing of it is
# in the binary log, and no other password is changed. mysqld ends the file at a statement that fails: an account whose password the Secret
# lacks is left out as a whole.
write_init_file() {
	local file line account left_out=' '
	secret root-password
	printf '%s;\n' "$SESSION_SETTINGS" >"$RUN/init.sql"
	for file in "$SQL"/accounts.sql "$SQL"/*-accounts.sql; do # of the topology
		[[ -e $file ]] || continue
		while IFS= read -r line; do
			account=''
			[[ ! $line =~ (EXISTS|USER|TO)\ ([a-z]+)@ ]] || account=${BASH_REMATCH[2]}
			[[ $left_out != *" $account "* ]] || continue
			fill_in <(printf '%s\n' "$line") || left_out+="$account "
		done <"$file"
	done >>"$RUN/init.sql"
	write_root_options
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
		log "the guard ended with status $status: starting it again"
		sleep 1
	done
}

# heed_kills: SIGKILL for the server when RUN/kill-server asks for it, which ends also a process that is stopped.
heed_kills() {
	local never
	exec {never}<> <(:)
	while :; do
		if [[ -e $RUN/kill-server ]] && read_file "$RUN/mysqld.pid"; then
			kill -KILL "$REPLY" 2>/dev/null || true
		fi
		read -rt 0.5 -u "$never" || true
	done
}

stop() {
	stopping=1
	log "told to stop: mysqld gets SIGTERM"
	[[ -z ${server-} ]] || kill -TERM "$server" 2>/dev/null || true
}

main() {
	local -a beside=()
	export MYSQLD_PARENT_PID=$$
	stopping=
	status=0
	# Of an earlier life, it says what this server had then; unless that ended when the old data was gone and the new was not there yet.
	[[ ! -e $DATA ]] || rm -f "$VOLUME/reprovision"
	trap stop TERM INT
	rm -f "$RUN/kill-server" "$RUN/member" "$RUN/open-request"
	keep_guard &
	beside+=($!)
	heed_kills &
	beside+=($!)
	# shellcheck disable=SC2064 # the ids of now
	trap "kill ${beside[*]} 2>/dev/null || true" EXIT
	while :; do
		if [[ -e $VOLUME/reprovision ]]; then
			log "a new copy of the data is asked for"
			"${BASH_SOURCE[0]%/*}/reprovision.sh" || exit
			[[ -z $stopping ]] || break
			log "starting mysqld with the new copy"
		fi
		run "$@"
		[[ -z $stopping ]] || break
		if [[ -e $RUN/kill-server ]]; then
			log "mysqld was killed: $(<"$RUN/kill-server"); starting it again"
			rm -f "$RUN/kill-server"
		elif [[ ! -e $VOLUME/reprovision ]]; then
			((status == RESTART_STATUS)) || break
			log "starting mysqld again"
		fi
	done
	log "mysqld ended with status $status"
	exit "$status"
}

is_sourced || main "$@"
