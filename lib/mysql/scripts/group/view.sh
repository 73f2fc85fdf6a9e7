# shellcheck shell=bash disable=SC2034
# What members say of the group. It is sourced, after survey.sh.
# needs: state, epoch, recorded, received, executed, more (survey.sh)
# sets: the arrays below; the callers' online, primary, with_data, empty and silent
declare -A state epoch recorded received executed more
declare -a online with_data empty silent
declare primary

readonly DEFAULT_SOURCE=- # before the first election there was no primary

declare -A member_state=() member_role=() has_majority=() listed=() joining=() fenced=()

# view MEMBER...: asks them, see survey.sh; what they say of the group into the arrays above.
#   member_state  ONLINE, RECOVERING, OFFLINE, ERROR, CHANGING (see survey.sql); - when it has no data or is silent
#   listed        the members that it lists, separated by commas
#   joining       those of them that are RECOVERING
#   fenced        1 when it lets no clients in
view() {
	local member
	survey "$@"
	for member in "$@"; do
		IFS=$'\t' read -r member_state["$member"] member_role["$member"] has_majority["$member"] listed["$member"] joining["$member"] \
			fenced["$member"] <<<"${more[$member]:--$'\t'-$'\t'0$'\t'-$'\t'-$'\t'0}"
		[[ ${state[$member]} == data ]] || member_state[$member]=-
	done
}

# in_group MEMBER: whether it is in a group that works.
in_group() {
	[[ ${member_state[$1]} == ONLINE && ${has_majority[$1]} == 1 ]]
}

# in_no_group MEMBER: whether it answers that it is in no group. One that is CHANGING still speaks to one.
in_no_group() {
	[[ ${state[$1]-silent}:${member_state[$1]-} == @(data:OFFLINE|data:ERROR|empty:*) ]]
}

# group_members MEMBER...: those of them that are in a group that works into the array `online`, its primary, if it is one of them, into
# `primary`.
group_members() {
	local member
	online=() primary=''
	for member in "$@"; do
		in_group "$member" || continue
		online+=("$member")
		[[ ${member_role[$member]} != PRIMARY ]] || primary=$member
	done
}

# by_data MEMBER...: the names of those with data, without any, and silent ones, into arrays.
by_data() {
	local member
	with_data=() empty=() silent=()
	for member in "$@"; do
		case ${state[$member]} in
		data) with_data+=("$member") ;;
		empty) empty+=("$member") ;;
		*) silent+=("$member") ;;
		esac
	done
}

# other_history COMMAND CHOSEN MEMBER...: whether one of them knows of a promotion that CHOSEN does not, though that has the numbers of all its transactions:
# then numbers were given twice. What it knows, into REPLY. Not while CHOSEN has not applied all that it received, which may tell of it. COMMAND runs SQL
# of its input on any server.
other_history() {
	local chosen=$2 member
	is_subset "$1" "${received[$chosen]}" "${executed[$chosen]}" || return 1
	shift 2
	for member in "$@"; do
		if ((epoch[$member] > epoch[$chosen])) || [[ ${epoch[$member]} == "${epoch[$chosen]}" && ${recorded[$member]} != "${recorded[$chosen]}" ]]; then
			REPLY="$member knows of promotion ${epoch[$member]}, of ${recorded[$member]}; $chosen, which has as many transactions, does not"
			return 0
		fi
	done
	return 1
}
