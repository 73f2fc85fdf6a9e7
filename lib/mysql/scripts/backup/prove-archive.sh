# shellcheck shell=bash disable=SC2034
# Up to when all that was committed is in the store. What the primary had when it was asked is so, when the archive has all of it in files, and the store
# has taken the last of them. It is sourced by receive.sh.
# needs: lib.sh; write_info, read_info, utc (info.sh); position (position.sh); last_name (archive-logs.sh);
#        outbox, outbox_first, asked_at, asked_time, primary_problem, lacks, unarchived, timeline (observe-archive.sh)
# sets:  checked_at, claim_time, claim_name, state_at; lacks, unarchived

readonly STATE_FILE=$VOLUME/state STATE_PAUSE=10

declare -A position
declare last_name outbox outbox_first asked_at asked_time primary_problem lacks unarchived

checked_at=0 claim_time=0 claim_name='' claim_asked='' proof_asked='' state_at=-$STATE_PAUSE state_word=''

# claim: everything that was received is in files now. One claim at a time: under writes a later one would never come true.
claim() {
	[[ -z $primary_problem && $lacks == - && $asked_at != "$claim_asked" ]] || return 0
	((claim_time == 0)) || return 0
	claim_time=$asked_time claim_name=$last_name claim_asked=$asked_at
}

# prove: names sort by number.
prove() {
	if [[ -z $primary_problem && $unarchived == - && $outbox == 0 && $asked_at != "$proof_asked" ]]; then
		proof_asked=$asked_at
		((asked_time <= checked_at)) || checked_at=$asked_time
	fi
	if ((claim_time > 0)) && [[ $outbox == 0 || $outbox_first > "$claim_name.info" ]]; then
		((claim_time <= checked_at)) || checked_at=$claim_time
		claim_time=0
	fi
}

# forget_proofs: they were of other logs.
forget_proofs() {
	checked_at=0 claim_time=0 unarchived='?' lacks='?'
}

# resume_proofs: what was true before this program started.
resume_proofs() {
	local -A info
	local at
	read_info "$STATE_FILE" info || return 0
	[[ ${info[timeline]-} == "${position[timeline]-}" && ${info[chain]-} == "${position[chain]-}" ]] || return 0
	at=$(date --date="${info[checked_at]}" +%s 2>/dev/null) || return 0
	checked_at=$at
}

# write_state STATE: for the store.
write_state() {
	local at=-
	[[ -n ${position[timeline]-} ]] || return 0
	[[ $1 != "$state_word" ]] || ((SECONDS - state_at >= STATE_PAUSE)) || return 0
	if ((checked_at > 0)); then
		utc "$checked_at"
		at=$REPLY
	fi
	write_info "$STATE_FILE" format 1 kind state timeline "${position[timeline]}" origin "${position[origin]}" chain "${position[chain]}" \
		state "$1" checked_at "$at" end_set "${position[end_set]}" chain_start "${position[chain_start]}" missing "${position[missing]}" || return
	state_at=$SECONDS state_word=$1
}
