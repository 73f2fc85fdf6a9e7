#!/usr/bin/env bash
# The first container of a restore: asks all members what they have, before anything is fetched. Where one has data it leaves VOLUME/inert,
# and all that follows ends at once. It waits for none: restore.sh asks again, and does until all have answered. New members take some seconds to say
# that they have no data, and the backup is fetched meanwhile.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/backup/inert.sh
source "${BASH_SOURCE[0]%/*}/inert.sh"
# shellcheck source=lib/mysql/scripts/backup/answers.sh
source "${BASH_SOURCE[0]%/*}/answers.sh"

declare -a members with_data silent

main() {
	trap 'exit 143' TERM INT
	write_remote_options monitor || die 'cannot ask the members, see above'
	end_if_marked
	sort_answers
	((${#with_data[@]} == 0)) || leave_data
	if ((${#silent[@]} > 0)); then
		silence "${silent[@]}"
		log INFO "$REPLY yet: the backup is fetched meanwhile, and all members are asked again before it is used"
	else
		log INFO "all members say that they have no data: ${members[*]}"
	fi
}

is_sourced || main
