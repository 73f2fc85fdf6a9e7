# shellcheck shell=bash
# Whether the running data contains what the store has of its timeline. Where it does not, it is other data of the same name: nothing is stored beside
# what is there, and nothing is deleted. It is sourced, after transactions.sh and info.sh.
# needs: read_info (info.sh)
declare -A information=() # the file that is looked at

readonly KNOWN=$VOLUME/known # what look.sh found in the store

# require_own_data COMMAND TIMELINE ORIGIN SET: of the running data its timeline, its first promotion and all its transactions. COMMAND runs SQL of
# its input on any server.
require_own_data() {
	local command=$1 timeline=$2 origin=$3 own=$4 file
	[[ $timeline =~ ^[a-z0-9][a-z0-9.-]*$ ]] || die "the data says that its timeline is '$timeline', which is no name: correct the table cdk8s_stateful.timelines"
	for file in "$KNOWN"/bases/*.info "$KNOWN/logs/$timeline"/*.info; do
		[[ -e $file ]] || continue
		read_info "$file" information || die "$file is not whole: look at the object of that name in the store"
		[[ ${information[timeline]} == "$timeline" ]] || continue
		require_contained "$command" "$origin" "$own"
	done
	if read_info "$KNOWN/state/$timeline" information && [[ ${information[state]} == FOREIGN ]]; then
		foreign "the archive says so (state/$timeline in the store)"
	fi
}

# require_contained COMMAND ORIGIN SET: what `information` tells of.
require_contained() {
	local theirs=${information[origin]--} set=${information[executed]-${information[end_set]--}} rest
	local name="${information[kind]} ${information[id]-${information[name]-}}"
	if [[ $theirs == */* && $2 == */* && ${theirs%%/*} == "${2%%/*}" && ${theirs//[^0-9\/]/} != "${2//[^0-9\/]/}" ]]; then
		foreign "the first promotion of $name is $theirs, that of the running data is $2: one of them was initialized anew"
	fi
	rest=$(subtract "$1" "$set" "$3") || die "the transactions of $name ($set) cannot be compared with those of the members, see above"
	[[ -z $rest ]] || foreign "$name holds the transactions $rest, which no member has"
}

foreign() {
	die "FOREIGN: the running data does not contain what the store has of its timeline: $1; nothing is stored and nothing deleted. \
To go back to what the store has, restore it; to go on with the running data, give its backups another prefix"
}
