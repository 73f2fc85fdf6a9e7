# shellcheck shell=bash disable=SC2034
# What member-state.sql tells of this pod's server. It is sourced.
# sets: the variables below; REPLY

own_state='' own_role='' own_majority='' count_online='' primary_host='' super_read_only='' offline='' own_source='' own_epoch='' applier='' lag='' heard=''
quiet=0 # for how many seconds the group has agreed on nothing, as the guard saw it

readonly WHOLE_ROW='^state [01] [0-9]+ [01] [01] [0-9]+ -?[0-9]+$'

readonly QUIET_FENCE_SECONDS=5 # for which a group may agree on nothing

readonly QUICK_SECONDS=${QUICK_SECONDS:-15} # for which a change of the group is followed closely
readonly QUICK_PAUSE=0.1                    # between two looks meanwhile

quick_until=0 group_seen=''

# heed_group: has the group followed closely for a while when it is not as it was at the last look: an election is a second away.
heed_group() {
	[[ "$count_online $own_role $own_majority" != "$group_seen" ]] || return 0
	[[ -z $group_seen ]] || quick_until=$((SECONDS + QUICK_SECONDS))
	group_seen="$count_online $own_role $own_majority"
}

# between_looks PAUSE: how long to rest now, into REPLY. Outside of a group each look asks all members: not more often.
between_looks() {
	REPLY=$1
	[[ $own_state != ONLINE ]] || ((SECONDS >= quick_until)) || REPLY=$QUICK_PAUSE
}

# take_row ROW: into variables. Fails when the row is not whole: nothing follows from it.
take_row() {
	local mark
	IFS=$'\t' read -r mark own_state own_role own_majority count_online primary_host super_read_only offline own_source own_epoch applier lag heard quiet <<<"$1"
	quiet=${quiet:-0}
	[[ "$mark $own_majority $count_online $super_read_only $offline $own_epoch $lag" =~ $WHOLE_ROW ]]
}
