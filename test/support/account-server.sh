# shellcheck shell=bash disable=SC2154
# Stands for a server's accounts, grants and databases, behind stub.sh, which sources it as what a stubbed `mysql` does: `input` is the statement,
# `on` where it is run. What the server has are the lines that account-state.sql prints, in SERVER/facts, and its passwords. It starts no
# process, since it is run some hundred times in a test.
#   SNAPSHOTS=1  before each change the facts are kept as SERVER/before.N
#   INTERRUPT=N  the client and the agent are killed instead of the N-th change
#   GONE=N       from the N-th change on the server answers nothing
#   REFUSE=TEXT  a statement with this text is refused

backslash=$'\\' tab=$'\t'
text=${input//[\`\']/}
text=${text##*$'\n'}
text=${text%;}
mapfile -t facts <"$SERVER/facts"

error() {
	echo "ERROR $1 (HY000) at line 1: $2" >&2
	exit 1
}

# change: counts it, and does what the test wants of this one.
change() {
	local -a changes=()
	[[ -z ${REFUSE-} || $text != *"$REFUSE"* ]] || error 1221 'Incorrect usage of DB GRANT and GLOBAL PRIVILEGES'
	printf '%s\n' "$text" >>"$SERVER/changes"
	mapfile -t changes <"$SERVER/changes"
	[[ -z ${SNAPSHOTS-} ]] || printf '%s\n' "${facts[@]}" >"$SERVER/before.${#changes[@]}"
	((${#changes[@]} != ${INTERRUPT:-0})) || kill -KILL "$AGENT" $$
	[[ -z ${GONE-} ]] || ((${#changes[@]} < GONE)) || exit 1
}

# has FIELDS: whether there is a fact that begins so.
has() {
	local fact
	for fact in "${facts[@]}"; do
		[[ $fact$tab != "$1$tab"* ]] || return 0
	done
	return 1
}

# set_field ACCOUNT NUMBER VALUE
set_field() {
	local index
	local -a fields
	for index in "${!facts[@]}"; do
		[[ ${facts[index]} == "account$tab$1$tab"* ]] || continue
		IFS=$tab read -ra fields <<<"${facts[index]}"
		fields[$2]=$3
		printf -v "facts[$index]" "%s$tab" "${fields[@]}"
		facts[index]=${facts[index]%"$tab"}
	done
}

# unescaped TEXT QUOTE: what a client reads of a string, into REPLY.
unescaped() {
	REPLY=${1//"$2"/"${2: -1}"}
	REPLY=${REPLY//"$backslash$backslash"/"$backslash"}
}

# set_password ACCOUNT: that of the statement; the one before stays valid.
set_password() {
	[[ $input =~ BY\ \'(.*)\'[^\']*$ ]]
	unescaped "${BASH_REMATCH[1]}" "''"
	printf '%s\n' "$REPLY" >>"$SERVER/$1"
}

# log_in: with the option file of the client.
log_in() {
	local login="user=([^[:space:]]*)[[:space:]]password=\"(.*)\"[[:space:]]protocol" account
	local -a passwords
	[[ $input =~ $login ]]
	account=${BASH_REMATCH[1]}@%
	unescaped "${BASH_REMATCH[2]}" "$backslash\""
	[[ -e $SERVER/$account ]] || error 1045 'Access denied for user'
	mapfile -t passwords <"$SERVER/$account"
	[[ $REPLY == "${passwords[-1]}" || ${#passwords[@]} -gt 1 && $REPLY == "${passwords[-2]}" ]] || error 1045 'Access denied for user'
}

# grant GRANT|REVOKE PRIVILEGES OBJECT ACCOUNT [WITH GRANT OPTION]
grant() {
	local privilege fact row option=NO privileges=$2
	local -a kept list
	has "account$tab$4" || error 1410 'You are not allowed to create a user with GRANT'
	change
	[[ -z $5 ]] || option=YES
	case $privileges-$3 in
	ALL*-'*.*') privileges='SELECT, SUPER' ;;
	ALL*) privileges=$ALL_OF_DATABASE ;;
	esac
	mapfile -t list <<<"${privileges//, /$'\n'}"
	for privilege in "${list[@]}"; do
		row="privilege$tab$4$tab$3$tab$privilege" kept=()
		for fact in "${facts[@]}"; do
			[[ $fact == "$row$tab"* ]] || kept+=("$fact")
		done
		facts=("${kept[@]}")
		[[ $1 != GRANT ]] || facts+=("$row$tab$option")
	done
}

grants='^(GRANT|REVOKE) (.+) ON ([^ ]+) (TO|FROM) ([^ ]+)( WITH GRANT OPTION)?$'
databases='^CREATE (DATABASE|SCHEMA) IF NOT EXISTS ([^ ]+)( CHARACTER SET ([^ ]+) COLLATE ([^ ]+))?$'
if [[ $on == login ]]; then
	log_in
elif [[ $input == *"SELECT 'end'"* ]]; then
	printf '%s\n' "${facts[@]//"$backslash"/"$backslash$backslash"}" end
elif [[ $text =~ ^CREATE\ USER\ IF\ NOT\ EXISTS\ ([^ ]+) ]]; then
	account=${BASH_REMATCH[1]} tls=NONE
	change
	if ! has "account$tab$account"; then
		[[ $input != *'REQUIRE SSL;' ]] || tls=SSL
		facts+=("account$tab$account${tab}caching_sha2_password$tab$tls${tab}none")
		set_password "$account"
	fi
elif [[ $text =~ ^ALTER\ USER\ ([^ ]+)\ (IDENTIFIED|REQUIRE|WITH)\ (.*)$ ]]; then
	account=${BASH_REMATCH[1]} clause=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
	change
	case $clause in
	IDENTIFIED) set_password "$account" ;;
	REQUIRE) set_field "$account" 3 "$value" ;;
	WITH) set_field "$account" 4 "WITH $value" ;;
	esac
elif [[ $text =~ $grants ]]; then
	grant "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "${BASH_REMATCH[5]}" "${BASH_REMATCH[6]}"
elif [[ $text =~ $databases ]]; then
	fact="database$tab${BASH_REMATCH[2]}$tab${BASH_REMATCH[4]:-utf8mb4}$tab${BASH_REMATCH[5]:-utf8mb4_0900_ai_ci}" name=${BASH_REMATCH[2]}
	change
	has "database$tab$name" || facts+=("$fact")
elif [[ $text =~ ^CREATE\ TABLE\ IF\ NOT\ EXISTS\ ([^ ]+) ]]; then
	fact="table$tab${BASH_REMATCH[1]}"
	change
	has "$fact" || facts+=("$fact")
fi
[[ $on != local || $text == SELECT* ]] || printf "%s\n" "${facts[@]}" >"$SERVER/facts"
