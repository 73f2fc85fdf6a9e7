# shellcheck shell=bash
# How a member without data gets some. It is sourced, after survey.sh, data-directory.sh and initialise.sh, by a provision.sh that defines
# `decide`: what to do now, into `action` and `donor`, and why, into `reason`.
#   action  wait | initialise | clone
# needs: peers (lib.sh), state (survey.sh); action, donor and reason, which decide sets
# sets: action, donor, donor_host, reason
# It logs what it waits for. Where a restore is asked for, its data is copied in place of an empty data directory. An operator overrules it with a
# file on the volume:
#   provision-from          holds the name of the member whose data to take
#   provision-empty         begin with an empty data directory

readonly PAUSE=${PAUSE:-2}
readonly FROM_FILE=$VOLUME/provision-from
readonly EMPTY_FILE=$VOLUME/provision-empty

declare -a peers
declare -A state

action='' donor='' donor_host='' reason=''

# ask_all: the other members. A topology may ask for more.
ask_all() {
	survey "${peers[@]}"
}

# restore_instead: where a new history would begin, and a restore is asked for: copies what that serves, however long it takes to be there.
restore_instead() {
	local answer
	donor_host=''
	[[ $action == initialise && -e $RESTORE_FILE ]] || return 0
	read_file "$RESTORE_FILE"
	if [[ ! $REPLY =~ ^[A-Za-z0-9][A-Za-z0-9.-]*$ ]]; then
		action=wait reason="$RESTORE_FILE names no host: correct it"
		return
	fi
	action=wait reason="no member has data: waiting for the restore at $REPLY"
	if answer=$(donor_sql "$REPLY" <<<'SELECT 1' 2>&1); then
		[[ ${answer##*$'\n'} == 1 ]] || return 0
		action=clone donor_host=$REPLY donor="the restore at $REPLY" reason='no member has data'
	elif server_error "$answer"; then
		reason+=", which answers with error $REPLY"
	fi
}

# donor_sql HOST: runs the statements of its input on the donor of a restore. Like CLONE it looks at the authority of the certificate, and not at
# the names, which are those of the members.
donor_sql() {
	local mode=REQUIRED
	[[ ! -d $TLS ]] || mode=VERIFY_CA
	timeout 10 mysql --defaults-file="$RUN/monitor.cnf" --host="$1" --port="$PORT" --ssl-mode="$mode" --batch --skip-column-names
}

# overrule: what an operator has decided.
overrule() {
	if [[ -e $EMPTY_FILE && -e $FROM_FILE ]]; then
		action=wait reason="both $EMPTY_FILE and $FROM_FILE are there: remove one"
	elif [[ -e $EMPTY_FILE ]]; then
		action=initialise reason="$EMPTY_FILE says so"
	elif read_file "$FROM_FILE"; then
		action=clone donor=$REPLY donor_host='' reason="$FROM_FILE says so"
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
			restore_instead
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
			if clone_from "$donor" "$VOLUME/clone.tmp" "$donor_host"; then
				# What it brings about replication is the donor's own. A restore has nothing of it.
				[[ -n $donor_host ]] || : >"$VOLUME/cloned"
				stop_recipient # from now on this member has data
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
