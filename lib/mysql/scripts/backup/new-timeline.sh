# shellcheck shell=bash
# Makes restored data that of a new cluster: its accounts, its timeline, its first member. It is sourced, after plan.sh and data-directory.sh.
# needs: base, until_kind, until_value (plan.sh)
declare base until_kind until_value

# open_timeline FIRST_MEMBER: nothing of it is in a binary log: all members copy it from the first one.
open_timeline() {
	local group_name id limit
	read -r group_name </proc/sys/kernel/random/uuid
	accounts_of_today >"$RUN/accounts.sql" || die 'cannot write the statements for the accounts, see above'
	read_file "$SQL/open-timeline.sql"
	id=$(sql_literal "$RESTORE_ID")
	limit=$(sql_literal "${until_kind}${until_value:+ $until_value}")
	printf '%s\n' "SET @timeline = $id, @base = '$base', @until = $limit,\
 @group_name = '$group_name', @first = '$1';" "$REPLY" >>"$RUN/accounts.sql"
	root_sql <"$RUN/accounts.sql" || die "the data cannot be made that of the timeline $RESTORE_ID, see above"
	rm -f "$RUN/accounts.sql"
	log INFO "opened the timeline $RESTORE_ID, whose group is $group_name and whose first member is $1"
}

# accounts_of_today: the statements that give the accounts of the cluster what they may do, and the passwords that the Secret has now: also those
# that the backup has.
accounts_of_today() {
	local file
	for file in "$SQL"/accounts.sql "$SQL"/*-accounts.sql; do # of the topology
		[[ ! -e $file ]] || fill_in "$file" || return
	done
	for file in "$SQL"/accounts.sql "$SQL"/*-accounts.sql; do
		[[ ! -e $file ]] || fill_in <(sed -n "s/^CREATE USER IF NOT EXISTS \(.* BY <.*>;\)$/ALTER USER \1/p" "$file") || return
	done
}
