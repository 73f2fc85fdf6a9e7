#!/usr/bin/env bash
# python.sh <folder for the output>: installs the wheel in an empty environment and runs the application and the README's example.
set -Eeuo pipefail
# shellcheck source=scripts/packages/common.sh
. "$ROOT/scripts/packages/common.sh"

main() {
	local out=$1 python=$WORK/python/bin/python
	say 'Python: install the wheel'
	quietly python3 -m venv "$WORK/python"
	quietly "$python" -m pip install --disable-pip-version-check "$(only "$PACKAGES"/python/*.whl)"
	say "Python: run with $("$python" -c \
		'import importlib.metadata, sys; print(*(f"{name} {importlib.metadata.version(name)}" for name in sys.argv[1:]), sep=", ")' \
		cdk8s cdk8s-plus-27 constructs jsii)"
	"$python" -I "$ROOT/test/package/app.py" "$out"
	"$ROOT/scripts/fence.sh" "$ROOT/README.md" package=python >"$WORK/readme.py"
	CDK8S_OUTDIR=$out-readme "$python" -I "$WORK/readme.py"
	mkdir "$WORK/python-examples"
	write_examples python "$WORK/python-examples"
	run_examples "$out" "$python" -I "$WORK/python-examples/examples.py"
	test_diff "$out" "$WORK/python/bin/cdk8s-stateful-diff"
}

main "$@"
