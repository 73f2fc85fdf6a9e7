# shellcheck shell=bash disable=SC2034
# Tells a member what the archive is, so that who looks at the members sees it: the archive's own server has no port. It is said as agents say it (says.sh),
# by a session that stays open at one member, and goes to the next one when that does not answer. It is sourced by receive.sh, which it never keeps waiting.
#   @cdk8s_stateful_archive_says   look-at-members.sh has the fields
# needs: members (lib.sh); the constants of session.sh; read_info, utc (info.sh); KNOWN, position (position.sh); checked_at (prove-archive.sh); free_mib (observe-archive.sh)
# sets:  members, peers, by what it calls; REPLY holds what a function answers

readonly TELL_PAUSE=5 TELL_SECONDS_MAX=10 # between two times that it is said; without an answer, after which another member is told
readonly TOLD=$RUN/told                   # what the member answers

declare -A position
declare -a members
declare checked_at free_mib

teller='' teller_input='' told='' told_at=-1000 heard_at=0 turn=0
bases=0 bases_bytes=0 base_id='' base_at='' base_bytes='' drill_passed_at='' drill_failed_at=''

# tell_members ready|unready "STATE: REASON"
tell_members() {
	[[ "$*" != "$told" ]] || ((SECONDS - told_at >= TELL_PAUSE)) || return 0
	told="$*" told_at=$SECONDS
	if [[ -s $TOLD ]]; then
		heard_at=$SECONDS
		: >"$TOLD"
	fi
	if [[ -n $teller ]] && { ! kill -0 "$teller" 2>/dev/null || ((SECONDS - heard_at > TELL_SECONDS_MAX)); }; then
		end_teller
		turn=$((turn + 1))
	fi
	[[ -n $teller ]] || open_teller || return 0
	what_to_tell "$@"
	REPLY="SET @cdk8s_stateful_archive_says = $(sql_literal "$REPLY");"
	{ printf "%s\nSELECT '%s';\n" "$REPLY" "$END_OF_ANSWER" >&"$teller_input"; } 2>/dev/null || end_teller
}

open_teller() {
	members
	((${#members[@]} > 0)) || return
	local member=${members[turn % ${#members[@]}]}
	: >"$TOLD"
	exec {teller_input}> >(
		exec mysql --defaults-file="$RUN/monitor.cnf" --host="$(member_host "$member")" --port="$PORT" --batch --skip-column-names --unbuffered \
			--skip-reconnect >>"$TOLD" 2>/dev/null
	)
	teller=$! heard_at=$SECONDS
}

end_teller() {
	exec {teller_input}>&-
	kill "$teller" 2>/dev/null || true
	wait "$teller" 2>/dev/null || true
	teller=''
}

# what_to_tell ready|unready "STATE: REASON": into REPLY. All that was committed before `until` is in the store; where a log is missing, only what a base
# has can be relied on.
what_to_tell() {
	local until='' free=-
	know_store
	if ((bases > 0)); then
		until=$base_at
		if ((checked_at > 0)) && [[ ${position[missing]:--} == - ]]; then
			utc "$checked_at"
			[[ $REPLY < "$until" ]] || until=$REPLY
		fi
	fi
	[[ -z $free_mib ]] || free=$((free_mib << 20))
	printf -v REPLY '%s\t' "$EPOCHSECONDS" "$@" "${until:--}" "${base_id:--}" "${base_at:--}" "${base_bytes:--}" "$bases" "$bases_bytes"
	REPLY+=$free$'\t'${drill_passed_at:--}$'\t'${drill_failed_at:--}
}

# know_store: what the store has of the timeline, as ship.sh last saw it.
know_store() {
	local file
	local -A info
	[[ -e $KNOWN/.complete ]] || return 0
	[[ ! -e $TOLD.store || $KNOWN/.complete -nt $TOLD.store ]] || return 0
	: >"$TOLD.store"
	bases=0 bases_bytes=0 base_id='' base_at='' base_bytes=''
	know_drill passed
	drill_passed_at=$REPLY
	know_drill failed
	drill_failed_at=$REPLY
	for file in "$KNOWN"/bases/*.info; do
		if ! read_info "$file" info || [[ ${info[timeline]-} != "${position[timeline]-}" ]]; then
			continue
		fi
		bases=$((bases + 1)) bases_bytes=$((bases_bytes + ${info[bytes]:-0}))
		[[ ${info[taken_at]-} < "$base_at" ]] || base_id=${info[id]} base_at=${info[taken_at]} base_bytes=${info[bytes]-}
	done
}

# know_drill passed|failed: when one of the timeline last did, into REPLY.
know_drill() {
	local -A info=()
	read_info "$KNOWN/drills/${position[timeline]-}/$1.info" info || true
	REPLY=${info[at]-}
}
