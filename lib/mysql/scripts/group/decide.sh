# shellcheck shell=bash
# What the agent of a group does next. It is sourced, after observe.sh.
# needs: what observe.sh sets; own_* and the other variables of member-row.sh; proved (act.sh), shown (labels.sh), state, latest_epoch,
#        latest_source (survey.sh), most_advanced, conflict (transactions.sh), member_state, listed, joining (view.sh), members (lib.sh)
# sets: REPLY
declare own_state own_role own_majority count_online primary_host super_read_only offline own_source applier lag
declare answered is_copy generation now joined abandoned quiet unproven_since stuck_since elected_since former primary left_behind compared unapplied errant
declare donor list_before list_problem most_advanced conflict latest_epoch latest_source
declare -a members online with_data silent
declare -A state member_state listed joining
declare proved shown led is_open

readonly STUCK_SECONDS_MAX=${STUCK_SECONDS_MAX:-30}       # in a group in which no member is ONLINE
readonly QUIET_SECONDS_MAX=${QUIET_SECONDS_MAX:-10}       # of a group with a quorum, in which members tell each other each second that they live
readonly UNPROVEN_SECONDS_MAX=${UNPROVEN_SECONDS_MAX:-12} # for which a group that agrees on something may not certify the proof of its primary
readonly FENCE_SECONDS=${FENCE_SECONDS:-1}                # from an election on, until a primary before that does not answer has its fence up

# The states in which something is wrong, and those that only an operator ends: see verdict in agent-loop.sh.
# shellcheck disable=SC2034 # verdict reads it
readonly WARNING_STATES="ABANDONED COPY_NEEDED EXPELLED GROUP_QUIET GROUP_STUCK GROUP_UNCLEAR JOINED_STALE MEMBER_SILENT\
 NOT_COMPARED NO_MEMBER_ONLINE NO_QUORUM SECONDARY_LAGGING SECONDARY_STOPPED"
# shellcheck disable=SC2034 # verdict reads it
readonly ERROR_STATES='DATA_DIFFERS ERRANT LAST_PRIMARY_LOST LIST_CHANGED LIST_UNUSABLE'

# decide: pure. STATE, ACTION and REASON, separated by blanks, into REPLY. It runs no command.
decide() {
	if [[ -z $answered ]]; then
		REPLY='NO_ANSWER unready the server does not answer'
	elif [[ -n $abandoned ]]; then # I5
		REPLY="ABANDONED leave $abandoned: leaving what is left of this group"
	elif [[ $own_state == ONLINE && $joined == lacking && $own_role == PRIMARY ]]; then # I12
		REPLY='JOINED_STALE leave the primary, though it lacks transactions of the group that it joined: leaving it'
	elif [[ $own_state == ONLINE && -n $joined ]]; then
		REPLY='JOIN_UNCONFIRMED withdraw waiting until it has all transactions of the group that it joined'
	elif [[ $own_state == ONLINE && $own_majority == 0 ]]; then
		REPLY='NO_QUORUM withdraw in a group without quorum: no client is let in'
	elif [[ $own_state == ONLINE || $own_state == RECOVERING ]] && ((own_majority && quiet >= QUIET_SECONDS_MAX)); then # I5
		REPLY="GROUP_STUCK leave the group has agreed on nothing for $QUIET_SECONDS_MAX s, though it has a quorum: leaving it"
	elif [[ $own_state == ONLINE && $own_role == PRIMARY ]] && ((quiet > QUIET_FENCE_SECONDS)); then
		REPLY="GROUP_QUIET withdraw the group has agreed on nothing for more than $QUIET_FENCE_SECONDS s: no client is let in"
	elif [[ $own_state == ONLINE && $own_role == PRIMARY ]]; then
		decide_primary
	elif [[ $own_state == ONLINE ]]; then
		decide_secondary
	elif [[ $own_state == RECOVERING ]]; then
		decide_recovering
	elif [[ $own_state == ERROR ]]; then
		REPLY='EXPELLED leave the group goes on without this member, or it failed to join: it leaves what is left of its group'
	else
		decide_outside
	fi
}

