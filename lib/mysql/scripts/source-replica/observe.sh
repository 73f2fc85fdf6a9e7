# shellcheck shell=bash disable=SC2034
# What the agent knows before it decides: of its own server, of the list of members, of promotions, and of the source. It is sourced by
# agent.sh, before decide.sh. Nothing here changes a server.
# needs: led (yield.sh); state executed received purged epoch read_only latest_epoch latest_source (survey.sh); members peers list_problem (member-list.sh); the row of member-state.sh
# sets: what is declared below, also of the row of member-state.sh; state, executed and received of members

readonly PEERS_PAUSE=4                       # seconds between two questions to the other members while a replica does not follow
readonly PEERS_PAUSE_REPLICA=10              # the same of a replica without its source
readonly PEERS_PAUSE_AT_REST=30              # between two questions of a source that all replicas follow, to one member in turn
readonly UNSEEN_SECONDS_MAX=12               # between two answers of an open source; a promotion takes 15 s at least
readonly ERROR_SOURCE_FATAL='^(1236|13114)$' # of a source that cannot send what is asked for

declare -A state executed received purged read_only
declare super_read_only read_only_now offline own_epoch own_source followed receiver receiver_error drained followers own_executed own_received
declare latest_epoch latest_source
declare -a peers

now=0 label='' source_host='' # of this look
# The server: why there is no answer, whether it is there and does not give one, since when its answers do not prove that it is the source
# still, since when it is the source and closed.
answer_problem='' frozen='' answered_at=-1000 unproven_since='' closed_since='' incarnation=''
was_source='' # in which life of the server this was the source at the last look
# The last promotion that any member told of.
known_epoch=0 known_source=$DEFAULT_SOURCE
# The other members as they answered in this look, if they were asked.
asked='' answers=0 silent_peers='' open_peer='' peers_asked_at=-1000 turn=0
# A replica: in which life of the server this agent began to follow, with which transactions of the server's own, and why it no longer does.
followed_in='' own_transactions='' diverged='' is_cloned='' must_follow='' source_refuses=''
# Its transactions and those of the source: whether they were compared (yes | failed | what the source does instead of answering), what the
# source does not have, what it will not have either, what this replica needs and the source has purged.
compared='' strangers='' never_there='' lost_log=''

observe() {
	now=$SECONDS asked=''
	read_list
	pod_label
	label=$REPLY
	if ! observe_server; then
		if [[ -n $frozen ]]; then # what the others know decides whether it may go on
			ask_peers "${peers[@]}"
		fi
		return
	fi
	observe_promotions
	observe_role
	observe_replication
}

# observe_server: fails without an answer.
observe_server() {
	local seen=$incarnation start=$EPOCHSECONDS
	read_file "$RUN/incarnation" || true
	incarnation=$REPLY
	if [[ -n $seen && $incarnation != "$seen" ]]; then # the server has started since, fenced and read-only
		diverged='' followed_in='' unproven_since='' closed_since='' offline=1 super_read_only=1
	fi
	answer_problem='the server does not answer'
	if fence_waits; then
		return 1
	fi
	frozen=''
	saying
	if ! ask_state "$REPLY" || ! take_state "$REPLY"; then
		if server_error "$REPLY"; then
			answer_problem="the server answers with error $REPLY"
		elif [[ $REPLY != *ERROR* ]] && ((EPOCHSECONDS - start >= ANSWER_SECONDS_MAX)); then # else no server listens
			frozen=1
			: "${unproven_since:=$now}"
		fi
		close_session
		return 1
	fi
	answer_problem=''
	((now - answered_at <= UNSEEN_SECONDS_MAX)) || : "${unproven_since:=$now}"
	answered_at=$now
	executed[$POD_NAME]=$own_executed received[$POD_NAME]=$own_received
}

