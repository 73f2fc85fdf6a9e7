# shellcheck shell=bash
# Sets the label mysql.role of pods through the API. It is sourced, after lib.sh.
# needs: lib.sh, and PAUSE of what sources it
# sets:  api_status, api_answer, relabelled

readonly API_SECONDS_MAX=${API_SECONDS_MAX:-10}
readonly API_TRIES=${API_TRIES:-5}
readonly SERVICE_ACCOUNT=${SERVICE_ACCOUNT:-/var/run/secrets/kubernetes.io/serviceaccount}

# api METHOD PATH [BODY [TYPE]]: the answer into `api_answer`, its status into `api_status`. Neither token nor body is in an argument: a body may
# hold passwords.
api() {
	local token answer status=0 host=$KUBERNETES_SERVICE_HOST type=${4:-application/json} body=$RUN/body.$BASHPID.json
	[[ $host != *:* ]] || host="[$host]" # an address of IPv6
	[[ $1 != PATCH || -n ${4-} ]] || type=application/merge-patch+json
	api_status='' api_answer=''
	if ! read_file "$SERVICE_ACCOUNT/token"; then
		log ERROR 'the token of the service account is missing'
		return 1
	fi
	token=$REPLY
	[[ -z ${3-} ]] || printf '%s' "$3" >"$body"
	if ! answer=$(
		printf 'header = "Authorization: Bearer %s"\n' "$token" |
			curl --config - --silent --show-error --max-time "$API_SECONDS_MAX" --cacert "$SERVICE_ACCOUNT/ca.crt" --request "$1" \
				--header "Content-Type: $type" ${3:+--data-binary "@$body"} --write-out '\n%{http_code}' \
				"https://$host:$KUBERNETES_SERVICE_PORT$2"
	); then
		status=1
	fi
	[[ -z ${3-} ]] || rm -f "$body"
	((status == 0)) || return 1
	api_status=${answer##*$'\n'}
	api_answer=${answer%$'\n'*}
}

# set_pod_label POD ROLE: a pod that does not exist needs none. Counts in `relabelled`. An API server that is away for a moment is asked again.
set_pod_label() {
	local path=/api/v1/namespaces/$POD_NAMESPACE/pods/$1
	api_patiently "the pod $1" GET "$path"
	if [[ $api_status == 404 ]]; then
		log WARNING "the pod $1 does not exist: no label to set"
		return
	fi
	[[ ! $api_answer =~ \"mysql.role\":\ *\"$2\" ]] || return 0
	api_patiently "the label of the pod $1" PATCH "$path" "{\"metadata\":{\"labels\":{\"mysql.role\":\"$2\"}}}"
	if [[ $api_status == 404 ]]; then
		log WARNING "the pod $1 is gone: no label to set"
		return
	fi
	log INFO "the pod $1 has the label mysql.role=$2 now"
	relabelled=$((relabelled + 1))
}

# api_patiently WHAT METHOD PATH [BODY]: until the API server answers 200 or 404; stops when it refuses, or does neither for too long.
api_patiently() {
	local try
	for ((try = 1; try <= API_TRIES; try++)); do
		((try == 1)) || sleep "$PAUSE"
		if ! api "${@:2}"; then
			log WARNING "the API server does not answer for $1, try $try"
			continue
		fi
		case $api_status in
		200 | 404) return ;;
		409 | 429 | 5??) log WARNING "the API server answers $api_status for $1, try $try" ;;
		*) die "the API server answers $api_status for $1: $api_answer" ;;
		esac
	done
	die "$1 cannot be read or changed, see above: run this again"
}
