# shellcheck shell=bash
# Has Router write its configuration. It is sourced by router.sh, after find-primary.sh.
# needs: secret, member_host, write_option_file, write_remote_options of lib.sh; primary of find-primary.sh; REPLY holds what a function answers
# sets:  nothing that others read

primary=''

readonly BOOTSTRAP_SECONDS_MAX=60

# bootstrap: against the group of `primary`, into RUN/router. All Routers are one in the metadata, under the name of their Service, since they are
# all the same, and names of pods would pile up there.
bootstrap() {
	local section
	local -a options=(--ssl-mode=REQUIRED)
	secret router-password || return
	require_certificate tls.crt tls.key ca.crt || return
	if [[ -d $TLS ]]; then
		options=(
			--ssl-mode=VERIFY_IDENTITY "--ssl-ca=$TLS/ca.crt"
			--server-ssl-verify=VERIFY_IDENTITY "--server-ssl-ca=$TLS/ca.crt"
			"--client-ssl-cert=$TLS/tls.crt" "--client-ssl-key=$TLS/tls.key"
		)
	fi
	for section in rw ro rw_split; do # the one that splits would else not ask for TLS
		options+=("--conf-set-option=routing:bootstrap_$section.client_ssl_mode=REQUIRED")
		options+=("--conf-set-option=routing:bootstrap_$section.server_ssl_mode=REQUIRED")
	done
	rm -rf "$RUN/router"
	# The password twice: of the login that asks for the configuration, and of the account in it. With --strict a wrong one is an error.
	printf '%s\n' "$REPLY" "$REPLY" | timeout "$BOOTSTRAP_SECONDS_MAX" mysqlrouter --bootstrap="router@$(member_host "$primary"):$PORT" \
		--directory="$RUN/router" --name="$ROUTER_SERVICE" --report-host="$ROUTER_SERVICE.$POD_NAMESPACE.svc.$CLUSTER_DOMAIN" --force \
		--account=router --account-create=never --strict --disable-rest --conf-set-option=DEFAULT.logging_folder= "${options[@]}" >&2 || return
	leave_out_x "$RUN/router/mysqlrouter.conf" || return
	write_option_file router host=127.0.0.1 protocol=tcp ssl-mode=REQUIRED connect-timeout=5 || return
	mv "$RUN/router.cnf" "$RUN/local.cnf"
	write_remote_options router
}

# leave_out_x FILE: the routes of the X protocol, which members do not speak. Earlier versions have no option for that.
leave_out_x() {
	local line kept=1 text=''
	while IFS= read -r line; do
		[[ $line != \[* ]] || kept=1
		[[ $line != '[routing:bootstrap_x_'* ]] || kept=''
		[[ -z $kept ]] || text+=$line$'\n'
	done <"$1"
	printf '%s' "$text" >"$1"
}
