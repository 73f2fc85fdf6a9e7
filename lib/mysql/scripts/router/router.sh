#!/usr/bin/env bash
# MySQL Router, and what looks after it: it is configured for the group when that can be asked, started, tried, and started again when the
# password or the certificate changed, or when it leads nowhere although the primary answers. The group may be away for as long as it likes.
#   ROUTER_SERVICE  the Service in front of all Routers
#   ADOPTION        the Deployment that writes the metadata
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/agent-loop.sh
source "${BASH_SOURCE[0]%/*}/agent-loop.sh"
# shellcheck source=lib/mysql/scripts/router/find-primary.sh
source "${BASH_SOURCE[0]%/*}/find-primary.sh"
# shellcheck source=lib/mysql/scripts/router/bootstrap.sh
source "${BASH_SOURCE[0]%/*}/bootstrap.sh"

readonly READ_WRITE_PORT=6446
readonly STOP_SECONDS_MAX=${STOP_SECONDS_MAX:-10}
readonly BLOCKED_SECONDS_MAX=60 # for which Router may lead nowhere although the primary answers

router='' used='' blocked_since='' route_error=''

# settings: what Router was started with, to notice a change, into REPLY.
settings() {
	local file all
	secret router-password || return
	all=$REPLY
	for file in tls.crt tls.key ca.crt; do
		read_file "$TLS/$file" || true
		all+=$'\n'$REPLY
	done
	REPLY=$all
}

start_router() {
	mysqlrouter --config="$RUN/router/mysqlrouter.conf" &
	router=$!
	blocked_since=''
	log INFO "started mysqlrouter against the group of $primary"
}

# stop_router: by force, when it does not listen.
stop_router() {
	local tries
	[[ -n $router ]] || return 0
	kill -TERM "$router" 2>/dev/null || true
	for ((tries = 0; tries < STOP_SECONDS_MAX * 10; tries++)); do
		kill -0 "$router" 2>/dev/null || break
		sleep 0.1
	done
	kill -KILL "$router" 2>/dev/null && log WARNING "mysqlrouter did not end within $STOP_SECONDS_MAX s: killed"
	wait "$router" 2>/dev/null || true
	router=''
}

# be_stopped: what to do while Router does not run.
be_stopped() {
	write_remote_options router || return
	if ! find_primary; then
		verdict unready "WAITING: $reason"
		return
	fi
	verdict unready "BOOTSTRAPPING: getting the configuration from $primary, the primary"
	settings || return
	used=$REPLY
	if ! bootstrap; then
		verdict unready 'BOOTSTRAP_FAILED: see above'
		return
	fi
	start_router
}

# follow_settings: a new password is used when the primary accepts it; the old one is valid until then, and after.
follow_settings() {
	settings || return
	[[ $REPLY != "$used" ]] || return 0
	write_remote_options router || return
	find_primary || return 0
	log INFO 'the password or the certificate changed: starting again'
	stop_router
}

# try_route PORT: a login through Router; which member answers, into REPLY; else with which error, if any, into `route_error`.
try_route() {
	local answer
	route_error=''
	REPLY=$(timeout 10 mysql --defaults-file="$RUN/local.cnf" --port="$1" --batch --skip-column-names <<<'SELECT @@GLOBAL.report_host' 2>"$RUN/error") &&
		[[ -n $REPLY ]] && return
	read_file "$RUN/error" || true
	answer=${REPLY%%$'\n'*}
	! server_error "$answer" || route_error=": $answer"
	return 1
}

# refusal_in ERROR: what a member did that a client ended with this error.
refusal_in() {
	server_error "$1" && printf 'answers %s' "${1%%$'\n'*}" || printf 'does not answer'
}

# be_running: what to do while Router runs.
be_running() {
	if try_route "$READ_WRITE_PORT"; then
		blocked_since=''
		verdict ready "ROUTING: port $READ_WRITE_PORT leads to ${REPLY%%.*}"
		return
	fi
	if ! find_primary || ! member_sql router "$primary" <<<'DO 1' >/dev/null 2>"$RUN/error"; then
		blocked_since=''
		read_file "$RUN/error" || true
		[[ -n $reason ]] || reason="$primary, the primary, $(refusal_in "$REPLY")"
		verdict unready "NO_ROUTE: port $READ_WRITE_PORT leads nowhere: $reason"
		return
	fi
	verdict unready "NO_ROUTE: port $READ_WRITE_PORT leads nowhere, although $primary, the primary, answers$route_error"
	blocked_since=${blocked_since:-$SECONDS}
	if ((SECONDS - blocked_since >= BLOCKED_SECONDS_MAX)); then
		log WARNING "this has lasted for $BLOCKED_SECONDS_MAX s: starting again"
		stop_router
	fi
}

# shellcheck disable=SC2034 # verdict reads it
readonly WARNING_STATES='BOOTSTRAP_FAILED NO_ROUTE'

tick() {
	local status=0
	primary='' reason=''
	if [[ -n $router ]] && ! kill -0 "$router" 2>/dev/null; then
		wait "$router" || status=$?
		log WARNING "mysqlrouter ended with status $status"
		router=''
	fi
	[[ -z $router ]] || follow_settings
	if [[ -z $router ]]; then
		be_stopped
	else
		be_running
	fi
}

stop() {
	log INFO 'stopping'
	stop_router
	exit 0
}

main() {
	type -P mysqlrouter >/dev/null || die 'the image has no mysqlrouter: name one that has it as topology.router.image'
	trap stop TERM INT
	verdict unready 'STARTING: has not looked at the group yet'
	tick_forever
}

is_sourced || main
