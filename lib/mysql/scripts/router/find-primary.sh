# shellcheck shell=bash disable=SC2034
# Looks for the primary of the group, with the account of Router. It is sourced, after lib.sh.

# find_primary: of a group that has a majority, and metadata that lists it, into `primary`; else why not, into `reason`.
find_primary() {
	local member mark state majority host listed error
	local -a members=() peers=() denied=()
	primary='' reason='no member answers that it is in a group with a primary'
	members
	for member in "${members[@]}"; do
		mark='' state='' majority=0 host=- listed=''
		# The second line is missing when there is no metadata.
		{
			IFS=$'\t' read -r mark state majority host
			IFS= read -r listed
		} < <(member_sql router "$member" <"$SQL/group-state.sql" 2>"$RUN/error") || true
		if [[ $mark != group ]]; then
			read_file "$RUN/error" || true
			! login_refused "$REPLY" || denied+=("$member")
			continue
		fi
		[[ $state == ONLINE && $majority == 1 && $host != - ]] || continue
		if [[ -z $listed ]]; then
			reason="the group has no metadata of InnoDB Cluster, without which Router knows no member: Deployment $ADOPTION has it written, and says what keeps it"
		elif [[ $listed == 0 ]]; then
			reason="the metadata of InnoDB Cluster does not list ${host%%.*}, the primary: Deployment $ADOPTION has that mended, and says what keeps it"
		else
			primary=${host%%.*} reason=''
			return
		fi
		return 1
	done
	if ((${#denied[@]} > 0)); then
		reason="${denied[*]} do not let the account router in with the password of the Secret: Deployment $ADOPTION makes it, and says what keeps it"
	fi
	return 1
}
