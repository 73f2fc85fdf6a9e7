# shellcheck shell=bash
# Makes the server read its certificate again when the Secret changed. It is sourced, after lib.sh.
# needs: lib.sh
# sets:  certificate

certificate='' # what the server has read

# keep_certificate: a Secret that lacks a file is said, and the server keeps what it has.
keep_certificate() {
	[[ -d $TLS && -e $RUN/incarnation ]] || return 0
	require_certificate tls.crt tls.key ca.crt || return 0
	local seen='' file answer
	for file in tls.crt tls.key ca.crt; do # the key may come after its certificate
		read_file "$TLS/$file" || true
		seen+=$REPLY
	done
	if [[ -z $certificate && ! $TLS/tls.crt -nt $RUN/incarnation ]]; then # the server read this one when it started
		certificate=$seen
	elif [[ $seen != "$certificate" ]]; then
		# Without NO ROLLBACK ON ERROR: a certificate that cannot be read leaves the old one in force.
		if answer=$(root_sql <<<'ALTER INSTANCE RELOAD TLS' 2>&1); then
			log INFO 'the certificate changed: reloaded for new connections'
		elif server_error "$answer"; then
			log ERROR "the certificate changed and is unusable: $answer; the old one stays in force"
		else
			return 0 # no answer is none about the certificate: the next look tries again
		fi
		certificate=$seen
	fi
}
