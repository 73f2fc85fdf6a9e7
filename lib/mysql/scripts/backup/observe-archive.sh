# shellcheck shell=bash disable=SC2034
# What the archive knows before it decides: of its own server, of the primary, of the outbox, of the store, and of the disk. It is sourced by receive.sh.
# Nothing here changes anything.
# needs: lib.sh; ask, close_session (session.sh); ask_source, password_is_old, channel_settings (receiver.sh); is_set (info.sh);
#        position, stored, origins, known_at, read_known, covering_base (position.sh); rotated_at, OUTBOX (archive-logs.sh)
# sets:  what is declared below; stored, origins, known_at, newest, by read_known; last_commit

readonly CHECK_PAUSE=10                          # seconds between two questions to the primary
readonly REST_PAUSE=$((INTERVAL < 30 ? 20 : 30)) # the same while nothing is written
readonly MISSED_SECONDS=15                       # for which the archive may lack what the primary has, before the receiver is started anew
readonly RESERVE_MIB=192 RESUME_MIB=256          # two logs and a compressed one; from when on it receives again

declare -A position
declare stored origins known_at rotated_at last_commit

now=0
# The own server.
answer_problem='' receiver='' receiver_error=0 heard=0 base='' has='-' queued_at='' server_version='' source=- password_changed='' settings_changed=''
# The primary, when it was last asked: why there is no answer; when it was asked, as a time of the clock.
primary_problem='nobody has asked it yet' asked_at=-1000 asked_time=0
primary='' executed='-' purged='-' timeline='' origin='-' waits=0
# Compared with it: what the archive lacks; whether all is in files; what it lacks and can no longer get; what the primary lacks: of the store, of what was received.
lacks='' unarchived='' lost='' strangers='' strangers_received='' strangers_since=''
# Since when it lacks what the primary had then; since when the receiver was last started anew for it.
owed='' owed_since=0 restarted_at=-1000
# The outbox, and what keeps the store from taking it.
outbox=0 outbox_first='' outbox_since=0 outbox_time=0 store_problem=''
free_mib='' free_seen=-1000 disk_low='' archived_mib=0 archived_logs=0
different_origin='' covered_by=''

observe() {
	now=$SECONDS
	observe_outbox
	observe_disk
	observe_server || return
	if in_doubt; then
		observe_primary
	elif is_at_rest; then
		((now - asked_at < REST_PAUSE)) || observe_primary
	else
		((now - asked_at < CHECK_PAUSE && now - rotated_at < INTERVAL)) || observe_primary
	fi
}

# is_at_rest: nothing was received since the primary was asked, of which all is in files.
is_at_rest() {
	[[ -z $primary_problem && $lacks == - && $unarchived == - && $strangers$strangers_received == -- && $has == "$_has_asked" ]]
}

# observe_outbox: without a process.
observe_outbox() {
	local -a files
	shopt -s nullglob
	files=("$OUTBOX"/*.info)
	shopt -u nullglob
	outbox=${#files[@]} store_problem=''
	local first=${files[0]-}
	first=${first##*/}
	if [[ $first != "$outbox_first" ]]; then
		outbox_first=$first outbox_since=$now outbox_time=$EPOCHSECONDS
	fi
	read_file "$VOLUME/store-problem" || true
	store_problem=$REPLY
}

