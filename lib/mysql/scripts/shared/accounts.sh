# shellcheck shell=bash
# Keeps accounts, databases and users as the Secrets and the declaration say, each as a whole: what a server has is compared with what it
# should have, and what is missing is put in force. It is sourced, after lib.sh.
# needs: log, log_seldom, read_file, secret of lib.sh; plaintext_users, declared_accounts of declared.sh
# sets:  facts, changes, refused, look_until, _accepted of reconcile.sh; accepted, logins_since of passwords.sh
# shellcheck source=lib/mysql/scripts/shared/reconcile.sh
source "${BASH_SOURCE[0]%/*}/reconcile.sh"
# shellcheck source=lib/mysql/scripts/shared/passwords.sh
source "${BASH_SOURCE[0]%/*}/passwords.sh"
# shellcheck source=lib/mysql/scripts/shared/declared.sh
source "${BASH_SOURCE[0]%/*}/declared.sh"

readonly DECLARATION=${DECLARATION:-/topology/declaration} # databases, users and grants of the application
readonly USER_SECRETS=${USER_SECRETS:-/user-secrets}       # a folder for each Secret of users
readonly SYSTEM_ACCOUNTS=(admin replication clone monitor)
readonly OPTIONAL_ACCOUNTS=(router metrics) # that only some clusters have
readonly ACCOUNTS_SECONDS_MAX=2             # for which one look may take: an agent has more to see to
readonly ACCOUNTS_SECONDS=60                # between two looks at a server on which all is in force
readonly GAP_SECONDS_MAX=30                 # without a look another server may have been the one that is open for writes
readonly RETRY_SECONDS_MIN=5 RETRY_SECONDS_MAX=60

declare -A facts plaintext_users noted=()
accounts_seen='' declaration_seen=''
accounts_due=0 accounts_called=-$GAP_SECONDS_MAX accounts_status=0 accounts_retry=0

# forget_accounts: another server may have been open for writes since, or there is something new to keep: all is looked at.
forget_accounts() {
	accounts_due=$SECONDS accounts_retry=0
	accepted=() _accepted=()
}

# keep_accounts: on the server that is open for writes, whose changes the others get like any other. Fails when that cannot be done now; what
# is missing or refused is said, and is no failure.
keep_accounts() {
	local seen declaration='' status=0
	passwords
	seen=$REPLY
	if [[ -e $DECLARATION ]]; then
		read_file "$DECLARATION"
		declaration=$REPLY
	fi
	if [[ $seen != "$accounts_seen" || $declaration != "$declaration_seen" ]] || ((SECONDS - accounts_called > GAP_SECONDS_MAX)); then
		forget_accounts
		accounts_seen=$seen declaration_seen=$declaration
	fi
	accounts_called=$SECONDS
	((SECONDS >= accounts_due)) || return "$accounts_status"
	changes=0 refused=''
	look_until=$((SECONDS + ACCOUNTS_SECONDS_MAX))
	look_at_accounts "$declaration" || status=$?
	accounts_called=$SECONDS accounts_status=0
	if [[ $status == 0 && -z $refused ]] || ((changes)); then
		accounts_retry=0
	fi
	if ((status == UNFINISHED || changes)); then
		accounts_due=$SECONDS # to see that it is in force
	elif ((status)) || [[ -n $refused ]]; then
		accounts_retry=$((accounts_retry == 0 ? RETRY_SECONDS_MIN : accounts_retry * 2 < RETRY_SECONDS_MAX ? accounts_retry * 2 : RETRY_SECONDS_MAX))
		accounts_due=$((SECONDS + accounts_retry))
	else
		accounts_due=$((SECONDS + ACCOUNTS_SECONDS))
	fi
	((status == 0 || status == UNFINISHED)) || accounts_status=1
	return "$accounts_status"
}

# look_at_accounts DECLARATION: compares, and puts in force what is missing. Fails with 2 when the server takes nothing now, with UNFINISHED
# when more is to be looked at.
look_at_accounts() {
	local account names status file
	read_declaration "$1"
	printf -v names ',%s@%%' "${SYSTEM_ACCOUNTS[@]}" "${declared_accounts[@]}" "${declared_users[@]}"
	if ! read_facts bounded_sql "${names:1}"; then
		log_seldom ERROR 'cannot list the accounts of the server, see above'
		return 2
	fi
	note_line_breaks
	for file in "$SQL"/accounts.sql "$SQL"/*-accounts.sql; do # of the topology
		if [[ -e $file ]]; then
			ensure_file bounded_sql "$file" || return
		fi
	done
	keep_metrics_account || return
	for account in "${SYSTEM_ACCOUNTS[@]}" "${declared_accounts[@]}"; do
		status=0
		keep_password "$account" "$SECRETS/$account-password" || status=$?
		((status < 2)) || return "$status"
		status=0
		tls_wanted "$account"
		ensure_tls bounded_sql "$account@%" "$REPLY" || status=$?
		((status < 2)) || return "$status"
	done
	ensure_declared
}

# keep_metrics_account: where it is declared. Without its password, which a Secret from before it was declared lacks, there is nothing to
# make it with: that is said, and keeps nothing else from being done. Fails as ensure_file.
keep_metrics_account() {
	[[ " ${declared_accounts[*]} " == *' metrics '* ]] || return 0
	if [[ -z ${facts["account metrics@%"]-} ]] && ! secret metrics-password; then
		refused=1
		return 0
	fi
	ensure_file bounded_sql "$SQL/metrics-account.sql"
}

# tls_wanted NAME: the clause of an account, into REPLY. As long as all connections must use TLS, the server itself says so to a client without: clearer than
# "Access denied". Else each account must that is not declared otherwise.
tls_wanted() {
	if [[ -z ${plaintext_users[$1]-} ]] && { ((${#plaintext_users[@]} > 0)) || [[ ${facts["requires tls"]} != 1 ]]; }; then
		REPLY=SSL
	else
		REPLY=NONE
	fi
}

# note_line_breaks: of passwords that end so. Accounts have them without; an application that takes the key as it is does not.
note_line_breaks() {
	local file user text
	local -a files=()
	for user in root "${SYSTEM_ACCOUNTS[@]}" "${OPTIONAL_ACCOUNTS[@]}"; do
		files+=("$SECRETS/$user-password")
	done
	for user in "${declared_users[@]}"; do
		files+=("${password_files[$user]}")
	done
	for file in "${files[@]}"; do
		[[ -e $file ]] || continue
		text=''
		IFS= read -r -d '' text <"$file" || true
		[[ $text == *$'\n' && ${noted[$file]-} != "$text" ]] || continue
		noted[$file]=$text
		file=${file#"$SECRETS"/}
		log WARNING "the key ${file#"$USER_SECRETS"/} ends with a line break, which is not part of the password: a client that sends it is refused"
	done
}
