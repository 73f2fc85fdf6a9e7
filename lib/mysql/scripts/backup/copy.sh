#!/usr/bin/env bash
# The container of a backup that makes the copy: it chooses a member, copies its data into the scratch volume, and starts the copy once, so that what
# is stored is known to start. base/backup.info says what it is; without that file nothing of it counts.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/data-directory.sh
source "${BASH_SOURCE[0]%/*}/data-directory.sh"
# shellcheck source=lib/mysql/scripts/group/donors.sh
source "${BASH_SOURCE[0]%/*}/donors.sh"
# shellcheck source=lib/mysql/scripts/backup/inert.sh
source "${BASH_SOURCE[0]%/*}/inert.sh"
# shellcheck source=lib/mysql/scripts/backup/choose-donor.sh
source "${BASH_SOURCE[0]%/*}/choose-donor.sh"
# shellcheck source=lib/mysql/scripts/backup/info.sh
source "${BASH_SOURCE[0]%/*}/info.sh"
# shellcheck source=lib/mysql/scripts/backup/own-data.sh
source "${BASH_SOURCE[0]%/*}/own-data.sh"
# shellcheck source=lib/mysql/scripts/backup/take-copy.sh
source "${BASH_SOURCE[0]%/*}/take-copy.sh"
# shellcheck source=lib/mysql/scripts/backup/prove-copy.sh
source "${BASH_SOURCE[0]%/*}/prove-copy.sh"

readonly BASE=$VOLUME/base
readonly COPY_TRIES_MAX=3
readonly REUSE_SECONDS_MAX=3600 # for how long a copy of this pod is recent

declare -a members
declare -A information=() executed state
declare donor role reason origin timeline copied_set copied_version copied_origin copied_timeline
declare -a empty_tables

taken_at='' seconds='' own_set=''

# is_made: whether this pod has made its copy already: its containers were started again.
is_made() {
	local taken
	read_info "$BASE/backup.info" information && [[ -d $BASE/data/mysql ]] || return 1
	taken=$(date --date="${information[taken_at]}" +%s) || return 1
	((EPOCHSECONDS - taken < REUSE_SECONDS_MAX))
}

# await_restored: the first backup of a timeline, FIRST_OF, waits until the data that a restore made is open for writes; that may take as long as members
# take to copy it. There is none of a timeline that the restore did not begin, since members had data.
await_restored() {
	[[ -n ${FIRST_OF-} ]] || return 0
	while :; do
		members
		ask_members
		find_donors
		if [[ -n $writer ]] && ask_donor "$writer"; then
			[[ $timeline != "$FIRST_OF" ]] || return 0
			be_inert "the data of $writer is of the timeline $timeline: nothing was restored"
		fi
		log_seldom INFO 'waiting until the restored data is open for writes'
		sleep "$PAUSE"
	done
}

# all_transactions: those that any member has, or has received, into `own_set`.
all_transactions() {
	local member
	own_set=''
	for member in "${members[@]}"; do
		[[ ${state[$member]} != data ]] || own_set+=${own_set:+,}$(known_transactions "$member")
	done
}

# copy_a_member: one that may be copied, into clone.tmp.
copy_a_member() {
	local try start
	for ((try = 1; try <= COPY_TRIES_MAX; try++)); do
		require_recipient
		choose_donor
		all_transactions
		require_own_data recipient_sql "$timeline" "$origin" "$own_set"
		log INFO "copying the data of $donor: $reason"
		start=$SECONDS
		if take_copy "$donor" "$VOLUME/clone.tmp"; then
			printf -v taken_at '%(%FT%TZ)T' -1 # nothing in it was committed later
			seconds=$((SECONDS - start))
			return
		fi
		sleep "$PAUSE"
	done
	die "no copy was made in $COPY_TRIES_MAX tries, see above: nothing was stored"
}

# require_whole: what the copy says of itself is what its donor had, and is all there.
require_whole() {
	local list table
	if ((${#empty_tables[@]} > 0)); then
		printf -v list '%s, ' "${empty_tables[@]}"
		table=${empty_tables[0]% (*}
		die "these tables are not InnoDB, and a copy has none of their rows: ${list%, }; nothing was stored. Change each, as in ALTER TABLE \`${table%%.*}\`.\`${table#*.}\` ENGINE = InnoDB, or drop it"
	fi
	is_subset recipient_sql "${executed[$donor]}" "$copied_set" ||
		die "the copy of $donor holds $copied_set, but $donor had ${executed[$donor]} before: nothing was stored"
	require_own_data recipient_sql "$copied_timeline" "$copied_origin" "$own_set,${copied_set#-}"
}

describe_copy() {
	local id bytes
	new_id
	id=$REPLY
	bytes=$(du --summarize --bytes "$BASE/data") || die "the size of the copy cannot be read, see above"
	sync --file-system "$BASE"
	write_info "$BASE/backup.info" format 1 kind base id "$id" cluster "$CLUSTER" timeline "$copied_timeline" origin "$copied_origin" \
		executed "$copied_set" taken_at "$taken_at" donor "$donor" role "$role" version "$copied_version" bytes "${bytes%%[!0-9]*}" seconds "$seconds" ||
		die "cannot write $BASE/backup.info, see above"
	log INFO "the copy of $donor is base $id: ${bytes%%[!0-9]*} bytes, timeline $copied_timeline, $copied_set"
}

end_all() {
	end_take
	end_copy
	end_recipient
}

copy() {
	export TZ=UTC
	rm -rf "$VOLUME"/*.tmp
	if is_made; then
		log INFO "the copy exists: base ${information[id]} of ${information[donor]}, taken at ${information[taken_at]}"
		return
	fi
	rm -rf "$BASE"
	end_if_marked
	[[ -d $KNOWN ]] || die "$KNOWN is missing, which look.sh makes: nothing is known of the store"
	require_room
	write_remote_options monitor || die 'cannot ask the members without the password of monitor and the certificate'
	trap 'exit 143' TERM INT
	await_restored
	trap end_all EXIT
	start_recipient 127.0.0.1
	limit_bandwidth
	copy_a_member
	prove_copy "$VOLUME/clone.tmp"
	require_whole
	stop_recipient
	mkdir -p "$BASE"
	mv --no-target-directory "$VOLUME/clone.tmp" "$BASE/data"
	describe_copy
}

is_sourced || copy
