# shellcheck shell=bash disable=SC2034
# Which members of a source and its replicas a backup may copy. It is sourced, after survey.sh.
# needs: members (lib.sh); state, read_only, latest_source, latest_promotion (survey.sh)
# sets: replicas, writer, spared
declare -a members
declare -A state read_only
declare latest_source

readonly REPLICA_ROLE=replica # what the members are called that are not open for writes

declare -a replicas=()
writer='' spared=''

# ask_members: all of them, see survey.sh.
ask_members() {
	survey "${members[@]}"
}

# find_donors: the replicas into `replicas`, the source into `writer`. A replica without data copies the source, so that no replica is to be spared; a
# source without data copies a replica, but a backup waits until it has.
find_donors() {
	local member
	latest_promotion "${members[@]}"
	replicas=() writer='' spared=''
	for member in "${members[@]}"; do
		[[ ${state[$member]} == data ]] || continue
		if [[ $member == "$latest_source" ]]; then
			writer=$member
		elif [[ ${read_only[$member]} == 1 ]]; then
			replicas+=("$member")
		fi
	done
	[[ -z $writer || ${read_only[$writer]} == 0 ]] || writer=''
}
