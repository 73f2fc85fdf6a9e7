# shellcheck shell=bash
# Reads the list of members so that a wrong one decides nothing. It is sourced, after lib.sh.
# sets: members peers, like `members` of lib.sh; list_problem list_lacks

readonly KNOWN_MEMBERS=$VOLUME/members # the list with which this member was last open for writes

declare MEMBERS
declare -a members=() peers=()
list_problem='' list_lacks=''

# read_list: a good list into `members` and `peers`, which else keep the last good one; what is wrong with it into `list_problem`; the members
# of the list known before that it lacks into `list_lacks`.
read_list() {
	local -a listed=() known=()
	local member
	list_problem='' list_lacks=''
	if ! mapfile -t listed <"$MEMBERS"; then
		list_problem="the list of members cannot be read: $MEMBERS"
		return
	fi
	judge_list "${listed[@]}"
	[[ -z $list_problem ]] || return 0
	members=("${listed[@]}") peers=()
	for member in "${members[@]}"; do
		[[ $member == "$POD_NAME" ]] || peers+=("$member")
	done
	if [[ -e $KNOWN_MEMBERS ]]; then
		mapfile -t known <"$KNOWN_MEMBERS"
		for member in "${known[@]}"; do
			[[ " ${members[*]} " == *" $member "* ]] || list_lacks+=${list_lacks:+ }$member
		done
	fi
}

# judge_list NAME...: what is wrong with it, into `list_problem`. There is a source and at least one replica.
judge_list() {
	if (($# == 0)); then
		list_problem='the list of members is empty'
	elif [[ " $* " != *" $POD_NAME "* ]]; then
		list_problem="the list of members ($*) does not hold this pod: it was scaled by hand, or the list is an old one"
	elif (($# == 1)); then
		list_problem='the list of members holds only this pod'
	fi
}

# keep_list: the one with which this member serves as the source is known from now on.
keep_list() {
	local text
	printf -v text '%s\n' "${members[@]}"
	! read_file "$KNOWN_MEMBERS" || [[ $REPLY$'\n' != "$text" ]] || return 0
	if ! printf '%s' "$text" >"$KNOWN_MEMBERS.tmp" || ! mv --no-target-directory "$KNOWN_MEMBERS.tmp" "$KNOWN_MEMBERS"; then
		log_seldom WARNING 'cannot write the list of members to the volume, see above'
	fi
}
