# shellcheck shell=bash disable=SC2034
# What an agent says of itself, for who looks at the members: a variable of a session that it keeps open on its own server. It is no transaction, and who
# ends says nothing any more. Who asks finds it in performance_schema.user_variables_by_thread (status.sql). It is sourced, after lib.sh.
#   @cdk8s_stateful_says   TIME WORD STATE: REASON DISK FREE, separated by tabs: when the agent decided that, in seconds since 1970; ready or unready; how
#                          much of the volume is used, as `61%`, and how many bytes of it are free, `-` as long as nobody has looked
# needs: the session of session.sh
# sets:  said_at; REPLY holds what a function answers

readonly SAY_PAUSE=5 # seconds after which the same is said again, with its new time

said='' said_at=-1000

# saying: the statement that says what is in RUN/verdict and RUN/disk, into REPLY; nothing when that was said a moment ago. It goes before another one.
saying() {
	local at='' words='' text
	[[ -n ${SESSION_PID-} ]] || said_at=-1000 # another session knows nothing of it
	! read_file "$RUN/verdict" || IFS=' ' read -r at words <<<"$REPLY"
	REPLY=''
	[[ -n $words ]] || return 0 # nothing was decided yet, or it is just being written
	[[ ! -e $RUN/stand-in ]] || words+='; a stand-in acts for the agent'
	text=$words
	[[ $text != "$said" ]] || ((SECONDS - said_at >= SAY_PAUSE)) || return 0
	said=$text said_at=$SECONDS
	read_file "$RUN/disk" && [[ $REPLY == *%$'\t'* ]] || REPLY=$'-\t-'
	REPLY="SET @cdk8s_stateful_says = $(sql_literal "$at"$'\t'"${words%% *}"$'\t'"${words#* }"$'\t'"$REPLY");"$'\n'
}
