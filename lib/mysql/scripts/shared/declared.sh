# shellcheck shell=bash disable=SC2034
# What the application declares: databases, users and what those may do. It is sourced by accounts.sh, after reconcile.sh.
# Lines of the declaration, their fields separated by tabs:
#   database  NAME  CHARACTER_SET  COLLATION
#   user      NAME  PASSWORD_FILE  [optional]           where it may do without TLS
#   grant     NAME  PRIVILEGES     DATABASE
#   global    NAME  PRIVILEGES                          on everything
#   account   NAME                                      of the cluster's own that only some clusters have: metrics
# What is missing is made. What is there beside that stays as it is, and nothing is dropped.
# needs: facts, refused, ensure, put_in_force, is_granted, ensure_tls, stored_name, quoted_account of reconcile.sh; keep_password, user_password,
#        tls_wanted, bounded_sql of accounts.sh; log_seldom, sql_literal of lib.sh; REPLY holds what a function answers
# sets:  declared_users, declared_accounts, plaintext_users, refused; facts of what it makes

declare -A facts                                # of reconcile.sh
declare -a declared_users=()                    # in the order of the declaration
declare -a declared_accounts=()                 # that only some clusters have
declare -A password_files=()                    # of each user
declare -A plaintext_users=()                   # those that may do without TLS
declare -a _databases=() _globals=() _grants=() # each `NAME REST` with the fields of a line
declare -A _wanted=()                           # all that a user may do in a database, by `USER DATABASE`

# read_declaration TEXT
read_declaration() {
	local kind name second third
	declared_users=() declared_accounts=() password_files=() plaintext_users=() _databases=() _globals=() _grants=() _wanted=()
	while IFS=$'\t' read -r kind name second third; do
		case $kind in
		database) _databases+=("$name CHARACTER SET $second COLLATE $third") ;;
		user)
			declared_users+=("$name") password_files[$name]=$USER_SECRETS/$second
			[[ $third != optional ]] || plaintext_users[$name]=1
			;;
		grant)
			_grants+=("$name $third $second")
			_wanted["$name $third"]+="${_wanted["$name $third"]:+, }$second"
			;;
		global) _globals+=("$name $second") ;;
		account) declared_accounts+=("$name") ;;
		esac
	done <<<"$1"
}

# ensure_declared: fails with 2 when the server takes nothing now, with UNFINISHED when there is more to look at; what is refused is said, and
# keeps nothing else from being done.
ensure_declared() {
	local one status
	for one in ensure_databases ensure_users ensure_global_grants ensure_grants; do
		status=0
		"$one" || status=$?
		((status < 2)) || return "$status"
	done
}

# ensure_databases: one that is there keeps the character set that it has, since only new tables would follow a change.
ensure_databases() {
	local one name wanted has status
	for one in "${_databases[@]}"; do
		name=${one%% *} wanted=${one#* } status=0
		stored_name "$name"
		has=${facts["database $REPLY"]-}
		if [[ -n $has && $has != "$wanted" ]]; then
			log_seldom WARNING "the database $name has $has, and is declared with $wanted: it stays as it is; see \"Databases and users\" in the guide"
		fi
		ensure bounded_sql "CREATE DATABASE IF NOT EXISTS \`$name\` $wanted;" || status=$?
		((status < 2)) || return "$status"
	done
}

# ensure_users: their accounts, passwords and TLS clauses.
ensure_users() {
	local name account what password status
	for name in "${declared_users[@]}"; do
		account="$name@%" status=0
		if [[ -z ${facts["account $account"]-} ]]; then
			if ! user_password "$name" "${password_files[$name]}"; then
				refused=1
				continue
			fi
			password=$(sql_literal "$REPLY")
			quoted_account "$account"
			what="CREATE USER IF NOT EXISTS $REPLY"
			tls_wanted "$name"
			put_in_force bounded_sql "$what" "$what IDENTIFIED BY $password REQUIRE $REPLY;" || status=$?
			((status < 2)) || return "$status"
			((status == 1)) || facts["account $account"]=new
			continue
		fi
		keep_password "$name" "${password_files[$name]}" || status=$?
		((status < 2)) || return "$status"
		status=0
		tls_wanted "$name"
		ensure_tls bounded_sql "$account" "$REPLY" || status=$?
		((status < 2)) || return "$status"
	done
}

ensure_global_grants() {
	local one name status
	for one in "${_globals[@]}"; do
		name=${one%% *} status=0
		[[ -n ${facts["account $name@%"]-} ]] || continue # it is said why there is none
		quoted_account "$name@%"
		ensure bounded_sql "GRANT ${one#* } ON *.* TO $REPLY;" || status=$?
		((status < 2)) || return "$status"
	done
}

# ensure_grants: in a grant `_` of a database's name stands for any sign, unless it is escaped; with partial_revokes=ON it stands for itself.
ensure_grants() {
	local one name database pattern status
	for one in "${_grants[@]}"; do
		name=${one%% *} one=${one#* } database=${one%% *} status=0
		[[ -n ${facts["account $name@%"]-} ]] || continue
		pattern=${database//_/'\_'}
		[[ ${facts["partial revokes"]} == 0 ]] || pattern=$database
		quoted_account "$name@%"
		ensure bounded_sql "GRANT ${one#* } ON \`$pattern\`.* TO $REPLY;" || status=$?
		((status < 2)) || return "$status"
		status=0
		[[ $pattern == "$database" ]] || take_back "$name" "$database" || status=$?
		((status < 2)) || return "$status"
	done
}

# take_back USER DATABASE: what earlier versions gave on the name as a pattern, thus on other databases, too: when the account has what it
# needs, and has on the pattern what is declared, no more and no less. Anything else is another's doing.
take_back() {
	local account="$1@%" wanted=${_wanted["$1 $2"]} object escaped granted privileges
	stored_name "$2.*"
	object=$REPLY
	stored_name "${2//_/'\_'}.*"
	escaped=$REPLY
	granted=${facts["privileges $account $object"]-}
	[[ -n $granted ]] || return 0
	[[ $wanted != *ALL* ]] || wanted='ALL PRIVILEGES'
	is_granted "$wanted" "$escaped" "$account" || return 0
	[[ -z ${facts["privilege $account $object GRANT OPTION"]-} ]] || granted+=', GRANT OPTION'
	privileges=$(sorted "${wanted/#ALL PRIVILEGES/$DATABASE_PRIVILEGES}")
	if [[ $(sorted "$granted") == "$privileges" ]]; then
		quoted_account "$account"
		ensure bounded_sql "REVOKE $wanted ON \`$2\`.* FROM $REPLY;" || return
		facts["privileges $account $object"]=''
	else
		log_seldom WARNING "$1 has this in all databases that match the pattern $2, which is not what is declared; it stays as it is: $granted"
	fi
}

# sorted LIST: of privileges, each once.
sorted() {
	printf '%s\n' "${1//, /$'\n'}" | sort -u
}
