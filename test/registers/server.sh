#!/usr/bin/env bash
# A client `mysql` whose server answers at once, as $FOLDER/mode says:
#   (none)   a value, or that one row was changed
#   refuse   error 1290 for writes, as a server that is read-only
#   fenced   error 3032 for everything, also for log-ins
#   gone     error 2013
#   silent   nothing
set -Eeuo pipefail

server=server-$((RANDOM % 1000))
while read -r statement; do
	mode=''
	[[ ! -e $FOLDER/mode ]] || mode=$(<"$FOLDER/mode")
	case $mode:$statement in
	silent:*) ;;
	gone:*) echo 'ERROR 2013 (HY000) at line 1: Lost connection to MySQL server during query' >&2 ;;
	fenced:*hostname*)
		echo 'ERROR 3032 (HY000): The server is currently in offline mode' >&2
		exit 1
		;;
	fenced:*) echo 'ERROR 3032 (HY000) at line 1: The server is currently in offline mode' >&2 ;;
	*:*hostname*) echo "$server" ;;
	refuse:UPDATE*)
		echo 'ERROR 1290 (HY000) at line 1: The MySQL server is running with the --super-read-only option' >&2
		echo -1
		;;
	*:UPDATE*) echo 1 ;;
	*) echo 7 ;;
	esac
done
