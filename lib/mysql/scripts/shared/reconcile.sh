# shellcheck shell=bash disable=SC2034
# Compares statements about accounts, grants and databases with what a server has, and runs those that are not in force, one at a time: what
# the server refuses keeps nothing else from being run, and what an interruption left out is run at the next look. It is sourced, after lib.sh.
# needs: log, log_seldom, read_file, secret, sql_literal, server_error, fill_in of lib.sh; REPLY holds what a function answers
# sets:  facts, all_privileges, changes, refused; look_until is the caller's to set
# A RUNNER is a function that runs the SQL of its input on the server.

declare -A facts=()          # what the server has, e.g. [privilege admin@% *.* SELECT]=YES; read_facts says which there are
declare -a all_privileges=() # what ALL is on everything
changes=0                    # statements that were run since this was set to 0
refused=''                   # whether one was refused since this was emptied
look_until=0                 # from then on, as SECONDS counts, nothing more is run at this look; 0: there is no bound
declare -A _accepted=()      # statements that the server took; empty again when it is in force

# Of a database; GRANT OPTION is none of ALL.
readonly DATABASE_PRIVILEGES='SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER'
# A server that answers so takes no change at all now: read-only, shutting down, without a majority, or it does not let this client in.
readonly NOT_NOW='^(1040|1045|1053|1180|1290|1317|1836|3032|3100|3101)$'

readonly OF_ACCOUNT='^CREATE USER IF NOT EXISTS ([^ ;]+)' OF_TLS='^ALTER USER ([^ ]+) REQUIRE ([A-Z]+)$' OF_ATTRIBUTES='^ALTER USER ([^ ]+) (WITH .*)$'
readonly OF_GRANT='^GRANT (.+) ON ([^ ]+) TO ([^ ]+)( WITH GRANT OPTION)?$'
readonly OF_DATABASE='^CREATE (DATABASE|SCHEMA) IF NOT EXISTS ([^ ]+)' OF_TABLE='^CREATE TABLE IF NOT EXISTS ([^ ]+) '
readonly UNFINISHED=9 # of a look: there is more to look at
readonly BACKSLASH=$'\\'
# Tables that may come later: what is granted on them waits.
readonly OF_METADATA='^mysql_innodb_cluster_metadata\.[^*]'

# read_facts RUNNER ACCOUNTS: what the server has of the accounts, separated by commas as in `admin@%,app@%`, into `facts`. An answer that is
# not whole changes nothing.
read_facts() {
	local answer kind first second third fourth fifth all=''
	local -A found=()
	local -a every=()
	read_file "$SQL/account-state.sql" || return
	answer=$("$1" <<<"${REPLY//'<accounts>'/$(sql_literal "$2")}") || return
	while IFS=$'\t' read -r kind first second third fourth fifth; do
		second=${second//"$BACKSLASH$BACKSLASH"/"$BACKSLASH"} # as clients write one in a table
		case $kind in
		server) found["requires tls"]=$first found["partial revokes"]=$second found["lower case"]=$third ;;
		account) found["account $first"]=$second found["tls $first"]=$third found["attributes $first"]=$fourth found["changed $first"]=$fifth ;;
		privilege)
			found["privilege $first $second $third"]=$fourth
			found["privileges $first $second"]+="${found["privileges $first $second"]:+, }$third"
			[[ $fourth != YES ]] || found["privilege $first $second GRANT OPTION"]=YES
			[[ "$first $second" != 'root@localhost *.*' ]] || every+=("$third")
			;;
		database) found["database $first"]="CHARACTER SET $second COLLATE $third" ;;
		table) found["table $first"]=1 ;;
		end) all=1 ;;
		esac
	done <<<"$answer"
	[[ -n $all && -n ${found["requires tls"]-} ]] || return
	facts=() all_privileges=("${every[@]}")
	for kind in "${!found[@]}"; do
		facts[$kind]=${found[$kind]}
	done
}

