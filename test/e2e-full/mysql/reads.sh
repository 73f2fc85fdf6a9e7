#!/usr/bin/env bash
# READS reads from the read Service, over a new connection each time.
set -Eeuo pipefail

printf '%s\n' "$(</tmp/password.cnf)" host=mysql-read ssl-mode=REQUIRED connect-timeout=2 >/tmp/client.cnf
for ((read = 0; read < READS; read++)); do
	mysql --defaults-file=/tmp/client.cnf --execute 'SELECT MAX(number) FROM shop.numbers' >/dev/null
done
