# shellcheck shell=bash disable=SC2034
# Which members of a group a backup may copy. It is sourced, after survey.sh.
# needs: members (lib.sh); online, primary (view.sh)
# sets: replicas, writer, spared
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"

declare -a members

readonly REPLICA_ROLE=secondary # what the members are called that are not open for writes

declare -a replicas=()
writer='' spared=''

# ask_members: all of them, see view.sh.
ask_members() {
	view "${members[@]}"
}

# find_donors: those of a group that works: its secondaries into `replicas`, its primary into `writer`, and the member that one without data copies
# (provision.sh) into `spared`: a server serves one copy at a time.
find_donors() {
	local -a online=()
	local primary='' member
	group_members "${members[@]}"
	writer=$primary replicas=() spared=''
	for member in "${online[@]}"; do
		[[ $member == "$primary" ]] || replicas+=("$member")
	done
	((${#online[@]} > 0)) || return 0
	spared=${online[-1]}
	[[ $spared != "$primary" || ${#online[@]} == 1 ]] || spared=${online[0]}
}
