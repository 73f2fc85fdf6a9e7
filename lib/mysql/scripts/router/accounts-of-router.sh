# shellcheck shell=bash disable=SC2034
# What Router and MySQL Shell need and leave behind in accounts. It is sourced by adopt.sh, after reconcile.sh.
# needs: secret, member_sql, write_remote_options, read_file, login_refused, server_error, sql_literal, log, log_seldom of lib.sh; read_facts,
#        ensure_file, ensure_tls, put_in_force of reconcile.sh; primary, online, primary_sql of adopt.sh; REPLY holds what a function answers
# sets:  changes, refused of reconcile.sh

declare -A facts _accepted # of reconcile.sh
declare -a online
primary=''
replication_accepted=''

# After a failure the account is tried less and less often, since the primary logs each refused login as a warning.
readonly RETRY_SECONDS_MIN=5 RETRY_SECONDS_MAX=60
_router_due=0 _router_pause=0 _router_password=''

# keep_router_account: on the primary, whose changes the others get like any other: its password, and what it may do.
keep_router_account() {
	secret router-password || return
	if [[ $REPLY != "$_router_password" ]]; then
		_router_password=$REPLY _router_due=0 _router_pause=0
	fi
	((SECONDS >= _router_due)) || return
	if ensure_router_account; then
		_router_due=0 _router_pause=0
		return
	fi
	_router_pause=$((_router_pause == 0 ? RETRY_SECONDS_MIN : _router_pause * 2 < RETRY_SECONDS_MAX ? _router_pause * 2 : RETRY_SECONDS_MAX))
	_router_due=$((SECONDS + _router_pause))
	return 1
}

ensure_router_account() {
	local tls=NONE
	changes=0 refused=''
	if ! read_facts primary_sql router@%; then
		log_seldom WARNING "$primary does not say which accounts it has, see above"
		return 1
	fi
	[[ ${facts["requires tls"]} == 1 ]] || tls=SSL # as the agents do: accounts.sh
	ensure_file primary_sql "$SQL/router-account.sql" || return
	ensure_tls primary_sql router@% "$tls" || return
	[[ -z $refused ]] || return
	keep_router_password
}

# keep_router_password: the old one stays valid beside the new one.
keep_router_password() {
	local status=0 old=' RETAIN CURRENT PASSWORD' what="ALTER USER router@'%' IDENTIFIED BY"
	write_remote_options router || return
	member_sql router "$primary" <<<'DO 1' >/dev/null 2>"$RUN/error" || status=$?
	((status != 0)) || return 0
	read_file "$RUN/error"
	if [[ $REPLY == *'--connect-expired-password'* ]]; then
		old=''
	elif ! login_refused "$REPLY"; then
		if server_error "$REPLY" && [[ $REPLY == 3032 ]]; then # fenced, after the password was found right
			return
		fi
		read_file "$RUN/error"
		log_seldom WARNING 'cannot log in as router to check the account' "${REPLY:-no answer}"
		return 1
	fi
	secret router-password || return
	_accepted["$what the password of the Secret"]=''
	put_in_force primary_sql "$what the password of the Secret" "$what $(sql_literal "$REPLY")$old" \
		'the password of router changed; the old one stays valid until it is discarded'
}

# give_accounts_back: Shell gives each member an account of its own to speak to the others with. One that is away at that moment lacks those
# accounts, and could never join again, since the others log in to it with them. All members have the account `replication`, and each one in
# the group keeps its password right.
give_accounts_back() {
	local member user
	for member in "${online[@]}"; do
		user=$(member_sql admin "$member" <<<"SELECT user_name FROM mysql.slave_master_info WHERE channel_name = 'group_replication_recovery'") || return
		[[ $user == mysql_innodb_cluster_* ]] || continue
		secret replication-password || return
		if [[ $REPLY != "$replication_accepted" ]]; then
			if ! member_sql replication "$member" <<<'DO 1' >/dev/null 2>&1; then
				log WARNING "$member does not accept the password of replication that the Secret has now; it speaks to the group as $user until it does"
				return 1
			fi
			replication_accepted=$REPLY
		fi
		member_sql admin "$member" <<<"CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY") FOR CHANNEL 'group_replication_recovery'" ||
			return
		log INFO "$member speaks to the group as replication again, not as $user: members that were away lack that account"
	done
}
