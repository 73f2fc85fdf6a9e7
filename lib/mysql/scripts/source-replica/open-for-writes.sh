# shellcheck shell=bash
# The only place that opens a server for writes. It is sourced by agent.sh.
# Invariants: each is checked here, whatever was decided before.
#   S1  the list of members is whole: not empty, holds this pod and another one. Each member that it lacks, and that it held when this server was
#       last open, is outvoted: all the others answer
#   S2  the last promotion that any member knows of is in this server's own data, and names this member
#   S3  it follows no source, and all that it has received is applied
#   S4  the others have just been asked. None knows of a later promotion, none is open for writes. One answers, or none has for 30 s
#   S5  clients are refused: the one that was replaced gets time to close before they come in
#   S6  the server's own data still says so under the lock of the role, under which promotions are recorded (open-source.sql)
#   S7  where commits wait for replicas, they do before it opens; if all other members are empty, before clients come in (act_serve)
# needs: what decide.sh needs; own_sql (act.sh); state (observe.sh)
# sets: nothing but `violated` of open_for_writes

declare now asked answers silent_peers open_peer closed_since known_epoch known_source list_problem list_lacks
declare offline own_epoch promotion_age followed drained
declare -a members peers
declare -A state

# open_for_writes: fails when an invariant does not hold, or the server does not open.
open_for_writes() {
	local violated='' answer
	may_open
	if [[ -n $violated ]]; then
		log ERROR "not opened for writes: $violated"
		return 1
	fi
	others_are_empty || set_semi_synchronous ON || return
	answer=$(
		{
			echo "SET @me = '$POD_NAME', @rendered = '$DEFAULT_SOURCE';"
			cat "$SQL/open-source.sql"
		} | own_sql
	) || return
	if [[ $answer != "$POD_NAME" ]]; then
		log_seldom WARNING "not opened for writes: ${answer:-the server does not say why}"
		return 1
	fi
}

# may_open: the first invariant that does not hold into `violated`.
may_open() {
	if [[ -n $list_problem ]] || ((${#members[@]} < 2 || ${#peers[@]} != ${#members[@]} - 1)); then
		violated="S1: ${list_problem:-the list of members is not whole}"
	elif [[ -n $list_lacks && -n $silent_peers ]]; then
		violated="S1: the list of members lacks $list_lacks, and $silent_peers does not answer"
	elif [[ $known_source != "$POD_NAME" ]] || ((own_epoch != known_epoch)); then
		violated="S2: promotion $known_epoch of $known_source, promotion $own_epoch in its own data"
	elif [[ $followed != - ]] || ((!drained)); then
		violated="S3: it follows $followed"
	elif [[ -z $asked || -n $open_peer ]]; then
		violated="S4: ${open_peer:-none} is open for writes, asked: ${asked:-no}"
	elif ((answers == 0)) && { [[ -z $closed_since ]] || ((now - closed_since < ALONE_SECONDS_MAX)); }; then
		violated='S4: no other member answers'
	elif ((!offline)); then
		violated='S5: clients are not refused'
	elif [[ -n $silent_peers ]] && ((promotion_age >= 0 && promotion_age < REPLACED_SECONDS_MAX)); then
		violated="S5: promoted $promotion_age s ago, and $silent_peers does not answer"
	fi
}

# others_are_empty: all of them say that they have no data. None can be promoted and none acknowledges, so that a commit would only wait: behind
# the fence it need not, and act_serve makes commits wait before clients come in.
others_are_empty() {
	local peer
	for peer in "${peers[@]}"; do
		[[ ${state[$peer]-} == empty ]] || return
	done
}

# set_semi_synchronous ON|OFF: only the source waits for others. On a replica each transaction that it applies would wait in vain.
set_semi_synchronous() {
	[[ $SEMI_SYNCHRONOUS == ON ]] || return 0
	own_sql <<<"SET GLOBAL rpl_semi_sync_source_enabled = $1"
}
