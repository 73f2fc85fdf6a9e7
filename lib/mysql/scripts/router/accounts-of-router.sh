# shellcheck shell=bash disable=SC2154
# What Router and MySQL Shell need and leave behind in accounts. It is sourced by adopt.sh.

replication_accepted=''

# keep_router_account: made on the primary; the others get it like any other change. The old password stays valid beside the new one.
keep_router_account() {
	local status=0
	write_remote_options router || return
	member_sql router "$primary" <<<'DO 1' >/dev/null 2>"$RUN/error" || status=$?
	((status != 0)) || return 0
	read_file "$RUN/error"
	if ! login_refused "$REPLY"; then
		log "the account router could not be tried: $REPLY"
		return 1
	fi
	if [[ $(primary_sql <<<"SELECT COUNT(*) FROM mysql.user WHERE user = 'router' AND host = '%'") == 0 ]]; then
		fill_in "$SQL/router-account.sql" | primary_sql || return
		log 'made the account router'
	else
		secret router-password || return
		primary_sql <<<"ALTER USER router@'%' IDENTIFIED BY $(sql_literal "$REPLY") RETAIN CURRENT PASSWORD" || return
		log 'the password of router changed; the old one stays valid until it is discarded'
	fi
}

# keep_router_grants: on tables that come with the metadata, and with its later versions.
keep_router_grants() {
	local statements
	statements=$(primary_sql <"$SQL/missing-grants.sql") || return
	[[ -n $statements ]] || return 0
	primary_sql <<<"$statements" || return
	log "the account router got what it lacked: ${statements//$'\n'/ }"
}

# give_accounts_back: Shell gives each member an account of its own to speak to the others with. One that is away at that moment lacks those
# accounts, and could never join again, since the others log in to it with them. All members have the account `replication`, and whoever is in
# the group keeps its password right.
give_accounts_back() {
	local member user
	for member in "${online[@]}"; do
		user=$(member_sql admin "$member" <<<"SELECT user_name FROM mysql.slave_master_info WHERE channel_name = 'group_replication_recovery'") || return
		[[ $user == mysql_innodb_cluster_* ]] || continue
		secret replication-password || return
		if [[ $REPLY != "$replication_accepted" ]]; then
			if ! member_sql replication "$member" <<<'DO 1' >/dev/null 2>&1; then
				log "$member does not accept the password of replication that the Secret has now; it speaks to the group as $user until it does"
				return 1
			fi
			replication_accepted=$REPLY
		fi
		member_sql admin "$member" <<<"CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY") FOR CHANNEL 'group_replication_recovery'" ||
			return
		log "$member speaks to the group as replication again, not as $user: members that were away lack that account"
	done
}
