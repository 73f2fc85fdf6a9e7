#!/usr/bin/env bash
# The agent beside the server of a source or a replica. It gives the server its role, keeps it, and says whether clients may use it.
#   the source   is the member that the last promotion names, or the one that was rendered as such; it is opened for writes when no other
#                member knows of a later promotion
#   a replica    is read-only and follows the source; it stops when it has transactions that the source does not have
# What it decides, it logs, one line each.
# shellcheck source=lib/mysql/scripts/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/accounts.sh
source "${BASH_SOURCE[0]%/*}/accounts.sh"
# shellcheck source=lib/mysql/scripts/certificate.sh
source "${BASH_SOURCE[0]%/*}/certificate.sh"

readonly PAUSE=${PAUSE:-4}
readonly PEERS_PAUSE=10                      # between two questions to the other members
readonly ALONE_SECONDS_MAX=30                # that a source waits for an answer of any other member before it opens
readonly ERROR_SOURCE_FATAL='^(1236|13114)$' # of a source that cannot send what is asked for

known_epoch=0 known_source=$DEFAULT_SOURCE # the last promotion that any member told of
incarnation='' followed_in='' own_transactions='' diverged='' opening_since='' peers_asked_at=-10

# verdict ready|unready REASON...: what the readiness probe says. The reason is logged when it changes.
verdict() {
	local word=$1
	shift
	printf '%s %s %s\n' "$EPOCHSECONDS" "$word" "$*" >"$RUN/verdict"
	[[ "$word $*" == "${last_verdict-}" ]] || log "$word: $*"
	last_verdict="$word $*"
}

# read_state: the row of member-state.sql into variables.
read_state() {
	local row
	row=$(root_sql <"$SQL/member-state.sql" 2>/dev/null) || return 1
	IFS=$'\t' read -r super_read_only read_only_now own_epoch own_source followed receiver receiver_error heard applier applier_error lag \
		drained followers own_executed own_committed <<<"$row"
	if ((own_epoch > known_epoch)); then
		learn "$own_epoch" "$own_source" "this server's own data"
	fi
	read_file "$RUN/incarnation" || true
	if [[ $REPLY != "$incarnation" ]]; then # the server has started since
		incarnation=$REPLY own_transactions='' diverged='' opening_since=''
	fi
}

learn() { # EPOCH SOURCE TELLER
	known_epoch=$1 known_source=$2
	log "promotion $1 made $2 the source, says $3"
}

# ask_peers: what the other members know; a later promotion is noted.
ask_peers() {
	members
	survey "${peers[@]}"
	latest_promotion "${peers[@]}"
	((latest_epoch <= known_epoch)) || learn "$latest_epoch" "$latest_source" 'another member'
}

# ask_peers_now_and_then: the same, but not with every tick.
ask_peers_now_and_then() {
	((SECONDS - peers_asked_at >= PEERS_PAUSE)) || return 0
	peers_asked_at=$SECONDS
	ask_peers
}

# --- the source

