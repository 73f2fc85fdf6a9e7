# shellcheck shell=bash disable=SC2034,SC2154
# What the agent does while its server is in the group. It is sourced by agent.sh.

readonly YIELD_SECONDS=5 # until clients have found the new primary

was_primary='' yielded_at=-$YIELD_SECONDS

be_member() {
	if ((!own_majority)); then
		show_role none || true
		verdict unready 'in a group, but most of it does not answer: it takes no writes'
	elif [[ $own_role == PRIMARY ]]; then
		be_primary
	else
		be_secondary
	fi
}

be_primary() {
	if ((super_read_only)); then
		verdict unready 'elected as the primary: applying what it has received'
		return
	fi
	if [[ $own_source != "$POD_NAME" ]]; then
		record_primary || return
	fi
	[[ -n $was_primary ]] || taken_at=-$SHOW_SECONDS
	show_role primary || true # first, so that there is never nobody for clients to find
	take_role || true
	was_primary=1
	verdict ready "the primary of a group with $count_online members ONLINE"
	if ! { keep_root_password && keep_accounts && keep_recovery_password; }; then
		log_seldom 'ERROR: the accounts could not be kept, see above'
	fi
}

# record_primary: into the data, so that whoever has the data knows who acknowledged the last of it.
record_primary() {
	log "this is the primary now; before: $own_source"
	timeout 10 mysql --defaults-file="$RUN/root.cnf" <<<"INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES ('$POD_NAME', 'elected by the group')"
}

# yielding: whether this was the primary until just now.
yielding() {
	((SECONDS - yielded_at < YIELD_SECONDS))
}

# end_clients: of a primary that is none any more, and those that the network still leads here. Else they would never find the new one.
end_clients() {
	local primary=${primary_host%%.*}
	if [[ -n $was_primary ]]; then
		log "no longer the primary, ${primary/#-/nobody} is: ending the connections of clients"
		was_primary='' yielded_at=$SECONDS
	fi
	yielding || return 0
	root_sql <"$SQL/clients.sql" | root_sql --force || true
}

be_secondary() {
	end_clients
	# The new primary takes the label: to give it up before would leave clients with nobody.
	yielding || show_role secondary || true
	keep_root_password && keep_recovery_password || return
	if [[ $applier != ON ]]; then
		verdict unready "the applier is $applier"
	elif ((lag > MAX_LAG)); then
		verdict unready "more than $MAX_LAG s behind ${primary_host%%.*}"
	else
		verdict ready "a secondary, at most $MAX_LAG s behind ${primary_host%%.*}"
	fi
}