decide_primary() {
	if ((super_read_only)); then
		REPLY='PRIMARY_ELECTED unready elected as the primary: applying what it has received'
	elif [[ -n ${STAND_IN-} && $is_open == 1 && $shown == primary ]]; then
		REPLY="PRIMARY serve_primary the primary of a group with $count_online members ONLINE, without its agent"
	elif [[ -n ${STAND_IN-} ]]; then
		REPLY='PRIMARY_UNSHOWN give_away the primary, but its agent, which sets its label, is away'
	elif [[ $proved == "$generation" && $shown == primary ]]; then
		REPLY="PRIMARY serve_primary the primary of a group with $count_online members ONLINE"
	elif [[ $proved == "$generation" ]]; then
		REPLY='PRIMARY_UNSHOWN show_primary the primary, but the API server has not taken its label yet'
	elif [[ $former == open ]] || [[ $former == silent && $((now - elected_since)) -lt $FENCE_SECONDS ]]; then # I3
		REPLY="PRIMARY_WAITING unready elected as the primary: waiting until $own_source, the primary before, lets no client in"
	elif [[ -n $unproven_since ]] && ((now - unproven_since >= UNPROVEN_SECONDS_MAX)); then # I5
		REPLY="GROUP_STUCK leave the group has not certified the proof of this primary for $UNPROVEN_SECONDS_MAX s: leaving it"
	else
		REPLY="PRIMARY_UNPROVEN take_over the primary, as far as this member knows: proving it by a transaction"
	fi
}

decide_secondary() {
	local primary=${primary_host%%.*}
	if [[ $led == handed ]]; then
		REPLY="SECONDARY_YIELDING withdraw no longer the primary, ${primary/#-/none} is"
	elif [[ $led == lost ]]; then
		REPLY="SECONDARY_YIELDING withdraw it lost the role of the primary less than $LOST_SECONDS s ago: clients that began to connect then may still arrive"
	elif [[ $applier != ON ]]; then
		REPLY="SECONDARY_STOPPED hold the applier is $applier"
	elif ((lag > MAX_LAG)) || { ((offline)) && ((lag > MAX_LAG / 2)); }; then # a fence that is up stays until there is some distance
		REPLY="SECONDARY_LAGGING hold more than $MAX_LAG s behind $primary, or only just no longer"
	else
		REPLY="SECONDARY serve_secondary a secondary, at most $MAX_LAG s behind $primary"
	fi
}

decide_recovering() {
	if [[ -n $stuck_since ]] && ((count_online == 0 && now - stuck_since >= STUCK_SECONDS_MAX)); then # I5
		REPLY="NO_MEMBER_ONLINE leave in a group in which no member has been ONLINE for $STUCK_SECONDS_MAX s: leaving it"
	else
		REPLY='RECOVERING withdraw recovering: getting what it missed'
	fi
}

