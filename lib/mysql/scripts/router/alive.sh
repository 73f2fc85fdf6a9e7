#!/usr/bin/env bash
# The startup and the liveness probe of what stands beside the group: whether it has looked at the group lately. What it saw does not matter:
# a restart cures nothing while the group is away.
set -Eeuo pipefail

readonly RUN=${RUN:-/run/mysqld}
readonly SILENT_SECONDS_MAX=300

at=0 said=''
[[ ! -e $RUN/verdict ]] || read -r at said <"$RUN/verdict" || true
if ((EPOCHSECONDS - at > SILENT_SECONDS_MAX)); then
	echo "it is silent; it last said: ${said:-nothing}"
	exit 1
fi
