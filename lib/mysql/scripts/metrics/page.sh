# shellcheck shell=bash
# The page of facts, in the text format of Prometheus. It is sourced by facts.sh, after look-at-members.sh.
# https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
# needs: answers, refusal, seen, archive, leader of look-at-members.sh; longest_transaction of facts.sh; CLUSTER_NAME, MAX_LAG of the
#        environment of the pod; REPLY holds what a function answers
# sets:  seen, by more fields of each member

declare -A answers refusal seen archive
declare leader longest_transaction

readonly METRICS=cdk8s_stateful_mysql
readonly SAYS_SECONDS_MAX=20 # as old as a verdict may be for readiness (probe.sh)
readonly STARTED_SECONDS=2

page=''                # what it has so far
declare -A _seconds=() # since 1970, of times that were converted before
declare -A _started=() # of each member, as it was first seen

# metric NAME HELP: what follows are its values.
metric() {
	_metric=${METRICS}_$1
	page+="# HELP $_metric $2"$'\n'"# TYPE $_metric gauge"$'\n'
}
_metric=''

# value NUMBER [LABELS]: one that is no number is none.
value() {
	[[ $1 =~ ^-?[0-9]+(\.[0-9]+)?$ ]] || return 0
	page+="$_metric{cluster=\"$POD_NAMESPACE/$CLUSTER_NAME\"${2:+,$2}} $1"$'\n'
}

# of_members NAME HELP FIELD MEMBER...: a field of each member that answers.
of_members() {
	local member field=$3
	metric "$1" "$2"
	for member in "${@:4}"; do
		value "${seen["$member:$field"]-}" "member=\"$member\""
	done
}