decide_outside() {
	if [[ -n $is_copy ]]; then
		REPLY='NEW_COPY forget_donor the data is a new copy: removing what it brings of its donor'
	elif [[ -n $list_problem ]]; then
		REPLY="LIST_UNUSABLE withdraw $list_problem"
	elif [[ ${state[$POD_NAME]-} != data ]]; then
		REPLY='UNREACHABLE withdraw this server does not answer over the network yet'
	elif [[ ${member_state[$POD_NAME]-} == CHANGING ]]; then
		REPLY='JOIN_WAITING withdraw waiting until START or STOP GROUP_REPLICATION of this server has ended'
	elif ((${#online[@]} > 0)); then
		decide_join
	else
		decide_bootstrap
	fi
}

# decide_join: the group that the members in `online` are in.
decide_join() {
	local member
	for member in "${online[@]}"; do
		# After a crash: to join before the group has expelled the previous incarnation would delay its failover.
		if [[ ,${listed[$member]}, == *",$POD_NAME,"* ]]; then
			REPLY="STILL_LISTED renew_view waiting: the group of ${online[*]} still lists the previous incarnation of this member"
			return
		fi
	done
	if [[ -n $left_behind ]]; then
		REPLY="JOIN_WAITING withdraw waiting until the group of ${online[*]} has expelled what the last attempt to join may have left behind"
	elif [[ -z $compared ]]; then
		REPLY="NOT_COMPARED withdraw its transactions could not be compared with those of ${online[*]}, see above"
	elif [[ -n $errant ]]; then
		REPLY="ERRANT report_errant the group of ${online[*]} does not have the transactions $errant of this member; nothing is removed; see \"A member has errant transactions\" in the operations guide"
	elif [[ -n $unapplied ]]; then
		REPLY='APPLYING apply_received applying what it received of the group that it was in'
	elif [[ -z $donor ]]; then
		REPLY="COPY_NEEDED request_copy all of ${online[*]} have purged transactions that this member needs, and have all of its own: getting a new copy"
	elif [[ -z $primary ]]; then
		REPLY="JOIN_WAITING withdraw waiting: the group of ${online[*]} has no primary at the moment"
	else
		for member in "${online[@]}"; do
			if [[ ${joining[$member]} != - ]]; then # I6: one at a time
				REPLY="JOIN_WAITING withdraw waiting: ${joining[$member]} is joining the group of ${online[*]}"
				return
			fi
		done
		REPLY="JOINING join the group of ${online[*]} has all of this member's transactions: joining it"
	fi
}

# decide_bootstrap: no member is in a group that works. I1 in docs/mysql-agent.md says what must be certain.
decide_bootstrap() {
	local member guide='see "No group" in the operations guide'
	for member in "${with_data[@]}"; do
		case ${member_state[$member]} in
		ONLINE)
			REPLY="GROUP_UNCLEAR withdraw not bootstrapping: $member is ONLINE in a group without quorum; it leaves that by itself"
			return
			;;
		RECOVERING)
			REPLY="GROUP_UNCLEAR withdraw not bootstrapping: $member is RECOVERING; if no member of its group is ONLINE, it leaves that after $STUCK_SECONDS_MAX s"
			return
			;;
		CHANGING)
			REPLY="GROUP_UNCLEAR withdraw not bootstrapping: $member joins or leaves a group; if there is none, it gives that up"
			return
			;;
		esac
	done
	if ((${#silent[@]} > 0)); then
		REPLY="MEMBER_SILENT recall not bootstrapping: ${silent[*]} does not answer, and may be in a group or hold newer transactions; bring it back, or $guide"
	elif [[ -n $list_before ]]; then
		REPLY="LIST_CHANGED withdraw not bootstrapping: the members were $list_before when the group last worked, and are ${members[*]} now; set the list back, or $guide"
	elif ((latest_epoch > 0)) && [[ ${state[$latest_source]-} != data ]]; then
		REPLY="LAST_PRIMARY_LOST withdraw not bootstrapping: $latest_source, the last primary, has lost its data: what it acknowledged at last may be nowhere else; $guide"
	elif [[ -z $compared ]]; then
		REPLY='NOT_COMPARED withdraw not bootstrapping: the transactions of the members cannot be compared, see above'
	elif [[ -n $conflict ]]; then
		REPLY="DATA_DIFFERS withdraw not bootstrapping: members have different transactions: $conflict; $guide"
	elif [[ -n $unapplied ]]; then
		REPLY='APPLYING apply_received applying what it received of the group that it was in'
	elif [[ $most_advanced != "$POD_NAME" ]]; then
		REPLY="BOOTSTRAP_WAITING withdraw waiting: $most_advanced bootstraps the group: of ${with_data[*]} it has all transactions that the others have"
	else
		REPLY="BOOTSTRAPPING bootstrap all ${#members[@]} members answer and are in no group, and this one has all transactions that they have"
	fi
}
