# shellcheck shell=bash disable=SC2034
# Compares what this member has with what others have, while it is in no group. It is sourced, after view.sh and transactions.sh.
# needs: executed, purged (survey.sh), most_advanced (transactions.sh), with_data, online, primary, unapplied (observe.sh)
# sets: conflict (transactions.sh), errant, donor (observe.sh)
declare -a with_data online
declare -A executed purged
declare most_advanced primary unapplied errant donor

readonly UNKNOWN_COLUMN=1054 # an error of the server

# compare_members: which of all those with data has most; fails when the server does not say.
compare_members() {
	local status=0
	most_advanced root_sql "${with_data[@]}" || status=$?
	((status < 2)) || return
	((status != 0)) || ! other_history root_sql "$most_advanced" "${with_data[@]}" || conflict=$REPLY
}

# compare_with_group: of the members in `online`; fails when the server does not say.
compare_with_group() {
	local member known status
	known=$(known_transactions "$POD_NAME")
	for member in "${online[@]}"; do
		errant=$(subtract root_sql "$known" "$(known_transactions "$member")") || return
		[[ -n $errant ]] || break
	done
	[[ -n $errant || -n $unapplied || -z $primary ]] || compare_history || return
	for member in "${online[@]}"; do
		status=0
		is_subset root_sql "${purged[$member]}" "${executed[$POD_NAME]}" || status=$?
		((status < 2)) || return
		((status == 1)) || { donor=$member && return; }
	done
}

# compare_history: whether the group's history is that of this member, also where it gave numbers of transactions again (I11); else what of this member is
# not in it, into errant. Fails when the primary does not say.
compare_history() {
	local own=$'0\t-\t0' promotion source at answer mark known after
	answer=$(root_sql <<<"SELECT id, source, UNIX_TIMESTAMP(promoted_at) FROM cdk8s_stateful.promotions ORDER BY id DESC LIMIT 1") || return
	IFS=$'\t' read -r promotion source at <<<"${answer:-$own}"
	read_file "$SQL/history.sql"
	if ! answer=$(member_sql monitor "$primary" <<<"SET @promotion = $promotion, @source = '$source', @promoted_at = $at; $REPLY" 2>&1); then
		server_error "$answer" && [[ $REPLY == "$UNKNOWN_COLUMN" ]] # that of an earlier version of this library
		return
	fi
	IFS=$'\t' read -r mark known after <<<"${answer##*$'\n'}"
	[[ $mark$known == history[01] ]] || return
	if ((!known)); then
		is_subset root_sql "${executed[$POD_NAME]}" "${executed[$primary]}" || return # it has not applied that yet
		errant="since promotion $promotion, of $source"
	elif [[ $after != - ]]; then
		errant=$(subtract root_sql "${executed[$POD_NAME]}" "$after")
	fi
}
