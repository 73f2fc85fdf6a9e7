# shellcheck shell=bash disable=SC2034,SC2154
# How a replica begins to follow a source. It is sourced by agent.sh.

# ask_source: what the source has; fails when it does not say.
ask_source() {
	survey "$known_source"
	[[ ${state[$known_source]} != data ]] || return 0
	silence "$known_source"
	verdict unready "the source $REPLY"
	return 1
}

# cannot_compare: sets that could not be compared say nothing.
cannot_compare() {
	verdict unready "its transactions could not be compared with those of $known_source, see above"
	return 1
}

# follow: points the server at the source, when it is certain that the source has all that this server has, also what it has only received:
# another source makes it throw that away.
follow() {
	local mine strangers missing
	ask_source || return
	[[ ! -e $VOLUME/cloned ]] || own_received=- drained=1 # of the donor
	received["$POD_NAME"]=$own_received
	mine=$(known_transactions "$POD_NAME")
	strangers=$(subtract root_sql "$mine" "${executed[$known_source]}") || cannot_compare || return
	if [[ -n $strangers ]]; then
		missing=$(subtract root_sql "$mine" "$(known_transactions "$known_source")") || cannot_compare || return
		if [[ -z $missing ]]; then # what a promoted member still applies, it will have
			verdict unready "the source $known_source still applies what this replica has"
		elif ((!drained)); then
			apply_received "$strangers"
		else
			diverge "the source $known_source does not have the transactions $strangers of this replica"
		fi
		return 1
	fi
	if [[ $followed == "$(member_host "$known_source")" && ! -e $VOLUME/cloned ]]; then
		log "following $known_source on from $own_executed"
		root_sql <<<'START REPLICA' || return
	else
		log "following $known_source, which has all of $own_executed"
		change_source || return
	fi
	own_transactions=$own_committed followed_in=$incarnation
}

# apply_received STRANGERS: what is only in the relay log would be lost; applied, it is in the binary log, where a person can look at it.
apply_received() {
	if [[ $applier == OFF ]] && ((applier_error == 0)); then
		log "the source $known_source does not have $1: applying what was received of the source before"
		root_sql <<<'START REPLICA SQL_THREAD' || return
		applier=ON
	fi
	verdict unready "applying what was received of the source before, which $known_source does not have: the applier is $applier, error $applier_error"
}

change_source() {
	secret replication-password || return
	{
		echo 'STOP REPLICA;'
		[[ ! -e $VOLUME/cloned ]] || echo 'RESET REPLICA ALL;'
		printf '%s\n' "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$(member_host "$known_source")', SOURCE_PORT = $PORT," \
			"  SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY"), SOURCE_AUTO_POSITION = 1," \
			"  SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 5, $(replication_tls);" \
			'START REPLICA;'
	} | root_sql || return
	rm -f "$VOLUME/cloned"
}

replication_tls() {
	if [[ -e $TLS/ca.crt ]]; then
		echo "SOURCE_SSL = 1, SOURCE_SSL_CA = '$TLS/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1"
	else
		echo 'SOURCE_SSL = 1, GET_SOURCE_PUBLIC_KEY = 1'
	fi
}
