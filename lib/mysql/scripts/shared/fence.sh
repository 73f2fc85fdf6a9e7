# shellcheck shell=bash disable=SC2034
# The fence of this pod's server: while it is up, the server lets in the accounts of the cluster only (offline_mode), and it ended the
# sessions of all others. Each server starts behind it. It is sourced, after lib.sh.
#
# Two files say what is so; both are in memory and shared by the pod's containers:
#   RUN/member        written by the guard at each look: the time, the generation, and the row of member-state.sql
#   RUN/open-request  written by the agent: the generation in which the guard may take the fence down
# A generation ends with each change that makes earlier findings doubtful (I2 in docs/mysql-agent.md): the fence went up, the role or the
# majority changed, the server or the guard started, or the guard could not look for some time.

readonly MEMBER_FILE=$RUN/member
readonly OPEN_REQUEST=$RUN/open-request
readonly LOOK_SECONDS_MAX=3 # the age of a look that still counts

# request_opening GENERATION: asks the guard to take the fence down.
request_opening() {
	! read_file "$OPEN_REQUEST" || [[ $REPLY != "$1" ]] || return 0
	printf '%s\n' "$1" >"$OPEN_REQUEST.new"
	mv "$OPEN_REQUEST.new" "$OPEN_REQUEST"
}
