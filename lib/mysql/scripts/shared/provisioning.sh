# shellcheck shell=bash
# How a member without data gets some. It is sourced, after survey.sh, data-directory.sh and initialise.sh, by a provision.sh that defines
# `decide`: what to do now, into `action` and `donor`, and why, into `reason`.
#   action  wait | initialise | clone
# needs: peers (lib.sh), state (survey.sh); action, donor and reason, which decide sets
# sets: action, donor, reason
# It logs what it waits for. An operator overrules it with a file on the volume:
#   provision-from          holds the name of the member whose data to take
#   provision-empty         begin with an empty data directory

readonly PAUSE=${PAUSE:-2}
readonly FROM_FILE=$VOLUME/provision-from
readonly EMPTY_FILE=$VOLUME/provision-empty

declare -a peers
declare -A state

action='' donor='' reason=''

# ask_all: the other members. A topology may ask for more.
ask_all() {
	survey "${peers[@]}"
}

# overrule: what an operator has decided.
overrule() {
	if [[ -e $EMPTY_FILE && -e $FROM_FILE ]]; then
		action=wait reason="both $EMPTY_FILE and $FROM_FILE are there: remove one"
	elif [[ -e $EMPTY_FILE ]]; then
		action=initialise reason="$EMPTY_FILE says so"
	elif read_file "$FROM_FILE"; then
		action=clone donor=$REPLY reason="$FROM_FILE says so"
		if [[ $donor == *[[:space:]]* || " ${peers[*]} " != *" $donor "* ]]; then
			action=wait reason="$FROM_FILE names '$donor', which is not one of ${peers[*]}: correct it or remove it"
		elif [[ ${state[$donor]} == empty ]]; then
			action=wait reason="$FROM_FILE names $donor, which has no data: correct it or remove it"
		fi
	fi
}

# obtain: waits until it is certain what the data directory is to be, and makes it.
obtain() {
	start_recipient
	while :; do
		require_recipient
		members
		if list_is_usable; then
			ask_all
			decide
			overrule
		else
			action=wait reason="$REPLY: correct it"
		fi
		case $action in
		initialise)
			log INFO "initializing an empty data directory: $reason"
			stop_recipient
			if [[ -e $EMPTY_FILE ]]; then initialise overruled; else initialise answered; fi
			break
			;;
		clone)
			log INFO "copying the data of $donor: $reason"
			if clone_from "$donor" "$VOLUME/clone.tmp"; then
				: >"$VOLUME/cloned" # what it brings about replication is the donor's own
				stop_recipient      # from now on this member has data
				put_in_place "$VOLUME/clone.tmp"
				break
			fi
			log WARNING "the copy failed, see above: trying again"
			;;
		wait) log_change INFO "waiting: $reason" ;;
		esac
		sleep "$PAUSE"
	done
	rm -f "$FROM_FILE" "$EMPTY_FILE"
}

provision() {
	rm -rf "$VOLUME"/*.tmp
	require_certificate tls.crt tls.key ca.crt || die 'cannot start the server without a complete certificate'
	if has_data; then
		log INFO "the data directory exists: nothing to do"
		return
	fi
	write_remote_options monitor
	trap end_recipient EXIT
	trap 'exit 143' TERM INT
	obtain
	log INFO "the data directory is ready"
}
