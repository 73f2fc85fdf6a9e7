#!/bin/sh
# Writes a page of metrics each 5 s, and serves it: what kube-state-metrics, the kubelet and a web would say, which are not on the cluster of
# the tests. Counters grow as the time goes.
#   series.sh kubernetes|web NAMESPACE
set -eu
mkdir -p /tmp/www
start=$(date +%s)

kubernetes() {
	now=$(date +%s)
	spent=$((now - start))
	for name in backup drill; do
		echo "kube_cronjob_status_last_successful_time{namespace=\"$1\",cronjob=\"mysql-$name\"} $((start - 60))"
		echo "kube_job_status_failed{namespace=\"$1\",job_name=\"mysql-$name-1\"} 0"
	done
	echo "kube_statefulset_replicas{namespace=\"$1\",statefulset=\"web\"} 2"
	echo "kube_statefulset_status_replicas_ready{namespace=\"$1\",statefulset=\"web\"} 2"
	for pod in web-0 web-1; do
		of="namespace=\"$1\",pod=\"$pod\",container=\"web\""
		echo "kube_pod_container_status_restarts_total{$of} 1"
		echo "container_cpu_usage_seconds_total{$of} $((spent * (4 + spent / 60 % 3) / 100)).$((spent % 10))"
		echo "container_memory_working_set_bytes{$of} $((20971520 + spent % 300 * 8192))"
		claim="namespace=\"$1\",persistentvolumeclaim=\"www-$pod\""
		echo "kubelet_volume_stats_capacity_bytes{$claim} 1073741824"
		echo "kubelet_volume_stats_used_bytes{$claim} $((300000000 + spent * 100000))"
	done
}

web() {
	spent=$(($(date +%s) - start))
	echo "http_requests_total{code=\"200\"} $((spent * 89 / 7))"
	echo "http_requests_total{code=\"503\"} $((spent / 30))"
}

while :; do
	"$1" "$2" >/tmp/www/new
	mv /tmp/www/new /tmp/www/metrics.txt # as which it is served as text
	sleep 5
done &
exec httpd -f -p 8080 -h /tmp/www
