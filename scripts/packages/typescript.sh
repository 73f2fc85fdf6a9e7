#!/usr/bin/env bash
# typescript.sh <folder for the output>: installs the npm package as the README says and runs the application and the README's example.
set -Eeuo pipefail
# shellcheck source=scripts/packages/common.sh
. "$ROOT/scripts/packages/common.sh"

expected_files() {
	local source
	printf '%s\n' .jsii API.md CHANGELOG.md LICENSE README.md bin/cdk8s-stateful bin/cdk8s-stateful-diagram bin/cdk8s-stateful-diff package.json
	cd "$ROOT"
	find lib -name '*.ts' | while read -r source; do
		printf '%s\n' "build/${source%.ts}.js" "build/${source%.ts}.d.ts"
	done
	find lib -name '*.sh' -o -name '*.sql' -o -name '*.py' -o -name '*.awk' -o -name '*.json' | sed 's,^,build/,'
}

# test_tarball <tarball>
test_tarball() {
	say 'the tarball holds the compiled library, its documents and nothing else'
	(expected_files) | LC_ALL=C sort >"$WORK/expected"
	tar -tzf "$1" | sed 's,^package/,,' | LC_ALL=C sort >"$WORK/packed"
	diff "$WORK/expected" "$WORK/packed" >&2 || die "wrong files in the tarball: '<' is missing, '>' does not belong there"
}

main() {
	local out=$1 tarball peers
	tarball=$(only "$PACKAGES"/js/*.tgz)
	test_tarball "$tarball"
	mkdir "$WORK/typescript"
	cd "$WORK/typescript"
	cp "$ROOT/test/package/app.ts" "$tarball" .
	printf '{ "private": true }\n' >package.json
	read -ra peers < <(node -p 'Object.keys(require(process.argv[1]).peerDependencies).join(" ")' "$ROOT/package.json")

	say 'TypeScript: install as the README says'
	quietly bash -Eeuo pipefail -c "$("$ROOT/scripts/fence.sh" "$ROOT/README.md" package=npm)"
	quietly npm install --no-audit --no-fund typescript@latest @types/node@latest
	say "TypeScript: compile and run with $(node -p \
		'process.argv.slice(1).map((name) => name + " " + require("./node_modules/" + name + "/package.json").version).join(", ")' \
		"${peers[@]}" typescript)"
	"$ROOT/scripts/fence.sh" "$ROOT/README.md" package=typescript >readme.ts
	write_examples ts .
	quietly node_modules/.bin/tsc --strict --skipLibCheck false --target es2022 --module node16 --types node app.ts readme.ts example-*.ts
	node app.js "$out"
	CDK8S_OUTDIR=$out-readme node readme.js
	run_examples "$out" node examples.js
	test_diff "$out" npx --no-install cdk8s-stateful-diff
}

main "$@"