# observe_promotions: of the server's own data and, when that is due, of the other members.
observe_promotions() {
	if ((own_epoch > known_epoch)); then
		learn "$own_epoch" "$own_source" "this server's own data"
	fi
	if [[ $known_source == "$POD_NAME" ]]; then
		if ((super_read_only || read_only_now)); then
			: "${closed_since:=$now}"
			((!offline)) || ask_peers "${peers[@]}"
		elif [[ -n $unproven_since ]]; then
			((!offline)) || ask_peers "${peers[@]}" # the fence comes first
		elif ((followers < ${#peers[@]})); then
			peers_due "$PEERS_PAUSE" && ask_peers "${peers[@]}"
		elif peers_due "$PEERS_PAUSE_AT_REST" && ((${#peers[@]} > 0)); then
			# A replica that the network cut off looks for a while as if it followed.
			ask_peers "${peers[turn++ % ${#peers[@]}]}"
		fi
	elif [[ $receiver != ON ]] && peers_due "$PEERS_PAUSE_REPLICA"; then
		ask_peers "${peers[@]}"
	fi
	if [[ $known_source != "$POD_NAME" ]] || ((!super_read_only && !read_only_now)); then
		closed_since=''
	fi
}

# observe_role: whether the network may still lead clients here that look for the source. A promotion that this server committed itself was a switchover.
observe_role() {
	if [[ $known_source == "$POD_NAME" ]]; then
		note_role lost
		was_source=$incarnation
	elif [[ -n $was_source ]]; then
		[[ $was_source != "$incarnation" ]] || ((own_epoch < known_epoch)) || note_role handed
		was_source=''
	fi
	[[ $label != source ]] || prolong_led
	observe_led
}

peers_due() { # SECONDS
	((now - peers_asked_at >= $1))
}

learn() { # EPOCH SOURCE TELLER
	known_epoch=$1 known_source=$2
	log INFO "promotion $1 made $2 the source, says $3"
}

# ask_peers MEMBER...: all at a time; a later promotion is noted.
ask_peers() {
	local peer
	asked=1 answers=0 silent_peers='' open_peer='' peers_asked_at=$now
	survey_at_once "$@"
	for peer in "$@"; do
		if [[ ${state[$peer]} == silent ]]; then
			silent_peers+=${silent_peers:+ }$peer
			continue
		fi
		answers=$((answers + 1))
		if [[ ${state[$peer]} == data && ${read_only[$peer]} == 0 ]]; then
			open_peer=$peer
		fi
	done
	latest_promotion "$@"
	((latest_epoch <= known_epoch)) || learn "$latest_epoch" "$latest_source" 'another member'
}

# survey_at_once MEMBER...: like survey, but one that is silent does not keep the others waiting.
survey_at_once() {
	local member
	local -a asking=()
	(($# > 0)) || return 0 # a `wait` for none would be one for all
	for member in "$@"; do
		(
			survey "$member"
			for array in state epoch recorded read_only executed received purged more refusal; do
				declare -n field=$array
				printf '%s[%s]=%q\n' "$array" "$member" "${field[$member]-}"
			done
		) >"$RUN/survey.$member" &
		asking+=($!)
	done
	for member in "$@"; do
		state[$member]=silent
	done
	wait "${asking[@]}" || true
	for member in "$@"; do
		# shellcheck source=/dev/null
		source "$RUN/survey.$member"
	done
}

# observe_replication: what a replica has, and what its source has, where that must be known.
observe_replication() {
	source_host=$(member_host "$known_source")
	must_follow='' source_refuses='' compared='' strangers='' never_there='' lost_log=''
	is_cloned=''
	[[ ! -e $VOLUME/cloned ]] || is_cloned=1
	[[ $known_source != "$POD_NAME" && -z $diverged ]] && ((super_read_only)) || return 0
	if [[ $followed != "$source_host" || $followed_in != "$incarnation" || -n $is_cloned ]]; then
		must_follow=1
	elif [[ $receiver == OFF && $receiver_error =~ $ERROR_SOURCE_FATAL ]]; then
		source_refuses=1
	else
		return 0
	fi
	compare_with_source
}

compare_with_source() {
	local mine theirs
	survey "$known_source"
	if [[ ${state[$known_source]} != data ]]; then
		silence "$known_source"
		compared=$REPLY
		return
	fi
	compared=failed
	if [[ -n $is_cloned ]]; then # what was received was so by the donor
		own_received=- drained=1
	fi
	received[$POD_NAME]=$own_received
	mine=$(known_transactions "$POD_NAME")
	theirs=$(known_transactions "$known_source")
	strangers=$(subtract root_sql "$mine" "${executed[$known_source]}") || return 0
	if [[ -n $strangers ]]; then
		never_there=$(subtract root_sql "$mine" "$theirs") || return 0
	fi
	if [[ -n $source_refuses ]]; then
		lost_log=$(subtract root_sql "${purged[$known_source]}" "$mine") || return 0
	fi
	compared=yes
}
