# shellcheck shell=bash
# The option file of the exporter, with its password. The exporter reads it when it starts and when it is told to. It is sourced, after lib.sh.
# needs: members, tls_lines, log, log_seldom, secret, tls_options, option_file, member_sql, login_refused, read_file of lib.sh; REPLY holds what
#        a function answers
# sets:  nothing of others

declare -a members tls_lines

readonly EXPORTER=${EXPORTER:-/exporter} # a folder in memory that the exporter reads
readonly EXPORTER_URL=${EXPORTER_URL:-http://127.0.0.1:9104}

_options='' # what the exporter was last told to read

# exporter_value TEXT: as a value of the exporter's option file, into REPLY: in quotation marks nothing has a meaning but `$`, which is that of
# a variable. The container of the exporter has a variable for the sign.
exporter_value() {
	REPLY=\`${1//\$/\$\{DOLLAR\}}\`
}

# write_exporter_options: with the password of the Secret.
write_exporter_options() {
	local password tls=tls=skip-verify
	secret metrics-password || return
	exporter_value "$REPLY"
	password=$REPLY
	[[ ! -d $TLS ]] || tls=ssl-ca=$TLS/ca.crt
	printf '%s\n' "[client]" "user=metrics" "password=$password" "$tls" >"$EXPORTER/exporter.cnf.new"
	mv "$EXPORTER/exporter.cnf.new" "$EXPORTER/exporter.cnf"
}

# keep_options: the option files of clients and of the exporter follow the Secret: one with another password as soon as the members take that
# one. Fails when there is no password.
keep_options() {
	local -a tls_lines
	secret metrics-password || return
	[[ $REPLY != "$_options" || ! -e $RUN/metrics.cnf ]] || return 0
	local password=$REPLY
	tls_options || return
	[[ ! -e $RUN/metrics.cnf ]] || cp "$RUN/metrics.cnf" "$RUN/metrics.cnf.old"
	REPLY=$password
	option_file metrics connect-timeout=3 "${tls_lines[@]}"
	if [[ -n $_options ]] && is_refused; then
		log_seldom INFO 'the Secret has another password of metrics, which the members do not take yet: the one before stays in use'
		mv "$RUN/metrics.cnf.old" "$RUN/metrics.cnf"
		return 0
	fi
	rm -f "$RUN/metrics.cnf.old"
	write_exporter_options || return
	[[ -z $_options ]] || reload_exporter || return
	_options=$password
}

# is_refused: whether a member does not take the password of RUN/metrics.cnf.
is_refused() {
	local member answer
	members
	for member in "${members[@]}"; do
		if ! answer=$(member_sql metrics "$member" <<<'DO 1' 2>&1) && login_refused "$answer"; then
			return 0
		fi
	done
	return 1
}

reload_exporter() {
	if curl --silent --show-error --fail --max-time 5 --output /dev/null --request POST "$EXPORTER_URL/-/reload" 2>"$RUN/error"; then
		log INFO 'the password of metrics changed: the exporter uses the new one'
		return
	fi
	read_file "$RUN/error"
	log_seldom WARNING 'the exporter did not read its options again' "${REPLY:-no answer}"
	return 1
}
