# shellcheck shell=bash
# Makes the Secrets of the application's users, one for each: what clients need to connect, under the keys that they know. It is sourced by
# generate-accounts.sh, after api.sh. A password that is there stays as it is; the other keys follow the declaration and the password.
# Lines of the declaration, their fields separated by blanks:
#   secret  NAME  KEY   KEY is that of the accounts' Secret under which earlier versions had the password
#   key     NAME  TEXT  of the Secret before it; <password> stands for the password, as a part of a URI
# needs: log, die, read_file of lib.sh; api, api_patiently, api_status, api_answer of api.sh; random_password of generate-accounts.sh; REPLY
#        holds what a function answers
# sets:  data

readonly DECLARED_SECRETS=${MEMBERS%/*}/user-secrets
readonly SECRETS_PATH=/api/v1/namespaces/$POD_NAMESPACE/secrets

declare api_status api_answer # of api.sh
declare -A data=() _former=() _wanted=()
declare -a _keys=() # in the order of the declaration

# read_data ANSWER: the keys of a Secret into `data`, each with its base64. Nothing else of an answer has such a field: in annotations its
# quotes are escaped.
read_data() {
	local entries entry='"([-._a-zA-Z0-9]+)":[[:space:]]*"([A-Za-z0-9+/=]*)"'
	data=()
	[[ $1 =~ \"data\":[[:space:]]*\{([^}]*)\} ]] || return 0
	entries=${BASH_REMATCH[1]}
	while [[ $entries =~ $entry ]]; do
		data[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
		entries=${entries#*"${BASH_REMATCH[0]}"}
	done
}

# in_base64 TEXT
in_base64() {
	REPLY=$(printf '%s' "$1" | base64 --wrap=0)
}

# of_base64 TEXT: without trailing line breaks, as the accounts have their passwords.
of_base64() {
	REPLY=$(base64 --decode <<<"$1")
}

# in_uri TEXT: as a part of a URI.
in_uri() {
	local LC_ALL=C text=$1 character code index
	REPLY=
	for ((index = 0; index < ${#text}; index++)); do
		character=${text:index:1}
		if [[ $character != [a-zA-Z0-9._~-] ]]; then
			printf -v code '%d' "'$character"
			printf -v character '%%%02X' $((code & 255))
		fi
		REPLY+=$character
	done
}

# keep_user_secrets ANSWER: all that are declared; ANSWER is what the API server said of the accounts' Secret.
keep_user_secrets() {
	local kind first second key name='' former=''
	[[ -e $DECLARED_SECRETS ]] || return 0
	read_data "$1"
	for key in "${!data[@]}"; do
		_former[$key]=${data[$key]}
	done
	while read -r kind first second; do
		case $kind in
		secret)
			keep_user_secret "$name" "$former"
			name=$first former=$second _keys=() _wanted=()
			;;
		key) _keys+=("$first") _wanted[$first]=$second ;;
		esac
	done <"$DECLARED_SECRETS"
	keep_user_secret "$name" "$former"
}

# keep_user_secret NAME KEY: the one whose keys were read.
keep_user_secret() {
	local name=$1 key password encoded origin='' status
	local -a entries=() changed=()
	[[ -n $name ]] || return 0
	api_patiently "the Secret $name" GET "$SECRETS_PATH/$name"
	status=$api_status
	read_data "$api_answer"
	if [[ -n ${data[password]-} ]]; then
		of_base64 "${data[password]}"
	elif [[ -n ${_former[$2]-} ]]; then
		of_base64 "${_former[$2]}"
		origin="has the password that $SECRET_NAME has under the key $2"
	else
		random_password
		origin='has a random password: keep a copy of it'
	fi
	password=$REPLY
	[[ -z $origin ]] || {
		in_base64 "$password"
		entries+=("\"password\":\"$REPLY\"")
	}
	in_uri "$password"
	encoded=$REPLY
	for key in "${_keys[@]}"; do
		in_base64 "${_wanted[$key]//'<password>'/"$encoded"}"
		[[ ${data[$key]-} != "$REPLY" ]] || continue
		entries+=("\"$key\":\"$REPLY\"") changed+=("$key")
	done
	if ((${#entries[@]} == 0)); then
		log INFO "the Secret $name is as declared: nothing to do"
		return
	fi
	write_secret "$name" "$status" 'servicebinding.io/mysql' "${entries[@]}"
	log INFO "the Secret $name ${origin:-follows what is declared and its password: ${changed[*]}}"
}

# write_secret NAME STATUS TYPE ENTRY...: STATUS is what the API server answered when it was asked for it.
write_secret() {
	local name=$1 status=$2 type=$3 entries
	shift 3
	entries=$(
		IFS=,
		printf '{%s}' "$*"
	)
	if [[ $status == 200 ]]; then
		api PATCH "$SECRETS_PATH/$name" "{\"data\":$entries}"
	else
		api POST "$SECRETS_PATH" \
			"{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"$name\"},\"type\":\"$type\",\"data\":$entries}"
	fi
	[[ $api_status == 20[01] ]] || die "the API server answers $api_status to the Secret $name: $api_answer"
}
