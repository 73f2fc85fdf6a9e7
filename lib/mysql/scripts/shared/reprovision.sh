#!/usr/bin/env bash
# Replaces the data of a member that cannot get what it missed by a new copy of another member's. Run by server.sh while mysqld is down, when the
# agent left VOLUME/reprovision: the donor's name, and the transactions that this member had executed.
# Data that the donor does not have is never replaced (replace-data.sh).
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/shared/replace-data.sh
source "${BASH_SOURCE[0]%/*}/replace-data.sh"

readonly PAUSE=${PAUSE:-2}
readonly REQUEST=$VOLUME/reprovision

# may_copy DONOR OLD: whether the donor has all of the old data and there is room for a copy; else what is waited for, into REPLY.
may_copy() {
	local theirs
	survey "$1"
	if [[ ${state[$1]} != data ]]; then
		silence "$1"
		REPLY="the donor $REPLY"
		return 1
	fi
	REPLY="the transactions of $1 cannot be compared, see above"
	theirs=$(subtract recipient_sql "$2" "${executed[$1]}") || return 1
	[[ -z $theirs ]] || die "$1 does not have the transactions $theirs of this member: its data stays"
	[[ -e $DATA ]] || return 0
	! lacks_room || make_room "$2"
}

main() {
	local donor old
	{
		read -r donor
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
		if ! may_copy "$donor" "$old"; then
			log_change INFO "waiting: $REPLY"
		elif clone_from "$donor" "$VOLUME/clone.tmp"; then
			put_copy_in_place "$donor" "$old" "$VOLUME/clone.tmp" && break
			log WARNING 'cannot replace the data by the copy, see above: trying again'
		else
			log WARNING 'the copy failed, see above: trying again'
		fi
		sleep "$PAUSE"
	done
	stop_recipient
	rm -f "$REQUEST"
}

is_sourced || main
