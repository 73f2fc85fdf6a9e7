# shellcheck shell=sh disable=SC2034,SC2154
# Says what is wrong with the store, and what to do, from what rclone or restic wrote. It is sourced, after store.sh.
# needs: die, RUN (store.sh)
# sets:  reply

newline='
'

# attempt WHAT COMMAND ARGUMENT...: runs it; what it says goes to RUN/out, what it complains of to RUN/complaint. Where it fails the program ends with
# one line: WHAT it did, why that failed, and what to do.
attempt() {
	what=$1
	shift
	try "$@" || fail "$what"
}

# try COMMAND ARGUMENT...: the same, and its status is in `status` when it fails.
try() {
	status=0
	"$@" >"$RUN/out" 2>"$RUN/complaint" || status=$?
	return "$status"
}

# fail WHAT: ends with what the last complaint means.
fail() {
	diagnose "$RUN/complaint"
	die "$1 failed: $reply"
}

# diagnose FILE: the cause and what to do, into `reply`. The last line says the most, but where a repository is damaged: there it is what is damaged.
diagnose() {
	text=$(cat "$1")
	said=$(sed -e 's/^[0-9/]* [0-9:]* //' -e 's/.*"message":"\(.*\)".*/\1/' -e 's/^\(ERROR\|NOTICE\|CRITICAL\|Fatal\) *: *//' "$1" | grep -v -e '^ *$' -e 'Attempt [0-9]' -e '^Use ' \
		-e '^Is there a repository' -e '^s3:http' -e "^$STORE_PATH" -e 'signal terminated received' -e '^Terminated' -e 'context canceled' |
		tail -n 1 | tr -d '\r' | cut -c 1-400)
	case $said in *'repository contains errors'*) said=$(grep -i -e 'pack' -e 'blob' -e 'tree' "$1" | head -n 1 | tr -d '\r' | cut -c 1-400) ;; esac
	case $text in
	Killed* | *"$newline"Killed*) cause='the program was killed, as a node does that lacks memory: run it again, and see to the memory of the node if that happens again' ;;
	*'bad password'* | *'wrong password'* | *'failed to authenticate decrypted block'*)
		cause="what is there was encrypted with another key than $ENCRYPTION_KEY holds: put the key of this store into the Secret"
		;;
	*'unknown authority'* | *'x509:'* | *'certificate signed by'*)
		cause="the certificate of $(place) is not trusted: give the backup the authority that signed it"
		;;
	*NoSuchBucket* | *'bucket does not exist'*)
		cause="$(place) has no bucket ${STORE_PATH%%/*} for these credentials: make it, or correct its name or access-key-id of the Secret"
		;;
	*ExpiredToken* | *'token has expired'* | *RequestTimeTooSkewed*)
		cause="$(place) says that the credentials have expired: renew the Secret, and see to the clock of the node"
		;;
	*InvalidAccessKeyId* | *SignatureDoesNotMatch* | *AccessDenied* | *'Access Denied'* | *Forbidden* | *'StatusCode: 403'* | *'access key'* | *NoCredentialProviders* | \
		*'no EC2 IMDS role found'*)
		cause="$(place) refuses the credentials: correct access-key-id and secret-access-key of the Secret, and what they may do with ${STORE_PATH%%/*}"
		;;
	*'no space left'* | *'No space left'* | *QuotaExceeded* | *XMinioStorageFull* | *'quota exceeded'* | *EntityTooLarge* | *'StatusCode: 507'* | *'disk quota'*)
		cause="$(place) is full: make it larger, or remove old backups with \`restic forget --prune\`"
		;;
	*'permission denied'* | *'read-only file system'*) cause="$(place) may not be written or read by user $(id -u): correct its owner and mode" ;;
	*'connection refused'* | *'no such host'* | *'i/o timeout'* | *'context deadline exceeded'* | *'network is unreachable'* | *'no route to host'* | *'connection reset'* | *Timeout* | *'server misbehaving'*)
		cause="$(place) does not answer: see to its address, the network and its policies"
		;;
	*'already locked'* | *'unable to create lock'*) cause='another program works on the repository and did not end in time: wait for it, or unlock the repository if none runs' ;;
	*'repository contains errors'* | *'ciphertext verification failed'* | *'does not match'* | *'invalid data returned'* | *'pack file'* | *'is damaged'* | *'not referenced'* | *'load <'* | \
		*'index is not complete'* | *'not found in the index'*)
		cause="the repository at $(place) is damaged: repair it with \`restic repair\`, and then run the backup again"
		;;
	*'directory not found'*) cause="$(place) is not there: mount the volume of the store, or correct its path" ;;
	*) cause="$(place) answers otherwise than expected: read what it says" ;;
	esac
	reply="$cause${said:+ (it says: $said)}"
}

# place: what the store is for a person.
place() {
	if [ "$STORE_KIND" = s3 ]; then echo "$STORE_ENDPOINT"; else echo "$STORE_PATH"; fi
}
