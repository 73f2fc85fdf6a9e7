# shellcheck shell=bash
# Prints what a look at all members found, for a person or as JSON. It is sourced by status.sh, after judge-status.sh.
# needs: members (lib.sh); answers, refusal, seen, archive, topology (look-at-members.sh); level, summary, problems, next_page, takes_writes, serving, LEVELS
#        (judge-status.sh)
# sets:  REPLY holds what a function answers

readonly SEEN_TEXT=(role state listed follows receiver applier promoted reason version verdict why disk errant missing executed)
readonly SEEN_NUMBERS=(lag queue online error epoch promoted_at expires started says_at free errant_count missing_count)
readonly ARCHIVE_TEXT=(word state why until base base_at drill_passed_at drill_failed_at) ARCHIVE_NUMBERS=(at base_bytes bases bytes free)
readonly ROW='%-*s  %-9s  %-10s  %5s  %5s  %-18s  %4s  %-8s  %-10s  %s\n'

declare -A answers refusal seen archive
declare -a members problems takes_writes serving
declare topology level summary next_page

print_table() {
	local member width=6
	printf '%s\n' "$summary"
	print_archive
	for member in "${members[@]}"; do
		((${#member} <= width)) || width=${#member}
	done
	# shellcheck disable=SC2059 # it is a constant
	printf "$ROW" "$width" MEMBER ROLE STATE LAG QUEUE SET DISK VERSION EXPIRES SAYS
	for member in "${members[@]}"; do
		print_member "$member" "$width"
	done
	[[ -z $next_page ]] || printf 'next: %s\n' "$next_page"
}

print_archive() {
	[[ -n ${archive[at]-} ]] || return 0
	local age=''
	if [[ ${archive[until]} != - ]] && age=$(date --date="${archive[until]}" +%s 2>/dev/null); then
		age=" ($((EPOCHSECONDS - age)) s ago)"
	fi
	printf 'recoverable until %s%s; %s proven bases, the newest %s of %s; last drill passed %s; archive %s\n' "${archive[until]/#-/unknown}" "$age" \
		"${archive[bases]}" "${archive[base]}" "${archive[base_at]}" "${archive[drill_passed_at]/#-/never}" "${archive[state]}"
}

print_member() { # MEMBER WIDTH
	local expires=- says
	if [[ ${answers[$1]} != data ]]; then
		case ${answers[$1]}:${refusal[$1]} in
		silent:*) says='(does not answer)' ;;
		empty:*) says='(has no data)' ;;
		*:1045) says='(refuses the password of monitor)' ;;
		*) says="(answers with error ${refusal[$1]})" ;;
		esac
		# shellcheck disable=SC2059
		printf "$ROW" "$2" "$1" - - - - - - - - "$says"
		return
	fi
	((${seen["$1:expires"]} == 0)) || TZ=UTC printf -v expires '%(%F)T' "${seen["$1:expires"]}"
	set_in_words "$1"
	says="${seen["$1:word"]} ${seen["$1:verdict"]}: ${seen["$1:why"]}"
	[[ ${seen["$1:says_at"]} != 0 ]] || says='(its agent says nothing)'
	((!${seen["$1:fenced"]})) || says+=' (fenced)'
	# shellcheck disable=SC2059
	printf "$ROW" "$2" "$1" "${seen["$1:role"]}" "${seen["$1:state"]}" "${seen["$1:lag"]} s" "${seen["$1:queue"]}" "$REPLY" "${seen["$1:disk"]}" \
		"${seen["$1:version"]}" "$expires" "$says"
}

# set_in_words MEMBER: what it has of the transactions of the leader, into REPLY.
set_in_words() {
	REPLY=''
	[[ ${seen["$1:missing_count"]} == 0 ]] || REPLY="lacks ${seen["$1:missing_count"]}"
	[[ ${seen["$1:errant_count"]} == 0 ]] || REPLY+="${REPLY:+, }own ${seen["$1:errant_count"]}"
	[[ $REPLY != *\?* ]] || REPLY='?'
	REPLY=${REPLY:-all}
}

# json_string TEXT: into REPLY.
json_string() {
	local text=${1//\\/\\\\}
	text=${text//\"/\\\"}
	text=${text//$'\t'/\\t}
	REPLY="\"${text//[[:cntrl:]]/ }\""
}

# json_value TEXT: `-` and `?` are null.
json_value() {
	REPLY=null
	[[ $1 == [?-] || -z $1 ]] || json_string "$1"
}

json_list() {
	local item list=''
	for item; do
		json_string "$item"
		list+=,$REPLY
	done
	REPLY="[${list#,}]"
}

# json_of ARRAY PREFIX "TEXT FIELD..." "NUMBER FIELD...": members of an object, into REPLY.
json_of() {
	local -n fields=$1
	local field list=''
	for field in $3; do
		json_value "${fields["$2$field"]-}"
		list+=",\"$field\":$REPLY"
	done
	for field in $4; do
		REPLY=${fields["$2$field"]-}
		[[ $REPLY =~ ^-?[0-9]+$ ]] || REPLY=null
		list+=",\"$field\":$REPLY"
	done
	REPLY=${list#,}
}

# print_json: one line.
print_json() {
	local member list='' text
	json_string "$POD_NAMESPACE/${MEMBERS_SERVICE%-members}"
	text="{\"cluster\":$REPLY,\"asked\":\"$POD_NAME\",\"at\":$EPOCHSECONDS,\"status\":\"${LEVELS[level]}\""
	json_value "$topology"
	text+=",\"topology\":$REPLY"
	json_string "$summary"
	text+=",\"summary\":$REPLY"
	json_list "${problems[@]}"
	text+=",\"problems\":$REPLY"
	json_value "$next_page"
	text+=",\"next\":$REPLY"
	json_list "${takes_writes[@]}"
	text+=",\"takesWrites\":$REPLY"
	json_list "${serving[@]}"
	text+=",\"serving\":$REPLY,\"members\":["
	for member in "${members[@]}"; do
		json_member "$member"
		list+=",$REPLY"
	done
	text+="${list#,}],\"archive\":"
	REPLY=null
	if [[ -n ${archive[at]-} ]]; then
		json_of archive '' "${ARCHIVE_TEXT[*]}" "${ARCHIVE_NUMBERS[*]}"
		REPLY="{$REPLY}"
	fi
	printf '%s%s}\n' "$text" "$REPLY"
}

json_member() {
	local text
	json_string "$1"
	text="{\"name\":$REPLY,\"answers\":\"${answers[$1]}\""
	if [[ ${answers[$1]} == data ]]; then
		json_of seen "$1:" "${SEEN_TEXT[*]}" "${SEEN_NUMBERS[*]}"
		text+=",\"ready\":$([[ ${seen["$1:word"]} == ready ]] && echo true || echo false),$REPLY"
		text+=",\"fenced\":$(truth "${seen["$1:fenced"]}")"
		text+=",\"takesWrites\":$(truth "$((!${seen["$1:closed"]} && !${seen["$1:fenced"]}))")"
	elif [[ -n ${refusal[$1]} ]]; then
		text+=",\"refusal\":${refusal[$1]}"
	fi
	REPLY="$text}"
}

truth() {
	(($1)) && echo true || echo false
}
