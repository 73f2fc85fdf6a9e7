#!/usr/bin/env bash
# Inserts one number after the other and prints each that the server acknowledged: "<number> <milliseconds since 1970>". Every insert has a
# connection of its own, as clients have that find the source by its Service. One that fails is tried again under the next number, since
# nobody knows whether it was committed. It rests while /tmp/hold is there, and says so by /tmp/held.
set -Eeuo pipefail

: "${MYSQL_HOST:?}"
printf '%s\n' "$(</tmp/password.cnf)" "host=$MYSQL_HOST" ssl-mode=REQUIRED connect-timeout=2 >/tmp/client.cnf
until mysql --defaults-file=/tmp/client.cnf --execute 'CREATE TABLE IF NOT EXISTS shop.numbers (number BIGINT PRIMARY KEY)' 2>/dev/null; do sleep 0.2; done
for ((number = EPOCHSECONDS * 1000; ; number++)); do # above those of every earlier writer
	while [[ -e /tmp/hold ]]; do : >/tmp/held && sleep 0.1; done
	rm -f /tmp/held
	if timeout 5 mysql --defaults-file=/tmp/client.cnf --execute "INSERT INTO shop.numbers VALUES ($number)" 2>/tmp/error; then
		echo "$number $((${EPOCHREALTIME/./} / 1000))"
	else
		echo "# $(</tmp/error)" >&2
		sleep 0.1
	fi
done
