# shellcheck shell=bash
# The one place in which a group is bootstrapped: by the agent, and by operate.sh when an operator says that it may go on without a member. It is
# sourced, after view.sh, locks.sh and start-group.sh. What must be so first is I1 in docs/mysql-agent.md:
#   the list of members holds at least three, and the member that bootstraps
#   every member answers that it is in no group, but for those that the operator excused
#   no other one bootstraps: all members with data gave the lock `form`, and hold it for this connection still
#   and all that is looked at again when the locks are held
# needs: members (lib.sh), state (survey.sh), member_state (view.sh), with_data (by_data)
declare -a members with_data
declare -A state member_state

readonly VOTE_SECONDS_MAX=5 # until all have given their lock
readonly MEMBERS_MIN=3

# bootstrap_group COMMAND ACCOUNT MEMBER [EXCUSED...]: COMMAND runs SQL of its input on MEMBER, ACCOUNT asks for the locks. The caller's function
# `may_bootstrap` looks again, and says whether MEMBER is still the one. Fails with the reason in REPLY.
bootstrap_group() {
	local command=$1 account=$2 chosen=$3 member recovery settings status=0
	local -a voters=()
	shift 3
	if ((${#members[@]} < MEMBERS_MIN)) || [[ " ${members[*]} " != *" $chosen "* ]]; then
		REPLY="the list of members is '${members[*]}': it must hold $chosen and at least two others"
		return 1
	fi
	for member in "${with_data[@]}"; do
		[[ " $* " == *" $member "* ]] || voters+=("$member")
	done
	if [[ " ${voters[*]} " != *" $chosen "* ]]; then
		REPLY="$chosen does not answer with data of its own, or is excused"
		return 1
	fi
	for member in "${voters[@]}"; do
		ask_for_lock "$account" "$member" form 0
	done
	for member in "${voters[@]}"; do
		if ! has_lock "$member" "$VOTE_SECONDS_MAX"; then
			REPLY="$member did not give its vote: ${REPLY:-no answer}"
			release_locks
			return 1
		fi
	done
	if ! may_bootstrap || ! require_no_group "$@" || ! require_votes; then
		release_locks
		return 1
	fi
	if ! secret replication-password; then
		REPLY='the password of replication is not usable, see above' # it may be in REPLY
		release_locks
		return 1
	fi
	recovery=$(recovery_account)
	settings=$(group_settings "$chosen")
	"$command" <<<"$settings
$recovery;
SET GLOBAL group_replication_bootstrap_group = ON;
START GROUP_REPLICATION;
SET GLOBAL group_replication_bootstrap_group = OFF;" || status=$? # at once, whatever becomes of this shell; below for a start that failed
	"$command" <<<'SET GLOBAL group_replication_bootstrap_group = OFF' ||
		log ERROR "group_replication_bootstrap_group of $chosen may still be ON, see above: set it OFF"
	release_locks
	REPLY="START GROUP_REPLICATION failed on $chosen, see above and the log of its mysqld"
	return "$status"
}

require_votes() {
	REPLY='a vote was lost while others were taken'
	has_locks
}

# require_no_group [EXCUSED...]: pure, of the last look.
require_no_group() {
	local member
	for member in "${members[@]}"; do
		[[ " $* " != *" $member "* ]] || continue
		if ! in_no_group "$member"; then
			REPLY="$member is ${state[$member]-silent}, ${member_state[$member]-}"
			return 1
		fi
	done
}
