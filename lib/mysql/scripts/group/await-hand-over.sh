#!/usr/bin/env bash
# The preStop hook of the server: it stops when the agent, which is told to stop at the same time, has handed over.
set -Eeuo pipefail

readonly RUN=${RUN:-/run/mysqld}
readonly AWAIT_SECONDS_MAX=${AWAIT_SECONDS_MAX:-30}

# While the agent is away, its stand-in hands over.
[[ ! -s $RUN/stand-in ]] || kill -TERM "$(<"$RUN/stand-in")" 2>/dev/null || true
until [[ -e $RUN/handed-over ]] || ((SECONDS >= AWAIT_SECONDS_MAX)); do
	sleep 0.1
done
