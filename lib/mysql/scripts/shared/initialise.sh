# shellcheck shell=bash
# The one place in which an empty data directory is made. It is sourced, after survey.sh and data-directory.sh. What must be so first is I8 in
# docs/mysql-agent.md: there is no data directory, the list of members can be relied on, and every other member answers that it has no data
# either, and there is no restore whose data is to be copied; or an operator said that it does not matter.
# needs: peers (lib.sh), state (survey.sh)
declare -a peers
declare -A state

readonly RESTORE_FILE=${RESTORE_FILE:-${MEMBERS%/*}/restore} # the donor of a restore, by its name in DNS; missing where nothing is to be restored

# initialise WHY: with WHY `overruled` an operator's file says so.
initialise() {
	local new=$VOLUME/init.tmp peer
	[[ ! -e $DATA ]] || die "$DATA already exists: no empty data directory is created beside it"
	require_member_list
	if [[ $1 != overruled ]]; then
		[[ ! -e $RESTORE_FILE ]] || die "$RESTORE_FILE says that the data is restored: no empty data directory is created"
		for peer in "${peers[@]}"; do
			[[ ${state[$peer]-} == empty ]] || die "$peer is ${state[$peer]-silent}, and may have the data: no empty data directory is created"
		done
	fi
	rm -rf "$new"
	initial_statements >"$RUN/accounts.sql" || die "cannot write the statements for a new data directory, see above"
	# Named time zones are unknown until the data is there, and the statements of the server itself rely on autocommit.
	mysqld --defaults-file="$CONFIG/my.cnf" --initialize-insecure --datadir="$new" --disable-log-bin --default-time-zone=SYSTEM --autocommit=ON \
		--init-file="$RUN/accounts.sql" ||
		die "the server cannot initialize a data directory, see above"
	rm -f "$RUN/accounts.sql"
	put_in_place "$new"
}

# require_member_list: a list that is empty, or lacks this pod, or holds no other, says nothing about the others.
require_member_list() {
	list_is_usable || die "$REPLY: correct it first"
}
