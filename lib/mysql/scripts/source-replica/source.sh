# shellcheck shell=bash disable=SC2034,SC2154
# What the agent does on the source. It is sourced by agent.sh.

readonly ALONE_SECONDS_MAX=30 # that a source waits for an answer of any other member before it opens

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
			log_seldom 'ERROR: the accounts could not be kept, see above'
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
	root_sql <<<'STOP REPLICA IO_THREAD' || return
	read_state || return
	if ((!drained)); then # it has received something since
		verdict unready "becoming the source: applying what was received"
		return 1
	fi
	log "no longer following ${followed%%.*}: this is the source now, and all that was received has been applied"
	root_sql <<<'STOP REPLICA; RESET REPLICA ALL' || return
	rm -f "$VOLUME/cloned"
}

open_for_writes() {
	local answers=0 peer answer
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
	answer=$(
		{
			echo "SET @me = '$POD_NAME', @rendered = '$DEFAULT_SOURCE';"
			cat "$SQL/open-source.sql"
		} | root_sql
	) || return
	if [[ $answer != "$POD_NAME" ]]; then
		verdict unready "the source, but it stays closed: ${answer:-the server does not say why}"
		return 1
	fi
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
