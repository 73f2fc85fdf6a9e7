#!/usr/bin/env bash
# The end-to-end suite on the cluster that KUBECONFIG names, in two lanes side by side: MySQL clusters, each in a namespace of its own, and the rest,
# which shares namespaces and goes one file after the other. Arguments are jest's.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

# lane NAME ARGUMENT...: each line of its output begins with its name.
lane() {
	local name=$1
	shift
	npx jest --selectProjects e2e --runInBand "$@" 2>&1 | sed -u "s/^/[$name] /"
}

lane mysql --testPathPatterns '/test/e2e/mysql/' "$@" &
mysql=$!
trap 'kill "$mysql" 2>/dev/null || true' EXIT
status=0
lane rest --testPathIgnorePatterns '/test/e2e/mysql/' "$@" || status=$?
wait "$mysql" || status=$?
exit "$status"
