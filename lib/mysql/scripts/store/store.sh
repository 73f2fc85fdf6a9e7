# shellcheck shell=sh
# How the programs of a backup reach the store. It is sourced, never run, by programs in the images of restic and of rclone, whose shell is that
# of BusyBox.
# needs: the environment of the pod: STORE_KIND (s3 | folder), STORE_PATH (bucket and prefix, or the folder, down to the cluster's own), of s3
#        STORE_ENDPOINT (a URL) and STORE_REGION
# sets:  reply, log_level, obscured, id
set -eu
umask 077

SCRATCH=${SCRATCH:-/scratch}
RUN=${RUN:-/run/backup}                                    # in memory
STORE_CREDENTIALS=${STORE_CREDENTIALS:-/store-credentials} # access-key-id, secret-access-key; missing where the platform gives an identity
STORE_CA=${STORE_CA:-/store-ca/ca.crt}                     # missing where the system's authorities are enough
ENCRYPTION_KEY=${ENCRYPTION_KEY:-/encryption-key/password}
GTID_SETS=${0%/*}/gtid-sets.awk

# log LEVEL TEXT...: one line per decision, with its reason, as the programs of the members write it.
log() {
	log_level=$1
	shift
	echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $log_level ${0##*/}: $*" >&2
}

die() {
	log ERROR "$*"
	exit 1
}

# end_if_inert: ends a step where one before it has found that nothing is to be done, and why.
end_if_inert() {
	[ -e "$SCRATCH/inert" ] || return 0
	log INFO "inert: $(cat "$SCRATCH/inert")"
	exit 0
}

# is_whole FILE: whether it is an information file, or another one of such lines, that was written to its end.
is_whole() {
	[ -f "$1" ] && [ "$(tail -n 1 "$1")" = end ]
}

# whole_bases [TIMELINE]: the information files of the proven bases that look.sh has fetched, the newest one first: ids begin with their time.
whole_bases() {
	for info in "$SCRATCH"/known/bases/*.info; do
		if is_whole "$info" && { [ -z "${1-}" ] || [ "$(field "$info" timeline)" = "$1" ]; }; then
			echo "$info"
		fi
	done | sort -r
}

# free_bytes: of the scratch volume.
free_bytes() {
	echo $(($(df -k "$SCRATCH" | tail -n 1 | awk '{ print $(NF - 2) }') * 1024))
}

# sets OPERATION SET SET: of sets of GTIDs, see gtid-sets.awk.
sets() {
	awk -f "$GTID_SETS" "$@"
}

# field FILE KEY: of an information file: lines `KEY VALUE`. Without `read`: see ship.sh.
field() {
	sed -n "/^$2 /{s///p;q;}" "$1"
}

# one_line FILE: a Secret's value, without the line break that editors add, into `reply`.
one_line() {
	[ -s "$1" ] || die "$1 is missing or empty: correct the Secret"
	reply=$(cat "$1")
	case $reply in
	*'
'*) die "$1 has more than one line: correct the Secret" ;;
	esac
}

# use_rclone: RUN/rclone.conf, with the remote `store:`, the cluster's own part of the store, encrypted on this side. Names stay readable, so that
# a person finds what there is.
use_rclone() {
	mkdir -p "$RUN"
	one_line "$ENCRYPTION_KEY"
	obscured=$(
		rclone obscure - <<-END
			$reply
		END
	) || die 'the encryption key cannot be used, see above'
	{
		printf '%s\n' '[store]' 'type = crypt' "remote = plain:$STORE_PATH" 'filename_encryption = off' 'directory_name_encryption = false' \
			'suffix = none' "password = $obscured" '[plain]'
		if [ "$STORE_KIND" = s3 ]; then
			printf '%s\n' 'type = s3' 'provider = Other' "endpoint = $STORE_ENDPOINT" "region = $STORE_REGION" 'no_check_bucket = true'
			if [ -e "$STORE_CREDENTIALS" ]; then
				one_line "$STORE_CREDENTIALS/access-key-id"
				echo "access_key_id = $reply"
				one_line "$STORE_CREDENTIALS/secret-access-key"
				echo "secret_access_key = $reply"
			else
				echo 'env_auth = true'
			fi
		else
			echo 'type = local'
		fi
	} >"$RUN/rclone.conf.new"
	mv "$RUN/rclone.conf.new" "$RUN/rclone.conf"
}

# store_do COMMAND ARGUMENT...: rclone, with what it needs to reach `store:`.
store_do() {
	if [ -e "$STORE_CA" ]; then set -- "$@" --ca-cert "$STORE_CA"; fi
	rclone --config "$RUN/rclone.conf" --retries 2 --low-level-retries 3 --contimeout 10s --timeout 60s --use-json-log=false "$@"
}

# use_restic: what restic needs to reach its repository: nothing secret is in the environment.
use_restic() {
	mkdir -p "$RUN"
	one_line "$ENCRYPTION_KEY" # restic reads the first line, too
	export RESTIC_PASSWORD_FILE="$ENCRYPTION_KEY" RESTIC_CACHE_DIR="${TMPDIR:-/tmp}/restic" RESTIC_PROGRESS_FPS=0.0166
	if [ "$STORE_KIND" = s3 ]; then
		export RESTIC_REPOSITORY="s3:$STORE_ENDPOINT/$STORE_PATH/base" AWS_DEFAULT_REGION="$STORE_REGION"
		if [ -e "$STORE_CREDENTIALS" ]; then
			one_line "$STORE_CREDENTIALS/access-key-id"
			id=$reply
			one_line "$STORE_CREDENTIALS/secret-access-key"
			printf '%s\n' '[default]' "aws_access_key_id = $id" "aws_secret_access_key = $reply" >"$RUN/credentials"
			export AWS_SHARED_CREDENTIALS_FILE="$RUN/credentials"
		fi
	else
		export RESTIC_REPOSITORY="$STORE_PATH/base"
	fi
	if [ -e "$STORE_CA" ]; then export RESTIC_CACERT="$STORE_CA"; fi
}
