#!/usr/bin/env bash
# Ends the old passwords of this server's accounts, when those of the Secret are in force. Run by a person, beside the server: on the
# replicas first, each of which has a root account of its own, then on the source, whose other accounts the replicas share.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/accounts.sh
source "${BASH_SOURCE[0]%/*}/accounts.sh"

refuse() {
	log "refused: $*; wait until the agent says that it has the new passwords"
	exit 1
}

# require_in_force: with the old passwords gone, everybody must be able to log in with those of the Secret.
require_in_force() {
	local account used
	secret root-password
	[[ -e $RUN/root.cnf && $(<"$RUN/root.cnf") == *"password=$(option_value "$REPLY")"* ]] || refuse 'the password of root is not the one of the Secret yet'
	for account in "${SYSTEM_ACCOUNTS[@]}"; do
		secret "$account-password"
		logs_in "$account" || refuse "the password of $account is not the one of the Secret yet"
	done
	secret replication-password
	used=$(root_sql --raw <<<"SELECT user_password FROM mysql.slave_master_info WHERE channel_name = '' AND host <> ''")
	[[ -z $used || $used == "$REPLY" ]] || refuse 'the receiver does not use the password of the Secret yet'
}

# discard STATEMENT...: for the accounts that the condition in `which` names and that have two passwords.
discard() {
	local accounts
	accounts=$(root_sql --raw <<<"SELECT CONCAT(QUOTE(user), '@', QUOTE(host)) FROM mysql.user
		WHERE JSON_CONTAINS_PATH(user_attributes, 'one', '$.additional_password') AND $1")
	[[ -n $accounts ]] || return 0
	{
		printf '%s\n' "${@:2}"
		while IFS= read -r account; do
			echo "ALTER USER $account DISCARD OLD PASSWORD;"
		done <<<"$accounts"
	} | root_sql
	log "the old passwords are no longer valid: ${accounts//$'\n'/, }"
}

main() {
	require_in_force
	discard "user = 'root'" 'SET SESSION sql_log_bin = 0; SET @closed = @@GLOBAL.super_read_only; SET GLOBAL super_read_only = OFF;'
	root_sql <<<'SET GLOBAL super_read_only = @@GLOBAL.read_only'
	[[ $(root_sql <<<'SELECT @@GLOBAL.read_only') == 1 ]] || discard "user <> 'root'"
}

is_sourced || main
