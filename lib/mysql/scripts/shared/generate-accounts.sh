#!/usr/bin/env bash
# Makes the Secret of the accounts with random passwords, when there is none of this name, and adds the keys that are missing. What is
# there stays as it is. Then it makes those of the application's users. Run as a Job.
#   SECRET_NAME  its name
#   SECRET_KEYS  its keys, separated by blanks
# All pods wait for the Secret, and kubelet looks for it less and less often, up to two minutes apart. So an API server that does not answer at
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

# keep_accounts_secret: what the API server said of it before goes into `answer`.
keep_accounts_secret() {
	local key
	local -a keys missing=() entries=()
	read -ra keys <<<"$SECRET_KEYS"
	api_patiently "the Secret $SECRET_NAME" GET "$SECRETS_PATH/$SECRET_NAME"
	answer=$api_answer
	for key in "${keys[@]}"; do
		[[ $api_status != 200 || ! $api_answer =~ \"$key\": ]] || continue
		random_password
		in_base64 "$REPLY"
		missing+=("$key") entries+=("\"$key\":\"$REPLY\"")
	done
	if ((${#missing[@]} == 0)); then
		log "the Secret $SECRET_NAME has all keys: nothing to do"
		return
	fi
	write_secret "$SECRET_NAME" "$api_status" Opaque "${entries[@]}"
	log "the Secret $SECRET_NAME has random passwords under the keys ${missing[*]}: keep a copy of it"
}

main() {
	local answer
	keep_accounts_secret
	keep_user_secrets "$answer"
}

is_sourced || main
