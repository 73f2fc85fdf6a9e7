#!/usr/bin/env bash
# The probes of the main container.
#   probe.sh startup    the server answers
#   probe.sh liveness   it still does; while it starts, recovers or gets a copy of the data it may take its time
#   probe.sh readiness  the agent said lately that this member may be used
set -Eeuo pipefail

readonly RUN=${RUN:-/run/mysqld}
readonly VERDICT_SECONDS_MAX=20

# Access denied and too many connections are answers, too.
answers() {
	mysqladmin --defaults-file="$RUN/root.cnf" --connect-timeout=4 ping >/dev/null 2>&1
}

liveness() {
	local phase=''
	if answers; then
		echo running >"$RUN/phase"
		return
	fi
	read -r phase <"$RUN/phase" || true
	[[ $phase != running ]] || {
		echo 'mysqld does not answer'
		return 1
	}
	echo "mysqld does not answer: $phase"
}

readiness() {
	local at='' verdict='' reason=''
	[[ ! -e $RUN/verdict ]] || read -r at verdict reason <"$RUN/verdict" || true
	if ((EPOCHSECONDS - ${at:-0} > VERDICT_SECONDS_MAX)); then
		echo "the agent is silent; it last said: ${verdict:-nothing} $reason"
		return 1
	fi
	echo "$reason"
	[[ $verdict == ready ]]
}

case $1 in
startup) answers && echo running >"$RUN/phase" ;;
liveness) liveness ;;
readiness) readiness ;;
*)
	echo "probe.sh: unknown probe '$1'" >&2
	exit 2
	;;
esac
