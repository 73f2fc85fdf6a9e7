#!/usr/bin/env bash
# The init container of a member of a group: sees to it that there is a data directory, and never replaces one.
#   while a group works   a member without data copies that of one of its members
#   when all have none    the first one begins with an empty data directory; the others wait for its group
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/shared/initialise.sh
source "${BASH_SOURCE[0]%/*}/initialise.sh"
# shellcheck source=lib/mysql/scripts/shared/provisioning.sh
source "${BASH_SOURCE[0]%/*}/provisioning.sh"
# shellcheck source=lib/mysql/scripts/group/view.sh
source "${BASH_SOURCE[0]%/*}/view.sh"

# ask_all: see provisioning.sh.
ask_all() {
	view "${peers[@]}"
}

# decide: see provisioning.sh.
# shellcheck disable=SC2034
decide() {
	local -a online=() with_data=() empty=() silent=()
	local primary=''
	action=wait donor='' reason=''
	by_data "${peers[@]}"
	group_members "${peers[@]}"
	if ((${#online[@]} > 0)); then
		action=clone donor=${online[-1]} # the last one, which is the primary least often
		[[ $donor != "$primary" || ${#online[@]} == 1 ]] || donor=${online[0]}
		reason="it is in the group of ${online[*]}"
	elif ((${#with_data[@]} > 0)); then
		reason="${with_data[*]} have data and are to form the group first"
	elif ((${#silent[@]} > 0)); then
		reason="${silent[*]} may have data and does not answer"
	elif [[ $POD_NAME != "${members[0]}" ]]; then
		reason="no member has data: ${members[0]} is to begin"
	else
		action=initialise reason="all ${#peers[@]} other members say that they have no data"
	fi
}

is_sourced || provision
