# shellcheck shell=bash disable=SC2034
# What the archive does. It is sourced by receive.sh. A kill at any instant is healed by the next look: the position says what is to be.
# needs: lib.sh; start_receiver, stop_receiver, reset_receiver, channel_settings of receiver.sh; archive_all (archive-logs.sh); forget_proofs (prove-archive.sh);
#        position, newest, write_position of position.sh; decided_reason of receive.sh; what observe-archive.sh sets
# sets:  restarted_at, strangers_since, owed, covered_by, free_seen, receiver; position, by write_position

readonly SOURCES_CHARS_MAX=1000 # of some 27 servers

declare -A position newest
declare now receiver base disk_low timeline origin executed purged decided_reason has primary primary_problem answer_problem strangers

# approve: the primary has what the store has of its timeline, so that what is received of it may become a file.
approve() {
	local sources=${position[sources]:--}
	[[ -z $answer_problem && -z $primary_problem && $strangers == - && -n $primary && ${position[timeline]-} == "$timeline" ]] || return 0
	[[ ,$sources, != *",$primary,"* ]] || return 0
	sources=${sources#-}
	((${#sources} < SOURCES_CHARS_MAX)) || sources=${sources#*,}
	write_position sources "${sources:+$sources,}$primary"
}

act_wait() { :; }

act_start_receiver() {
	log_change INFO "starting the receiver: $decided_reason"
	restarted_at=$SECONDS owed=''
	start_receiver
}

act_stop_receiver() {
	log WARNING "stopping the receiver: $decided_reason"
	stop_receiver
}

# act_begin: the first logs of a timeline, or those after the last one that the store has. What was received of the timeline before goes to the store, too.
act_begin() {
	local sequence=0 chain=1 start=$executed end=$executed missing=-
	local -A info=()
	if [[ -n ${position[timeline]-} ]]; then
		[[ $receiver == OFF || $receiver == - ]] || stop_receiver || return
		[[ ${position[reset]} == 1 || ${position[base]} != "$base" ]] || in_doubt || take_all || return
		read_known "$timeline"
	fi
	if [[ -n ${newest[name]-} ]]; then
		sequence=$((10#${newest[name]%%-*})) chain=${newest[chain]} start=${newest[start]} end=${newest[end_set]}
		if read_info "$KNOWN/state/$timeline" info && [[ ${info[chain]} == "$chain" ]]; then
			missing=${info[missing]:--} start=${info[chain_start]:-$start}
		elif [[ -n ${info[chain]-} ]] && ((info[chain] > chain)); then # a chain without logs yet
			chain=${info[chain]} start=${info[chain_start]} end=${info[end_set]} missing=${info[missing]:--}
		fi
	fi
	log INFO "timeline $timeline, chain $chain: logs begin after $end"
	forget_proofs
	write_position timeline "$timeline" origin "$origin" chain "$chain" chain_start "$start" sequence "$sequence" file - base "$end" end_set "$end" \
		missing "$missing" sources "$primary" reset 1 || return
	act_reset
}

# archive_rest: files of all that was received, of a receiver that is stopped, unless it may be of other data; fails while something is left.
archive_rest() {
	observe_server && ! in_doubt && archive_all
}

# take_all: archive_rest, which says when something is left.
take_all() {
	archive_rest && return
	log_seldom WARNING 'not all that was received is in files yet'
	return 1
}

act_reset() {
	[[ ${position[reset]} == 1 ]] || log WARNING "the server's logs begin after $base, not after ${position[base]}: receiving again what is in no file"
	write_position base "${position[end_set]}" file - reset 1 || return
	[[ $receiver == OFF || $receiver == - ]] || stop_receiver || return
	drop_and_set || return
	free_seen=-1000 restarted_at=$SECONDS strangers_since='' owed=''
	start_receiver
}

drop_and_set() {
	local settings
	channel_settings
	settings=$REPLY
	rm -f "$VOLUME"/rest-*
	reset_receiver "${position[end_set]}" "$settings" && write_position settings "$settings" reset 0
}

# act_begin_chain: what the primary has purged is in no log. Of what it still has everything follows, so that a base which was stored meanwhile may
# close the gap.
act_begin_chain() {
	local missing start word
	take_all || return
	ask "SET @end = '${position[end_set]#-}', @purged = '${purged#-}';
		SELECT 'missing', REPLACE(GTID_SUBTRACT(CONCAT_WS(',', NULLIF(GTID_SUBTRACT(@purged, @end), ''), NULLIF('${position[missing]#-}', '')), ''), '\n', ''),
			REPLACE(GTID_SUBTRACT(CONCAT_WS(',', NULLIF(@purged, ''), NULLIF(@end, '')), ''), '\n', '');" && [[ $REPLY == missing$'\t'?*$'\t'?* ]] || return 1
	IFS=$'\t' read -r word missing start <<<"$REPLY"
	log ERROR "GAP: the primary has purged logs that the archive lacks: $missing; chain $((position[chain] + 1)) begins; take a backup"
	forget_proofs
	covered_by=''
	write_position chain "$((position[chain] + 1))" chain_start "$start" end_set "$start" missing "$missing" reset 1 || return
	act_reset
}

act_end_gap() {
	log INFO "the gap is closed: $decided_reason"
	covered_by=''
	write_position missing -
}

# act_discard: it is in no file yet. A promotion that loses what one server had does not keep it either.
act_discard() {
	log WARNING "$decided_reason: receiving again what follows ${position[end_set]}"
	write_position reset 1 || return
	act_reset
}

# act_drop_logs: of a receiver that has everything in files.
act_drop_logs() {
	[[ $receiver == OFF || $receiver == - ]] || stop_receiver || return
	if ! take_all; then
		[[ -n $disk_low ]] || start_receiver
		return 1
	fi
	log INFO "dropping the server's logs: $decided_reason"
	write_position reset 1 || return
	if [[ -n $disk_low ]]; then
		write_position base "${position[end_set]}" file - || return
		drop_and_set && free_seen=-1000
		return
	fi
	act_reset
}
