# shellcheck shell=bash disable=SC2034
# Looks for the primary of the group, with the account of Router. It is sourced, after lib.sh.
# needs: members, member_sql, read_file, server_error, login_refused of lib.sh; REPLY holds what a function answers
# sets:  primary, reason; denied and refusals of find_primary

primary='' reason=''

# While the password is refused it is not tried again at every look, since each member logs each try as a warning.
readonly DENIED_SECONDS_MIN=5 DENIED_SECONDS_MAX=60
_denied='' _denied_password='' _denied_until=0 _denied_pause=0

# find_primary: of a group that has a majority, and metadata that lists it, into `primary`; else why not, into `reason`.
find_primary() {
	local member mark state majority host listed
	local -a members=() peers=() denied=() refusals=()
	primary='' reason='no member answers that it is in a group with a primary'
	if is_denied_still; then
		reason=$_denied
		return 1
	fi
	members
	for member in "${members[@]}"; do
		mark='' state='' majority=0 host=- listed=''
		# The second line is missing when there is no metadata.
		{
			IFS=$'\t' read -r mark state majority host
			IFS= read -r listed
		} < <(member_sql router "$member" <"$SQL/group-state.sql" 2>"$RUN/error") || true
		read_file "$RUN/error" || true
		if [[ $mark != group ]]; then
			note_refusal "$member" "$REPLY"
			continue
		fi
		_denied='' _denied_pause=0
		[[ $state == ONLINE && $majority == 1 && $host != - ]] || continue
		judge_metadata "$member" "$listed" "$REPLY" "${host%%.*}"
		return
	done
	if ((${#denied[@]} > 0)); then
		reason="${denied[*]} do not let the account router in with the password of the Secret: Deployment $ADOPTION makes the account, and says what keeps it"
		note_denial
	elif ((${#refusals[@]} > 0)); then
		reason="${refusals[0]}: Deployment $ADOPTION gives the account router what it needs, and says what keeps it"
	fi
	return 1
}

# note_refusal MEMBER ERROR: what a member says that lets nothing be asked, into `denied` or `refusals`; silence says nothing.
note_refusal() {
	local REPLY
	if login_refused "$2"; then
		denied+=("$1")
	elif server_error "$2"; then
		refusals+=("$1 answers ${2%%$'\n'*}")
	fi
}

# judge_metadata MEMBER LISTED ERROR PRIMARY: whether the primary is in the metadata, as that member tells.
judge_metadata() {
	local REPLY
	if [[ $2 =~ ^[1-9][0-9]*$ ]]; then
		primary=$4 reason=''
		return
	fi
	if [[ $2 == 0 ]]; then
		reason="the metadata of InnoDB Cluster does not list $4, the primary: Deployment $ADOPTION corrects that, and says what keeps it"
	elif ! server_error "$3"; then
		reason="$1 does not say what the metadata of InnoDB Cluster lists: ${3:-no answer}"
	elif [[ $REPLY == 1049 || $REPLY == 1146 ]]; then # no such database, no such table
		reason="the group has no metadata of InnoDB Cluster, without which Router knows no member: Deployment $ADOPTION has it written, and says what keeps it"
	else
		reason="$1 answers ${3%%$'\n'*}: Deployment $ADOPTION gives the account router what it needs, and says what keeps it"
	fi
	return 1
}

# is_denied_still: whether the password was refused just now, and is the same.
is_denied_still() {
	[[ -n $_denied ]] || return
	read_file "$SECRETS/router-password" || true
	if [[ $REPLY != "$_denied_password" ]]; then
		_denied='' _denied_pause=0
		return 1
	fi
	((SECONDS < _denied_until))
}

# note_denial: `reason`, and for how long it is taken as it is.
note_denial() {
	read_file "$SECRETS/router-password" || true
	_denied=$reason _denied_password=$REPLY
	_denied_pause=$((_denied_pause == 0 ? DENIED_SECONDS_MIN : _denied_pause * 2 < DENIED_SECONDS_MAX ? _denied_pause * 2 : DENIED_SECONDS_MAX))
	_denied_until=$((SECONDS + _denied_pause))
}
