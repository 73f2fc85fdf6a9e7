#!/usr/bin/env bash
# Keeps the metadata of InnoDB Cluster, from which Router learns who is in the group, equal to the group: MySQL Shell adopts the group once, and
# scans it again when a member came, went, or got a new copy of the data. One of it runs; what it does may be done again at any time.
#   CLUSTER_NAME  the name of the cluster in the metadata
PAUSE=${PAUSE:-5}
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/agent-loop.sh
source "${BASH_SOURCE[0]%/*}/agent-loop.sh"
# shellcheck source=lib/mysql/scripts/shared/locks.sh
source "${BASH_SOURCE[0]%/*}/locks.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"
# shellcheck source=lib/mysql/scripts/shared/reconcile.sh
source "${BASH_SOURCE[0]%/*}/reconcile.sh"
# shellcheck source=lib/mysql/scripts/router/accounts-of-router.sh
source "${BASH_SOURCE[0]%/*}/accounts-of-router.sh"

readonly SHELL_SECONDS_MAX=${SHELL_SECONDS_MAX:-120}
readonly SETTLE_SECONDS=30 # for which a group that lacks members is left to itself: they may be about to join
readonly RETRY_SECONDS=30  # until a Shell that failed is run again
readonly LOCK_SECONDS_MAX=5
# shellcheck disable=SC2034 # verdict reads it
readonly WARNING_STATES='ACCOUNT_INCOMPLETE FAILED NOT_ADOPTED'

settled='' settled_at=0 failed_at=-$RETRY_SECONDS

primary_sql() { member_sql admin "$primary"; }

# look: at the group; why nothing can be done now, into `reason`.
look() {
	local member
	members
	view "${members[@]}"
	group_members "${members[@]}"
	reason=''
	if [[ -z $primary ]]; then
		reason='no member reports that it is the primary of a group'
		return 1
	fi
	if [[ ${online[*]} != "$settled" ]]; then
		settled=${online[*]} settled_at=$SECONDS
	fi
}

