# shellcheck shell=bash
# What member-state.sql tells of a server. It is sourced.
# sets: one variable for each column of member-state.sql, by take_state: super_read_only read_only_now offline own_epoch own_source promotion_age
#   followed receiver receiver_error heard applier applier_error lag drained followers own_executed own_committed own_received promoting

readonly WHOLE_STATE='^[01] [01] [01] [0-9]+ -?[0-9]+ [0-9]+ -?[0-9]+ [0-9]+ -?[0-9]+ [01] [0-9]+ [01]$'

# take_state ROW: into variables. A row that is not whole is none: nothing follows from it.
# shellcheck disable=SC2034 # they are what it sets
take_state() {
	IFS=$'\t' read -r super_read_only read_only_now offline own_epoch own_source promotion_age followed receiver receiver_error heard \
		applier applier_error lag drained followers own_executed own_committed own_received promoting <<<"$1"
	[[ "$super_read_only $read_only_now $offline $own_epoch $promotion_age $receiver_error $heard $applier_error $lag $drained \
$followers $promoting" =~ $WHOLE_STATE ]]
}
