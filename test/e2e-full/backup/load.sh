#!/usr/bin/env bash
# Commits some fifty times a second, on one connection. It prints errors only.
set -Eeuo pipefail

: "${MYSQL_HOST:?}"
printf '%s\n' "$(</tmp/password.cnf)" "host=$MYSQL_HOST" ssl-mode=REQUIRED connect-timeout=2 >/tmp/client.cnf
exec {never}<> <(:)
{
	echo 'CREATE TABLE IF NOT EXISTS shop.paced (id INT AUTO_INCREMENT PRIMARY KEY, content VARCHAR(64));'
	while :; do
		echo "INSERT INTO shop.paced (content) VALUES ('$EPOCHREALTIME');"
		read -rt 0.02 -u "$never" || true
	done
} | mysql --defaults-file=/tmp/client.cnf --unbuffered
