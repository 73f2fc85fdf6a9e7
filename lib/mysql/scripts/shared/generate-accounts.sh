#!/usr/bin/env bash
# Makes the Secrets of the application's users, and then that of the accounts with random passwords, when there is none of this name, and adds
# the keys that are missing. What is there stays as it is. Run as a Job.
#   SECRET_NAME  its name
#   SECRET_KEYS  its keys, separated by blanks
# All pods wait for the Secret of the accounts, so that it comes last: those of users are there when a pod starts. And kubelet looks for it less and less often, up to two minutes apart. So an API server that does not answer at
# once, as when the policy of this pod is only being put in place, is asked again here, and not by the next pod of the Job after a longer while.
PAUSE=${PAUSE:-2} API_TRIES=${API_TRIES:-30}
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/api.sh
source "${BASH_SOURCE[0]%/*}/api.sh"
# shellcheck source=lib/mysql/scripts/shared/user-secrets.sh
source "${BASH_SOURCE[0]%/*}/user-secrets.sh"

readonly PASSWORD_BYTES=24 # 32 characters of base64, the most that replication takes

# random_password: letters and digits, into REPLY.
random_password() {
	REPLY=$(head -c "$PASSWORD_BYTES" /dev/urandom | base64 --wrap=0)
	REPLY=${REPLY//[+\/]/x}
}

# keep_accounts_secret STATUS ANSWER: of the API server, when it was asked for it.
keep_accounts_secret() {
	local key
	local -a keys missing=() entries=()
	read -ra keys <<<"$SECRET_KEYS"
	for key in "${keys[@]}"; do
		[[ $1 != 200 || ! $2 =~ \"$key\": ]] || continue
		random_password
		in_base64 "$REPLY"
		missing+=("$key") entries+=("\"$key\":\"$REPLY\"")
	done
	if ((${#missing[@]} == 0)); then
		log INFO "the Secret $SECRET_NAME has all keys: nothing to do"
		return
	fi
	write_secret "$SECRET_NAME" "$1" Opaque "${entries[@]}"
	log INFO "the Secret $SECRET_NAME has random passwords under the keys ${missing[*]}: keep a copy of it"
}

main() {
	local status answer
	api_patiently "the Secret $SECRET_NAME" GET "$SECRETS_PATH/$SECRET_NAME"
	status=$api_status answer=$api_answer
	keep_user_secrets "$answer"
	keep_accounts_secret "$status" "$answer"
}

is_sourced || main
