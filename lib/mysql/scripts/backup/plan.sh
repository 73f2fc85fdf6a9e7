# shellcheck shell=bash disable=SC2034
# What store/fetch-logs.sh decided and fetched: the base, the logs and the point. It is sourced, after lib.sh.
# needs: lib.sh
# sets:  timeline, base, base_set, until_kind, until_value, logs, fetch_began, REPLY

timeline='' base='' base_set='' until_kind='' until_value='' fetch_began=''
logs=() # their names, in order

readonly PLAN=$VOLUME/plan
readonly FETCHED_LOGS=$VOLUME/logs
readonly FETCHED=$VOLUME/restore/scratch/base # as restic restores it: the path of the copy when it was stored

# information FILE KEY: of an information file, lines `KEY VALUE`, into REPLY. Fails when the key is missing.
information() {
	local key
	while read -r key REPLY; do
		[[ $key != "$2" ]] || return 0
	done <"$1"
	REPLY=
	return 1
}

# read_plan: stops when there is none that is whole.
read_plan() {
	local key value last=''
	[[ -e $PLAN ]] || die "$PLAN is missing: the containers before have not run to their end"
	logs=()
	while read -r key value; do
		last=$key
		case $key in
		timeline) timeline=$value ;;
		base) base=$value ;;
		executed) base_set=$value ;;
		until) read -r until_kind until_value <<<"$value" ;;
		began) fetch_began=$value ;;
		log) logs+=("$value") ;;
		esac
	done <"$PLAN"
	[[ $last == end && -n $base ]] || die "$PLAN is not whole: the containers before have not run to their end"
}

# log_information INDEX KEY: of a log of the plan, into REPLY.
log_information() {
	information "$FETCHED_LOGS/${logs[$1]}.info" "$2" || die "$FETCHED_LOGS/${logs[$1]}.info has no $2: it was written by another version of this library"
}

# require_series: the data directory of another series cannot be used as it is: the server refuses an older one, and a newer one is upgraded only
# by a server that serves.
require_series() {
	local server written
	information "$FETCHED/backup.info" version || die "$FETCHED/backup.info has no version"
	written=$REPLY
	[[ $(mysqld --version) =~ \ Ver\ ([0-9]+\.[0-9]+\.[0-9]+) ]] || die 'mysqld --version tells no version'
	server=${BASH_REMATCH[1]}
	[[ ${written%.*} == "${server%.*}" ]] ||
		die "the backup $base is of MySQL $written, and this image has $server: restore with an image of ${written%.*}, and upgrade the cluster then"
}
