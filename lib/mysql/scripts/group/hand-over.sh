# shellcheck shell=bash disable=SC2034
# Hands the primary over. It is sourced, after lib.sh and labels.sh.

readonly HAND_OVER_SECONDS=${HAND_OVER_SECONDS:-10} # for transactions that are under way; then they are rolled back
readonly HAND_OVER_PAUSE=${HAND_OVER_PAUSE:-1}      # before it is tried again
readonly HANDED_OVER=$RUN/handed-over               # says that the server may stop

# hand_over REASON: from this server to the one that successor.sql names. In a trap `return` without a number would give the status of whatever ran before.
hand_over() {
	local row target uuid
	row=$(root_sql --raw <"$SQL/successor.sql") || return 1
	IFS=$'\t' read -r target uuid <<<"$row"
	if [[ -z $uuid ]]; then
		log_change WARNING "$1, and no member can take over"
		return 0
	fi
	log INFO "$1: ${target%%.*} takes over"
	write_remote_options admin || return 1
	move_primary root_sql "$POD_NAME" "${target%%.*}" "$uuid" || return 1
}

# move_primary COMMAND OLD NEW UUID: COMMAND runs SQL of its input on the member OLD, which is the primary. Each step is needed by the next one: the
# old primary lets no client in before the new one is recorded (I3), and a label is taken before it is given (I4). What fails on the way the
# agents of both finish.
move_primary() {
	printf '%s\n' "SELECT group_replication_set_as_primary('$4', $HAND_OVER_SECONDS);" 'SET GLOBAL offline_mode = ON;' | "$1" || return 1
	if ! member_sql admin "$3" <<<"$(promotion "$3" "switchover from $2")"; then
		log WARNING "$3 is elected but did not record it, see above: its agent does that"
		return 0
	fi
	label_pod "$2" none primary && label_pod "$3" primary || return 0
}

# promotion MEMBER REASON: the statements that record it.
promotion() {
	printf "SET @source = '%s', @reason = '%s';\n" "$1" "$2"
	cat "$SQL/promotion.sql"
}
