# shellcheck shell=bash disable=SC2034
# Hands the primary over. It is sourced, after lib.sh and labels.sh.

readonly HAND_OVER_SECONDS=${HAND_OVER_SECONDS:-10} # for transactions that are under way; then they are rolled back
readonly HANDED_OVER=$RUN/handed-over               # says that the server may stop

# hand_over: from this server to the one that successor.sql names. In a trap `return` without a number would give the status of whatever ran before.
hand_over() {
	local row target uuid
	row=$(root_sql --raw <"$SQL/successor.sql") || return 1
	IFS=$'\t' read -r target uuid <<<"$row"
	if [[ -z $uuid ]]; then
		log 'this primary is to stop, and nobody is there to take over'
		return 0
	fi
	log "this primary is to stop: ${target%%.*} takes over"
	set_primary root_sql "$uuid" || return 1
	show_primary "${target%%.*}" "$POD_NAME"
}

# set_primary COMMAND UUID: COMMAND runs SQL of its input on any member.
set_primary() {
	"$1" <<<"SELECT group_replication_set_as_primary('$2', $HAND_OVER_SECONDS)"
}

# show_primary NEW OLD: sets the labels at once; else the agents would, within some seconds.
show_primary() {
	label_pod "$1" primary || return 0
	label_pod "$2" none primary || return 0
}
