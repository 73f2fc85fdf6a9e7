#!/usr/bin/env bash
# Ends the old passwords of this server's accounts, when those of the Secret are in force. Run by an operator, beside the server: on the
# replicas first, each of which has a root account of its own, then on the source, whose other accounts the replicas share.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/accounts.sh
source "${BASH_SOURCE[0]%/*}/accounts.sh"

refuse() {
	log ERROR "refused: $*; wait until the agent reports the new passwords"
	exit 1
}

# require_in_force: with the old passwords gone, those of the Secret must let everything in.
require_in_force() {
	local account used password status line
	secret root-password
	used=$(option_value "$REPLY")
	[[ -e $RUN/root.cnf && $(<"$RUN/root.cnf") == *"password=$used"* ]] || refuse 'the server does not have the password of root from the Secret yet'
	for account in "${SYSTEM_ACCOUNTS[@]}"; do
		secret "$account-password"
		status=0
		logs_in "$account" || status=$?
		((status != 1)) || refuse "the password of $account is not the one of the Secret yet"
		((status == 0)) || refuse "cannot check whether the password of $account is that of the Secret"
	done
	secret replication-password
	password=$REPLY
	# Of a replica, and of a member of a group, unless MySQL Shell gave that an account of its own.
	used=$(root_sql --raw <<<"SELECT user_password FROM mysql.slave_master_info
		WHERE (channel_name = '' AND host <> '') OR (channel_name = 'group_replication_recovery' AND user_name = 'replication')") ||
		refuse 'cannot read which password the receiver uses'
	while IFS= read -r line; do
		[[ -z $line || $line == "$password" ]] || refuse 'the receiver does not use the password of the Secret yet'
	done <<<"$used"
}

# discard COMMAND CONDITION: of the accounts for which the condition holds and that have two passwords. COMMAND runs SQL of its input.
discard() {
	local accounts account
	accounts=$(root_sql --raw <<<"SELECT CONCAT(QUOTE(user), '@', QUOTE(host)) FROM mysql.user
		WHERE JSON_CONTAINS_PATH(user_attributes, 'one', '$.additional_password') AND $2")
	[[ -n $accounts ]] || return 0
	while IFS= read -r account; do
		echo "ALTER USER $account DISCARD OLD PASSWORD;"
	done <<<"$accounts" | "$1"
	log INFO "the old passwords are no longer valid: ${accounts//$'\n'/, }"
}

main() {
	local closed
	require_in_force
	discard while_writable "user = 'root'"
	closed=$(root_sql <<<'SELECT @@GLOBAL.read_only')
	[[ $closed != 0 ]] || discard root_sql "user <> 'root'"
}

is_sourced || main
