# shellcheck shell=bash disable=SC2034
# One look at all members: each is asked at the same time, for a few seconds at most, whatever becomes of it. It is sourced, after lib.sh.
# The account may read performance_schema.* and cdk8s_stateful.promotions, and passes the fence (CONNECTION_ADMIN).
# needs: RUN/ACCOUNT.cnf, as write_remote_options of lib.sh writes it; RUN/former.cnf, where there is one, has a password that was taken before
# sets:  answers, refusal, seen, archive, topology, leader
#   answers[MEMBER]   data      a server with data answers
#                     empty     a member that has no data and waits for some
#                     refuses   a server answers with an error; refusal[MEMBER] is its number, 1045 when it does not take the password. It is that
#                               too when a server with data takes the former one alone
#                     silent    nobody answers: it may be away, frozen, or cut off
#   seen[MEMBER:FIELD] of a member that answers with data, with `-` where there is nothing:
#     role            primary, secondary, source, replica or none, by its own server
#     state           of a group ONLINE, RECOVERING, OFFLINE, ERROR, UNREACHABLE; else OPEN, CLOSED, FOLLOWING, CONNECTING, STOPPED
#     closed          1 when it takes no writes
#     fenced          1 when it refuses the clients of applications
#     majority        1 when it reaches more than half of its group
#     online, listed  how many members it sees ONLINE, and their names; of a source how many replicas read its log
#     follows         the member whose data it follows, in its view
#     lag, queue      in seconds; the transactions that it received and has not applied, as a number
#     waiting, executed  these and those that it has, as sets
#     receiver, applier, error  ON, OFF, CONNECTING; the number of the last error of either, 0 for none
#     epoch, promoted, promoted_at, reason  the last promotion in its data: its number, the member, when (seconds since 1970), why
#     version, expires, started, clock  of the server; the last three in seconds since 1970, `expires` is of its certificate
#     says_at, word, verdict, why, disk, free  what its agent says (says.sh): when, ready or unready, STATE, the reason; used `61%`, free bytes
#   seen[MEMBER:errant] and seen[MEMBER:missing]  the transactions that it has and the leader does not, and the other way round, as sets, `-` for none,
#     `?` where there is nobody to compare with; with _count as a number
#   archive[FIELD]    what the archive of binary logs says last; nothing where there is none, or nobody heard of it:
#     at, word, state, why  as of an agent
#     until            up to when all can be restored, as 2026-11-29T02:41:07Z
#     base, base_at, base_bytes, bases, bytes  the newest proven base: its id, when, how big its data is; how many there are, and how big all of them
#     free             bytes of its volume
#     drill_passed_at, drill_failed_at  when a drill last did
#   topology          group or source-replica; nothing when nobody answers
#   leader            the member to which writes go by the data, whether it is open or not; nothing where there is none

readonly LOOK_CONNECT_SECONDS=3 LOOK_SECONDS=${LOOK_SECONDS:-4}
readonly COMPARE_SECONDS=2 COMPARE_PAUSE=${COMPARE_PAUSE:-0.5}
readonly LOOK_FIELDS=(topology role state closed fenced majority online listed follows lag waiting executed receiver applier error epoch promoted
	promoted_at reason version expires started clock says archive)
readonly SAYS_FIELDS=(says_at word verdict disk free)
readonly ARCHIVE_FIELDS=(at word state until base base_at base_bytes bases bytes free drill_passed_at drill_failed_at)
readonly WHOLE_LOOK='^(group|source-replica) (primary|secondary|source|replica|none) [01] [01] [01] [0-9]+ -?[0-9]+ [0-9]+ [0-9]+ [0-9]+ [0-9]+$'

declare -A answers=() refusal=() seen=() archive=()
topology='' leader=''

