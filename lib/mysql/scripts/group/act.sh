# shellcheck shell=bash disable=SC2034
# What the agent of a group does: a function for each ACTION of decide.sh. It is sourced.
# Each is called with the words `STATE: REASON` for the verdict, and fails when it could not do all of it: the next look decides again.
# needs: generation, is_open, online, silent (observe.sh), own_role, own_source, applier (member-row.sh), shown (labels.sh), disk_full (disk.sh)
# sets: proved, unproven_since and listed_since (observe.sh), shown_at, taken_at (labels.sh)
declare generation is_open unproven_since own_role own_source applier shown disk_full
declare -a online silent

readonly RECORD_SECONDS_MAX=4
readonly KEEP_SECONDS=2        # between two looks at the Secrets
readonly LISTED_SECONDS_MAX=30 # for which a previous incarnation may be listed: a dead member is missed after 5 s, and expelled by 23 s

readonly GIVE_AWAY_PAUSE=10 # until a primary that nobody took is given away again

kept_at=-100 last_errant='' given_away_at=-100
proved='' # the generation in which this primary proved by a transaction that it is the primary

# act_unready: nothing can be done or is needed.
act_unready() {
	verdict unready "$1"
}

# act_withdraw: no Service leads here.
act_withdraw() {
	show_role none || true
	verdict unready "$1"
}

# act_recall: the pods that are silent may not exist.
act_recall() {
	act_withdraw "$1"
	recall_pods "${silent[@]}"
}

# act_apply_received: what the server received of the group that it was in.
act_apply_received() {
	act_withdraw "$1"
	[[ $applier == ON ]] || root_sql <<<"START REPLICA SQL_THREAD FOR CHANNEL 'group_replication_applier'"
}

act_leave() {
	act_withdraw "$1"
	leave_group
}

act_hold() {
	show_role secondary || true
	verdict unready "$1"
}

# act_take_over: proves that this is the primary. Only in a group with a quorum a transaction is certified, and in no other generation than this
# one the proof counts.
act_take_over() {
	local in_generation=$generation start=$SECONDS
	log INFO "proving with a transaction that this member is the primary; the last primary in its data: $own_source"
	if ! timeout "$RECORD_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" <<<"$(promotion "$POD_NAME" 'elected by the group')"; then
		verdict unready "$1, which failed"
		note_unproven "$start"
		return 1
	fi
	unproven_since=''
	observe_self || return 0
	[[ $generation == "$in_generation" && $own_role == PRIMARY ]] || return 0
	root_sql <"$SQL/add-executed.sql" || true # the next proof tries again
	forget_accounts
	proved=$generation taken_at=-$SHOW_SECONDS shown_at=-$SHOW_SECONDS # others may have taken the label since
	act_show_primary "$1"
}

# note_unproven SINCE: that the group did not certify the proof. A proof that failed, or waits for something else, says nothing of the group; on a full
# disk the server waits for space.
note_unproven() {
	if [[ -z $disk_full && $(root_sql <"$SQL/proof-waits.sql") == 1 ]]; then
		unproven_since=${unproven_since:-$1}
	else
		unproven_since=''
	fi
}

act_show_primary() {
	if take_role; then
		show_role primary || true
	fi
	if [[ $shown == primary ]]; then
		request_opening "$generation"
	fi
	if [[ $is_open == 1 ]]; then
		verdict ready "$1"
	else
		verdict unready "$1"
	fi
}

act_serve_primary() {
	show_role primary || true
	take_role || true
	keep_list
	open_or_wait "$1"
	stands_in || keep_passwords keep_accounts || log_seldom ERROR 'cannot reconcile the accounts, see above'
}

# keep_passwords [COMMAND]: what follows the Secrets, not with each look.
keep_passwords() {
	((SECONDS - kept_at >= KEEP_SECONDS)) || return 0
	kept_at=$SECONDS
	keep_root_password && { [[ -z ${1-} ]] || "$1"; } && keep_recovery_password
}

# open_or_wait VERDICT: ready when clients are let in; else the guard is asked to.
open_or_wait() {
	if [[ $is_open == 1 ]]; then
		verdict ready "$1"
	else
		request_opening "$generation"
		verdict unready "$1, opening for clients"
	fi
}

act_serve_secondary() {
	show_role secondary || true
	keep_list
	if [[ $shown == secondary ]]; then
		open_or_wait "$1"
	else
		verdict unready "$1, but the API server has not taken its label yet"
	fi
	stands_in || keep_passwords
}

# act_give_away: a primary that no Service can lead to. The agent of the next one sets the labels.
act_give_away() {
	verdict unready "$1"
	((SECONDS - given_away_at >= GIVE_AWAY_PAUSE)) || return 0
	given_away_at=$SECONDS
	hand_over 'the agent of this primary, which sets its label, is away'
}

act_request_copy() {
	act_withdraw "$1"
	request_copy "${online[-1]}" "$(known_transactions "$POD_NAME")"
}

act_report_errant() {
	[[ $1 == "$last_errant" ]] || log ERROR "${1#*: }"
	last_errant=$1
	act_withdraw "$1"
}

# act_renew_view: when members have listed the previous incarnation for too long. The message that one has left can get lost; then the others would
# count on it for as long as they run.
act_renew_view() {
	act_withdraw "$1"
	listed_since=${listed_since:-$SECONDS}
	((SECONDS - listed_since >= LISTED_SECONDS_MAX)) || return 0
	listed_since=$SECONDS
	log WARNING "${online[0]} has listed the previous incarnation of this member for $LISTED_SECONDS_MAX s: forcing a new view"
	write_remote_options admin || return
	member_sql admin "${online[0]}" <"$SQL/renew-view.sql" >/dev/null || log WARNING "${online[0]} did not accept that, see above: trying again"
}
