# shellcheck shell=bash
# Which agent of a pod acts. Kubernetes waits for up to five minutes before it starts a container again that ended several times. Meanwhile server.sh
# runs a stand-in: the same agent, in the container of the server, without access to the API. It is sourced, after lib.sh.
# needs: the environment: STAND_IN, which the stand-in has
readonly BEAT_FILE=$RUN/agent-beat                # the time, written by the agent of the container
readonly STAND_IN_FILE=$RUN/stand-in              # the process of the stand-in, while there is one
readonly BEAT_PAUSE=${BEAT_PAUSE:-2}              # seconds
readonly BEAT_SECONDS_MAX=${BEAT_SECONDS_MAX:-10} # without a beat, after which the agent is away
readonly WAIT_SECONDS_MAX=${WAIT_SECONDS_MAX:-120}

stands_in() {
	[[ -n ${STAND_IN-} ]]
}

# agent_is_away: an agent that has not begun yet is not away.
agent_is_away() {
	read_file "$BEAT_FILE" && [[ $REPLY =~ ^[0-9]+$ ]] && ((EPOCHSECONDS - REPLY > BEAT_SECONDS_MAX))
}

# begin_agent: from here on this agent acts.
begin_agent() {
	if stands_in; then
		printf '%s\n' "$$" >"$STAND_IN_FILE"
	else
		beat "$$" >/dev/null 2>&1 &
	fi
}

# beat AGENT: in a process of its own, since the agent may wait for something.
beat() {
	while kill -0 "$1" 2>/dev/null; do
		printf '%s\n' "$EPOCHSECONDS" >"$BEAT_FILE"
		pause_for "$BEAT_PAUSE"
	done
}

# heed_other_agent: one of the two acts at a time. The stand-in ends when the agent is back; the agent waits for that.
heed_other_agent() {
	local start=$SECONDS
	if stands_in; then
		agent_is_away && return
		log INFO 'the agent is back: its stand-in ends'
		exit 0
	fi
	[[ -e $STAND_IN_FILE ]] || return 0
	log INFO 'waiting until the stand-in of this agent ends'
	while [[ -e $STAND_IN_FILE ]] && ((SECONDS - start < WAIT_SECONDS_MAX)); do
		sleep 0.2
	done
}
