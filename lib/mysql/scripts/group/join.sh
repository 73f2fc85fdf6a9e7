# shellcheck shell=bash disable=SC2034,SC2154
# What the agent does while its server is in no group: join the one there is. It is sourced by agent.sh.

readonly START_SECONDS_MAX=120
readonly LISTED_SECONDS_MAX=30 # for which an earlier life may be listed: a dead member is missed after 5 s, and put out by 23 s

recovery_password='' listed_since=''

# join: the group that the members in `online` are in.
join() {
	local member known strangers donor='' status
	known=$(known_transactions "$POD_NAME")
	for member in "${online[@]}"; do
		# After a crash: to join before the group has expelled the earlier life would delay its failover.
		if [[ ,${listed[$member]}, == *",$POD_NAME,"* ]]; then
			verdict unready "waiting: the group of ${online[*]} still lists an earlier life of this member"
			renew_view "$member"
			return
		fi
	done
	listed_since=''
	for member in "${online[@]}"; do
		strangers=$(subtract root_sql "$known" "$(known_transactions "$member")") || return
		[[ -n $strangers ]] || break
	done
	if [[ -n $strangers ]]; then
		diverge "the group of ${online[*]} does not have the transactions $strangers of this member"
		return
	fi
	for member in "${online[@]}"; do
		status=0
		is_subset root_sql "${purged[$member]}" "${executed[$POD_NAME]}" || status=$?
		((status < 2)) || return # nothing is known yet
		if ((status == 0)); then
			donor=$member
			break
		fi
	done
	if [[ -z $donor ]]; then
		log "all of ${online[*]} have purged transactions which this member needs, and have all of its own: asking for a new copy"
		verdict unready 'getting a new copy of the data'
		request_copy "${online[-1]}" "${executed[$POD_NAME]}"
		return
	fi
	log "joining the group of ${online[*]}, which has all of ${executed[$POD_NAME]}"
	start_group OFF || log "could not join, see above and the log of mysqld"
}

# renew_view MEMBER: when that member has listed an earlier life for too long. The message that one has left can get lost; then all the others
# would count on it for ever.
renew_view() {
	listed_since=${listed_since:-$SECONDS}
	((SECONDS - listed_since >= LISTED_SECONDS_MAX)) || return 0
	listed_since=$SECONDS
	log "$1 has listed an earlier life of this member for $LISTED_SECONDS_MAX s: asking the group to tell all anew who is in it"
	write_remote_options admin || return
	member_sql admin "$1" <"$SQL/renew-view.sql" >/dev/null || log "$1 did not take that, see above: asking again"
}

# diverge REASON: sets that differ are for a person to judge: the member keeps what it has and stays out.
diverge() {
	local reason="$1; nothing is removed; see \"A member has transactions of its own\" in the operations guide"
	[[ $reason == "${last_diverged-}" ]] || log "ERROR: $reason"
	last_diverged=$reason
	verdict unready "$reason"
}

# start_group ON|OFF: with ON as the first of a new group. The server's own settings are lost with each start of it.
start_group() {
	local seeds='' member status=0
	for member in "${members[@]}"; do
		seeds+=${seeds:+,}$(member_host "$member"):$PORT
	done
	if [[ -e $VOLUME/cloned ]]; then # what it brings of the applier is the donor's own
		root_sql <<<"RESET REPLICA ALL FOR CHANNEL 'group_replication_applier'" || return
		rm -f "$VOLUME/cloned"
	fi
	recovery_password=''
	keep_recovery_password start || return
	{
		echo "SET GLOBAL group_replication_local_address = '$(member_host "$POD_NAME"):$PORT';"
		echo "SET GLOBAL group_replication_group_seeds = '$seeds';"
		# The first in the list is preferred, so that a rolling restart, which ends with it, moves the primary seldom.
		echo "SET GLOBAL group_replication_member_weight = $((90 - 10 * ${POD_NAME##*-}));"
		echo "SET GLOBAL group_replication_bootstrap_group = $1;"
		echo 'START GROUP_REPLICATION;'
	} | timeout "$START_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names || status=$?
	root_sql <<<'SET GLOBAL group_replication_bootstrap_group = OFF' || return
	return "$status"
}

# leave_group: a server that the group has put out is told so, since it would not start again else.
leave_group() {
	log "the server is in state $own_state: it leaves what is left of its group"
	timeout "$START_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" <<<'STOP GROUP_REPLICATION'
}

# keep_recovery_password [start]: with which members speak to each other; looked at when the Secret has changed. Another account in its place
# is of somebody else's making: MySQL Shell's. It is left alone, but not for a start: whoever made it may have dropped it since, and others may
# lack it.
keep_recovery_password() {
	local row user='' password=''
	secret replication-password || return
	[[ $REPLY != "$recovery_password" ]] || return 0
	row=$(root_sql --raw <<<"SELECT user_name, user_password FROM mysql.slave_master_info WHERE channel_name = 'group_replication_recovery'") ||
		return
	IFS=$'\t' read -r user password <<<"$row"
	if [[ ($user == '' || $user == replication) && $password != "$REPLY" || $user != replication && ${1-} == start ]]; then
		root_sql <<<"CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY") FOR CHANNEL 'group_replication_recovery'" ||
			return
		case $user in
		'') ;;
		replication) log 'the password of replication changed: the group uses the new one' ;;
		*) log "the account for the group was $user: it is replication again, which all members have" ;;
		esac
	fi
	recovery_password=$REPLY
}
