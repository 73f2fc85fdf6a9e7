#!/usr/bin/env bash
# What an issue needs to know of this member besides its status and its logs, for `cdk8s-stateful diagnose`. It changes nothing and shows nothing secret.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

readonly DIAGNOSE_SECONDS=5

# file_ages: what the programs of the pod told each other last, and how many seconds ago.
file_ages() {
	local name
	for name in verdict member agent-beat stand-in shown led phase incarnation joining joined handed-over kill-server; do
		[[ -e $RUN/$name ]] || continue
		read_file "$RUN/$name"
		printf 'file\t%s\t%s s ago\t%s\n' "$name" "$((EPOCHSECONDS - $(stat --format=%Y "$RUN/$name")))" "${REPLY:0:200}"
	done
}

main() {
	file_ages
	[[ ! -e $TLS/tls.crt ]] || openssl x509 -in "$TLS/tls.crt" -noout -subject -issuer -dates -ext subjectAltName 2>&1 || true
	df --block-size=1M "$VOLUME" 2>&1 || true
	timeout "$DIAGNOSE_SECONDS" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names <"$SQL/diagnosis.sql" 2>&1 || echo 'the server does not answer'
}

is_sourced || main
