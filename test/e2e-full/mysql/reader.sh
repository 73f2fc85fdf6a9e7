#!/usr/bin/env bash
# Reads from the read Service again and again, over a new connection each time, and prints the milliseconds since 1970 of each answer.
set -Eeuo pipefail

printf '%s\n' "$(</tmp/password.cnf)" host=mysql-read ssl-mode=REQUIRED connect-timeout=2 >/tmp/client.cnf
while :; do
	if timeout 5 mysql --defaults-file=/tmp/client.cnf --execute 'SELECT COUNT(*) FROM shop.numbers' >/dev/null 2>/tmp/error; then
		echo "$((${EPOCHREALTIME/./} / 1000))"
	else
		echo "# $(</tmp/error)" >&2
	fi
	sleep 0.2
done
