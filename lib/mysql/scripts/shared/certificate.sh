# shellcheck shell=bash
# Makes the server read its certificate again when the Secret changed. It is sourced, after lib.sh.

certificate=''

keep_certificate() {
	[[ -e $TLS/tls.crt ]] || return 0
	local seen='' file
	for file in tls.crt tls.key ca.crt; do # the key may come after its certificate
		read_file "$TLS/$file" || true
		seen+=$REPLY
	done
	if [[ -z $certificate ]]; then # the server has read this one
		certificate=$seen
	elif [[ $seen != "$certificate" ]]; then
		# Without NO ROLLBACK ON ERROR: a certificate that cannot be read leaves the old one in force.
		if root_sql <<<'ALTER INSTANCE RELOAD TLS'; then
			log 'the certificate changed: read again, for new connections'
		else
			log 'ERROR: the certificate changed and cannot be used, see above; the old one stays in force'
		fi
		certificate=$seen
	fi
}
