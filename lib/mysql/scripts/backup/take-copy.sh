# shellcheck shell=bash
# Copies the data of a member into the scratch volume. It is sourced, after data-directory.sh.
# needs: BANDWIDTH (MiB a second, empty for no limit)

readonly STALL_SECONDS_MAX=${STALL_SECONDS_MAX:-600} # without a byte that arrives
readonly FREE_MIB_MIN=${FREE_MIB_MIN:-160}           # for the throw-away server alone, which takes 82 (measured: 9.7.4)

copier='' # the process that waits for CLONE

# require_room: for the throw-away server. CLONE itself compares the size of the donor's data with what is free.
require_room() {
	free_mib
	((REPLY >= FREE_MIB_MIN)) ||
		die "the scratch volume $VOLUME is full: $REPLY MiB are free, and a backup needs the size of the data and $FREE_MIB_MIN MiB: make it larger"
}

free_mib() {
	REPLY=$(df --output=avail --block-size=1M "$VOLUME") || die "the scratch volume $VOLUME cannot be asked how much is free, see above"
	REPLY=${REPLY##*[!0-9]}
}

limit_bandwidth() {
	[[ -n ${BANDWIDTH-} ]] || return 0
	[[ $BANDWIDTH =~ ^[0-9]+$ ]] || die "BANDWIDTH is '$BANDWIDTH', which is no number of MiB a second"
	recipient_sql <<<"SET GLOBAL clone_max_data_bandwidth = $BANDWIDTH" || die 'the bandwidth of the copy cannot be limited, see above'
}

# take_copy MEMBER DIRECTORY: copies its data, says each minute how far it is, and ends where nothing arrives. Fails when another try may help.
take_copy() {
	local status=0
	rm -f "$RUN/clone.log"
	clone_from "$1" "$2" 2>"$RUN/clone.log" &
	copier=$!
	watch_copy "$1"
	wait "$copier" || status=$?
	copier=''
	read_file "$RUN/clone.log" || true
	if ((status == 0)); then
		printf '%s\n' "$REPLY" >&2
	elif [[ $REPLY =~ ERROR\ 3870|'Available space'|'No space left'|'errno: 28' ]]; then
		die "the scratch volume $VOLUME is too small for the data of $1: make it larger; the server says: ${REPLY##*$'\n'}"
	else
		log WARNING "the copy of $1 failed: ${REPLY##*$'\n'}"
	fi
	return "$status"
}

# watch_copy MEMBER: until the copy ends.
watch_copy() {
	local progress last='' last_at=$SECONDS done_mib all_mib
	while kill -0 "$copier" 2>/dev/null; do
		if progress=$(recipient_sql <<<'SELECT COALESCE(SUM(data), 0) DIV 1048576, COALESCE(SUM(estimate), 0) DIV 1048576, COALESCE(SUM(network), 0) FROM performance_schema.clone_progress' 2>/dev/null); then
			IFS=$'\t' read -r done_mib all_mib _ <<<"$progress"
			[[ $progress == "$last" ]] || last=$progress last_at=$SECONDS
			((all_mib == 0 || SECONDS == 0)) || log_seldom INFO "copying $1" "$done_mib of $all_mib MiB"
		fi
		((SECONDS - last_at < STALL_SECONDS_MAX)) ||
			die "nothing of the data of $1 arrived for $STALL_SECONDS_MAX s: nothing was stored; see to the network between the backup and $1"
		sleep 0.5
	done
}

# end_take: the client that waits for CLONE ends with the throw-away server.
end_take() {
	[[ -n $copier ]] || return 0
	kill "$copier" 2>/dev/null || true
	copier=''
}
