#!/usr/bin/env bash
# Compiles the library and packages it in build/packages/<target>. Targets: js python java go; without arguments all of them.
# For js and python that is what a registry takes. For java and go it is generated source, so that neither a JDK nor Go is needed.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

readonly OUT=build/packages
readonly PYTHON_MIN=3.10 # python_requires of every package that jsii-pacmak generates
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20

say() { printf '%s\n' "package: $*"; }
die() {
	printf '%s\n' "package: $*" >&2
	exit 1
}

require_python() {
	command -v python3 >/dev/null || die "python3 is missing: the target python needs Python $PYTHON_MIN or newer"
	python3 -c "import sys; sys.exit(sys.version_info < (${PYTHON_MIN/./, }))" ||
		die "$(python3 --version) is too old: the target python needs Python $PYTHON_MIN or newer"
	python3 -c 'import ensurepip, venv' 2>/dev/null ||
		die "python3 has no venv with pip: install it, on Debian and Ubuntu with 'apt-get install python3-venv'"
}

# Afresh, because the compiler leaves what it made of sources that are gone.
compile() {
	say 'compile lib to build/lib'
	rm -rf build/lib
	npm run --silent compile
}

# generate <target> [<option of jsii-pacmak>...]
generate() {
	local target=$1
	shift
	say "make $OUT/$target"
	rm -rf "${OUT:?}/$target"
	# --no-npmignore: `files` in package.json says what to publish, and without the option it writes an .npmignore.
	node_modules/.bin/jsii-pacmak --no-npmignore --outdir "$OUT" --target "$target" "$@"
}

main() {
	local target
	[[ $# -gt 0 ]] || set -- js python java go
	for target in "$@"; do
		case $target in
		js | java | go) ;;
		python) require_python ;;
		*) die "unknown target '$target': choose among js python java go" ;;
		esac
	done
	[[ -x node_modules/.bin/jsii-pacmak ]] || die "jsii-pacmak is missing: run 'npm ci'"

	compile
	for target in "$@"; do
		case $target in
		java | go) generate "$target" --code-only ;;
		*) generate "$target" ;;
		esac
	done
}

main "$@"
