#!/usr/bin/env bash
# What the cluster says of itself, for Prometheus: asks all members at once, and writes a page that the container `pages` serves.
#   facts.sh          does so each 15 s, and keeps the options of the exporter as the Secret says
#   facts.sh options  writes the options of the exporter once, before it starts
#   facts.sh alive    whether it wrote a page lately
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/metrics/exporter-options.sh
source "${BASH_SOURCE[0]%/*}/exporter-options.sh"

readonly PAGES=${PAGES:-/pages}
readonly PERIOD=${PERIOD:-15} # seconds
readonly SILENT_SECONDS_MAX=120

# write_options: waits for the password, as a Job makes it in a cluster that just starts, or adds it to the Secret of an older one.
write_options() {
	trap 'exit 143' TERM INT
	until [[ -s $SECRETS/metrics-password ]]; do
		log_seldom WARNING "the accounts' Secret lacks the key metrics-password: waiting for it"
		pause_for 2
	done
	write_exporter_options
}

# write_page: all that is known, at once: a page that is half written would be served.
write_page() {
	printf 'cdk8s_stateful_mysql_facts_timestamp_seconds{cluster="%s/%s"} %s\n' "$POD_NAMESPACE" "$CLUSTER_NAME" "$EPOCHSECONDS" >"$PAGES/metrics.new"
	chmod 0644 "$PAGES/metrics.new"
	mv "$PAGES/metrics.new" "$PAGES/metrics.txt"
}

is_alive() {
	local at
	at=$(stat --format=%Y "$PAGES/metrics.txt" 2>/dev/null) && ((EPOCHSECONDS - at <= SILENT_SECONDS_MAX))
}

main() {
	local due
	case ${1-} in
	options) write_options ;;
	alive) is_alive ;;
	*)
		trap 'exit 143' TERM INT
		while :; do
			due=$((SECONDS + PERIOD))
			keep_options || true # it is said why
			write_page || log_seldom WARNING 'the page could not be written, see above'
			((due <= SECONDS)) || pause_for $((due - SECONDS))
		done
		;;
	esac
}

is_sourced || main "$@"
