#!/usr/bin/env bash
# Waits, in the container of a server, until the group that it has formed is in a state, and sends the server signals at once.
#   STATE   a regular expression for "<members ONLINE> <members RECOVERING> <all>", as the server lists them
#   SIGNAL  for the server; none, if it is empty
#   SECONDS_FROZEN  after which it goes on
# Prints what it saw: "saw 1 0 1".
set -Eeuo pipefail
: "${STATE:?}" "${SIGNAL?}" "${SECONDS_FROZEN:?}"

readonly SECONDS_MAX=130
readonly LISTED="SELECT CONCAT(SUM(member_state = 'ONLINE'), ' ', SUM(member_state = 'RECOVERING'), ' ', COUNT(*))
  FROM performance_schema.replication_group_members"

seen=''
until [[ $seen =~ $STATE ]]; do
	((SECONDS < SECONDS_MAX)) || {
		echo "saw nothing like $STATE within $SECONDS_MAX s, at last: $seen" >&2
		exit 1
	}
	seen=$(mysql --defaults-file=/run/mysqld/root.cnf --batch --skip-column-names --execute "$LISTED" 2>&1) || sleep 0.1
done
echo "saw $seen"
[[ -n $SIGNAL ]] || exit 0
pid=$(</run/mysqld/mysqld.pid)
kill "-$SIGNAL" "$pid"
sleep "$SECONDS_FROZEN"
kill -CONT "$pid" || true # it may be another one by now
