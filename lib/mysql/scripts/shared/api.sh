# shellcheck shell=bash
# Sets the label mysql.role of pods through the API. It is sourced, after lib.sh.

readonly API_SECONDS_MAX=${API_SECONDS_MAX:-10}
readonly SERVICE_ACCOUNT=${SERVICE_ACCOUNT:-/var/run/secrets/kubernetes.io/serviceaccount}

# api METHOD PATH [BODY [TYPE]]: the answer into `api_answer`, its status into `api_status`. Neither token nor body is in an argument: a body may
# hold passwords.
api() {
	local token answer type=${4:-application/json} body=$RUN/body.$BASHPID.json
	[[ $1 != PATCH || -n ${4-} ]] || type=application/merge-patch+json
	read_file "$SERVICE_ACCOUNT/token"
	token=$REPLY
	printf '%s' "${3-}" >"$body"
	answer=$(
		printf 'header = "Authorization: Bearer %s"\n' "$token" |
			curl --config - --silent --show-error --max-time "$API_SECONDS_MAX" --cacert "$SERVICE_ACCOUNT/ca.crt" --request "$1" \
				--header "Content-Type: $type" ${3:+--data-binary "@$body"} --write-out '\n%{http_code}' \
				"https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT$2"
	) || return
	rm -f "$body"
	api_status=${answer##*$'\n'}
	api_answer=${answer%$'\n'*}
}

# set_pod_label POD ROLE: a pod that does not exist needs none. Counts in `relabelled`.
set_pod_label() {
	local path=/api/v1/namespaces/$POD_NAMESPACE/pods/$1
	api GET "$path" || return
	if [[ $api_status == 404 ]]; then
		log "there is no pod $1: no label to set"
		return
	fi
	[[ $api_status == 200 ]] || die "the API server answers $api_status for the pod $1: $api_answer"
	[[ ! $api_answer =~ \"mysql.role\":\ *\"$2\" ]] || return 0
	api PATCH "$path" "{\"metadata\":{\"labels\":{\"mysql.role\":\"$2\"}}}" || return
	[[ $api_status == 200 ]] || die "the API server answers $api_status to the label of $1: $api_answer"
	log "the pod $1 has the label mysql.role=$2 now"
	relabelled=$((relabelled + 1))
}
