# Information files of logs, one after the other, as a table with a line for each log that is whole:
#   NAME CHAIN LAST_COMMIT BYTES SHA256 JOINS
# LAST_COMMIT is in microseconds; JOINS is 1 when the log begins with what the one before of its chain ended with.
#   awk -f log-table.awk instant TIME   writes a time, such as 2026-11-28T23:28:50.9Z, in microseconds. Exit code 2: it is no time.

BEGIN {
	if (ARGV[1] == "instant") {
		value = instant(ARGV[2])
		if (value < 0)
			exit 2
		printf "%.0f\n", value
		exit 0
	}
}

$1 == "end" {
	if (log_of["kind"] == "log") {
		chain = log_of["chain"]
		joins = chain == last_chain && log_of["start"] == last_end
		printf "%s %s %.0f %s %s %d\n", log_of["name"], chain, instant(log_of["last_commit"]), log_of["bytes"], log_of["sha256"], joins
		last_chain = chain
		last_end = log_of["end_set"]
	}
	split("", log_of)
	next
}

$1 == "format" {
	split("", log_of) # what was before was not whole
}

{
	log_of[$1] = $2
}

# instant TIME: -1 when it is none.
function instant(time,    number, fraction, offset, year, month, day) {
	if (time !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9](\.[0-9]+)?(Z|[+-][0-9][0-9]:[0-9][0-9])$/)
		return -1
	year = substr(time, 1, 4) + 0
	month = substr(time, 6, 2) + 0
	day = substr(time, 9, 2) + 0
	offset = 0
	if (time !~ /Z$/) {
		offset = substr(time, length(time) - 4, 2) * 3600 + substr(time, length(time) - 1, 2) * 60
		if (substr(time, length(time) - 5, 1) == "-")
			offset = -offset
	}
	fraction = substr(time, 20)
	sub(/(Z|[+-][0-9][0-9]:[0-9][0-9])$/, "", fraction)
	fraction = substr(substr(fraction, 2) "000000", 1, 6)
	if (month <= 2) { # years begin in March, so that the day of a leap year is their last one
		year--
		month += 12
	}
	number = 365 * year + int(year / 4) - int(year / 100) + int(year / 400) + int((153 * (month - 3) + 2) / 5) + day - 1 - 719468
	number = number * 86400 + substr(time, 12, 2) * 3600 + substr(time, 15, 2) * 60 + substr(time, 18, 2) - offset
	return number * 1000000 + fraction
}
