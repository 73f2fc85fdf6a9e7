# shellcheck shell=bash disable=SC2034,SC2154
# Keeps the label mysql.role of pods, by which the Services find them. It is sourced, after api.sh.

readonly SHOW_SECONDS=30 # until a label that should be right is set again
readonly API_PAUSE=10    # for which the API server is left alone when it did not answer

shown='' shown_at=0 taken_at=-$SHOW_SECONDS api_silent_until=0

# show_role ROLE: of this pod. The group works on without the API server; labels stay as they are until it is back.
show_role() {
	[[ $1 != "$shown" || $((SECONDS - shown_at)) -ge $SHOW_SECONDS ]] || return 0
	label_pod "$POD_NAME" "$1" || return 0
	[[ $1 == "$shown" ]] || log "the pod's label is mysql.role=$1 now"
	shown=$1 shown_at=$SECONDS
}

# take_role: the primary is the only one that clients find as such, also when the pod of the old one has nobody left to say so.
take_role() {
	local peer
	((SECONDS - taken_at >= SHOW_SECONDS)) || return 0
	members
	for peer in "${peers[@]}"; do
		label_pod "$peer" none primary || return 0
	done
	taken_at=$SECONDS
}

# label_pod POD ROLE [OLD]: only when the pod has the label OLD, if it is given; a pod that does not exist needs none.
label_pod() {
	local path=/metadata/labels/mysql.role patch
	((SECONDS >= api_silent_until)) || return 1
	patch="{\"op\":\"add\",\"path\":\"$path\",\"value\":\"$2\"}"
	[[ -z ${3-} ]] || patch="{\"op\":\"test\",\"path\":\"$path\",\"value\":\"$3\"},$patch"
	if ! api PATCH "/api/v1/namespaces/$POD_NAMESPACE/pods/$1" "[$patch]" application/json-patch+json; then
		log "the API server does not answer: the label of $1 stays as it is, for now"
		api_silent_until=$((SECONDS + API_PAUSE))
		return 1
	fi
	case $api_status:${3-} in
	200:) ;;
	200:*) log "the pod $1 had the label mysql.role=$3, and has $2 now" ;;
	404:*) ;;
	422:?*) ;; # its label is another one
	*)
		log "ERROR: the API server answers $api_status to the label of $1: $api_answer"
		api_silent_until=$((SECONDS + API_PAUSE))
		return 1
		;;
	esac
}