# utc_seconds TIME: of a time as in 2026-11-29T02:41:07Z, into REPLY; empty where there is none.
utc_seconds() {
	REPLY=''
	[[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$ ]] || return 0
	((${#_seconds[@]} < 100)) || _seconds=()
	[[ -n ${_seconds[$1]-} ]] || _seconds[$1]=$(date --utc --date="$1" +%s)
	REPLY=${_seconds[$1]}
}

# write_members MEMBER...: what the look at them found.
write_members() {
	local member field
	local -a with_data=()
	metric members 'How many members the cluster is declared with.'
	value "$#"
	metric max_lag_seconds 'Behind by more than this a member refuses clients.'
	value "$MAX_LAG"
	metric member_answers 'Whether a server with data answers.'
	for member; do
		[[ ${answers[$member]} != data ]] || with_data+=("$member")
		[[ ${answers[$member]} == data ]] && REPLY=1 || REPLY=0
		value "$REPLY" "member=\"$member\""
	done
	metric member_refuses_password 'Whether the server does not take the password of the account metrics.'
	for member; do
		[[ ${refusal[$member]} == 1045 ]] && REPLY=1 || REPLY=0
		value "$REPLY" "member=\"$member\""
	done
	of_each 'member_state' 'What the agent says that the member is: 1 for its state.' verdict state "${with_data[@]}"
	of_each 'member_role' 'What the member is by its own server: 1 for its role.' role role "${with_data[@]}"
	of_each 'member_info' 'The version of the server.' version version "${with_data[@]}"
	for member in "${with_data[@]}"; do
		judge "$member"
	done
	of_members member_ready 'Whether the agent says that the member may be used.' ready "${with_data[@]}"
	of_members member_agent_silent_seconds 'For how long the agent has said nothing.' silent "${with_data[@]}"
	of_members member_fenced 'Whether it refuses the clients of applications.' fenced "${with_data[@]}"
	of_members member_open_for_writes 'Whether clients of applications can write to it.' open "${with_data[@]}"
	of_members member_errant_transactions 'How many transactions it has that the one to which writes go does not have.' errant_count "${with_data[@]}"
	of_members member_missing_transactions 'How many transactions it lacks that the one to which writes go has.' missing_count "${with_data[@]}"
	of_members member_lag_seconds 'How old its data is.' lag "${with_data[@]}"
	of_members member_queue_transactions 'How many transactions it has received and not applied.' queue "${with_data[@]}"
	of_members member_online_count 'How many members are ONLINE in its view; of a source how many replicas read its log.' online "${with_data[@]}"
	of_members member_majority 'Whether it reaches more than half of its group.' majority "${with_data[@]}"
	of_members member_receiver_running 'Whether its receiver runs, where it has one.' receiver_runs "${with_data[@]}"
	of_members member_applier_running 'Whether its applier runs, where it has one.' applier_runs "${with_data[@]}"
	of_members member_replication_error 'The number of the last error of receiver or applier, 0 for none.' error "${with_data[@]}"
	of_members member_volume_free_bytes 'How much of its volume is free.' free "${with_data[@]}"
	of_members member_volume_used_ratio 'How much of its volume is used.' used "${with_data[@]}"
	of_members member_certificate_not_after_timestamp_seconds 'Until when its certificate is valid.' certificate "${with_data[@]}"
	of_members member_start_timestamp_seconds 'When the server started.' started "${with_data[@]}"
}

# of_each NAME HELP FIELD LABEL MEMBER...: 1 for the word that a field has.
of_each() {
	local member word
	metric "$1" "$2"
	for member in "${@:5}"; do
		word=${seen["$member:$3"]}
		[[ ! $word =~ ^[A-Za-z0-9._-]{2,}$ ]] || value 1 "member=\"$member\",$4=\"$word\""
	done
}

# judge MEMBER: what follows from what it answered, as fields of its own.
judge() {
	local at=${seen["$1:says_at"]} clock=${seen["$1:clock"]} side
	((at > 0)) || at=${seen["$1:started"]%%.*} # it has said nothing since its server started
	seen["$1:silent"]=$((clock > at ? clock - at : 0))
	seen["$1:ready"]=0
	[[ ${seen["$1:word"]} != ready ]] || ((seen["$1:silent"] > SAYS_SECONDS_MAX)) || seen["$1:ready"]=1
	# What a server says of it may differ by a second from one time to the next, and would look like a start.
	side=$((seen["$1:started"] - ${_started[$1]:-0}))
	((${side#-} <= STARTED_SECONDS)) || _started[$1]=${seen["$1:started"]}
	seen["$1:started"]=${_started[$1]}
	seen["$1:open"]=$((seen["$1:closed"] == 0 && seen["$1:fenced"] == 0))
	seen["$1:used"]=''
	if [[ ${seen["$1:disk"]} =~ ^([0-9]+)%$ ]]; then
		printf -v "seen[$1:used]" '%d.%02d' "$((BASH_REMATCH[1] / 100))" "$((BASH_REMATCH[1] % 100))"
	fi
	seen["$1:certificate"]=${seen["$1:expires"]}
	((seen["$1:certificate"] > 0)) || seen["$1:certificate"]=''
	for side in receiver applier; do
		case ${seen["$1:$side"]} in
		ON) seen["$1:${side}_runs"]=1 ;;
		-) seen["$1:${side}_runs"]='' ;;
		*) seen["$1:${side}_runs"]=0 ;;
		esac
	done
	# A source has no receiver, whatever is left of one from before.
	[[ ${seen["$1:role"]} != source ]] || seen["$1:receiver_runs"]='' seen["$1:applier_runs"]=''
}

# write_cluster: what is known of the whole.
write_cluster() {
	metric promotion_timestamp_seconds 'When the member to which writes go took over, 0 where it always was.'
	[[ -z $leader ]] || value "${seen["$leader:promoted_at"]}"
	metric promotions_total 'How many members have taken over since the cluster began.'
	[[ -z $leader ]] || value "${seen["$leader:epoch"]}"
	metric longest_transaction_seconds 'For how long the oldest open transaction of the member to which writes go is open.'
	value "$longest_transaction"
}

# write_archive: nothing where there is none, or nobody heard of it.
write_archive() {
	local word=${archive[state]-}
	metric archive_said_timestamp_seconds 'When the archive of binary logs last said what follows.'
	value "${archive[at]-}"
	metric archive_ready 'Whether the archive keeps what it promises.'
	[[ ${archive[word]-} == ready ]] && REPLY=1 || REPLY=0
	[[ -z $word ]] || value "$REPLY"
	metric archive_state 'What the archive says that it is: 1 for its state.'
	[[ ! $word =~ ^[A-Z_]+$ ]] || value 1 "state=\"$word\""
	metric archive_recoverable_until_timestamp_seconds 'Up to when all can be restored.'
	utc_seconds "${archive[until]-}"
	value "$REPLY"
	metric archive_volume_free_bytes 'How much of the volume of the archive is free.'
	value "${archive[free]-}"
	metric backup_proven_last_timestamp_seconds 'When the newest proven backup was made.'
	utc_seconds "${archive[base_at]-}"
	value "$REPLY"
	metric backup_proven_count 'How many proven backups there are.'
	value "${archive[bases]-}"
	metric backup_last_bytes 'How big the data of the newest proven backup is.'
	value "${archive[base_bytes]-}"
	metric backup_bytes 'How big the data of all proven backups is.'
	value "${archive[bytes]-}"
	[[ -n $word ]] || return 0
	metric drill_passed_timestamp_seconds 'When a drill last restored a backup and passed, 0 for never.'
	utc_seconds "${archive[drill_passed_at]}"
	value "${REPLY:-0}"
	metric drill_failed_timestamp_seconds 'When a drill last failed, 0 for never.'
	utc_seconds "${archive[drill_failed_at]}"
	value "${REPLY:-0}"
}
