#!/bin/sh
# Stands for rclone, over a folder (FAKE): what the programs of the store ask of it, without encryption. Each change is written down.
command='' first='' second='' list='' cacert=''
while [ "$#" -gt 0 ]; do
	case $1 in
	--files-from-raw) list=$2 && shift ;;
	--ca-cert) cacert=$2 && shift ;;
	--config | --retries | --low-level-retries | --contimeout | --timeout | --include | --transfers | --max-depth) shift ;;
	--*) ;;
	*) if [ -z "$command" ]; then command=$1; elif [ -z "$first" ]; then first=$1; else second=$1; fi ;;
	esac
	shift
done
: "$cacert"
if [ -e "$FAKE.$command" ]; then # a complaint that a test gives
	cat "$FAKE.$command" >&2
	exit "$(cat "$FAKE.status")"
fi
case $command in
obscure) cat ;;
lsf)
	folder=$FAKE
	case $first in plain:*/base) folder=$FAKE/base ;; esac
	[ -d "$folder" ] || exit 3
	(cd "$folder" && find . -type f | sed 's/^\.\///' | if [ "$folder" = "$FAKE" ]; then grep -e ^bases/ -e ^logs/ -e ^state/ -e ^drills/; else cat; fi) || true
	;;
copy) while read -r name; do
	mkdir -p "$second/${name%/*}"
	cp "$FAKE/$name" "$second/$name"
done <"$list" ;;
copyto)
	path=$FAKE/${second#store:}
	mkdir -p "${path%/*}"
	cp "$first" "$path"
	echo "put ${second#store:}" >>"$FAKE.changes"
	;;
cat) cat "$FAKE/${first#store:}" ;;
delete)
	if [ -n "$list" ]; then
		while read -r name; do
			rm "$FAKE/$name"
			echo "delete $name" >>"$FAKE.changes"
		done <"$list"
	else
		rm -r "$FAKE/base/keys"
		echo "delete ${first##*/}" >>"$FAKE.changes"
	fi
	;;
*) exit 1 ;;
esac
