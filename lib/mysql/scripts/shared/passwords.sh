# shellcheck shell=bash disable=SC2034
# Keeps passwords as the Secrets say. They change while clients are connected: the old one stays valid beside the new one until an operator
# discards it. It is sourced by accounts.sh, after reconcile.sh.
# needs: log, log_seldom, secret, read_file, option_value, sql_literal, login_refused, server_error, root_sql, member_sql, write_root_options,
#        write_remote_options of lib.sh; facts, put_in_force, is_late, quoted_account, NOT_NOW of reconcile.sh; REPLY holds what a function answers
# sets:  accepted; refused and _accepted of reconcile.sh

readonly STATEMENT_SECONDS_MAX=2 # an agent that waits for a statement sees nothing else
# Errors after the password was found right: fenced, locked, too many connections of the user.
readonly PASSWORD_IS_RIGHT='^(1203|1226|3032|3118)$'

declare -A facts _accepted # of reconcile.sh
declare -A accepted=()     # passwords that the server took, with when they were last changed there
replication_password=''

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

# logs_in USER: whether the password in REPLY is one that this server accepts over TLS: 1 when it refuses it, 3 when it has expired, 2 when
# nothing answers, 4 when what answers does not say.
logs_in() {
	local answer status=0
	printf '%s\n' '[client]' "user=$1" "password=$(option_value "$REPLY")" protocol=tcp host=127.0.0.1 "port=$PORT" ssl-mode=REQUIRED \
		default-character-set=utf8mb4 >"$RUN/login.cnf"
	answer=$(timeout "$STATEMENT_SECONDS_MAX" mysql --defaults-file="$RUN/login.cnf" --connect-timeout=2 --batch --execute 'DO 1' 2>&1) || status=2
	: >"$RUN/login.cnf"
	((status)) || return 0
	! login_refused "$answer" || return 1
	[[ $answer != *'--connect-expired-password'* ]] || return 3
	local REPLY
	if server_error "$answer"; then
		[[ ! $REPLY =~ $PASSWORD_IS_RIGHT ]] || return 0
		status=4
		[[ $REPLY != 1862 ]] || return 3
		[[ ! $REPLY =~ $NOT_NOW ]] || status=2
	fi
	log_seldom WARNING "cannot check whether the password of $1 is in force: ${answer:-no answer}"
	return "$status"
}

# bounded_sql: as root_sql, and no longer than an agent may wait.
bounded_sql() {
	timeout "$STATEMENT_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names
}

# while_writable: runs the statements of its input, also on a replica: for a moment without super_read_only. It stays read_only, and the
# statements are in no binary log. Whatever becomes of them, super_read_only is as it was.
while_writable() {
	local status=0
	{
		echo 'SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;'
		cat
	} | bounded_sql || status=$?
	bounded_sql <<<'SET GLOBAL super_read_only = @@GLOBAL.read_only' || status=$?
	return "$status"
}

# user_password USER FILE: of a user of the application, into REPLY.
user_password() {
	if read_file "$2" && [[ -n $REPLY && $REPLY != *[[:cntrl:]]* ]]; then
		return
	fi
	log_seldom ERROR "the password of $1 is missing, empty, or holds a control character: ${2#"$USER_SECRETS"/}"
	return 1
}

# keep_password USER FILE: gives the account the password of the file when the server says that it is not the account's. Fails with 1 when
# that one account cannot be kept, with 2 when the server takes nothing now, with UNFINISHED when there is no more time for it.
keep_password() {
	local user=$1 status=0 statement what password looked_at old='it had expired'
	if [[ $2 == "$SECRETS"/* ]]; then
		secret "${2##*/}" || status=1
	else
		user_password "$user" "$2" || status=1
	fi
	if ((status)); then
		refused=1
		return 1
	fi
	password=$REPLY looked_at=${facts["changed $user@%"]-}=$REPLY
	[[ ${accepted[$user]-} != "$looked_at" ]] || return 0
	[[ -n ${facts["account $user@%"]-} ]] || return 1 # it is said why there is none
	! is_late || return "$UNFINISHED"
	logs_in "$user" || status=$?
	case $status in
	0) ;;
	1 | 3)
		# One that expired by a policy of the server, and is the application's, is the application's to change.
		[[ $status == 1 || $2 == "$SECRETS"/* ]] || return 0
		quoted_account "$user@%"
		what="ALTER USER $REPLY"
		statement="$what IDENTIFIED BY $(sql_literal "$password")"
		if ((status == 1)); then
			statement+=' RETAIN CURRENT PASSWORD' old='the old one stays valid until it is discarded'
		fi
		if [[ $2 == "$SECRETS"/* && ${facts["account $user@%"]} != caching_sha2_password && ${facts["account $user@%"]} != new ]]; then
			statement="$what IDENTIFIED WITH caching_sha2_password BY $(sql_literal "$password")" old='there is no old one any more' # of another plugin
		fi
		what+=' IDENTIFIED BY the password of the Secret'
		_accepted[$what]=''
		put_in_force bounded_sql "$what" "$statement" "the password of $user changed; $old" || return
		;;
	4)
		refused=1
		return 1
		;;
	*) return 2 ;;
	esac
	accepted[$user]=$looked_at
	case $user in
	monitor | replication) write_remote_options "$user" || return 1 ;;
	esac
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
	log INFO 'the password of root changed; the old one stays valid until it is discarded'
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
			log INFO 'the password of replication changed: the receiver uses the new one'
		fi
		replication_password=$wanted
	fi
}
