# shellcheck shell=bash disable=SC2034
# What the scripts of a member share. It is sourced, never run. SC2034: its constants, and what `members` and `tls_options` set, are read by others.
# needs: the environment of the pod: POD_NAME, POD_NAMESPACE, MEMBERS_SERVICE, CLUSTER_DOMAIN
# sets:  REPLY, members, peers, tls_lines, logged_at, last_logged, last_logged_at, nobody_writes
set -Eeuo pipefail
umask 077

readonly VOLUME=${VOLUME:-/var/lib/mysql}      # the claim
readonly RUN=${RUN:-/run/mysqld}               # in memory, shared by the pod's containers
readonly SECRETS=${SECRETS:-/secrets}          # a file for each key of the accounts' Secret
readonly CONFIG=${CONFIG:-/config}             # my.cnf
readonly SQL=${SQL:-/scripts}                  # the .sql files
readonly TLS=${TLS:-/tls}                      # tls.crt, tls.key, ca.crt; missing when the server makes its own certificate
readonly PODINFO=${PODINFO:-/podinfo}          # the labels that the pod has now
readonly MEMBERS=${MEMBERS:-/topology/members} # the names of all members' pods, one a line
# A subfolder, so that lost+found does not matter and a whole directory appears by one rename. No name may begin with a dot: InnoDB
# does not look for its files below such folders.
readonly DATA=$VOLUME/data
readonly MEMBERS_DOMAIN=${MEMBERS_SERVICE-}.${POD_NAMESPACE-}.svc.${CLUSTER_DOMAIN-}
readonly PORT=3306
readonly RECIPIENT_PORT=3307         # on which a member without data says so
readonly REPLICATION_PASSWORD_MAX=32 # of CHANGE REPLICATION SOURCE TO
# What the statements of the scripts rely on, whatever the server's configuration says. One statement, which every account may run; each
# session begins with it. With another consistency than EVENTUAL a member without a majority would answer no question about its own tables.
readonly SESSION_SETTINGS="SET NAMES utf8mb4 COLLATE utf8mb4_0900_ai_ci,\
 sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',\
 autocommit = ON, completion_type = NO_CHAIN, transaction_isolation = 'REPEATABLE-READ', transaction_read_only = OFF,\
 time_zone = '+00:00', lc_messages = 'en_US', default_tmp_storage_engine = InnoDB,\
 group_concat_max_len = 1048576, max_sort_length = 1024, sql_big_selects = ON, sql_select_limit = 18446744073709551615,\
 max_execution_time = 0, lock_wait_timeout = 31536000, innodb_lock_wait_timeout = 50, wait_timeout = 28800, net_read_timeout = 30,\
 net_write_timeout = 60, group_replication_consistency = EVENTUAL"

# log LEVEL TEXT...: one line per decision, with its reason. LEVEL is INFO, WARNING (something failed or refuses service; the scripts go on by
# themselves) or ERROR (an operator is needed, or the script ends).
log() {
	TZ=UTC printf '%(%FT%TZ)T %s %s: %s\n' -1 "$1" "${0##*/}" "${*:2}" >&2
}

# log_change LEVEL TEXT...: the same, but not again until it changes or a minute has passed.
log_change() {
	[[ $* != "${last_logged-}" || $((SECONDS - ${last_logged_at-0})) -ge 60 ]] || return 0
	last_logged=$*
	last_logged_at=$SECONDS
	log "$@"
}

# log_seldom LEVEL TEXT [DETAIL]: the same, but not again within a minute, whatever is logged meanwhile and whatever the detail is.
declare -A logged_at=()
log_seldom() {
	local last=${logged_at[$2]-}
	[[ -z $last || $((SECONDS - last)) -ge 60 ]] || return 0
	logged_at[$2]=$SECONDS
	log "$1" "$2${3+, $3}"
}

die() {
	log ERROR "$*"
	exit 1
}

