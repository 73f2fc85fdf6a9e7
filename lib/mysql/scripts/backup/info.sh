# shellcheck shell=bash disable=SC2034
# Information files: lines `KEY VALUE`, the last one of which is `end`: a file without it is not whole. It is sourced, after lib.sh.
# needs: lib.sh. SC2034: what a name leads to is read by others. REPLY holds what a function answers

# read_info FILE ARRAY: its fields into an associative array, which is empty when the file is not there or not whole.
read_info() {
	local -n fields=$2
	local key value whole=''
	fields=()
	[[ -e $1 ]] || return 1
	while read -r key value; do
		fields[${key:-end}]=$value
		whole=$key
	done <"$1"
	[[ $whole == end ]] || {
		fields=()
		return 1
	}
}

# write_info FILE [KEY VALUE]...: appears as a whole, and is on the disk then.
write_info() {
	local file=$1
	shift
	{ printf '%s %s\n' "$@" && echo end; } >"$file.new" || return
	sync "$file.new" && mv --no-target-directory "$file.new" "$file"
}

# new_id: of a base or a dump, into REPLY. Ids sort by their time.
new_id() {
	TZ=UTC printf -v REPLY '%(%Y%m%dT%H%M%SZ)T-%06x' -1 "$((SRANDOM & 0xffffff))"
}

# utc [SECONDS]: a time as the files have it, into REPLY: now, without a number.
utc() {
	TZ=UTC printf -v REPLY '%(%FT%TZ)T' "${1:--1}"
}

# is_set TEXT: whether it is a set of transactions as this library writes it, `-` for none.
is_set() {
	[[ $1 == - || $1 =~ ^[0-9a-f-]{36}:[0-9a-z_:,-]+$ ]]
}