# is_in_force STATEMENT: as far as `facts` tell, or whether it is to wait for a table.
is_in_force() {
	local statement=${1//[\`\']/} REPLY
	local -a parts
	statement=${statement%;}
	if [[ $statement =~ $OF_ACCOUNT ]]; then
		[[ -n ${facts["account ${BASH_REMATCH[1]}"]-} ]]
	elif [[ $statement =~ $OF_TLS ]]; then
		[[ ${facts["tls ${BASH_REMATCH[1]}"]-} == "${BASH_REMATCH[2]}" ]]
	elif [[ $statement =~ $OF_ATTRIBUTES ]]; then
		[[ ${facts["attributes ${BASH_REMATCH[1]}"]-} == "${BASH_REMATCH[2]}" ]]
	elif [[ $statement =~ $OF_GRANT ]]; then
		parts=("${BASH_REMATCH[@]:1}")
		[[ ${parts[1]} =~ $OF_METADATA && -z ${facts["table ${parts[1]}"]-} ]] || is_granted "${parts[@]}"
	elif [[ $statement =~ $OF_DATABASE ]]; then
		stored_name "${BASH_REMATCH[2]}"
		[[ -n ${facts["database $REPLY"]-} ]]
	elif [[ $statement =~ $OF_TABLE ]]; then
		[[ -n ${facts["table ${BASH_REMATCH[1]}"]-} ]]
	else
		return 1
	fi
}

# is_granted PRIVILEGES OBJECT ACCOUNT [WITH GRANT OPTION]
is_granted() {
	local privileges=$1 object account=$3 option=${4-} privilege granted REPLY
	local -a wanted
	stored_name "$2"
	object=$REPLY
	case $privileges in
	ALL | 'ALL PRIVILEGES')
		if [[ $object != '*.*' ]]; then
			privileges=$DATABASE_PRIVILEGES
		else
			((${#all_privileges[@]} > 0)) || return
			printf -v privileges ', %s' "${all_privileges[@]}"
			privileges=${privileges:2}
		fi
		;;
	esac
	mapfile -t wanted <<<"${privileges//, /$'\n'}"
	for privilege in "${wanted[@]}"; do
		granted=${facts["privilege $account $object $privilege"]-}
		[[ -n $granted && (-z $option || $granted == YES) ]] || return
	done
}

# stored_name NAME: of a database, as the server keeps it, into REPLY.
stored_name() {
	REPLY=$1
	[[ ${facts["lower case"]-0} == 0 ]] || REPLY=${1,,}
}

# put_in_force RUNNER WHAT STATEMENT [LINE]: runs it; WHAT is what of it may be logged, LINE what is logged when it is done. Fails with 1 when
# the server refuses it, with 2 when the server takes nothing now, with UNFINISHED when there is no more time. A statement that is accepted
# and stays without effect is not run again and again: it may be a transaction.
put_in_force() {
	local answer status=0 REPLY=''
	! is_late || return "$UNFINISHED"
	if [[ -n ${_accepted[$2]-} ]]; then
		log_seldom ERROR "the server accepted this statement but does not show its effect: $2"
		refused=1
		return 1
	fi
	answer=$("$1" <<<"$3" 2>&1 >/dev/null) || status=$?
	if ((status == 0)); then
		log INFO "${4-applied: $2}"
		_accepted[$2]=1
		changes=$((changes + 1))
		return 0
	fi
	answer=${answer//$'\n'/; }
	if server_error "$answer" && [[ ! $REPLY =~ $NOT_NOW ]]; then
		# The text of a syntax error quotes the statement.
		[[ $REPLY != 1064 || $3 != *IDENTIFIED* ]] || answer='ERROR 1064, a syntax error'
		log_seldom ERROR "the server refuses this statement: $2" "$answer"
		refused=1
		return 1
	fi
	log_seldom ERROR "the server cannot run this statement now: $2" "${answer:-no answer}"
	return 2
}

# is_late: whether there is no more time at this look.
is_late() {
	((look_until > 0 && SECONDS >= look_until))
}

# ensure RUNNER STATEMENT: puts it in force if it is not, one without a password.
ensure() {
	if is_in_force "$2"; then
		_accepted["${2%;}"]=''
		return
	fi
	put_in_force "$1" "${2%;}" "$2"
}

# ensure_file RUNNER FILE: each statement of a file of SQL, as fill_in takes it, those on root of this server alone. Fails as
# put_in_force, but for what the server refuses, which is said.
ensure_file() {
	local line runner status what
	while IFS= read -r line; do
		[[ $line =~ ^(CREATE|ALTER|GRANT)\  && $line != 'ALTER USER root@localhost IDENTIFIED '* ]] || continue
		what=${line%;}
		what=${what%% IDENTIFIED *}
		if is_in_force "$line"; then
			_accepted[$what]=''
			continue
		fi
		runner=$1 status=0
		[[ $line != *' root@localhost '* ]] || runner=while_writable
		if ! line=$(fill_in <(printf '%s\n' "$line")); then
			refused=1
			continue
		fi
		put_in_force "$runner" "$what" "$line" || status=$?
		((status < 2)) || return "$status"
		((status == 1)) || note_made "$line"
	done <"$2"
}

# note_made STATEMENT: in `facts`, since what comes next may depend on it.
note_made() {
	local statement=${1//[\`\']/}
	if [[ $statement =~ $OF_ACCOUNT ]]; then
		facts["account ${BASH_REMATCH[1]}"]=new facts["tls ${BASH_REMATCH[1]}"]=NONE
	elif [[ $statement =~ $OF_TABLE ]]; then
		facts["table ${BASH_REMATCH[1]}"]=1
	fi
}

# ensure_tls RUNNER ACCOUNT SSL|NONE: the clause of an account. One that demands more, by hand, is left alone.
ensure_tls() {
	local REPLY
	quoted_account "$2"
	case ${facts["tls $2"]-} in
	SSL | NONE) ensure "$1" "ALTER USER $REPLY REQUIRE $3;" ;;
	esac
}

# quoted_account ACCOUNT: as SQL takes it, whose name may have signs of SQL, into REPLY.
quoted_account() {
	REPLY="'${1%@*}'@'${1##*@}'"
}
