# shellcheck shell=bash disable=SC2034
# Reads information files of a store: lines `KEY VALUE`, of which the last one is `end`. It is sourced, after lib.sh.
# sets: information

declare -A information=()

# read_information FILE: its values, by key, into `information`; fails when it is not whole.
read_information() {
	local line
	information=()
	[[ -e $1 ]] || return 1
	while IFS= read -r line; do
		[[ $line != end ]] || return 0
		information[${line%% *}]=${line#* }
	done <"$1"
	return 1
}

# write_information FILE LINE...: whole or not at all.
write_information() {
	local file=$1
	shift
	printf '%s\n' "$@" end >"$file.new" || return
	sync "$file.new" || return
	mv --no-target-directory "$file.new" "$file"
}
