#!/usr/bin/env bash
# Tests what is published: which files the npm tarball holds, and that a TypeScript and a Python application, each of which installs its
# package in an empty project with the newest dependencies, synthesize the same bytes. Needs Node with npm, Python with venv, a network.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

ROOT=$PWD
WORK=$(mktemp -d)
readonly ROOT WORK
trap 'rm -rf "$WORK"' EXIT
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
export JSII_RUNTIME_PACKAGE_CACHE=disabled # write nothing outside of $WORK

say() { printf '%s\n' "test-package: $*"; }
die() {
	printf '%s\n' "test-package: $*" >&2
	exit 1
}

# Runs a command whose output matters only when it fails.
quietly() {
	"$@" >"$WORK/log" 2>&1 || {
		cat "$WORK/log" >&2
		die "failed: $*"
	}
}

# 'npm ci' takes packages from the registry that the user configured, unless the lock file names one.
test_lock() {
	say 'package-lock.json names no registry, and npm ci accepts it'
	! grep -n -m 3 '"resolved"' package-lock.json || die "remove \"resolved\" from package-lock.json: .npmrc keeps 'npm install' from writing it"
	mkdir "$WORK/lock"
	cp .npmrc package.json package-lock.json "$WORK/lock"
	(cd "$WORK/lock" && quietly npm ci --dry-run --no-audit --no-fund)
}

expected_files() {
	local source
	printf '%s\n' .jsii API.md CHANGELOG.md LICENSE README.md bin/cdk8s-stateful-diagram bin/cdk8s-stateful-diff package.json
	find lib -name '*.ts' | while read -r source; do
		printf '%s\n' "build/${source%.ts}.js" "build/${source%.ts}.d.ts"
	done
	find lib -name '*.sh' -o -name '*.sql' -o -name '*.py' | sed 's,^,build/,'
}

# test_tarball <tarball>
test_tarball() {
	say 'the tarball holds the compiled library, its documents and nothing else'
	expected_files | LC_ALL=C sort >"$WORK/expected"
	tar -tzf "$1" | sed 's,^package/,,' | LC_ALL=C sort >"$WORK/packed"
	diff "$WORK/expected" "$WORK/packed" >&2 || die "wrong files in the tarball: '<' is missing, '>' does not belong there"
}

# test_diff <folder of manifests> <command>...
test_diff() {
	local out=$1 status=0
	shift
	say "cdk8s-stateful-diff by $1: nothing in equal folders, a StatefulSet in one that lost it"
	quietly "$@" "$out" "$out"
	"$@" "$out" "$(mktemp -d -p "$WORK")" >"$WORK/findings" || status=$?
	[[ $status == 1 ]] || die "exit status $status instead of 1"
	grep -qx 'DATA StatefulSet web/storage: removed' "$WORK/findings" || die "it does not name the StatefulSet: $(<"$WORK/findings")"
}

# test_typescript <tarball> <folder for the output>
test_typescript() (
	local tarball=$1 out=$2 peers
	mkdir "$WORK/typescript"
	cd "$WORK/typescript"
	cp "$ROOT/test/package/app.ts" .
	printf '{ "private": true }\n' >package.json
	read -ra peers < <(node -p 'Object.keys(require(process.argv[1]).peerDependencies).join(" ")' "$ROOT/package.json")

	say 'TypeScript: install as the README says'
	cp "$tarball" .
	quietly bash -Eeuo pipefail -c "$("$ROOT/scripts/fence.sh" "$ROOT/README.md" package=npm)"
	quietly npm install --no-audit --no-fund typescript@latest @types/node@latest
	say "TypeScript: compile and run with $(node -p \
		'process.argv.slice(1).map((name) => name + " " + require("./node_modules/" + name + "/package.json").version).join(", ")' \
		"${peers[@]}" typescript)"
	"$ROOT/scripts/fence.sh" "$ROOT/README.md" package=typescript >readme.ts
	quietly node_modules/.bin/tsc --strict --skipLibCheck false --target es2022 --module node16 --types node app.ts readme.ts
	node app.js "$out"
	CDK8S_OUTDIR=$out/readme node readme.js
	test_diff "$out" npx --no-install cdk8s-stateful-diff
)

# test_python <wheel> <folder for the output>
test_python() {
	local wheel=$1 out=$2 python=$WORK/python/bin/python
	say 'Python: install the wheel'
	quietly python3 -m venv "$WORK/python"
	quietly "$python" -m pip install --disable-pip-version-check "$wheel"
	say "Python: run with $("$python" -c \
		'import importlib.metadata, sys; print(*(f"{name} {importlib.metadata.version(name)}" for name in sys.argv[1:]), sep=", ")' \
		cdk8s cdk8s-plus-27 constructs jsii)"
	"$python" -I "$ROOT/test/package/app.py" "$out"
	"$ROOT/scripts/fence.sh" "$ROOT/README.md" package=python >"$WORK/readme.py"
	CDK8S_OUTDIR=$out/readme "$python" -I "$WORK/readme.py"
	test_diff "$out" "$WORK/python/bin/cdk8s-stateful-diff"
}

# test_same_output <output of TypeScript> <output of Python>
test_same_output() {
	say 'both synthesize the same'
	[[ -s $1/web.k8s.yaml && -s $1/volumes.k8s.yaml && -s $1/readme/web.k8s.yaml ]] || die 'the applications wrote no manifests'
	diff -r "$1" "$2" >&2 || die "TypeScript ('<') and Python ('>') synthesize different manifests"
}

main() {
	local tarball wheel
	test_lock
	scripts/package.sh js python
	tarball=$(echo "$ROOT"/build/packages/js/*.tgz)
	wheel=$(echo "$ROOT"/build/packages/python/*.whl)
	test_tarball "$tarball"
	test_typescript "$tarball" "$WORK/out-typescript"
	test_python "$wheel" "$WORK/out-python"
	test_same_output "$WORK/out-typescript" "$WORK/out-python"
}

main
