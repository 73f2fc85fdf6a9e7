# shellcheck shell=bash disable=SC2034
# What member-state.sql tells of this pod's server. It is sourced.
# sets: the variables below

own_state='' own_role='' own_majority='' count_online='' primary_host='' super_read_only='' offline='' own_source='' own_epoch='' applier='' lag=''

readonly WHOLE_ROW='^state [01] [0-9]+ [01] [01] [0-9]+ -?[0-9]+$'

# take_row ROW: into variables. Fails when the row is not whole: nothing follows from it.
take_row() {
	local mark
	IFS=$'\t' read -r mark own_state own_role own_majority count_online primary_host super_read_only offline own_source own_epoch applier lag <<<"$1"
	[[ "$mark $own_majority $count_online $super_read_only $offline $own_epoch $lag" =~ $WHOLE_ROW ]]
}