observe_disk() {
	((now - free_seen >= CHECK_PAUSE)) || return 0
	free_seen=$now
	free_mib=$(df --output=avail --block-size=1M "$VOLUME" 2>/dev/null) || return 0
	free_mib=${free_mib##*[!0-9]}
	if ((free_mib < (disk_low ? RESUME_MIB : RESERVE_MIB))); then
		disk_low=1
	else
		disk_low=''
	fi
	observe_archived
}

# observe_archived: how much the logs of the server take that are files of the archive already, and how many they are.
observe_archived() {
	local line bytes
	local -a files=()
	[[ ${position[file]:--} != "$_archived_until" ]] || return 0
	_archived_until=${position[file]:--} archived_mib=0 archived_logs=0
	[[ $_archived_until != - && -e $DATA/relay-log-archive.index ]] || return 0
	while IFS= read -r line; do
		files+=("$DATA/${line##*/}")
		[[ ${line##*/} != "$_archived_until" ]] || break
	done <"$DATA/relay-log-archive.index"
	bytes=$(du --total --bytes -- "${files[@]}" 2>/dev/null | tail -n 1) || true
	bytes=${bytes%%[!0-9]*}
	archived_mib=$((${bytes:-0} >> 20)) archived_logs=${#files[@]}
}

observe_server() {
	local row word
	answer_problem='its server does not answer'
	read_file "$SQL/receiver-state.sql"
	if ! ask "$REPLY"; then
		return 1
	fi
	row=$REPLY
	IFS=$'\t' read -r word receiver receiver_error heard base has queued_at server_version source <<<"$row"
	if [[ $word != receiver || -z $source ]] || ! is_set "$base" || ! is_set "$has"; then
		answer_problem="its server answers: $row"
		close_session
		return 1
	fi
	answer_problem=''
	[[ $queued_at == - || $queued_at < "$last_commit" ]] || last_commit=$queued_at
	password_changed='' settings_changed=''
	! password_is_old || password_changed=1
	channel_settings
	[[ -z ${position[settings]-} || ${position[settings]} == "$REPLY" ]] || settings_changed=1
}

# in_doubt: whether what was received may be of other data: of a server that was not yet compared, or of one that lacks what the store has.
in_doubt() {
	[[ -z $primary_problem && ${strangers:--} != - ]] || [[ $source != - && ${position[sources]:--} != - && ,${position[sources]}, != *",$source,"* ]]
}

# observe_primary: what was received is noted before, what it is compared with after the question.
observe_primary() {
	local answer word closed seen=$has time=$EPOCHSECONDS
	asked_at=$now _has_asked=$has
	answer=$(ask_source monitor <"$SQL/primary-state.sql" 2>&1) || {
		primary_problem="$READ_WRITE_HOST does not answer: ${answer##*$'\n'}"
		! login_refused "$answer" || write_remote_options monitor || true # the Secret may have changed since
		return
	}
	IFS=$'\t' read -r word primary closed executed purged timeline origin waits <<<"${answer##*$'\n'}"
	if [[ $word != primary || -z $waits ]] || ! is_set "$executed" || ! is_set "$purged"; then
		primary_problem="$READ_WRITE_HOST answers: ${answer##*$'\n'}"
		return
	fi
	if [[ $closed != 0 ]]; then
		primary_problem="$READ_WRITE_HOST leads to a server that is closed for writes"
		return
	fi
	primary_problem='' asked_time=$time
	# shellcheck disable=SC2153 # it is of position.sh
	if [[ ! $known_at =~ ^[0-9] || $known_at != "$(stat --format=%Y "$KNOWN/.complete" 2>/dev/null)" || $timeline != "$_known_timeline" ]]; then
		read_known "$timeline"
		_known_timeline=$timeline covered_by=''
	fi
	compare_origins
	compare_sets "$seen" || primary_problem="cannot compare sets of transactions: ${REPLY:-no answer}"
}

_known_timeline='' _logs_size='' _archived_until='' _has_asked=''

# compare_origins: the same promotion happened once.
compare_origins() {
	local other known=$origins
	different_origin=''
	[[ ${position[timeline]-} != "$timeline" ]] || known+=" ${position[origin]-}"
	for other in $known; do
		if [[ $origin != - && $other != - && ${other%%/*} == "${origin%%/*}" && $other != "$origin" ]]; then
			different_origin=$other
		fi
	done
}

compare_sets() { # SEEN
	local word archived=- own=$stored received=$1
	if [[ ${position[timeline]-} == "$timeline" ]]; then
		archived=${position[end_set]}
		own+=,${archived#-}
	else
		received=- # of another timeline
	fi
	observe_server || return
	read_file "$SQL/compare.sql"
	ask "SET @executed = '${executed#-}', @has = '${has#-}', @archived = '${archived#-}', @purged = '${purged#-}', @stored = '$own', @seen = '${received#-}';
$REPLY" || return
	IFS=$'\t' read -r word lacks unarchived lost strangers strangers_received <<<"$REPLY"
	[[ $word == compared && -n $strangers_received ]] || return 1
	note_strangers
	note_owed
	observe_gap
}

# note_strangers: what a commit has not finished that waits for replicas, or ends in this moment, is in the binary log already.
note_strangers() {
	if [[ $strangers$strangers_received == -- ]] || ((waits > 0)); then
		strangers_since=''
	else
		: "${strangers_since:=$now}"
	fi
}

# note_owed: what the primary had at one time must come. A large transaction takes its time: while its log grows it is on its way.
note_owed() {
	local size
	size=$(stat --format=%n%s "$DATA/relay-log-archive".0* 2>/dev/null) || size=''
	if [[ $size != "$_logs_size" ]]; then
		_logs_size=$size owed_since=$now
	fi
	if [[ $lacks == - ]]; then
		owed=''
	elif [[ -z $owed ]]; then
		owed=$executed owed_since=$now
	else
		ask "SELECT 'owed', GTID_SUBSET('${owed#-}', '${has#-}');" || return 0
		[[ $REPLY != owed$'\t'1 ]] || owed=$executed owed_since=$now
	fi
}

# observe_gap: whether a proven base has what no log has.
observe_gap() {
	[[ ${position[missing]:--} != - && -z $covered_by ]] || return 0
	! covering_base "${position[timeline]}" "${position[chain_start]}" || covered_by=$REPLY
}
