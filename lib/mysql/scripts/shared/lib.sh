# shellcheck shell=bash disable=SC2034
# What the scripts of a member share. It is sourced, never run.
set -Eeuo pipefail
umask 077

readonly VOLUME=${VOLUME:-/var/lib/mysql}      # the claim
readonly RUN=${RUN:-/run/mysqld}               # in memory, shared by the pod's containers
readonly SECRETS=${SECRETS:-/secrets}          # a file for each key of the accounts' Secret
readonly CONFIG=${CONFIG:-/config}             # my.cnf
readonly SQL=${SQL:-/scripts}                  # the .sql files
readonly TLS=${TLS:-/tls}                      # tls.crt, tls.key, ca.crt; empty when the server makes its own certificate
readonly PODINFO=${PODINFO:-/podinfo}          # the labels that the pod has now
readonly MEMBERS=${MEMBERS:-/topology/members} # the names of all members' pods, one a line
# A subfolder, so that lost+found does not matter and a whole directory appears by one rename. No name may begin with a dot: InnoDB
# does not look for its files below such folders.
readonly DATA=$VOLUME/data
readonly PORT=3306
readonly RECIPIENT_PORT=3307         # on which a member without data says so
readonly REPLICATION_PASSWORD_MAX=32 # of CHANGE REPLICATION SOURCE TO

# log TEXT...: one line for each decision, with its reason.
log() {
	TZ=UTC printf '%(%FT%TZ)T %s: %s\n' -1 "${0##*/}" "$*" >&2
}

# log_change TEXT...: the same, but not again until it changes or a minute has passed.
log_change() {
	[[ $* != "${last_logged-}" || $((SECONDS - ${last_logged_at-0})) -ge 60 ]] || return 0
	last_logged=$*
	last_logged_at=$SECONDS
	log "$*"
}

# log_seldom TEXT [DETAIL]: the same, but not again within a minute, whatever is logged meanwhile and whatever the detail is.
declare -A logged_at=()
log_seldom() {
	local last=${logged_at[$1]-}
	[[ -z $last || $((SECONDS - last)) -ge 60 ]] || return 0
	logged_at[$1]=$SECONDS
	log "$1${2+, $2}"
}

die() {
	log "ERROR: $*"
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
		log "ERROR: key $1 of the accounts' Secret $problem"
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
write_option_file() {
	local account=$1
	shift
	secret "$account-password" || return
	# Without a locale clients would speak latin1, and mangle a password with other letters.
	printf '%s\n' '[client]' "user=$account" "password=$(option_value "$REPLY")" default-character-set=utf8mb4 "$@" >"$RUN/$account.cnf.new"
	mv "$RUN/$account.cnf.new" "$RUN/$account.cnf"
}

# Lines of an option file: clients speak TLS, and know whom they speak to where there is an authority to ask.
tls_options() {
	if [[ -e $TLS/ca.crt ]]; then
		printf '%s\n' ssl-mode=VERIFY_IDENTITY "ssl-ca=$TLS/ca.crt"
	else
		echo ssl-mode=REQUIRED
	fi
}

write_root_options() {
	write_option_file root "socket=$RUN/mysqld.sock"
}

write_remote_options() { # ACCOUNT
	local -a lines
	mapfile -t lines < <(tls_options)
	write_option_file "$1" connect-timeout=3 "${lines[@]}"
}

# root_sql [OPTION...]: runs the statements of its input on this pod's server.
root_sql() {
	mysql --defaults-file="$RUN/root.cnf" --batch --skip-column-names "$@"
}

# member_host POD: its name in DNS, which is its identity: addresses change.
member_host() {
	printf '%s.%s.%s.svc.%s' "$1" "$MEMBERS_SERVICE" "$POD_NAMESPACE" "$CLUSTER_DOMAIN"
}

# member_sql ACCOUNT POD [OPTION...]: runs the statements of its input on another member; bounded, whatever becomes of the network.
member_sql() {
	local account=$1 pod=$2
	shift 2
	timeout 10 mysql --defaults-file="$RUN/$account.cnf" --host="$(member_host "$pod")" --port="$PORT" --batch --skip-column-names "$@"
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
	mapfile -t members <"$MEMBERS"
	peers=()
	local member
	for member in "${members[@]}"; do
		[[ $member == "$POD_NAME" ]] || peers+=("$member")
	done
}

is_sourced() {
	[[ ${BASH_SOURCE[1]} != "$0" ]]
}
