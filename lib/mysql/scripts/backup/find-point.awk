# Where to stop in the transactions of one log, as gtid-events.awk writes them.
#   KIND   time: before the first one that is later than AT, in microseconds | before: before the transaction AT | after: before the one that
#          follows the transaction AT
#   BASE   the set that the base has: what is in it stops nothing
#   LAST   the transaction before this log: `MICROSECONDS GTID`, or empty
#   SEEN   1 when a log before has the transaction AT
# It writes, a line each:
#   stop MICROSECONDS GTID   the first one that is not to be applied; no such line: all of this log is
#   last MICROSECONDS GTID   the one before
#   seen                     the transaction AT is here, or was before
#   late MICROSECONDS GTID   the base has this one, which is later than the time
#   executed SET             of this log, up to the point

BEGIN {
	seen = SEEN + 0
	count = split(BASE, items, ",")
	for (i = 1; i <= count; i++) {
		parts = split(tolower(items[i]), part, ":")
		source = part[1]
		for (j = 2; j <= parts; j++) {
			if (part[j] ~ /^[0-9]/)
				intervals[source] = intervals[source] " " part[j]
			else
				source = part[1] ":" part[j]
		}
	}
}

stop != "" {
	next
}

{
	match($2, /:[0-9]+$/)
	source = substr($2, 1, RSTART - 1)
	gno = substr($2, RSTART + 1) + 0
	if (!in_base(source, gno)) {
		if (KIND == "time" && $1 + 0 > AT + 0 || KIND == "before" && $2 == AT || KIND == "after" && seen) {
			stop = $1 " " $2
			if (KIND == "before")
				seen = 1
			next
		}
	} else if (KIND == "time" && $1 + 0 > AT + 0 && late == "")
		late = $1 " " $2
	if (KIND == "after" && $2 == AT)
		seen = 1
	LAST = $1 " " $2
	if (!(source in highest) || gno != highest[source] + 1) {
		if (source in highest)
			close_interval(source)
		else
			sources[++source_count] = source
		lowest[source] = gno
	}
	highest[source] = gno
}

END {
	for (i = 1; i <= source_count; i++)
		close_interval(sources[i])
	if (stop != "")
		print "stop " stop
	if (LAST != "")
		print "last " LAST
	if (seen)
		print "seen"
	if (late != "")
		print "late " late
	print "executed " (executed == "" ? "-" : executed)
}

function close_interval(source) {
	executed = executed sprintf("%s%s:%.0f-%.0f", executed == "" ? "" : ",", source, lowest[source], highest[source])
}

function in_base(source, gno,    list, i, bounds, found) {
	if (!(source in intervals))
		return 0
	found = split(intervals[source], list, " ")
	for (i = 1; i <= found; i++) {
		if (split(list[i], bounds, "-") == 1)
			bounds[2] = bounds[1]
		if (gno >= bounds[1] + 0 && gno <= bounds[2] + 0)
			return 1
	}
	return 0
}
