#!/usr/bin/env bash
# Replaces the data of a replica whose source no longer has the binary log that it needs, by a new copy of the source's. Run by server.sh
# while mysqld is down, when the agent left VOLUME/reprovision: the source's name, and the transactions that this replica had executed.
# Data that the source does not have is never replaced.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"

readonly PAUSE=${PAUSE:-2}
readonly REQUEST=$VOLUME/reprovision

# make_room SOURCE: the old data stays until the copy is whole, unless the volume cannot hold both.
make_room() {
	local used free
	used=$(du --summarize --block-size=1K "$DATA" | cut -f1)
	free=$(df --output=avail --block-size=1K "$VOLUME" | tail -1)
	((free < used + used / 5)) || return 0
	log "the volume has no room for two copies ($used KiB used, $free KiB free): removing the old one, all of which $1 has"
	mv --no-target-directory "$DATA" "$VOLUME/old.tmp"
	rm -rf "$VOLUME/old.tmp"
}

main() {
	local source old theirs
	{
		read -r source
		read -r old
	} <"$REQUEST"
	rm -rf "$VOLUME"/*.tmp
	write_remote_options monitor
	trap end_recipient EXIT
	trap 'exit 143' TERM INT
	echo provisioning >"$RUN/phase"
	if [[ -e $DATA ]]; then
		start_recipient 127.0.0.1 # others must not hear that there is no data
	else
		start_recipient
	fi
	while :; do
		require_recipient
		survey "$source"
		if [[ ${state[$source]} != data ]]; then
			silence "$source"
			log_change "waiting: the source $REPLY"
		else
			theirs=$(subtract recipient_sql "$old" "${executed[$source]}")
			[[ -z $theirs ]] || die "$source does not have the transactions $theirs of this replica: its data stays"
			[[ ! -e $DATA ]] || make_room "$source"
			if clone_from "$source" "$VOLUME/clone.tmp"; then
				break
			fi
			log "the copy failed, see above: trying again"
		fi
		sleep "$PAUSE"
	done
	stop_recipient
	: >"$VOLUME/cloned"
	sync --file-system "$VOLUME/clone.tmp" # before the old data goes
	[[ ! -e $DATA ]] || mv --no-target-directory "$DATA" "$VOLUME/old.tmp"
	put_in_place "$VOLUME/clone.tmp"
	rm -f "$REQUEST"
	rm -rf "$VOLUME/old.tmp"
}

is_sourced || main
