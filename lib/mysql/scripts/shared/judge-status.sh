# shellcheck shell=bash disable=SC2034
# What a look at all members means: whether the cluster is fine, degraded, down or unknown, why, and which page of the guide is next. It is sourced by status.sh,
# after look-at-members.sh. It asks nobody.
# needs: members, MEMBERS (lib.sh); answers, refusal, seen, archive, topology, leader (look-at-members.sh)
# sets:  level, summary, problems, next_page, takes_writes, serving; REPLY holds what a function answers

readonly SILENT_AGENT_SECONDS=20 # as the readiness probe has it
readonly SILENT_ARCHIVE_SECONDS=60
readonly FULL_PERCENT=90 CERTIFICATE_DAYS=14
readonly LEVELS=(fine degraded down unknown)
# While no member takes writes, the first of these that a member says is why; of others the first one.
readonly TELLING_STATES=(LIST_UNUSABLE NOT_LISTED LAST_PRIMARY_LOST DATA_DIFFERS LIST_CHANGED MISLABELLED PRIMARY_UNPROVEN PRIMARY_UNSHOWN
	PRIMARY_WAITING PRIMARY_ELECTED PRIMARY BECOMING_SOURCE AWAITING_PROMOTION SOURCE_CLOSED FENCED_AFTER_SILENCE DEMOTED SOURCE GROUP_STUCK
	GROUP_QUIET NO_QUORUM ABANDONED NO_MEMBER_ONLINE BOOTSTRAPPING BOOTSTRAP_WAITING MEMBER_SILENT GROUP_UNCLEAR JOIN_WAITING JOINING)
readonly OPERATIONS=docs/mysql-operations.md STATES=docs/mysql-agent.md STATUS=docs/mysql-status.md

declare -A answers refusal seen archive
declare -a members
declare MEMBERS
declare topology leader

