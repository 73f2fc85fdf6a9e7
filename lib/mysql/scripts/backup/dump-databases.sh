# shellcheck shell=bash disable=SC2034
# Writes the data of a server as statements, a file for each database. It is sourced, after lib.sh.
# needs: lib.sh; DUMP_DATABASES (names with spaces between; empty for all)
# sets:  databases

databases=()

# Those of the server, of this library, and of Router, which finds its own again in no other cluster.
readonly NOT_OF_APPLICATIONS=(information_schema performance_schema sys mysql cdk8s_stateful mysql_innodb_cluster_metadata)
# One view of the data, without locks, and no word about transactions: the server that loads it writes its own. Without tablespaces, which another server
# has not. Binary values as digits, which no character set changes.
readonly DUMP_OPTIONS=(--single-transaction --quick --routines --events --triggers --hex-blob --no-tablespaces --set-gtid-purged=OFF
	--default-character-set=utf8mb4)
readonly DUMP_END='-- Dump completed' # the last line of a dump that is whole

# find_databases: those that are asked for, or all of applications.
find_databases() {
	local name found own
	local -a missing=()
	found=$(root_sql <<<'SHOW DATABASES') || die 'the server does not tell which databases it has, see above'
	printf -v own '%s\n' "${NOT_OF_APPLICATIONS[@]}"
	if [[ -z ${DUMP_DATABASES-} ]]; then
		mapfile -t databases < <(grep --invert-match --line-regexp --fixed-strings --file=<(printf '%s' "$own") <<<"$found" || true)
		((${#databases[@]} > 0)) || die 'there is no database of an application: nothing was stored'
		return
	fi
	read -ra databases <<<"$DUMP_DATABASES"
	for name in "${databases[@]}"; do
		grep --quiet --line-regexp --fixed-strings -- "$name" <<<"$found" || missing+=("$name")
	done
	((${#missing[@]} == 0)) || die "there is no database ${missing[*]} in the backup: nothing was stored; correct the databases of the dump"
}

# dump_databases FOLDER
dump_databases() {
	local name file start
	for name in "${databases[@]}"; do
		start=$SECONDS
		file=$1/${name//\//%2F}.sql
		if ! mysqldump --defaults-file="$RUN/root.cnf" "${DUMP_OPTIONS[@]}" --databases -- "$name" >"$file" 2>"$RUN/dump.log"; then
			read_file "$RUN/dump.log" || true
			[[ $REPLY != *'No space left'* && $REPLY != *'rrcode: 28'* ]] ||
				die "the scratch volume $VOLUME is full: make it larger; nothing was stored"
			die "the database $name cannot be dumped: ${REPLY##*$'\n'}; nothing was stored"
		fi
		[[ $(tail --lines=1 "$file") == "$DUMP_END"* ]] || die "the dump of the database $name has no end: nothing was stored"
		log INFO "dumped $name: $(stat --format=%s "$file") bytes, in $((SECONDS - start)) s"
	done
}