be_source() {
	diverged=''
	if ((own_epoch < known_epoch)); then
		await_promotion
		return
	fi
	if [[ $followed != - ]]; then
		stop_following || return 0
	fi
	if ((super_read_only || read_only_now)); then
		open_for_writes || return 0
	else
		members
		# Replicas that follow are witnesses that nobody else was promoted.
		if ((followers < ${#peers[@]})); then
			ask_peers_now_and_then
		fi
		if [[ $known_source != "$POD_NAME" ]]; then
			close_for_writes
			return
		fi
		if ! { keep_root_password && keep_accounts; }; then
			log 'ERROR: the accounts could not be kept, see above'
		fi
	fi
	serve_as source "the source, open for writes, $followers replicas follow"
}

# await_promotion: another member knows that this one was promoted, and its own data does not: it lacks what was committed before that.
await_promotion() {
	if [[ $followed != - && $receiver == OFF ]]; then
		root_sql <<<'START REPLICA' || return
	fi
	verdict unready "promotion $known_epoch made this the source, but is not in its data yet: it would lose transactions"
}

# stop_following: of a replica that became the source, and of a copy, which brings the settings of the member that it was copied from.
stop_following() {
	if ((!drained)); then
		verdict unready "becoming the source: applying what was received"
		return 1
	fi
	log "no longer following ${followed%%.*}: this is the source now, and all that was received has been applied"
	root_sql <<<'STOP REPLICA; RESET REPLICA ALL' || return
	rm -f "$VOLUME/cloned"
}

open_for_writes() {
	local answers=0 peer
	ask_peers
	[[ $known_source == "$POD_NAME" ]] || return 1
	for peer in "${peers[@]}"; do
		[[ ${state[$peer]} == silent ]] || answers=$((answers + 1))
	done
	: "${opening_since:=$SECONDS}"
	if ((answers == 0 && ${#peers[@]} > 0 && SECONDS - opening_since < ALONE_SECONDS_MAX)); then
		verdict unready "the source: no other member answers yet whether there was a promotion"
		return 1
	fi
	log "opening for writes: the source by promotion $known_epoch, $answers of ${#peers[@]} other members answer and know of no later one"
	set_semi_synchronous ON || return
	{
		echo "SET @me = '$POD_NAME', @rendered = '$DEFAULT_SOURCE';"
		cat "$SQL/open-source.sql"
	} | root_sql || return
	opening_since=''
}

# set_semi_synchronous ON|OFF: only the source waits for others. On a replica each transaction that it applies would wait in vain.
set_semi_synchronous() {
	[[ $SEMI_SYNCHRONOUS == ON ]] || return 0
	root_sql <<<"SET GLOBAL rpl_semi_sync_source_enabled = $1"
}

# close_for_writes: and ends the connections of clients, which would otherwise never find the new source.
close_for_writes() {
	log "closing for writes: promotion $known_epoch made $known_source the source"
	root_sql <<<'SET GLOBAL super_read_only = ON' || return
	set_semi_synchronous OFF || return
	root_sql <"$SQL/clients.sql" | root_sql --force
}

# --- a replica

be_replica() {
	if ((!super_read_only)); then
		close_for_writes || return
	fi
	keep_root_password || return
	if [[ -n $diverged ]]; then
		verdict unready "$diverged"
		return
	fi
	if [[ $receiver != ON ]]; then
		ask_peers_now_and_then
		[[ $known_source != "$POD_NAME" ]] || return 0
	fi
	if [[ $followed != "$(member_host "$known_source")" || $followed_in != "$incarnation" || -e $VOLUME/cloned ]]; then
		follow || return 0
		verdict unready "has just begun to follow $known_source"
		return
	elif [[ $receiver == OFF && $receiver_error =~ $ERROR_SOURCE_FATAL ]]; then
		cannot_follow
		return
	elif [[ $own_committed != "$own_transactions" ]]; then
		diverge "this replica committed transactions of its own: $own_committed, before: $own_transactions"
		root_sql <<<'STOP REPLICA'
		return
	fi
	keep_replication_password "$known_source" || return
	judge_replica
}

# follow: points the server at the source, when it is certain that the source has all that this server has.
follow() {
	local theirs strangers
	survey "$known_source"
	if [[ ${state[$known_source]} != data ]]; then
		verdict unready "the source $known_source is ${state[$known_source]}"
		return 1
	fi
	theirs=${executed[$known_source]}
	strangers=$(subtract root_sql "$own_executed" "$theirs")
	if [[ -n $strangers ]]; then
		# What a promoted member still applies, it will have.
		if [[ -z $(subtract root_sql "$own_executed" "$(known_transactions "$known_source")") ]]; then
			verdict unready "the source $known_source still applies what this replica has"
		else
			diverge "the source $known_source does not have the transactions $strangers of this replica"
		fi
		return 1
	fi
	if [[ $followed == "$(member_host "$known_source")" && ! -e $VOLUME/cloned ]]; then
		log "following $known_source on from $own_executed"
		root_sql <<<'START REPLICA' || return
	else
		log "following $known_source, which has all of $own_executed"
		change_source || return
	fi
	own_transactions=$own_committed followed_in=$incarnation
}

change_source() {
	secret replication-password || return
	{
		echo 'STOP REPLICA;'
		[[ ! -e $VOLUME/cloned ]] || echo 'RESET REPLICA ALL;'
		printf '%s\n' "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$(member_host "$known_source")', SOURCE_PORT = $PORT," \
			"  SOURCE_USER = 'replication', SOURCE_PASSWORD = $(sql_literal "$REPLY"), SOURCE_AUTO_POSITION = 1," \
			"  SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 5, $(replication_tls);" \
			'START REPLICA;'
	} | root_sql || return
	rm -f "$VOLUME/cloned"
}

replication_tls() {
	if [[ -e $TLS/ca.crt ]]; then
		echo "SOURCE_SSL = 1, SOURCE_SSL_CA = '$TLS/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1"
	else
		echo 'SOURCE_SSL = 1, GET_SOURCE_PUBLIC_KEY = 1'
	fi
}

# diverge REASON: sets that differ are for a person to judge: the replica keeps what it has and stays out.
diverge() {
	diverged="$1; nothing is removed; see \"A replica has transactions of its own\" in the operations guide"
	log "ERROR: $diverged"
	verdict unready "$diverged"
}

# cannot_follow: the source refuses. It has purged what this replica needs, or this replica has what the source does not have.
cannot_follow() {
	local strangers missing
	survey "$known_source"
	[[ ${state[$known_source]} == data ]] || return 0
	strangers=$(subtract root_sql "$own_executed" "${executed[$known_source]}")
	missing=$(subtract root_sql "${purged[$known_source]}" "$own_executed")
	if [[ -n $strangers ]]; then
		diverge "the source $known_source does not have the transactions $strangers of this replica"
	elif [[ -n $missing ]]; then
		log "the source $known_source has purged the transactions $missing, which this replica needs, and has all of its own: asking for a new copy"
		verdict unready 'getting a new copy of the data'
		printf '%s\n' "$known_source" "$own_executed" >"$VOLUME/reprovision"
		root_sql <<<'SHUTDOWN'
	else
		verdict unready "the source $known_source refuses: error $receiver_error, see performance_schema.replication_connection_status"
	fi
}

judge_replica() {
	# For as long as the bound allows, a source that restarts takes its replicas out of no Service.
	if [[ $receiver != ON && $receiver != CONNECTING ]]; then
		verdict unready "the receiver is $receiver, error $receiver_error"
	elif [[ $applier != ON ]]; then
		verdict unready "the applier is $applier, error $applier_error"
	elif ((heard > MAX_LAG)); then
		verdict unready "not a word from $known_source for more than $MAX_LAG s"
	elif ((lag > MAX_LAG)); then
		verdict unready "more than $MAX_LAG s behind $known_source"
	else
		serve_as replica "a replica of $known_source, at most $MAX_LAG s behind"
	fi
}

# --- both

# serve_as ROLE REASON: ready, unless the pod's label sends it the clients of another role.
serve_as() {
	local label=''
	if [[ -e $PODINFO/labels ]]; then
		read_file "$PODINFO/labels"
		[[ $REPLY =~ (^|$'\n')mysql\.role=\"([a-z]*)\" ]] && label=${BASH_REMATCH[2]}
	fi
	if [[ $label == "$1" ]]; then
		verdict ready "$2"
	else
		verdict unready "$2, but the pod's label mysql.role is '$label': run the promotion once more, it sets the labels right"
	fi
}

tick() {
	keep_certificate
	if ! read_state; then
		verdict unready 'the server does not answer'
		return
	fi
	if [[ $known_source == "$POD_NAME" ]]; then
		be_source
	else
		be_replica
	fi
}

main() {
	trap 'exit 0' TERM INT
	local never
	exec {never}<> <(:)
	write_remote_options monitor
	write_remote_options replication
	while :; do
		tick || log "that went wrong (status $?), see above"
		read -rt "$PAUSE" -u "$never" || true # a pause without a process
	done
}

is_sourced || main
