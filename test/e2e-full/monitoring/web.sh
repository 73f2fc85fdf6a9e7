#!/bin/sh
# A web that counts its requests: ten a second, of which a third fails while there is a file `failing`. It serves what it counts, as a web with an
# exporter would, and crashes when there is a file `crash`.
set -eu
rm -f /tmp/crash # of an earlier life
mkdir -p /tmp/www
httpd -p 8080 -h /tmp/www
ok=0 failed=0
until [ -e /tmp/crash ]; do
	if [ -e /tmp/failing ]; then
		ok=$((ok + 14)) failed=$((failed + 6))
	else
		ok=$((ok + 20))
	fi
	printf 'http_requests_total{code="200"} %d\nhttp_requests_total{code="503"} %d\n' "$ok" "$failed" >/tmp/www/new
	mv /tmp/www/new /tmp/www/metrics.txt # as which it is served as text
	sleep 2
done
exit 1
