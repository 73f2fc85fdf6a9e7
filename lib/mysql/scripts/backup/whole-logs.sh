# shellcheck shell=bash disable=SC2034
# Makes each file of the archive one of whole transactions. A log of the server may end within one: FLUSH RELAY LOGS does not wait, and then the next log
# goes on where it ended; and a connection that broke, after which the source sends the transaction again from its start. A server that replays a part of a
# transaction before another log of the source waits forever (measured: 9.7.4, with workers). So of the first kind the part goes into the file of the next
# log, from a file `rest-LOG` meanwhile; of the second it is left out. It is sourced, after receiver.sh.
# needs: lib.sh; CHANNEL, ARCHIVE_SERVER_ID and receiver_sql of receiver.sh; ask (session.sh); receiver (observe-archive.sh); position (position.sh)
# sets:  body, part, tail, rest, next; REPLY, gtid of its caller

readonly XID_EVENT=16 XID_BYTES=31 # the event that commits, with its checksum
readonly ROTATE_BYTES=31           # the last event of a log, beside the name of the next one

declare -A position
declare receiver

# Of a log, in bytes: where its events begin after those about the log itself; where its last transaction begins, if the log ends within it; where the
# events end; the file with what goes before. What the next log does with that transaction: `on` or `again`.
body=0 part='' tail='' rest='' next=''

# measure_log LOG NEXT AFTER: sets them. Status 2: the next log does not say yet.
measure_log() {
	local gtid=''
	body=0 part='' tail='' next='' rest=$VOLUME/rest-${position[file]}
	[[ -e $rest ]] || rest=''
	! { [[ -z $rest ]] && ends_with_commit "$1" "$2"; } || return 0
	log_events "$1" || return
	if [[ -n $gtid ]]; then
		is_executed "$gtid" "$3" || return 1
		[[ $REPLY == 0 ]] || part=''
	elif [[ -n $rest && $3 == "${position[end_set]}" ]]; then
		part=$body # the transaction before has not ended in this log either
	fi
	[[ -z $part ]] || look_at_next "$2"
}

# ends_with_commit LOG NEXT: of most logs the last two events tell. One that ends otherwise is looked at as a whole.
ends_with_commit() {
	local rotate=$((ROTATE_BYTES + ${#2})) header
	header=$(tail --bytes=$((rotate + XID_BYTES)) "$DATA/$1" | od --address-radix=n --format=u1 --read-bytes=19) || return 1
	# shellcheck disable=SC2086
	set -- $header
	[[ ${5-} == "$XID_EVENT" && ${10-} == "$XID_BYTES" && ${11-} == 0 && ${12-} == 0 && ${13-} == 0 ]]
}

# log_events LOG: `body`, `tail`, and of the last transaction `part` and `gtid`.
log_events() {
	local events
	# shellcheck disable=SC2016
	events=$(receiver_sql <<<"SHOW RELAYLOG EVENTS IN '$1' FOR CHANNEL '$CHANNEL'" | awk -F '\t' -v "own=$ARCHIVE_SERVER_ID" '
		!body && $3 != "Format_desc" && $3 != "Previous_gtids" { body = $2 }
		$3 ~ /^G[Tt][Ii][Dd]/ { part = $2; gtid = $6 }
		{ last = $2; type = $3; server = $4 }
		END {
			gsub(/.*= .|.$/, "", gtid)
			print "events", (body ? body : last), (type ~ /^(Rotate|Stop)$/ && server == own ? last : "-"), (part ? part : "-"), (gtid ? gtid : "-")
		}') || return
	read -r events body tail part gtid <<<"$events"
	[[ $events == events && $body =~ ^[0-9]+$ ]] || return 1
	part=${part#-} gtid=${gtid#-}
	[[ $tail != - ]] || tail=$(stat --format=%s "$DATA/$1")
}

# is_executed GTID SET: 0 or 1 into REPLY.
is_executed() {
	ask "SELECT 'has', GTID_SUBSET('$1', '${2#-}');" || return 2
	[[ $REPLY == has$'\t'[01] ]] || return 2
	REPLY=${REPLY#*$'\t'}
}

# look_at_next LOG: a transaction that goes on does so with an event that is not the start of one, nor one of a connection.
look_at_next() {
	local type
	type=$(receiver_sql <<<"SHOW RELAYLOG EVENTS IN '$1' LIMIT 2, 8 FOR CHANNEL '$CHANNEL'" | awk -F '\t' '$3 != "Format_desc" { print $3; exit }') || return 1
	case $type in
	Rotate | Stop | G[Tt][Ii][Dd]*) next=again ;;
	'')
		[[ $receiver != ON ]] || return 2
		next=again # the source begins again
		;;
	*) next=on ;;
	esac
}

# keep_rest LOG: the part of a transaction that goes on, with what went before when it began even earlier.
keep_rest() {
	[[ -n $part && $next == on ]] || return 0
	{
		[[ -z $rest || $part != "$body" ]] || cat "$rest"
		bytes_of "$1" "$part" "$tail"
	} >"$VOLUME/rest.new" && sync "$VOLUME/rest.new" && mv --no-target-directory "$VOLUME/rest.new" "$VOLUME/rest-$1"
}

# drop_rests: but that of the last log.
drop_rests() {
	local file
	for file in "$VOLUME"/rest-*; do
		[[ ! -e $file || $file == "$VOLUME/rest-${position[file]}" ]] || rm -f "$file"
	done
}

# whole_transactions LOG: the log as a file of the archive.
whole_transactions() {
	if [[ -z $rest && -z $part ]]; then
		cat "$DATA/$1"
	elif [[ -z $rest ]]; then
		bytes_of "$1" 0 "$part"
	else
		bytes_of "$1" 0 "$body"
		cat "$rest"
		bytes_of "$1" "$body" "${part:-$tail}"
	fi
}

bytes_of() { # LOG FROM TO
	head --bytes="$3" "$DATA/$1" | tail --bytes="+$(($2 + 1))"
}
