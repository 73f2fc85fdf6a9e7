# shellcheck shell=bash
# What somebody does without backups: copies the files of a stopped server and starts a server on them; dumps its schema `shop` and loads that into
# an empty server. Prints `WHAT MILLISECONDS` for each. The stopped server's volume is at /from, another one at /to.
set -Eeuo pipefail
shopt -s extglob

OPTIONS=(--no-defaults --skip-networking --mysqlx=OFF --skip-log-bin --skip-replica-start --innodb-buffer-pool-size=256M --log-error-verbosity=1)

timed() { # WHAT COMMAND...
	local start=${EPOCHREALTIME/./}
	"${@:2}"
	echo "$1 $(((${EPOCHREALTIME/./} - start) / 1000))"
}

# start DIRECTORY OPTION...: until it answers.
start() {
	mysqld "${OPTIONS[@]}" --datadir="$1" --socket=/tmp/mysqld.sock "${@:2}" &
	until sql <<<'DO 1' 2>/dev/null; do kill -0 $! && sleep 0.1; done
}

stop() {
	sql <<<'SHUTDOWN'
	wait
}

sql() {
	mysql --no-defaults --user=root --socket=/tmp/mysqld.sock --batch --skip-column-names "$@"
}

# Binary logs are no part of a backup either. What is restored is on the disk: CLONE syncs what it writes.
copy_and_start() {
	mkdir /to/data
	cp --archive --target-directory=/to/data /from/data/!(binlog.*|relay-log*|auto.cnf)
	sync --file-system /to
	start /to/data --skip-grant-tables
}

dump() {
	mysqldump --no-defaults --user=root --socket=/tmp/mysqld.sock --single-transaction --set-gtid-purged=OFF shop >/to/shop.sql
}

load() {
	sql --database=shop </to/shop.sql
}

timed 'cp and start' copy_and_start
timed 'mysqldump' dump
stop
du --bytes --summarize /to/data /to/shop.sql >&2
rm -rf /to/data
timed 'cp and start' copy_and_start
stop
rm -rf /to/data
mysqld "${OPTIONS[@]}" --initialize-insecure --datadir=/to/data
start /to/data
sql <<<'CREATE SCHEMA shop'
timed 'load' load
stop
