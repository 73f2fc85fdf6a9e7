#!/usr/bin/env bash
# go.sh <folder for the output>: uses the Go module in an empty module and runs the application.
# What the module needs and no proxy serves is generated from its npm package.
set -Eeuo pipefail
# shellcheck source=scripts/packages/common.sh
. "$ROOT/scripts/packages/common.sh"

# replace <module> <version> <folder>
replace() {
	go mod edit -require="$1@v$2" -replace="$1=$3"
}

main() {
	local out=$1 own name module least
	mkdir "$WORK/go"
	cd "$WORK/go"
	cp "$ROOT/test/package/main.go" .
	write_examples go .
	own=$(dirname "$(only "$PACKAGES"/go/*/go.mod)")
	{
		printf 'module app\n\n'
		grep '^go ' "$own/go.mod"
	} >go.mod
	replace "$(sed -n 's/^module //p' "$own/go.mod")" "$(node -p 'require(process.argv[1]).version' "$ROOT/package.json")" "$own"
	while read -r name module least; do # Go selects the least version, so the ones that this package is developed with are used
		go list -m "$module@v$least" >"$WORK/log" 2>&1 && continue
		say "Go: no proxy serves $module: generate it from the npm package"
		generate go "$ROOT/node_modules/$name"
		replace "$module" "$least" "$(dirname "$(only "$WORK/generated/$name"/go/*/go.mod)")"
	done < <(dependencies go)

	quietly go mod tidy
	say "Go: build and run with $(go list -m all | sed -nE 's,.*(cdk8splus27|/cdk8s|constructs|jsii-runtime-go)(/v[0-9]+)? (v[0-9.]+).*,\1 \3,p' | sed 's,^/,,' | paste -sd, | sed 's/,/, /g')"
	quietly go vet .
	quietly go build -o app .
	./app "$out"
	run_examples "$out" ./app examples
}

main "$@"
