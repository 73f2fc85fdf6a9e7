# shellcheck shell=bash disable=SC2034
# For how long the network may lead clients to a server that looks for no clients of that kind any more: it was the primary or the source, and reads
# from it would be old. It is sourced, after lib.sh.
# sets: led

# A Service leads nobody there a few seconds after the role was handed over. A role that was lost may have been so since the network was cut: a client
# that began to connect then sends its SYN once more up to 67 s later (tcp_syn_retries = 6), to the pod that its node chose at first.
readonly HANDED_SECONDS=5 LOST_SECONDS=${LOST_SECONDS:-70}
readonly LED_FILE=$RUN/led # the time at which the server last had the role, and whether it was lost or handed over; a new pod has another address

led='' # whether clients may still be led here: lost or handed

# note_role WORD: this server has the role (lost: so it is until it is handed over), or handed it over just now.
note_role() {
	printf '%s %s\n' "$EPOCHSECONDS" "$1" >"$LED_FILE"
}

# prolong_led: clients were led here until now, however the role was given up.
prolong_led() {
	! read_file "$LED_FILE" || note_role "${REPLY#* }"
}

# observe_led: into `led`.
observe_led() {
	local at word
	led=''
	read_file "$LED_FILE" || return 0
	read -r at word <<<"$REPLY"
	case $word in
	handed) ((EPOCHSECONDS - at >= HANDED_SECONDS)) || led=handed ;;
	lost) ((EPOCHSECONDS - at >= LOST_SECONDS)) || led=lost ;;
	esac
}
