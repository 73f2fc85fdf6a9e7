#!/usr/bin/env bash
# What the cluster says of itself, for Prometheus: asks all members at once, and writes a page that the container `pages` serves.
#   facts.sh          does so each 20 s, and keeps the options of the exporter as the Secret says
#   facts.sh options  writes the options of the exporter once, before it starts
#   facts.sh alive    whether it wrote a page lately
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/look-at-members.sh
source "${BASH_SOURCE[0]%/*}/look-at-members.sh"
# shellcheck source=lib/mysql/scripts/metrics/exporter-options.sh
source "${BASH_SOURCE[0]%/*}/exporter-options.sh"
# shellcheck source=lib/mysql/scripts/metrics/page.sh
source "${BASH_SOURCE[0]%/*}/page.sh"

readonly PAGES=${PAGES:-/pages}
readonly PERIOD=${PERIOD:-20} # seconds
readonly TRANSACTION_PERIOD=60
readonly SILENT_SECONDS_MAX=120

longest_transaction='' transaction_due=0

# write_options: waits for the password, as a Job makes it in a cluster that just starts, or adds it to the Secret of an older one.
write_options() {
	until [[ -s $SECRETS/metrics-password ]]; do
		log_seldom WARNING "the accounts' Secret lacks the key metrics-password: waiting for it"
		pause_for 2
	done
	write_exporter_options
}

# look: asks, and writes all that is known at once, since a page that is half written would be served.
look() {
	local start=${EPOCHREALTIME/[.,]/} took
	members
	look_at_members metrics "${members[@]}"
	look_at_transactions
	page=''
	write_members "${members[@]}"
	write_cluster
	write_archive
	metric facts_timestamp_seconds 'When all this was seen.'
	value "$EPOCHSECONDS"
	took=$((${EPOCHREALTIME/[.,]/} - start))
	metric facts_duration_seconds 'How long it took.'
	value "$((took / 1000000)).$(printf %06d "$((took % 1000000))")"
	printf '%s' "$page" >"$PAGES/metrics.new"
	chmod 0644 "$PAGES/metrics.new"
	mv "$PAGES/metrics.new" "$PAGES/metrics.txt"
}

# look_at_transactions: of the member to which writes go, and seldom, since a transaction is long only when it takes minutes.
look_at_transactions() {
	if [[ -z $leader ]]; then
		longest_transaction='' transaction_due=0
		return
	fi
	((SECONDS >= transaction_due)) || return 0
	longest_transaction=$(bounded_sql metrics "$leader" "$PORT" <"$SQL/transactions.sql" 2>/dev/null) || longest_transaction=''
	transaction_due=$((SECONDS + TRANSACTION_PERIOD))
}

is_alive() {
	local at
	at=$(stat --format=%Y "$PAGES/metrics.txt" 2>/dev/null) && ((EPOCHSECONDS - at <= SILENT_SECONDS_MAX))
}

# look_forever: a page at each beginning of a period, as long as a look takes less than one.
look_forever() {
	local due=$SECONDS
	while :; do
		keep_options || true # it is said why
		look || log_seldom WARNING "this look failed with status $?, see above"
		due=$((due + PERIOD > SECONDS ? due + PERIOD : SECONDS))
		pause_for "$((due - SECONDS))"
	done
}

main() {
	trap 'exit 143' TERM INT
	case ${1-} in
	options) write_options ;;
	alive) is_alive ;;
	*) look_forever ;;
	esac
}

is_sourced || main "$@"
