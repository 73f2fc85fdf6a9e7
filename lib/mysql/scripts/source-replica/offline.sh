# shellcheck shell=bash
# The fence: a server in offline mode ends the sessions of clients and lets none in; accounts of the cluster have CONNECTION_ADMIN and come in.
# Each server starts so. It is sourced by agent.sh, after session.sh.
# sets: fence_client

readonly FENCE_SECONDS_MAX=120 # for which a client waits with the fence for a server that does not answer

fence_client='' # the process that waits

fence() {
	ask 'SET GLOBAL offline_mode = ON;' && [[ -z $REPLY ]] && return
	log WARNING "the server does not refuse clients: ${REPLY:-no answer}"
	return 1
}

# let_in: of a replica.
let_in() {
	ask 'SET GLOBAL offline_mode = OFF;' && [[ -z $REPLY ]] && return
	log WARNING "the server does not let clients in: ${REPLY:-no answer}"
	return 1
}

# let_in_source: under the lock of the role, see serve-source.sql; why not into REPLY.
let_in_source() {
	local sql
	read_file "$SQL/serve-source.sql" || return
	sql=$REPLY
	ask "SET @me = '$POD_NAME', @rendered = '$DEFAULT_SOURCE';"$'\n'"$sql" || return
	[[ $REPLY == "$POD_NAME" ]]
}

# queue_fence: a server that does not answer takes it as its first statement when it goes on: it may have been replaced meanwhile.
queue_fence() {
	timeout "$FENCE_SECONDS_MAX" mysql --defaults-file="$RUN/root.cnf" --connect-timeout="$FENCE_SECONDS_MAX" \
		--execute 'SET GLOBAL offline_mode = ON' </dev/null >/dev/null 2>&1 &
	fence_client=$!
}

# fence_waits: whether the server has not taken it yet.
fence_waits() {
	[[ -n $fence_client ]] || return 1
	! kill -0 "$fence_client" 2>/dev/null || return 0
	wait "$fence_client" 2>/dev/null || true
	fence_client=''
	return 1
}
