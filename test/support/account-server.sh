# shellcheck shell=bash disable=SC2154
# Stands for a server's accounts, grants and databases, behind stub.sh: `account_server` is what a stubbed `mysql` does, `input` is the
# statement, `on` where it is run. What the server has are the lines that account-state.sql prints, in SERVER/facts, and its passwords. It
# starts no process, since it is run some hundred times in a test. Its names begin with `stub_`, since the script has names, too.
#   SNAPSHOTS=1  before each change the facts are kept as SERVER/before.N
#   INTERRUPT=N  the client and the agent are killed instead of the N-th change
#   GONE=N       from the N-th change on the server answers nothing
#   REFUSE=TEXT  a statement with this text is refused

stub_error() {
	echo "ERROR $1 (HY000) at line 1: $2" >&2
	exit 1
}

# stub_change: counts it, and does what the test wants of this one.
stub_change() {
	local -a changes=()
	[[ -z ${REFUSE-} || $text != *"$REFUSE"* ]] || stub_error 1221 'Incorrect usage of DB GRANT and GLOBAL PRIVILEGES'
	printf '%s\n' "$text" >>"$SERVER/changes"
	mapfile -t changes <"$SERVER/changes"
	[[ -z ${SNAPSHOTS-} ]] || printf '%s\n' "${facts[@]}" >"$SERVER/before.${#changes[@]}"
	((${#changes[@]} != ${INTERRUPT:-0})) || kill -KILL "$AGENT" "$BASHPID"
	[[ -z ${GONE-} ]] || ((${#changes[@]} < GONE)) || exit 1
}

# stub_has FIELDS: whether there is a fact that begins so.
stub_has() {
	local all
	printf -v all '\n%s\t' "${facts[@]}"
	[[ $all == *$'\n'"$1$tab"* ]]
}

# stub_set_field ACCOUNT NUMBER VALUE
stub_set_field() {
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

# stub_unescaped TEXT QUOTE: what a client reads of a string, into REPLY.
stub_unescaped() {
	REPLY=${1//"$2"/"${2: -1}"}
	REPLY=${REPLY//"$backslash$backslash"/"$backslash"}
}

# stub_set_password ACCOUNT: that of the statement; the one before stays valid.
stub_set_password() {
	[[ $input =~ BY\ \'(.*)\'[^\']*$ ]] || exit 9
	stub_unescaped "${BASH_REMATCH[1]}" "''"
	printf '%s\n' "$REPLY" >>"$SERVER/$1"
}

# stub_log_in: with the option file of the client.
stub_log_in() {
	local login="user=([^[:space:]]*)[[:space:]]password=\"(.*)\"[[:space:]]protocol" account
	local -a passwords
	[[ $input =~ $login ]] || exit 9
	account=${BASH_REMATCH[1]}@%
	stub_unescaped "${BASH_REMATCH[2]}" "$backslash\""
	[[ -e $SERVER/$account ]] || stub_error 1045 'Access denied for user'
	mapfile -t passwords <"$SERVER/$account"
	[[ $REPLY == "${passwords[-1]}" || ${#passwords[@]} -gt 1 && $REPLY == "${passwords[-2]}" ]] || stub_error 1045 'Access denied for user'
}

# stub_grant GRANT|REVOKE PRIVILEGES OBJECT ACCOUNT [WITH GRANT OPTION]
stub_grant() {
	local privilege fact row="privilege$tab$4$tab$3$tab" option=NO privileges=$2
	local -a kept=() list
	local -A named=()
	stub_has "account$tab$4" || stub_error 1410 'You are not allowed to create a user with GRANT'
	stub_change
	[[ -z $5 ]] || option=YES
	case $privileges-$3 in
	ALL*-'*.*') privileges='SELECT, SUPER' ;;
	ALL*) privileges=$ALL_OF_DATABASE ;;
	esac
	mapfile -t list <<<"${privileges//, /$'\n'}"
	for privilege in "${list[@]}"; do named[$privilege]=1; done
	for fact in "${facts[@]}"; do
		privilege=${fact#"$row"}
		[[ $fact == "$row"* && -n ${named[${privilege%%"$tab"*}]-} ]] || kept+=("$fact")
	done
	facts=("${kept[@]}")
	[[ $1 == GRANT ]] || return 0
	for privilege in "${list[@]}"; do facts+=("$row$privilege$tab$option"); done
}

# account_server: what the server does with `input`.
account_server() {
	local backslash=$'\\' tab=$'\t' text=${input//[\`\']/} account clause value fact database tls
	local -a facts
	local grants='^(GRANT|REVOKE) (.+) ON ([^ ]+) (TO|FROM) ([^ ]+)( WITH GRANT OPTION)?$'
	local databases='^CREATE (DATABASE|SCHEMA) IF NOT EXISTS ([^ ]+)( CHARACTER SET ([^ ]+) COLLATE ([^ ]+))?$'
	text=${text##*$'\n'}
	text=${text%;}
	mapfile -t facts <"$SERVER/facts"
	if [[ $on == login ]]; then
		stub_log_in
	elif [[ $input == *"SELECT 'end'"* ]]; then
		printf '%s\n' "${facts[@]//"$backslash"/"$backslash$backslash"}" end
	elif [[ $text =~ ^CREATE\ USER\ IF\ NOT\ EXISTS\ ([^ ]+) ]]; then
		account=${BASH_REMATCH[1]} tls=NONE
		stub_change
		if ! stub_has "account$tab$account"; then
			[[ $input != *'REQUIRE SSL;' ]] || tls=SSL
			facts+=("account$tab$account${tab}caching_sha2_password$tab$tls${tab}none")
			stub_set_password "$account"
		fi
	elif [[ $text =~ ^ALTER\ USER\ ([^ ]+)\ (IDENTIFIED|REQUIRE|WITH)\ (.*)$ ]]; then
		account=${BASH_REMATCH[1]} clause=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
		stub_change
		case $clause in
		IDENTIFIED) stub_set_password "$account" ;;
		REQUIRE) stub_set_field "$account" 3 "$value" ;;
		WITH) stub_set_field "$account" 4 "WITH $value" ;;
		esac
	elif [[ $text =~ $grants ]]; then
		stub_grant "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "${BASH_REMATCH[5]}" "${BASH_REMATCH[6]}"
	elif [[ $text =~ $databases ]]; then
		fact="database$tab${BASH_REMATCH[2]}$tab${BASH_REMATCH[4]:-utf8mb4}$tab${BASH_REMATCH[5]:-utf8mb4_0900_ai_ci}" database=${BASH_REMATCH[2]}
		stub_change
		stub_has "database$tab$database" || facts+=("$fact")
	elif [[ $text =~ ^CREATE\ TABLE\ IF\ NOT\ EXISTS\ ([^ ]+) ]]; then
		fact="table$tab${BASH_REMATCH[1]}"
		stub_change
		stub_has "$fact" || facts+=("$fact")
	fi
	[[ $on != local || $text == SELECT* ]] || printf "%s\n" "${facts[@]}" >"$SERVER/facts"
}
