# shellcheck shell=bash disable=SC2034
# What the archive has done, on its volume; and what the store had when it was last looked at. It is sourced, after info.sh.
# A file `position` says which log file of the server was the last one that became a file of the archive, and what it has with it:
#   timeline, origin     of the data
#   chain, chain_start   logs of a chain follow each other without a gap
#   sequence             number of the last file of the archive in the timeline
#   file                 of the server, `-` for none
#   base                 the set with which the server's logs begin
#   end_set              the set after the last file
#   missing              what lies between the end of the chain before and the start of this one, as long as no base has it
#   settings             of the receiver
#   sources              servers that lacked nothing of the timeline when they were compared: what is received of them may become a file
#   reset                1 when the server's logs are to be dropped and received anew after end_set
# needs: lib.sh, info.sh
# sets:  position, stored, origins, known_at, newest

readonly POSITION=$VOLUME/position KNOWN=$VOLUME/known
readonly POSITION_KEYS=(timeline origin chain chain_start sequence file base end_set missing settings sources reset)

declare -A position=() newest=()
stored='' origins='' known_at=''

# write_position [KEY VALUE]...: with these changes.
write_position() {
	local key
	local -a lines=()
	while (($# > 0)); do
		position[$1]=$2
		shift 2
	done
	for key in "${POSITION_KEYS[@]}"; do
		lines+=("$key" "${position[$key]:--}")
	done
	write_info "$POSITION" "${lines[@]}"
}

# read_position: nothing when there is none.
read_position() {
	read_info "$POSITION" position || true
	[[ ! -e $POSITION || -n ${position[timeline]-} ]] || die "$POSITION is damaged: examine it; without it the archive goes on after the newest log in the store"
}

# store_is_known: whether ship.sh has said what the store has.
store_is_known() {
	[[ -e $KNOWN/.complete ]]
}

# read_known TIMELINE: what the store has of it: all sets into `stored`, all origins into `origins`, the last log into `newest`.
read_known() {
	local file
	local -A info
	stored='' origins='' newest=()
	for file in "$KNOWN"/bases/*.info "$KNOWN/logs/$1"/*.info "$KNOWN/state/$1"; do
		if ! read_info "$file" info || [[ ${info[timeline]-} != "$1" ]]; then
			continue
		fi
		note_set "${info[executed]-}"
		note_set "${info[end_set]-}"
		[[ ${info[origin]:--} == - ]] || origins+=" ${info[origin]}"
		[[ ${info[kind]} != 'log' || ${info[name]} < "${newest[name]-}" ]] || read_info "$file" newest
	done
	known_at=$(stat --format=%Y "$KNOWN/.complete" 2>/dev/null) || true
}

note_set() {
	! is_set "${1:--}" || [[ ${1:--} == - ]] || stored+=,$1
}

# covering_base TIMELINE SET: a proven base that has it, its id into REPLY.
covering_base() {
	local file
	local -A info
	for file in "$KNOWN"/bases/*.info; do
		if ! read_info "$file" info || [[ ${info[timeline]-} != "$1" ]] || ! is_set "${info[executed]-}"; then
			continue
		fi
		ask "SELECT 'covers', GTID_SUBSET('${2#-}', '${info[executed]#-}');" || return 2
		[[ $REPLY != covers$'\t'1 ]] || {
			REPLY=${info[id]-}
			return 0
		}
	done
	return 1
}
