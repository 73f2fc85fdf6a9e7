#!/usr/bin/env bash
# fence.sh FILE TAG: prints the code block of a Markdown file that has this tag behind its language, e.g. fence.sh README.md ci=test
set -Eeuo pipefail

block=$(awk -v tag="$2" '$0 ~ "^```[a-z]+ " tag "$" { on = 1; next } on && /^```/ { exit } on' "$1")
[[ -n $block ]] || {
	echo "$1 has no code block tagged $2" >&2
	exit 1
}
printf '%s\n' "$block"