# look_at_members ACCOUNT MEMBER...
look_at_members() {
	local account=$1 member
	local -a looks=()
	shift
	answers=() refusal=() seen=() archive=() topology='' leader=''
	(($# > 0)) || return 0 # a `wait` for none would be one for all
	for member; do
		look_at "$account" "$member" >"$RUN/look.$member" 2>&1 &
		looks+=($!)
	done
	wait "${looks[@]}" || true
	for member; do
		read_file "$RUN/look.$member" || true
		take_look "$member" "$REPLY"
	done
	find_leader "$@"
	compare_with_leader "$account" "$@"
}

# look_at ACCOUNT MEMBER: what it answers. Where no server listens, there may be one of a member without data.
look_at() {
	local answer former start=$SECONDS
	if answer=$(bounded_sql "$1" "$2" "$PORT" <"$SQL/status.sql" 2>&1); then
		printf '%s\n' "${answer##*$'\n'}" # a client may warn before
	elif login_refused "$answer" && [[ -e $RUN/former.cnf ]] && former=$(
		bounded_sql former "$2" "$PORT" "$COMPARE_SECONDS" <"$SQL/status.sql" 2>/dev/null
	); then
		printf '%s\n' former "${former##*$'\n'}"
	elif server_error "$answer" || ((SECONDS - start >= LOOK_CONNECT_SECONDS)); then
		printf '%s\n' "$answer"
	else
		bounded_sql "$1" "$2" "$RECIPIENT_PORT" <<<"SELECT 'empty'" 2>&1
	fi
}

bounded_sql() { # ACCOUNT MEMBER PORT [SECONDS]
	timeout "${4:-$LOOK_SECONDS}" mysql --defaults-file="$RUN/$1.cnf" --host="$(member_host "$2")" --port="$3" \
		--connect-timeout="$LOOK_CONNECT_SECONDS" --batch --skip-column-names
}

# take_look MEMBER ANSWER: a row that is not whole is no answer.
take_look() {
	local member=$1 field text=${2##*$'\n'} row
	local -a values
	answers[$member]=silent refusal[$member]=''
	[[ $2 != former$'\n'* ]] || refusal[$member]=1045
	if server_error "$2"; then
		answers[$member]=refuses refusal[$member]=$REPLY
		return
	fi
	if [[ $text == empty ]]; then
		answers[$member]=empty
		return
	fi
	IFS=$'\t' read -ra values <<<"$text"
	((${#values[@]} == ${#LOOK_FIELDS[@]})) || return 0
	for field in "${!LOOK_FIELDS[@]}"; do
		seen["$member:${LOOK_FIELDS[field]}"]=${values[field]}
	done
	row=${values[0]}
	for field in role closed fenced majority online lag error epoch promoted_at clock; do
		row+=" ${seen["$member:$field"]}"
	done
	[[ $row =~ $WHOLE_LOOK ]] || return 0
	answers[$member]=data topology=${seen["$member:topology"]}
	count_transactions "${seen["$member:waiting"]}"
	seen["$member:queue"]=$REPLY
	take_says "$member" "${seen["$member:says"]}"
	take_archive "${seen["$member:archive"]}"
}

# take_says MEMBER TEXT: what the agent says. A client writes a tab of a value as `\t`, and a backslash as two.
take_says() {
	local member=$1 field text=${2//\\t/$'\t'}
	local -a values=()
	IFS=$'\t' read -ra values <<<"${text//\\\\/\\}"
	((${#values[@]} == ${#SAYS_FIELDS[@]})) && [[ ${values[0]} =~ ^[0-9]+$ ]] || values=(0 - - - -)
	for field in "${!SAYS_FIELDS[@]}"; do
		seen["$member:${SAYS_FIELDS[field]}"]=${values[field]}
	done
	seen["$member:why"]=${seen["$member:verdict"]#*: }
	seen["$member:verdict"]=${seen["$member:verdict"]%%:*}
}

# take_archive TEXT: what it said last counts, wherever it said that.
take_archive() {
	local field text=${1//\\t/$'\t'}
	local -a values=()
	IFS=$'\t' read -ra values <<<"${text//\\\\/\\}"
	((${#values[@]} == ${#ARCHIVE_FIELDS[@]})) && [[ ${values[0]} =~ ^[0-9]+$ ]] || return 0
	((values[0] > ${archive[at]:-0})) || return 0
	for field in "${!ARCHIVE_FIELDS[@]}"; do
		archive[${ARCHIVE_FIELDS[field]}]=${values[field]}
	done
	archive[why]=${archive[state]#*: }
	archive[state]=${archive[state]%%:*}
}

# find_leader MEMBER...: the primary of a group with a majority; or the source of the last promotion that anyone knows of, which is open as a source, if
# one is. Of several the one with the last promotion.
find_leader() {
	local member epoch=-1
	for member; do
		[[ ${answers[$member]} == data ]] || continue
		case ${seen["$member:role"]}:${seen["$member:majority"]} in
		primary:1 | source:1)
			if ((${seen["$member:epoch"]} > epoch)); then
				leader=$member epoch=${seen["$member:epoch"]}
			fi
			;;
		esac
	done
}

# compare_with_leader ACCOUNT MEMBER...: by the leader, with what it has after all have answered: else it would seem to lack what is being written. What
# it has a moment later counts, since others may have a transaction before its commit ends.
compare_with_leader() {
	local member
	local -a named=()
	for member in "${@:2}"; do
		seen["$member:errant"]='?' seen["$member:missing"]='?' seen["$member:errant_count"]='?' seen["$member:missing_count"]='?'
		[[ -z $leader || ${answers[$member]} != data ]] || named+=("$member")
	done
	((${#named[@]} > 0)) || return 0
	compare "$1" "${named[@]}"
	for member in "${named[@]}"; do
		if [[ ${seen["$member:errant"]} != [?-] ]]; then
			pause_for "$COMPARE_PAUSE"
			compare "$1" "${named[@]}"
			return
		fi
	done
}

# compare ACCOUNT MEMBER...: while commits of the leader wait for replicas, what these have besides may be such a commit.
compare() {
	local member own errant missing question='' answer more account=$1
	[[ ${refusal[$leader]} != 1045 ]] || account=former
	for member in "${@:2}"; do
		own="'${seen["$member:executed"]#-}'"
		more=$(difference "$own" @@GLOBAL.gtid_executed)
		question+="SET @more = $more, @fewer = $(difference "'${seen["$leader:executed"]#-}'" "$own"); "
		question+="SELECT '$member', IF(@more <> '-' AND @waits > 0, '?', @more), @fewer;"
	done
	answer=$(bounded_sql "$account" "$leader" "$PORT" "$COMPARE_SECONDS" <<<"SET @waits = COALESCE((SELECT variable_value
		FROM performance_schema.global_status WHERE variable_name = 'Rpl_semi_sync_source_wait_sessions'), 0); $question" 2>/dev/null) || return 0
	while IFS=$'\t' read -r member errant missing; do
		[[ " $* " == *" $member "* && -n $missing ]] || continue
		seen["$member:errant"]=$errant seen["$member:missing"]=$missing
		count_transactions "$missing"
		seen["$member:missing_count"]=$REPLY
		REPLY=$errant
		[[ $errant == '?' ]] || count_transactions "$errant"
		seen["$member:errant_count"]=$REPLY
	done <<<"$answer"
}

# difference SET SET: an expression for what the first has and the second does not.
difference() {
	printf "COALESCE(NULLIF(REPLACE(GTID_SUBTRACT(%s, %s), '\\\\n', ''), ''), '-')" "$1" "$2"
}

# count_transactions SET: how many they are, into REPLY.
count_transactions() {
	local part count=0
	local -a parts
	IFS=':,' read -ra parts <<<"${1#-}"
	for part in "${parts[@]}"; do
		if [[ $part =~ ^([0-9]+)-([0-9]+)$ ]]; then
			count=$((count + BASH_REMATCH[2] - BASH_REMATCH[1] + 1))
		elif [[ $part =~ ^[0-9]+$ ]]; then
			count=$((count + 1))
		fi
	done
	REPLY=$count
}
