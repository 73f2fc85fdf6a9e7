# shellcheck shell=bash
# Tells Kubernetes about changes of the role and about refusals, as Events of this pod: `kubectl describe pod` shows them. Nothing depends on them: they are
# posted beside the agent's work, once, and are lost when the API server is away. It is sourced, after api.sh, labels.sh and agent-loop.sh.
# needs: api (api.sh); api_silent_until (labels.sh); last_verdict (agent-loop.sh)
# sets:  REPLY holds what a function answers

readonly EVENT_PAUSE=10 # seconds between two Events; of states that change faster the last one is told

declare api_silent_until last_verdict

told_state='' told_at=-$EVENT_PAUSE

# note_event STATE: a member that serves, or a state with the level WARNING or ERROR, when it is another one than the last that was told.
note_event() {
	local type=Normal
	[[ " ${WARNING_STATES-} ${ERROR_STATES-} " != *" $1 "* ]] || type=Warning
	[[ $type == Warning || $last_verdict == "ready $1:"* ]] || return 0
	[[ $1 != "$told_state" ]] && ((SECONDS - told_at >= EVENT_PAUSE && SECONDS >= api_silent_until)) || return 0
	[[ -z ${STAND_IN-} ]] && read_file "$PODINFO/uid" || return 0
	told_state=$1 told_at=$SECONDS
	event "$REPLY" "$type" "$1" "${last_verdict#* }"
	api POST "/api/v1/namespaces/$POD_NAMESPACE/events" "$REPLY" >/dev/null 2>&1 &
}

# event UID TYPE STATE TEXT: the object, into REPLY.
event() {
	local now part reason='' text=${4//\\/\\\\}
	TZ=UTC printf -v now '%(%FT%TZ)T' -1
	for part in ${3//_/ }; do
		part=${part,,}
		reason+=${part^}
	done
	text=${text//\"/\\\"}
	printf -v REPLY '{"apiVersion":"v1","kind":"Event","metadata":{"name":"%s.%x","namespace":"%s"},"type":"%s","reason":"%s","message":"%s",' \
		"$POD_NAME" "${EPOCHREALTIME/./}" "$POD_NAMESPACE" "$2" "$reason" "${text//[[:cntrl:]]/ }"
	printf -v part '"involvedObject":{"apiVersion":"v1","kind":"Pod","name":"%s","namespace":"%s","uid":"%s"},' "$POD_NAME" "$POD_NAMESPACE" "$1"
	REPLY+="$part\"source\":{\"component\":\"cdk8s-stateful-agent\"},\"firstTimestamp\":\"$now\",\"lastTimestamp\":\"$now\",\"count\":1}"
}
