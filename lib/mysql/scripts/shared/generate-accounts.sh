#!/usr/bin/env bash
# Makes the Secret of the accounts with random passwords, when there is none of this name, and adds the keys that are missing. What is
# there stays as it is. Run as a Job.
#   SECRET_NAME  its name
#   SECRET_KEYS  its keys, separated by blanks
# All pods wait for the Secret, and kubelet looks for it less and less often, up to two minutes apart. So an API server that does not answer at
# once, as when the policy of this pod is only being put in place, is asked again here, and not by the next pod of the Job after a longer while.
PAUSE=${PAUSE:-2} API_TRIES=${API_TRIES:-30}
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/api.sh
source "${BASH_SOURCE[0]%/*}/api.sh"

readonly PASSWORD_BYTES=24 # 32 characters of base64, the most that replication takes

# entry KEY: as a field of `data`, which holds base64 of the password.
entry() {
	local password
	password=$(head -c "$PASSWORD_BYTES" /dev/urandom | base64 --wrap=0)
	printf '"%s":"%s"' "$1" "$(printf '%s' "${password//[+\/]/x}" | base64 --wrap=0)"
}

main() {
	local key path=/api/v1/namespaces/$POD_NAMESPACE/secrets
	local -a keys missing=() entries=()
	read -ra keys <<<"$SECRET_KEYS"
	api_patiently "the Secret $SECRET_NAME" GET "$path/$SECRET_NAME"
	for key in "${keys[@]}"; do
		[[ $api_status == 200 && $api_answer =~ \"$key\": ]] || missing+=("$key") entries+=("$(entry "$key")")
	done
	if ((${#missing[@]} == 0)); then
		log INFO "the Secret $SECRET_NAME has all keys: nothing to do"
		return
	fi
	local data
	data=$(
		IFS=,
		printf '{%s}' "${entries[*]}"
	)
	if [[ $api_status == 200 ]]; then
		api PATCH "$path/$SECRET_NAME" "{\"data\":$data}"
	else
		api POST "$path" "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"$SECRET_NAME\"},\"data\":$data}"
	fi
	[[ $api_status == 20[01] ]] || die "the API server answers $api_status to the Secret $SECRET_NAME: $api_answer"
	log INFO "the Secret $SECRET_NAME has random passwords under the keys ${missing[*]}: keep a copy of it"
}

is_sourced || main