# sql_literal TEXT: as a string of SQL, whatever is in it.
sql_literal() {
	local text=${1//\\/\\\\}
	printf "'%s'" "${text//\'/\'\'}"
}

# option_value TEXT: as a value of an option file.
option_value() {
	local text=${1//\\/\\\\}
	printf '"%s"' "${text//\"/\\\"}"
}

# read_file FILE: the text without trailing line breaks, into REPLY. No process, since the agent does this all the time.
read_file() {
	REPLY=
	[[ -e $1 ]] || return 1
	IFS= read -r -d '' REPLY <"$1" || true
	while [[ $REPLY == *$'\n' ]]; do REPLY=${REPLY%$'\n'}; done
}

# secret KEY: the password into REPLY.
secret() {
	local problem=
	if ! read_file "$SECRETS/$1"; then
		problem='is missing'
	elif [[ -z $REPLY ]]; then
		problem='is empty'
	elif [[ $REPLY == *[[:cntrl:]]* ]]; then
		problem='holds a control character, which not every client can send'
	fi
	[[ -z $problem ]] || {
		log ERROR "key $1 of the accounts' Secret $problem"
		return 1
	}
	[[ $1 != replication-password ]] || shorten
}

# The server takes no longer password for replication: of a longer one the account has a digest.
shorten() {
	((${#REPLY} > REPLICATION_PASSWORD_MAX)) || return 0
	local digest
	digest=$(printf '%s' "$REPLY" | sha256sum)
	REPLY=${digest:0:REPLICATION_PASSWORD_MAX}
}

# fill_in FILE: a file of SQL with each <key> replaced by the password of that key; one statement a line, without comments.
fill_in() {
	local line key placeholder='<([a-z]+-password)>'
	while IFS= read -r line; do
		[[ -n $line && $line != --* ]] || continue
		if [[ $line =~ $placeholder ]]; then
			key=${BASH_REMATCH[1]}
			secret "$key" || return
			line=${line/"<$key>"/"$(sql_literal "$REPLY")"}
		fi
		printf '%s\n' "$line"
	done <"$1"
}

# write_option_file ACCOUNT [LINE...]: RUN/ACCOUNT.cnf, with which clients log in: no password in an argument or the environment.
# mysqladmin takes no statement, so that this is only for those that do.
write_option_file() {
	secret "$1-password" || return 1
	option_file "$@"
}

# option_file ACCOUNT [LINE...]: the same, with the password in REPLY.
option_file() {
	local account=$1
	shift
	# Without a locale clients would speak latin1, and mangle a password with other letters.
	printf '%s\n' '[client]' "user=$account" "password=$(option_value "$REPLY")" default-character-set=utf8mb4 "$@" \
		'[mysql]' "init-command=\"$SESSION_SETTINGS\"" '[mysqldump]' "loose-init-command=\"$SESSION_SETTINGS\"" >"$RUN/$account.cnf.new"
	mv "$RUN/$account.cnf.new" "$RUN/$account.cnf"
}

# require_certificate FILE...: whether the Secret of the certificate has these; where there is no such Secret nothing is missing.
require_certificate() {
	local file
	local -a missing=()
	[[ -d $TLS ]] || return 0
	for file in "$@"; do
		[[ -s $TLS/$file ]] || missing+=("$file")
	done
	((${#missing[@]} > 0)) || return 0
	log_seldom ERROR "the Secret of the certificate lacks ${missing[*]}; it needs tls.crt, tls.key and ca.crt"
	return 1
}

# tls_options: lines of an option file into the array `tls_lines`: clients speak TLS, and know whom they speak to where there is an authority
# to ask. Where there ought to be one and is none, they do not speak at all.
tls_options() {
	tls_lines=(ssl-mode=REQUIRED)
	[[ -d $TLS ]] || return 0
	require_certificate ca.crt || return 1
	tls_lines=(ssl-mode=VERIFY_IDENTITY "ssl-ca=$TLS/ca.crt")
}

write_root_options() {
	write_option_file root "socket=$RUN/mysqld.sock"
}

write_remote_options() { # ACCOUNT
	local -a tls_lines
	tls_options || return 1
	write_option_file "$1" connect-timeout=3 "${tls_lines[@]}"
}

# random_password: into REPLY, for the root of a server that only this pod reaches: so the pod needs no password of the cluster's root.
random_password() {
	REPLY=$(head -c 24 /dev/urandom | base64)
}

# root_sql [OPTION...]: runs the statements of its input on this pod's server.
root_sql() {
	mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names "$@"
}

# member_host POD: its name in DNS, which is its identity: addresses change.
member_host() {
	printf '%s.%s' "$1" "$MEMBERS_DOMAIN"
}

# member_sql ACCOUNT POD [OPTION...]: runs the statements of its input on another member; bounded, whatever becomes of the network.
member_sql() {
	local account=$1 pod=$2
	shift 2
	timeout 10 mysql --defaults-file="$RUN/$account.cnf" --host="$pod.$MEMBERS_DOMAIN" --port="$PORT" --batch --skip-column-names "$@"
}

# server_error TEXT: whether a client ended with an error that a server gave, its number into REPLY. The numbers from 2000 to 2999 are the
# client's own: it reached no server, but for 2026, when it did not agree with one on TLS.
server_error() {
	REPLY=
	[[ $1 =~ (^|$'\n')ERROR\ ([0-9]+)\  ]] || return 1
	REPLY=${BASH_REMATCH[2]}
	((REPLY < 2000 || REPLY > 2999 || REPLY == 2026))
}

# login_refused TEXT: whether a client ended since the server does not take its password.
login_refused() {
	local REPLY
	server_error "$1" && ((REPLY == 1045))
}

# members: all of them into the array `members`, the others into `peers`.
members() {
	members=()
	[[ ! -e $MEMBERS ]] || mapfile -t members <"$MEMBERS"
	peers=()
	local member
	for member in "${members[@]}"; do
		[[ $member == "$POD_NAME" ]] || peers+=("$member")
	done
}

# list_is_usable: whether the list of members can be relied on; else what is wrong with it, into REPLY.
list_is_usable() {
	if ((${#members[@]} == 0)); then
		REPLY="the list of members ($MEMBERS) is empty"
	elif [[ " ${members[*]} " != *" $POD_NAME "* ]]; then
		REPLY="the list of members (${members[*]}) lacks this pod: it was scaled by hand, or the list is an old one"
	elif ((${#peers[@]} == 0)); then
		REPLY="the list of members holds no other member than ${members[*]}"
	else
		return 0
	fi
	return 1
}

# pause_for SECONDS: waits without a process, since agents do this all the time: for a pipe into which nobody writes.
pause_for() {
	[[ -n ${nobody_writes-} ]] || exec {nobody_writes}<> <(:)
	read -rt "$1" -u "$nobody_writes" || true
}

is_sourced() {
	[[ ${BASH_SOURCE[1]} != "$0" ]]
}
