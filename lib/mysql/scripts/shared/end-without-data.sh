# shellcheck shell=bash
# A server that was told to stop, and whose data was removed meanwhile, as of a pod that was deleted by force together with its claim. InnoDB tries forever
# to open its redo log, and writes that to its log: 12,000 lines a second, until the pod's time to stop is over (measured: 9.7.4). Nothing of that data can be
# saved.
# It is sourced, after lib.sh.
# needs: log, pause_for (lib.sh)

readonly DATA_PAUSE=${DATA_PAUSE:-1}

# end_without_data PID DIRECTORY: kills the server when the directory lacks what each server has. Returns when the server has ended.
end_without_data() {
	while kill -0 "$1" 2>/dev/null; do
		if [[ ! -e $2/mysql.ibd || ! -e $2/#innodb_redo ]]; then
			log WARNING "mysqld cannot stop: its data in $2 was removed meanwhile: killing it"
			kill -KILL "$1" 2>/dev/null || true
			return 0
		fi
		pause_for "$DATA_PAUSE"
	done
}
