#!/usr/bin/env bash
# The init container of a member of a source and its replicas: sees to it that there is a data directory, and never replaces one.
#   a replica without data  copies that of the source
#   the source without data copies that of its most advanced replica; only when every replica says that it has none either, it begins
#                           with an empty one
# What it waits for, it says. A person who knows more says so with a file on the volume:
#   provision-from          holds the name of the member whose data to take
#   provision-empty         begin with an empty data directory
# shellcheck source=lib/mysql/scripts/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"

readonly PAUSE=${PAUSE:-2}
readonly FROM_FILE=$VOLUME/provision-from
readonly EMPTY_FILE=$VOLUME/provision-empty

# decide: what to do now, into `action` and `donor`, and why, into `reason`.
#   action  wait | initialise | clone
decide() {
	local -a with_data=() silent=()
	local peer
	action=wait donor='' reason=''
	for peer in "${peers[@]}"; do
		case ${state[$peer]} in
		data) with_data+=("$peer") ;;
		silent) silent+=("$peer") ;;
		esac
	done
	latest_promotion "${peers[@]}"
	if [[ $latest_source != "$POD_NAME" ]]; then
		decide_as_replica
	elif ((${#with_data[@]} == 0 && ${#silent[@]} == 0)); then
		action=initialise reason="this is the source, and all ${#peers[@]} other members say that they have no data"
	else
		decide_as_source
	fi
}

decide_as_replica() {
	donor=$latest_source
	case ${state[$donor]-silent} in
	data)
		if [[ ${read_only[$donor]} == 1 ]]; then
			reason="the source $donor is not writable yet"
		else
			action=clone reason="$donor is the source"
		fi
		;;
	empty) reason="the source $donor has no data yet" ;;
	*) reason="the source $donor does not answer" ;;
	esac
}

decide_as_source() {
	local cure="to go on all the same, write a member's name into $FROM_FILE, or make $EMPTY_FILE to begin with nothing"
	if ((${#silent[@]} > 0)); then
		reason="this is the source and its disk is empty; ${silent[*]} may have the data and does not answer; $cure"
	elif ! most_advanced recipient_sql "${with_data[@]}"; then
		reason="the replicas have different data: $conflict; choose one: $cure"
	elif ! is_subset recipient_sql "${received[$most_advanced]}" "${executed[$most_advanced]}"; then
		reason="$most_advanced is the most advanced replica and still applies what it has received"
	else
		action=clone donor=$most_advanced
		reason="this is the source and its disk is empty; of the members with data (${with_data[*]}) $donor is the most advanced: ${executed[$donor]}"
	fi
}

# overrule: what a person has decided.
overrule() {
	if [[ -e $EMPTY_FILE ]]; then
		action=initialise reason="$EMPTY_FILE says so"
	elif read_file "$FROM_FILE"; then
		action=clone donor=$REPLY reason="$FROM_FILE says so"
		[[ " ${peers[*]} " == *" $donor "* ]] || die "$FROM_FILE names '$donor', which is none of ${peers[*]}"
	fi
}

# obtain: waits until it is certain what the data directory is to be, and makes it.
obtain() {
	start_recipient
	while :; do
		require_recipient
		members
		survey "${peers[@]}"
		decide
		overrule
		case $action in
		initialise)
			log "initialising an empty data directory: $reason"
			stop_recipient
			initialise
			break
			;;
		clone)
			log "copying the data of $donor: $reason"
			if clone_from "$donor" "$VOLUME/clone.tmp"; then
				: >"$VOLUME/cloned" # what it brings about replication is the donor's own
				put_in_place "$VOLUME/clone.tmp"
				stop_recipient
				break
			fi
			log "the copy failed, see above: trying again"
			;;
		wait) log_change "waiting: $reason" ;;
		esac
		sleep "$PAUSE"
	done
	rm -f "$FROM_FILE" "$EMPTY_FILE"
}

main() {
	rm -rf "$VOLUME"/*.tmp
	if has_data; then
		log "there is a data directory: nothing to do"
		return
	fi
	write_remote_options monitor
	trap end_recipient EXIT
	trap 'exit 143' TERM INT
	obtain
	log "the data directory is there"
}

is_sourced || main
