#!/usr/bin/env bash
# Tests what is published: that a TypeScript, a Python, a Java and a Go application, each of which installs its package in an empty project
# with the newest dependencies (Go: the oldest, which Go selects), synthesize the same bytes. Needs a network, Node.js with npm, and Python
# with venv.
# Java needs a JDK and Maven, Go needs go. Where one of these commands is missing, its language is not tested, and the last lines say so.
# A language that REQUIRED_LANGUAGES names must be tested, e.g. REQUIRED_LANGUAGES='java go'.
#
# test-package.sh [<folder of packages>]: tests those of `scripts/package.sh`, or makes them first.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

ROOT=$PWD
WORK=$(mktemp -d)
PACKAGES=${1:-$ROOT/build/packages}
export ROOT WORK PACKAGES
trap 'chmod -R u+w "$WORK" && rm -rf "$WORK"' EXIT # Go writes folders that are read-only
# shellcheck source=scripts/packages/common.sh
. scripts/packages/common.sh

declare -rA COMMANDS=([typescript]='node npm' [python]=python3 [java]='java mvn' [go]=go)

# 'npm ci' takes packages from the registry that the user configured, unless the lock file names one.
test_lock() {
	say 'package-lock.json names no registry, and npm ci accepts it'
	! grep -n -m 3 '"resolved"' package-lock.json || die "remove \"resolved\" from package-lock.json: .npmrc keeps 'npm install' from writing it"
	mkdir "$WORK/lock"
	cp .npmrc package.json package-lock.json "$WORK/lock"
	(cd "$WORK/lock" && quietly npm ci --dry-run --no-audit --no-fund)
}

# missing_command <language>: prints the first command that the language needs and the machine does not have.
missing_command() {
	local name
	for name in ${COMMANDS[$1]}; do
		command -v "$name" >/dev/null || {
			printf '%s\n' "$name"
			return 0
		}
	done
	return 1
}

# test_same_output <language>: what the application and the examples synthesized is what they did in TypeScript, and the README's example
# is, if it has one in this language.
test_same_output() {
	local kind
	for kind in '' -examples -readme; do
		[[ -n $kind && ! -d $WORK/out-$1$kind ]] && continue
		diff -r "$WORK/out-typescript$kind" "$WORK/out-$1$kind" >&2 || die "TypeScript ('<') and $1 ('>') synthesize different manifests"
	done
	say "$1: the same bytes as TypeScript"
}

main() {
	local language missing start left_out=()
	test_lock
	[[ $# -gt 0 ]] || scripts/package.sh js python java go
	for language in typescript python java go; do
		if missing=$(missing_command "$language"); then
			[[ " typescript python ${REQUIRED_LANGUAGES:-} " != *" $language "* ]] || die "$language must be tested, but $missing is missing"
			left_out+=("$language: NOT TESTED, because this machine has no command $missing")
			say "${left_out[-1]}"
			continue
		fi
		start=$SECONDS
		"scripts/packages/$language.sh" "$WORK/out-$language"
		[[ -s $WORK/out-$language/web.k8s.yaml && -s $WORK/out-$language/database.k8s.yaml ]] || die "$language wrote no manifests"
		[[ $language == typescript ]] || test_same_output "$language"
		say "$language: passed in $((SECONDS - start)) s"
	done
	for language in "${left_out[@]}"; do # once more, where it is not overlooked
		say "$language"
	done
}

main "$@"
