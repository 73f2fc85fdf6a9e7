# shellcheck shell=bash
# Keeps accounts, databases and users as the Secret and the declaration say. It is sourced, after lib.sh.
# Passwords change while clients are connected: the old one stays valid beside the new one until a person discards it.

readonly DECLARATION=${DECLARATION:-/topology/declaration} # databases, users and grants of the application
readonly USER_SECRETS=${USER_SECRETS:-/user-secrets}       # a folder for each Secret of users
readonly SYSTEM_ACCOUNTS=(admin replication clone monitor)

accounts_seen='' declaration_seen='' replication_password=''

# passwords: all that the Secrets hold, to notice a change, into REPLY.
passwords() {
	local all='' file
	for file in "$SECRETS"/* "$USER_SECRETS"/*/*; do
		[[ -f $file ]] || continue
		read_file "$file"
		all+="$file=$REPLY"$'\n'
	done
	REPLY=$all
}

# logs_in USER: whether the password in REPLY is one that this server accepts over TLS.
logs_in() {
	printf '%s\n' '[client]' "user=$1" "password=$(option_value "$REPLY")" protocol=tcp host=127.0.0.1 "port=$PORT" ssl-mode=REQUIRED \
		>"$RUN/login.cnf"
	local status=0
	mysql --defaults-file="$RUN/login.cnf" --connect-timeout=5 --batch --execute 'DO 1' >/dev/null 2>&1 || status=$?
	rm -f "$RUN/login.cnf"
	return "$status"
}

# keep_accounts: on the source, whose changes the replicas get like any other.
keep_accounts() {
	passwords
	local seen=$REPLY account
	if [[ $seen != "$accounts_seen" ]]; then
		for account in "${SYSTEM_ACCOUNTS[@]}"; do
			keep_password "$account" "$SECRETS/$account-password" || return
		done
		write_remote_options monitor || return
		write_remote_options replication || return
	fi
	if [[ -e $DECLARATION ]]; then
		read_file "$DECLARATION"
		if [[ $seen != "$accounts_seen" || $REPLY != "$declaration_seen" ]]; then
			local declaration=$REPLY
			apply_declaration || return
			declaration_seen=$declaration
		fi
	fi
	accounts_seen=$seen
}

# user_password USER FILE: of a user of the application, into REPLY.
user_password() {
	if read_file "$2" && [[ -n $REPLY && $REPLY != *[[:cntrl:]]* ]]; then
		return
	fi
	log "ERROR: the password of $1 is missing, empty, or holds a control character: ${2#"$USER_SECRETS"/}"
	return 1
}

# keep_password USER FILE
keep_password() {
	local user=$1
	if [[ $2 == "$SECRETS"/* ]]; then
		secret "${2##*/}" || return
	else
		user_password "$user" "$2" || return
	fi
	if ! logs_in "$user"; then
		root_sql <<<"ALTER USER $(sql_literal "$user")@'%' IDENTIFIED BY $(sql_literal "$REPLY") RETAIN CURRENT PASSWORD" || return
		log "the password of $user changed; the old one stays valid until it is discarded"
	fi
}

# keep_root_password: of this server alone. The old one is that of RUN/root.cnf.
keep_root_password() {
	secret root-password || return
	local line current=''
	while IFS= read -r line; do
		[[ $line != password=* ]] || current=${line#password=}
	done <"$RUN/root.cnf"
	[[ $current != "$(option_value "$REPLY")" ]] || return 0
	# On a replica for a moment without super_read_only; it stays read_only, and the statements are in no binary log.
	printf '%s\n' 'SET SESSION sql_log_bin = 0; SET @closed = @@GLOBAL.super_read_only; SET GLOBAL super_read_only = OFF;' \
		"ALTER USER root@localhost IDENTIFIED BY $(sql_literal "$REPLY") RETAIN CURRENT PASSWORD;" \
		'SET GLOBAL super_read_only = @closed;' | root_sql || return
	write_root_options
	log 'the password of root changed; the old one stays valid until it is discarded'
}

# keep_replication_password SOURCE: of a replica, when the source has the new one already. Which one the receiver of an earlier agent has is
# not known, since the Secret may have changed while nobody looked.
keep_replication_password() {
	secret replication-password || return
	local wanted=$REPLY
	[[ $wanted != "$replication_password" ]] || return 0
	write_remote_options replication || return
	write_remote_options monitor || return
	if member_sql replication "$1" <<<'DO 1' >/dev/null 2>&1; then
		if [[ $(root_sql --raw <<<"SELECT user_password FROM mysql.slave_master_info WHERE channel_name = ''") != "$wanted" ]]; then
			printf '%s\n' 'STOP REPLICA IO_THREAD;' "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = $(sql_literal "$wanted");" \
				'START REPLICA IO_THREAD;' | root_sql || return
			log 'the password of replication changed: the receiver uses the new one'
		fi
		replication_password=$wanted
	fi
}

# apply_declaration: what the application declares. Lines, their fields separated by tabs:
#   database  NAME  CHARACTER_SET  COLLATION
#   user      NAME  PASSWORD_FILE
#   grant     NAME  PRIVILEGES  DATABASE
# Whatever is there already stays as it is; nothing is dropped. One that was applied before is not applied again, since each statement
# would be a transaction for nothing.
apply_declaration() {
	local kind name second third digest
	local -a new_users=()
	digest=$(sha256sum <"$DECLARATION")
	digest=${digest%% *}
	while IFS=$'\t' read -r kind name second _; do
		[[ $kind == user ]] || continue
		if [[ $(root_sql <<<"SELECT COUNT(*) FROM mysql.user WHERE user = $(sql_literal "$name") AND host = '%'") == 1 ]]; then
			keep_password "$name" "$USER_SECRETS/$second" || return 0
		else
			new_users+=("$name")
		fi
	done <"$DECLARATION"
	if ((${#new_users[@]} == 0)) && [[ $(root_sql <<<'SELECT digest FROM cdk8s_stateful.declarations WHERE id = 1') == "$digest" ]]; then
		return
	fi
	while IFS=$'\t' read -r kind name second third; do
		case $kind in
		database) echo "CREATE DATABASE IF NOT EXISTS \`$name\` CHARACTER SET $second COLLATE $third;" ;;
		user)
			user_password "$name" "$USER_SECRETS/$second" || return
			echo "CREATE USER IF NOT EXISTS $(sql_literal "$name")@'%' IDENTIFIED BY $(sql_literal "$REPLY") REQUIRE SSL;"
			;;
		grant) echo "GRANT $second ON \`$third\`.* TO $(sql_literal "$name")@'%';" ;;
		esac
	done <"$DECLARATION" | root_sql || return
	root_sql <<<"REPLACE cdk8s_stateful.declarations (id, digest) VALUES (1, '$digest')"
	log "applied the declared databases and users"
}
