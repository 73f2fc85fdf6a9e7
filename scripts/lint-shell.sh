#!/usr/bin/env bash
# Checks every shell script of the repository with shellcheck and shfmt.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

mapfile -t scripts < <(git ls-files --cached --others --exclude-standard -- '*.sh' .ci/run)
bash -n "${scripts[@]}"
shellcheck "${scripts[@]}"
shfmt --diff "${scripts[@]}"
