# shellcheck shell=bash
# Starts and stops Group Replication on this pod's server. It is sourced, after lib.sh.
# needs: members (lib.sh), own_state (member-row.sh)
declare -a members
declare own_state

readonly START_SECONDS_MAX=120
readonly ACTED_FILE=$RUN/acted   # what the guard saw before is of no use
readonly QUICK_FAILURE_SECONDS=5 # in which a server that lives may fail to join without having been seen
readonly LEAVE_SECONDS_MAX=${LEAVE_SECONDS_MAX:-5}
readonly APPLIED_SECONDS_MAX=5 # for the answer of a server that leaves
readonly TIMED_OUT=124         # the status of timeout

recovery_password='' leaves_slowly='' killed=none

# patiently STATEMENTS [SECONDS [WATCH]]: on this server, for as long as a start may take. In the background, so that a signal is heard meanwhile, and the
# command WATCH is run again and again.
patiently() {
	local pid status=0
	timeout "${2:-$START_SECONDS_MAX}" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names <<<"$1" &
	pid=$!
	while [[ -n ${3-} ]] && kill -0 "$pid" 2>/dev/null; do
		"$3"
		pause_for 0.2
	done
	wait "$pid" || status=$?
	: >"$ACTED_FILE"
	return "$status"
}

# group_settings MEMBER: the settings that a server loses with each start of it, as statements. The plugin must not run. With the
# name of the group that its data has (I15).
group_settings() {
	local seeds='' member
	read_file "$SQL/timeline.sql"
	printf '%s\n' "$REPLY"
	for member in "${members[@]}"; do
		seeds+=${seeds:+,}$(member_host "$member"):$PORT
	done
	echo "SET GLOBAL group_replication_local_address = '$(member_host "$1"):$PORT';"
	echo "SET GLOBAL group_replication_group_seeds = '$seeds';"
	# The first in the list is preferred, so that a rolling restart, which ends with it, moves the primary seldom.
	echo "SET GLOBAL group_replication_member_weight = $((90 - 10 * ${1##*-}));"
}

# act_forget_donor: what a copy brings of the applier is the donor's own. Before anything else, so that no other program needs to know.
act_forget_donor() {
	act_withdraw "$1"
	root_sql <<<"RESET REPLICA ALL FOR CHANNEL 'group_replication_applier'" || return
	rm -f "$VOLUME/cloned"
}

# join_group [WATCH]: the one there is. The command WATCH is run meanwhile.
join_group() {
	recovery_password=''
	local status=0 start=$SECONDS
	keep_recovery_password start || return
	: >"$RUN/joining"
	note_attempt began || true
	patiently "$(group_settings "$POD_NAME")
SET GLOBAL group_replication_bootstrap_group = OFF;
START GROUP_REPLICATION;" "$START_SECONDS_MAX" "${1-}" || status=$?
	rm -f "$RUN/joining"
	if ((status == 0)) || { ((SECONDS - start < QUICK_FAILURE_SECONDS)) && root_sql <<<'SELECT 1' >/dev/null 2>&1; }; then
		rm -f "$ATTEMPT_FILE"
	else
		note_attempt ended || true
	fi
	return "$status"
}

# note_attempt began|ended: that this member tried to join, and when; on the volume, for the next pod.
note_attempt() {
	printf '%s %s\n' "$1" "$EPOCHSECONDS" >"$ATTEMPT_FILE.tmp" && mv "$ATTEMPT_FILE.tmp" "$ATTEMPT_FILE"
}

# leave_group: STOP GROUP_REPLICATION waits up to half a minute for a group that does not answer, and one in which a member is ONLINE never answers
# when it is left. A server that has applied all that it received is killed then: it starts in no group, and lacks nothing.
leave_group() {
	local status=0
	read_file "$RUN/incarnation" || true
	[[ $REPLY != "$killed" ]] || return 0 # it ends in a moment
	log INFO "the server is $own_state: it leaves what is left of its group"
	if [[ $own_state == ONLINE ]] && has_applied_all; then
		kill_once 'its group does not work, and it has applied all that it received'
		return
	fi
	patiently 'STOP GROUP_REPLICATION' "$LEAVE_SECONDS_MAX" || status=$?
	if ((status == 0)); then
		leaves_slowly=''
		return 0
	fi
	((status != TIMED_OUT)) || leaves_slowly=1
	[[ -n $leaves_slowly ]] || return "$status"
	if ! has_applied_all; then
		log_seldom WARNING 'the server has not left its group yet and has not applied everything that it received: waiting'
		return 1
	fi
	leaves_slowly=''
	kill_once "it did not leave its group within $LEAVE_SECONDS_MAX s, and has applied all that it received"
}

# kill_once REASON: one that starts again is not killed for what the one before was.
kill_once() {
	read_file "$RUN/incarnation" || true
	killed=$REPLY
	kill_server "$1"
}

# has_applied_all: whether the server has applied all that it received: what is in relay logs a start after a crash drops.
has_applied_all() {
	[[ $(timeout "$APPLIED_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names <"$SQL/has-applied-all.sql") == 1 ]]
}

# keep_recovery_password [start]: with which members speak to each other; looked at when the Secret has changed. Another account in its place
# was set by MySQL Shell. It is left alone, but not for a start: the other members may lack it.
keep_recovery_password() {
	local row user='' password=''
	secret replication-password || return
	[[ $REPLY != "$recovery_password" ]] || return 0
	row=$(root_sql --raw <<<"SELECT user_name, user_password FROM mysql.slave_master_info WHERE channel_name = 'group_replication_recovery'") ||
		return
	IFS=$'\t' read -r user password <<<"$row"
	if [[ ($user == '' || $user == replication) && $password != "$REPLY" || $user != replication && ${1-} == start ]]; then
		root_sql <<<"$(recovery_account)" || return
		case $user in
		'') ;;
		replication) log INFO 'the password of replication changed: the group uses the new one' ;;
		*) log WARNING "the account for the group was $user: it is replication again, which all members have" ;;
		esac
	fi
	recovery_password=$REPLY
}

# recovery_account: the statement that names it, with the password in REPLY.
recovery_account() {
	echo "CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY") FOR CHANNEL 'group_replication_recovery'"
}
