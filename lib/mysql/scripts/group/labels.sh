# shellcheck shell=bash disable=SC2034
# Keeps the label mysql.role of pods, by which the Services find them. It is sourced, after lib.sh and api.sh.
# needs: peers (lib.sh), api_status, api_answer (api.sh), own_epoch (member-row.sh)
# sets: shown
declare -a peers
declare api_status api_answer own_epoch

readonly SHOW_SECONDS=30   # until a label that should be right is set again
readonly RECALL_SECONDS=20 # until Kubernetes is asked again to make a pod
readonly API_PAUSE=10      # for which the API server is left alone when it did not answer

readonly SHOWN_FILE=$RUN/shown # for the stand-in of this agent
# The label that this pod has, as far as the API server took it from this agent, or from the one that this one stands in for.
shown='' shown_at=0 taken_at=-$SHOW_SECONDS recalled_at=-$RECALL_SECONDS api_silent_until=0

# show_role ROLE: of this pod. The group works on without the API server; labels stay as they are until it is back.
show_role() {
	[[ $1 != "$shown" || $((SECONDS - shown_at)) -ge $SHOW_SECONDS ]] || return 0
	label_pod "$POD_NAME" "$1" || return 0
	# Until now a Service may have led clients here as to the primary.
	if [[ $1 != primary ]] && read_file "$SHOWN_FILE" && [[ $REPLY == primary ]]; then
		prolong_led
	fi
	[[ $1 == "$shown" ]] || log INFO "the pod's label is mysql.role=$1 now"
	shown=$1 shown_at=$SECONDS
	printf '%s\n' "$1" >"$SHOWN_FILE"
}

# take_role: takes the label `primary` from the other pods, also from one whose agent is away; at most one pod has it at any time (I4).
# Fails while a pod may have it.
take_role() {
	local peer
	((SECONDS - taken_at >= SHOW_SECONDS)) || return 0
	members
	for peer in "${peers[@]}"; do
		take_from "$peer" || return
	done
	taken_at=$SECONDS
}

# take_from POD: in one step, for the pod as it was when it was looked at.
take_from() {
	local path=/api/v1/namespaces/$POD_NAMESPACE/pods/$1 version epoch
	ask_api "the label of $1" GET "$path" || return
	[[ $api_status == 200 && $api_answer =~ \"mysql.role\":\ *\"primary\" ]] || return 0
	[[ $api_answer =~ \"resourceVersion\":\ *\"([0-9]+)\" ]] || return
	version=${BASH_REMATCH[1]}
	epoch=$(member_sql monitor "$1" --connect-timeout=1 <<<'SELECT MAX(id) FROM cdk8s_stateful.promotions' 2>/dev/null) || epoch=''
	if [[ $epoch =~ ^[0-9]+$ ]] && ((epoch > own_epoch)); then
		log WARNING "$1 has the label mysql.role=primary and a later promotion, $epoch, than this member, $own_epoch: the label stays there"
		return 1
	fi
	ask_api "the label of $1" PATCH "$path" \
		"[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"$version\"},$(role_patch none)]" application/json-patch+json || return
	[[ $api_status != 422 && $api_status != 409 ]] || return # it changed meanwhile: the next look tells
	log INFO "the pod $1 had the label mysql.role=primary, and has none now"
}

# recall_pods POD...: makes Kubernetes try at once to make the ones that do not exist. A StatefulSet that is applied while a pod of its predecessor still
# ends cannot make the pod of that name, and its controller tries again at growing intervals, up to a quarter of an hour, or when another of its
# pods changes: this one does.
recall_pods() {
	local pod own=/api/v1/namespaces/$POD_NAMESPACE/pods/$POD_NAME value
	((SECONDS - recalled_at >= RECALL_SECONDS)) || return 0
	recalled_at=$SECONDS
	for pod; do
		ask_api "the pod $pod" GET "/api/v1/namespaces/$POD_NAMESPACE/pods/$pod" || return 0
		[[ $api_status == 404 ]] || continue
		log INFO "the pod $pod does not exist: this pod changes, so that Kubernetes tries again to make it"
		for value in "\"$pod\"" null; do
			ask_api "the annotation of $POD_NAME" PATCH "$own" "{\"metadata\":{\"annotations\":{\"mysql.recall\":$value}}}" || return 0
		done
	done
}

# role_patch ROLE
role_patch() {
	printf '{"op":"add","path":"/metadata/labels/mysql.role","value":"%s"}' "$1"
}

# label_pod POD ROLE [OLD]: only when the pod has the label OLD, if it is given; a pod that does not exist needs none.
label_pod() {
	local patch
	patch=$(role_patch "$2")
	[[ -z ${3-} ]] || patch="{\"op\":\"test\",\"path\":\"/metadata/labels/mysql.role\",\"value\":\"$3\"},$patch"
	ask_api "the label of $1" PATCH "/api/v1/namespaces/$POD_NAMESPACE/pods/$1" "[$patch]" application/json-patch+json || return 1
	case $api_status:${3-} in
	200:?*) log INFO "the pod $1 had the label mysql.role=$3, and has $2 now" ;;
	409:* | 422:)
		log ERROR "the API server answers $api_status to the label of $1: $api_answer"
		return 1
		;;
	esac
}

# ask_api WHAT METHOD PATH [BODY [TYPE]]: once. Fails, and leaves the API server alone for a while, when it does not answer or refuses. A pod that
# does not exist and a pod that is not as the patch says are answers.
ask_api() {
	[[ -z ${STAND_IN-} ]] || return 1 # it has no access
	((SECONDS >= api_silent_until)) || return 1
	if ! api "${@:2}"; then
		log WARNING "the API server does not answer: $1 stays unchanged for now"
	elif [[ $api_status == @(200|404|409|422) ]]; then
		return 0 # not that of the command before a signal: a trap hands over
	else
		log ERROR "the API server answers $api_status to $1: $api_answer"
	fi
	api_silent_until=$((SECONDS + API_PAUSE))
	return 1
}
