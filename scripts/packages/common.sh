#!/usr/bin/env bash
# What the scripts of this folder share. Each one tests the packages of one language, in $WORK, a folder that is removed afterwards.
# They are started by scripts/test-package.sh, which sets ROOT, PACKAGES and WORK.

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

# The one file that a pattern names.
only() {
	[[ $# == 1 && -e $1 ]] || die "one file expected, found: $*"
	printf '%s\n' "$1"
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

# write_examples <language> <folder>: the examples of docs/languages.md as programs, and one that runs them.
write_examples() {
	quietly node "$ROOT/scripts/packages/examples.mjs" "$@"
}

# run_examples <folder for the output> <command>...: runs the examples and keeps what they synthesize and print.
run_examples() {
	local out=$1-examples
	mkdir "$out"
	CDK8S_OUTDIR=$out/current "${@:2}" "$out" >"$out/printed"
}

# What this package needs beside it: a line each of its npm name, its name in the language, and the least version that is allowed.
# dependencies <language>
dependencies() {
	node - "$1" "$ROOT/package.json" "$ROOT/node_modules" <<'JS'
const [language, manifest, modules] = process.argv.slice(2);
const names = {
  java: ({ maven }) => `${maven.groupId}:${maven.artifactId}`,
  go: ({ moduleName, packageName }, name, version) => {
    const major = Number(version.split('.')[0]);
    return `${moduleName}/${packageName ?? name.replace(/[^a-z0-9]/g, '')}${major > 1 ? `/v${major}` : ''}`;
  },
};
for (const [name, range] of Object.entries(require(manifest).peerDependencies)) {
  const { version, jsii } = require(`${modules}/${name}/package.json`);
  console.log(name, names[language](jsii.targets[language], name, version), range.replace('^', ''));
}
JS
}

# generate <language> <npm package, in its folder node_modules>: its source in that language, in $WORK/generated/<npm package>/<language>.
generate() {
	quietly "$ROOT/node_modules/.bin/jsii-pacmak" "$2" \
		--code-only --no-npmignore --outdir "$WORK/generated/${2##*/}" --target "$1"
}
