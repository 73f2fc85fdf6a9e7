# shellcheck shell=bash
# Runs the stand-in of an agent that is away, in the container of the server. It is sourced by server.sh, after stand-in.sh.

# keep_stand_in: in the container of the server. The agent must be away at two looks: after a pause of the whole pod it may be about to beat.
keep_stand_in() {
	local seen=''
	while :; do
		pause_for "$BEAT_PAUSE"
		if [[ -e $RUN/handed-over ]] || ! agent_is_away; then
			seen=''
		elif [[ -z $seen ]]; then
			seen=1
		else
			log WARNING "the agent has been away for more than $BEAT_SECONDS_MAX s: a stand-in acts, which sets no labels"
			stand_in
			seen=''
		fi
	done
}

# stand_in: one life of the stand-in.
stand_in() {
	local pid=''
	trap 'kill "$pid" 2>/dev/null; exit 0' TERM
	STAND_IN=1 "${BASH_SOURCE[0]%/*}/agent.sh" &
	pid=$!
	wait "$pid" || true
	trap - TERM
	rm -f "$STAND_IN_FILE"
}
