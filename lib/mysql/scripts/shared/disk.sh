# shellcheck shell=bash
# Says that the disk is full, which no server says to who asks: it waits for space. It is sourced, after lib.sh.
# RUN/disk tells others how full it is: `61%`, and the free bytes after a tab (says.sh).

readonly DISK_PAUSE=15  # between two looks at the disk
readonly DISK_FREE=1024 # KiB: with less a server soon waits for space

disk_full='' disk_seen_at=-$DISK_PAUSE

# look_at_disk: says once that the server cannot write, and once that it can. It asks the disk: the server would have to write to know.
look_at_disk() {
	local used free was=$disk_full
	((SECONDS - disk_seen_at >= DISK_PAUSE)) || return 0
	disk_seen_at=$SECONDS
	free=$(df --output=pcent,avail --block-size=1K "$VOLUME" 2>/dev/null) || return 0
	read -r used free <<<"${free##*$'\n'}"
	[[ $free =~ ^[0-9]+$ ]] || return 0
	printf '%s\t%s\n' "$used" "$((free << 10))" >"$RUN/disk"
	((free < DISK_FREE)) && disk_full=1 || disk_full=''
	[[ $disk_full != "$was" ]] || return 0
	if [[ -n $disk_full ]]; then
		log ERROR "the disk is full ($free KiB are free): writes wait; see \"Make space on a full disk\" in the operations guide"
	else
		log INFO "the disk is no longer full ($free KiB are free): writes go on within a minute"
	fi
}
