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

# logs_in USER: whether the password in REPLY is one that this server accepts over TLS: 1 when it refuses it, 2 when nobody says.
logs_in() {
	local answer status=0
	printf '%s\n' '[client]' "user=$1" "password=$(option_value "$REPLY")" protocol=tcp host=127.0.0.1 "port=$PORT" ssl-mode=REQUIRED \
		>"$RUN/login.cnf"
	answer=$(mysql --defaults-file="$RUN/login.cnf" --connect-timeout=5 --batch --execute 'DO 1' 2>&1) || status=2
	rm -f "$RUN/login.cnf"
	if ((status)); then
		! login_refused "$answer" || return 1
		log_seldom "it cannot be told whether the password of $1 is in force: ${answer:-no answer}"
	fi
	return "$status"
}

# while_writable: runs the statements of its input, also on a replica: for a moment without super_read_only. It stays read_only, and the
# statements are in no binary log. Whatever becomes of them, super_read_only is as it was.
while_writable() {
	local status=0
	{
		echo 'SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;'
		cat
	} | root_sql || status=$?
	root_sql <<<'SET GLOBAL super_read_only = @@GLOBAL.read_only' || status=$?
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
	log_seldom "ERROR: the password of $1 is missing, empty, or holds a control character: ${2#"$USER_SECRETS"/}"
	return 1
}

# keep_password USER FILE: gives the account the password of the file when the server says that it is not the account's.
keep_password() {
	local user=$1 status=0
	if [[ $2 == "$SECRETS"/* ]]; then
		secret "${2##*/}" || return
	else
		user_password "$user" "$2" || return
	fi
	logs_in "$user" || status=$?
	((status < 2)) || return 1
	if ((status == 1)); then
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
	while_writable <<<"ALTER USER root@localhost IDENTIFIED BY $(sql_literal "$REPLY") RETAIN CURRENT PASSWORD;" || return
	write_root_options
	log 'the password of root changed; the old one stays valid until it is discarded'
}

# keep_replication_password SOURCE: of a replica, when the source has the new one already. Which one the receiver of an earlier agent has is
# not known, since the Secret may have changed while nobody looked.
keep_replication_password() {
	secret replication-password || return
	local wanted=$REPLY used
	[[ $wanted != "$replication_password" ]] || return 0
	write_remote_options replication || return
	write_remote_options monitor || return
	if member_sql replication "$1" <<<'DO 1' >/dev/null 2>&1; then
		used=$(root_sql --raw <<<"SELECT CONCAT('=', user_password) FROM mysql.slave_master_info WHERE channel_name = ''") || return
		[[ $used == =* ]] || return 1
		if [[ $used != "=$wanted" ]]; then
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
	local kind name second third digest count applied statements=''
	local -a new_users=()
	digest=$(sha256sum <"$DECLARATION")
	digest=${digest%% *}
	while IFS=$'\t' read -r kind name second _; do
		[[ $kind == user ]] || continue
		count=$(root_sql <<<"SELECT COUNT(*) FROM mysql.user WHERE user = $(sql_literal "$name") AND host = '%'") || return
		case $count in
		1) keep_password "$name" "$USER_SECRETS/$second" || return ;;
		0) new_users+=("$name") ;;
		*) return 1 ;;
		esac
	done <"$DECLARATION"
	applied=$(root_sql <<<'SELECT digest FROM cdk8s_stateful.declarations WHERE id = 1') || return
	if ((${#new_users[@]} == 0)) && [[ $applied == "$digest" ]]; then
		return
	fi
	while IFS=$'\t' read -r kind name second third; do
		case $kind in
		database) statements+="CREATE DATABASE IF NOT EXISTS \`$name\` CHARACTER SET $second COLLATE $third;"$'\n' ;;
		user)
			user_password "$name" "$USER_SECRETS/$second" || return
			statements+="CREATE USER IF NOT EXISTS $(sql_literal "$name")@'%' IDENTIFIED BY $(sql_literal "$REPLY") REQUIRE SSL;"$'\n'
			;;
		grant) statements+="GRANT $second ON \`$third\`.* TO $(sql_literal "$name")@'%';"$'\n' ;;
		esac
	done <"$DECLARATION"
	root_sql <<<"${statements}REPLACE cdk8s_stateful.declarations (id, digest) VALUES (1, '$digest')" || return
	log "applied the declared databases and users"
}