# may_change: not while a member joins, with whose login the accounts that Shell makes would interfere; and not while members may be about to.
may_change() {
	local member
	for member in "${members[@]}"; do
		if [[ ${member_state[$member]} == RECOVERING ]]; then
			reason="$member is joining the group"
			return 1
		fi
	done
	if ((${#online[@]} < ${#members[@]} && SECONDS - settled_at < SETTLE_SECONDS)); then
		reason="of ${members[*]} only ${online[*]} are in the group, and others may be about to join"
		return 1
	fi
	if ((SECONDS - failed_at < RETRY_SECONDS)); then
		reason='MySQL Shell failed, see above: trying again soon'
		return 1
	fi
}

# read_metadata: how it differs from the group, into variables.
read_metadata() {
	local mark
	clusters=0 own=0 unlisted=- obsolete=-
	local exists
	exists=$(primary_sql <<<"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'mysql_innodb_cluster_metadata' AND table_name = 'instances'") || return
	[[ $exists == 1 ]] || return 0
	IFS=$'\t' read -r mark clusters own unlisted obsolete < <(primary_sql <"$SQL/metadata-state.sql") || true
	[[ ${mark-} == metadata ]]
}

# wanted: what Shell has to do, into `action`, and why, into `reason`; no action when the metadata tells of the group as it is. Fails when
# only a person can say what is right.
wanted() {
	action='' reason=''
	if ((clusters == 0)); then
		action=adopt reason='the group has no metadata of InnoDB Cluster'
		return
	fi
	if ((clusters != 1 || own != 1)); then
		reason="the metadata of InnoDB Cluster describes another group, $clusters in all, as if it came with other data; nothing is changed; see \"The metadata of another group\" in the guide of Router"
		return 1
	fi
	if [[ $unlisted != - ]]; then
		action=rescan reason="the metadata lacks $unlisted"
	fi
	# Who is away may come back: what is listed and is no member is taken out only when all that should be there are.
	if [[ $obsolete != - ]] && ((${#online[@]} == ${#members[@]})); then
		action=rescan-and-remove reason="${reason:-the metadata has all members}, and has $obsolete with an id that is no member's"
	fi
}

# run_shell ARGUMENT...: of adopt.py. The password comes by standard input.
run_shell() {
	local status=0
	local -a tls=(--ssl-mode=REQUIRED)
	require_certificate ca.crt || return
	[[ ! -d $TLS ]] || tls=(--ssl-mode=VERIFY_IDENTITY "--ssl-ca=$TLS/ca.crt")
	secret admin-password || return
	# Its colours would be signs in the log.
	printf '%s\n' "$REPLY" | TERM=dumb MYSQLSH_TERM_COLOR_MODE=nocolor timeout "$SHELL_SECONDS_MAX" mysqlsh --passwords-from-stdin "${tls[@]}" \
		--uri="admin@$(member_host "$primary"):$PORT" --py --file="${BASH_SOURCE[0]%/*}/adopt.py" "$@" >&2 || status=$?
	((status != 124)) || log WARNING "MySQL Shell did not end within $SHELL_SECONDS_MAX s"
	return "$status"
}

# change_metadata: lets Shell do what is wanted, and then gives members their account back, whatever became of it.
change_metadata() {
	log INFO "$reason: running MySQL Shell: $action"
	if run_shell "$action" "$CLUSTER_NAME"; then
		log INFO "MySQL Shell is done"
	else
		log ERROR "MySQL Shell cannot $action, see above"
		failed_at=$SECONDS
	fi
	give_accounts_back || true
	read_metadata && wanted || return
	[[ -n $action ]] || return 0
	failed_at=$SECONDS # also when it says that it succeeded
	return 1
}

# correct_metadata: when it differs from the group; why that is not possible now, into `reason`.
correct_metadata() {
	wanted || return
	[[ -n $action ]] || return 0
	local why=$reason
	if ! may_change; then
		reason="$why; waiting: $reason"
		return 1
	fi
	if ! type -P mysqlsh >/dev/null; then
		reason="$why, and the image has no mysqlsh, which is needed to $action: name one that has it as topology.router.shellImage"
		return 1
	fi
	# Of two that adopt at once the one that fails would take back what the other wrote.
	ask_for_lock admin "$primary" adopt 0
	if ! has_lock "$primary" "$LOCK_SECONDS_MAX"; then
		reason="$why; waiting: another one is about to correct that"
	elif read_metadata && wanted && { [[ -z $action ]] || change_metadata; }; then
		corrected=1
		release_locks
		return 0
	fi
	release_locks
	return 1
}

tick() {
	local reason='' action='' primary='' corrected='' unkept='' clusters own unlisted obsolete
	local -a online=() members=() peers=()
	local account
	for account in admin monitor replication; do
		write_remote_options "$account" || return
	done
	if ! look; then
		verdict unready "WAITING: $reason"
		return
	fi
	if ! { give_accounts_back && read_metadata; }; then
		verdict unready 'FAILED: the group cannot be read or changed, see above'
		return
	fi
	keep_router_account || unkept=1 # which keeps nothing else from being done
	if ! correct_metadata; then
		verdict unready "NOT_ADOPTED: $reason"
		return
	fi
	if [[ -n $corrected ]]; then
		unkept=''
		keep_router_account || unkept=1 # what it may do with tables that were not there before
	fi
	if [[ -n $unkept ]]; then
		verdict unready 'ACCOUNT_INCOMPLETE: the account router lacks privileges, see above'
		return
	fi
	verdict ready "ADOPTED: the metadata has ${online[*]}, and Router may read it"
}

main() {
	trap 'exit 143' TERM INT
	trap release_locks EXIT
	verdict unready 'STARTING: has not looked at the group yet'
	tick_forever
}

is_sourced || main
