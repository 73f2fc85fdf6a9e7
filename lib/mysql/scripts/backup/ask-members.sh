#!/usr/bin/env bash
# The first container of a restore: asks all members what they have, before anything is fetched. Where one has data it leaves VOLUME/inert,
# and all that follows ends at once. While one does not answer it waits, for a while.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/backup/inert.sh
source "${BASH_SOURCE[0]%/*}/inert.sh"
# shellcheck source=lib/mysql/scripts/backup/answers.sh
source "${BASH_SOURCE[0]%/*}/answers.sh"

main() {
	trap 'exit 143' TERM INT
	write_remote_options monitor || die 'cannot ask the members, see above'
	end_if_inert
	log INFO "all members say that they have no data: ${members[*]}"
}

is_sourced || main