readonly ARCHIVE=${MEMBERS%/*}/archive # a file where the cluster has an archive

level=0 summary='' next_page=''
problems=() takes_writes=() serving=()

# judge: LEVELS[level], in one line in `summary`; what is wrong in `problems`, the worst first.
judge() {
	local member
	level=0 next_page='' problems=() takes_writes=() serving=()
	for member in "${members[@]}"; do
		[[ ${answers[$member]} == data ]] || continue
		((${seen["$member:closed"]} || ${seen["$member:fenced"]})) || takes_writes+=("$member")
		is_serving "$member" && serving+=("$member")
	done
	if ((${#members[@]} == 0)); then
		complain 2 "$OPERATIONS#no-group" "the list of members ($MEMBERS) is empty"
	elif [[ " ${answers[*]} " == *' refuses '* && " ${answers[*]} " != *' data '* ]]; then
		complain 3 "$STATUS#no-member-answers" 'each member that answers refuses to say what it is'
	elif ((${#takes_writes[@]} == 0)); then
		judge_without_writes
	elif ((${#takes_writes[@]} > 1)); then
		complain 2 "$STATUS#two-members-take-writes" "${#takes_writes[@]} members take writes: ${takes_writes[*]}"
	fi
	for member in "${members[@]}"; do
		judge_member "$member"
	done
	judge_views
	judge_archive
	for member in "${members[@]}"; do
		[[ ${answers[$member]} != data ]] || judge_limits "$member"
	done
	summarize
}

# complain LEVEL PAGE TEXT
complain() {
	((level >= $1)) || level=$1
	problems+=("$3")
	[[ -n $next_page ]] || next_page=$2
}

# silence_of MEMBER: for how many seconds its agent has said nothing, into REPLY, by the clock of its node.
silence_of() {
	REPLY=$((${seen["$1:clock"]} - ${seen["$1:says_at"]}))
}

is_serving() { # MEMBER
	local REPLY
	silence_of "$1"
	[[ ${seen["$1:word"]} == ready && ${seen["$1:fenced"]} == 0 ]] && ((REPLY <= SILENT_AGENT_SECONDS))
}

# judge_without_writes: of the states of the members the one that says most.
judge_without_writes() {
	local state member
	for state in "${TELLING_STATES[@]}"; do
		for member in "${members[@]}"; do
			[[ ${answers[$member]}:${seen["$member:verdict"]-} == "data:$state" ]] || continue
			page_of "$state"
			complain 2 "$REPLY" "$member says $state: ${seen["$member:why"]}"
			return
		done
	done
	for member in "${members[@]}"; do
		[[ ${answers[$member]} != data && $topology == source-replica ]] || continue
		complain 2 "$OPERATIONS#promote-a-replica" 'the source does not answer'
		return
	done
	for member in "${members[@]}"; do
		[[ ${answers[$member]}:${seen["$member:word"]-} == data:unready ]] || continue
		page_of "${seen["$member:verdict"]}"
		complain 2 "$REPLY" "$member says ${seen["$member:verdict"]}: ${seen["$member:why"]}"
		return
	done
	if [[ -z $topology ]]; then
		complain 2 "$STATUS#no-member-answers" 'no member answers'
	else
		complain 2 "$STATES#a-group" 'no primary is known'
	fi
}

# page_of STATE: into REPLY.
page_of() {
	if [[ $topology == group ]]; then
		case $1 in
		ERRANT) REPLY="$OPERATIONS#a-member-has-errant-transactions" ;;
		DATA_DIFFERS | LAST_PRIMARY_LOST | LIST_CHANGED | LIST_UNUSABLE | MEMBER_SILENT) REPLY="$OPERATIONS#no-group" ;;
		*) REPLY="$STATES#a-group" ;;
		esac
	else
		case $1 in
		ERRANT) REPLY="$OPERATIONS#a-replica-has-transactions-of-its-own" ;;
		REPLICATION_STOPPED) REPLY="$OPERATIONS#give-a-replica-a-new-copy" ;;
		*) REPLY="$STATES#a-source-and-its-replicas" ;;
		esac
	fi
}

judge_member() {
	local member=$1
	case ${answers[$member]} in
	silent) complain 1 "$STATUS#a-member-does-not-answer" "$member does not answer" ;;
	empty) complain 1 "$STATUS#a-member-does-not-answer" "$member has no data yet" ;;
	refuses)
		if [[ ${refusal[$member]} == 1045 ]]; then
			complain_of_password "$member"
		else
			complain 1 "$STATUS#a-member-does-not-answer" "$member answers with error ${refusal[$member]}"
		fi
		;;
	data)
		[[ -z ${refusal[$member]} ]] || complain_of_password "$member"
		judge_data "$member"
		;;
	esac
}

complain_of_password() { # MEMBER
	complain 1 "$OPERATIONS#change-the-passwords" "$1 refuses the password of monitor that the Secret has now"
}

judge_data() {
	local member=$1 silence
	silence_of "$member"
	silence=$REPLY
	if [[ ${seen["$member:says_at"]} == 0 ]]; then
		complain 1 "$STATUS#an-agent-is-silent" "the agent of $member says nothing"
	elif ((silence > SILENT_AGENT_SECONDS)); then
		complain 1 "$STATUS#an-agent-is-silent" "the agent of $member has said nothing for $silence s"
	elif [[ ${seen["$member:word"]} != ready && ${problems[*]-} != *"$member says "* ]]; then
		page_of "${seen["$member:verdict"]}"
		complain 1 "$REPLY" "$member is ${seen["$member:verdict"]}: ${seen["$member:why"]}"
	fi
	if [[ ${seen["$member:why"]} == *'a stand-in acts for the agent' ]]; then
		complain 1 "$STATUS#an-agent-is-silent" "the agent of $member is away, its stand-in acts"
	fi
	if [[ ${seen["$member:errant_count"]} != [?0] && ${seen["$member:verdict"]} != ERRANT ]]; then
		page_of ERRANT
		complain 1 "$REPLY" "$member has ${seen["$member:errant_count"]} transactions that $leader does not have"
	fi
}

# judge_limits MEMBER: its volume and its certificate.
judge_limits() {
	local percent=${seen["$1:disk"]%\%} left=$((${seen["$1:expires"]} - ${seen["$1:clock"]}))
	if [[ $percent =~ ^[0-9]+$ ]] && ((percent >= FULL_PERCENT)); then
		complain 1 "$OPERATIONS#make-space-on-a-full-disk" "the volume of $1 is $percent % full"
	fi
	((${seen["$1:expires"]} > 0)) || return 0
	if ((left <= 0)); then
		complain 1 "$OPERATIONS#change-the-certificate" "the certificate of $1 has expired"
	elif ((left < CERTIFICATE_DAYS * 86400)); then
		complain 1 "$OPERATIONS#change-the-certificate" "the certificate of $1 expires in $((left / 3600)) h"
	fi
}

# judge_views: members that are ONLINE agree on who is.
judge_views() {
	local member first=''
	[[ $topology == group ]] || return 0
	for member in "${members[@]}"; do
		[[ ${answers[$member]}:${seen["$member:state"]-} == data:ONLINE ]] || continue
		if [[ -z $first ]]; then
			first=$member
		elif [[ ${seen["$member:listed"]} != "${seen["$first:listed"]}" ]]; then
			complain 1 "$STATES#a-group" "$first sees ${seen["$first:listed"]//,/, } ONLINE, $member sees ${seen["$member:listed"]//,/, }"
			return
		fi
	done
}

judge_archive() {
	local page="docs/mysql-backup.md#check-the-archive"
	if [[ -z ${archive[at]-} ]]; then
		[[ ! -e $ARCHIVE || -z $topology ]] || complain 1 "$page" 'the archive says nothing'
	elif ((EPOCHSECONDS - archive[at] > SILENT_ARCHIVE_SECONDS)); then
		complain 1 "$page" "the archive has said nothing for $((EPOCHSECONDS - archive[at])) s"
	elif [[ ${archive[word]} != ready ]]; then
		complain 1 "$page" "the archive is ${archive[state]}: ${archive[why]}"
	elif [[ ${archive[drill_failed_at]} > ${archive[drill_passed_at]} ]]; then
		complain 1 "docs/mysql-backup.md#try-a-restore-now" "the last drill failed, at ${archive[drill_failed_at]}"
	fi
}

# summarize: the first line.
summarize() {
	local text problem writer=${takes_writes[0]-} since=''
	text="$POD_NAMESPACE/${MEMBERS_SERVICE%-members} is ${LEVELS[level]}: "
	if ((${#takes_writes[@]} == 1)); then
		if [[ ${seen["$writer:promoted"]} == "$writer" ]]; then
			TZ=UTC printf -v since ' since %(%FT%TZ)T (%s)' "${seen["$writer:promoted_at"]}" "${seen["$writer:reason"]}"
		fi
		text+="writes go to $writer$since; ${#serving[@]} of ${#members[@]} members serve"
	elif ((level == 3)); then
		: # it is not known
	elif [[ ${#takes_writes[@]} == 0 && " ${answers[*]} " == *' silent '* ]]; then
		text+='no member that answers takes writes'
	elif ((${#takes_writes[@]} == 0)); then
		text+='no member takes writes'
	fi
	for problem in "${problems[@]}"; do
		[[ $text == *': ' ]] || text+='; '
		text+=$problem
	done
	[[ -z ${archive[at]-} ]] || text+="; recoverable until ${archive[until]/#-/unknown}"
	summary=$text
}
