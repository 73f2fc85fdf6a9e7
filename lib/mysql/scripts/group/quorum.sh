# shellcheck shell=bash
# Whether a group works on without this member. It is sourced by agent.sh, after view.sh and observe.sh.
# needs: view, member_state, listed (view.sh); observe_self (observe.sh); own_state, own_majority (member-row.sh); log, pause_for (lib.sh)
# sets:  REPLY holds what a function answers
declare -A member_state listed
declare own_state own_majority

readonly QUORUM_SECONDS_MAX=${QUORUM_SECONDS_MAX:-20} # of the 30 s that await-hand-over.sh gives
readonly QUORUM_PAUSE=${QUORUM_PAUSE:-0.5}

# await_quorum: for a member that is about to leave (I16). A server that was killed is in the group until that has missed it for 5 s and expelled it. When
# another member leaves meanwhile, no majority is left, and it is bootstrapped again only when all are back (measured: writes paused for 46 s).
await_quorum() {
	local start=$SECONDS told=''
	while [[ $own_state == ONLINE && $own_majority == 1 ]] && ! keeps_quorum; do
		if ((SECONDS - start >= QUORUM_SECONDS_MAX)); then
			log WARNING "stopping, though the group has no quorum then: it has not expelled $REPLY"
			return 0 # not that of the command before a signal: a trap calls this
		fi
		[[ -n $told ]] || log INFO "stopping when the group has expelled $REPLY: before, it would have no quorum without this member"
		told=1
		pause_for "$QUORUM_PAUSE"
		observe_self || return 0
	done
}

# keeps_quorum: whether more than half of the others that this member lists say that they are in the group with it; else those that do not, into REPLY. Where
# this member's own view is unknown, nothing is waited for.
keeps_quorum() {
	local member there=0
	local -a others=() away=()
	view "$POD_NAME"
	[[ ${listed[$POD_NAME]} != - ]] || return 0
	for member in ${listed[$POD_NAME]//,/ }; do
		[[ $member == "$POD_NAME" ]] || others+=("$member")
	done
	view "${others[@]}"
	for member in "${others[@]}"; do
		if [[ ${member_state[$member]} == @(ONLINE|RECOVERING) && ,${listed[$member]}, == *",$POD_NAME,"* ]]; then
			there=$((there + 1))
		else
			away+=("$member")
		fi
	done
	REPLY=${away[*]}
	((there * 2 > ${#others[@]} || ${#others[@]} == 0))
}
