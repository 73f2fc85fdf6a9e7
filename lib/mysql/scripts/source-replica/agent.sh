#!/usr/bin/env bash
# The agent beside the server of a source or a replica. It gives the server its role, keeps it, and says whether clients may use it.
#   the source   is the member that the last promotion names, or the one that was rendered as such; it is opened for writes when no other
#                member knows of a later promotion
#   a replica    is read-only and follows the source; it stops when it has transactions that the source does not have
# What it decides, it logs, one line each.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/survey.sh
source "${BASH_SOURCE[0]%/*}/survey.sh"
# shellcheck source=lib/mysql/scripts/shared/transactions.sh
source "${BASH_SOURCE[0]%/*}/transactions.sh"
# shellcheck source=lib/mysql/scripts/shared/agent-loop.sh
source "${BASH_SOURCE[0]%/*}/agent-loop.sh"
# shellcheck source=lib/mysql/scripts/shared/session.sh
source "${BASH_SOURCE[0]%/*}/session.sh"
# shellcheck source=lib/mysql/scripts/shared/disk.sh
source "${BASH_SOURCE[0]%/*}/disk.sh"
# shellcheck source=lib/mysql/scripts/shared/accounts.sh
source "${BASH_SOURCE[0]%/*}/accounts.sh"
# shellcheck source=lib/mysql/scripts/shared/certificate.sh
source "${BASH_SOURCE[0]%/*}/certificate.sh"
# shellcheck source=lib/mysql/scripts/source-replica/member-state.sh
source "${BASH_SOURCE[0]%/*}/member-state.sh"
# shellcheck source=lib/mysql/scripts/source-replica/source.sh
source "${BASH_SOURCE[0]%/*}/source.sh"
# shellcheck source=lib/mysql/scripts/source-replica/follow.sh
source "${BASH_SOURCE[0]%/*}/follow.sh"
# shellcheck source=lib/mysql/scripts/source-replica/replica.sh
source "${BASH_SOURCE[0]%/*}/replica.sh"

readonly PEERS_PAUSE=10 # between two questions to the other members

known_epoch=0 known_source=$DEFAULT_SOURCE # the last promotion that any member told of
incarnation='' followed_in='' own_transactions='' diverged='' opening_since='' peers_asked_at=-10

# read_state: the row of member-state.sql into variables; why there is none into `problem`.
read_state() {
	problem='the server does not answer'
	if ! ask_state || ! take_state "$REPLY"; then
		! server_error "$REPLY" || problem="the server answers with error $REPLY"
		close_session
		return 1
	fi
	executed["$POD_NAME"]=$own_executed received["$POD_NAME"]=$own_received
	if ((own_epoch > known_epoch)); then
		learn "$own_epoch" "$own_source" "this server's own data"
	fi
	read_file "$RUN/incarnation" || true
	if [[ $REPLY != "$incarnation" ]]; then # the server has started since
		incarnation=$REPLY own_transactions='' diverged='' opening_since=''
	fi
}

learn() { # EPOCH SOURCE TELLER
	known_epoch=$1 known_source=$2
	log "promotion $1 made $2 the source, says $3"
}

# ask_peers: what the other members know; a later promotion is noted.
ask_peers() {
	members
	survey "${peers[@]}"
	latest_promotion "${peers[@]}"
	((latest_epoch <= known_epoch)) || learn "$latest_epoch" "$latest_source" 'another member'
}

# ask_peers_now_and_then: the same, but not with every tick.
ask_peers_now_and_then() {
	((SECONDS - peers_asked_at >= PEERS_PAUSE)) || return 0
	peers_asked_at=$SECONDS
	ask_peers
}

tick() {
	look_at_disk
	keep_certificate
	if ! read_state; then
		verdict unready "$problem"
		return
	fi
	if [[ $known_source == "$POD_NAME" ]]; then
		be_source
	else
		be_replica
	fi
}

main() {
	trap 'exit 0' TERM INT
	trap '' PIPE
	write_remote_options monitor
	write_remote_options replication
	tick_forever
}

is_sourced || main
