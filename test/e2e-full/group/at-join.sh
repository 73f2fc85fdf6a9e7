#!/usr/bin/env bash
# Waits, in the container of a server that was just killed, for the moment at which its agent begins to join the group.
#   begin   says nothing more
#   states  each state that the server tells other members from its start until it has joined, once
set -Eeuo pipefail

readonly SECONDS_MAX=60
readonly STATE_FIELD=8

# told: the state that the server tells.
told() {
	local row
	row=$(mysql --defaults-file=/run/mysqld/root.cnf --batch --skip-column-names </scripts/survey.sql 2>/dev/null) || return 0
	cut -f "$STATE_FIELD" <<<"$row"
}

last='' state='' ended=''
while [[ -z $ended ]]; do
	((SECONDS < SECONDS_MAX)) || {
		echo "the member did not join within $SECONDS_MAX s" >&2
		exit 1
	}
	if [[ $1 == begin ]]; then
		[[ ! -e /run/mysqld/joining ]] || ended=1
		sleep 0.02
		continue
	fi
	state=$(told)
	[[ $state != @(RECOVERING|ONLINE) || $last != CHANGING ]] || ended=1
	[[ -z $state || $state == "$last" || -z $last && $state != OFFLINE ]] || echo "$state"
	[[ -z $state || -z $last && $state != OFFLINE ]] || last=$state
done
