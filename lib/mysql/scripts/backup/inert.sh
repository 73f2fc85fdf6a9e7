# shellcheck shell=bash
# Steps of a pod that have nothing to do: the first one that finds so leaves VOLUME/inert with the reason, and those after it end. It is sourced, after
# lib.sh.
# needs: lib.sh
# sets:  nothing

readonly INERT_FILE=$VOLUME/inert

# end_if_marked: where a step before has found it.
end_if_marked() {
	read_file "$INERT_FILE" || return 0
	log INFO "inert: $REPLY"
	exit 0
}

# be_inert REASON: ends this step, and those after it.
be_inert() {
	printf '%s\n' "$1" >"$INERT_FILE.new"
	mv "$INERT_FILE.new" "$INERT_FILE"
	log INFO "inert: $1"
	exit 0
}
