# Sets of GTIDs, where no server is at hand to compute with them.
#   awk -f gtid-sets.awk subset A B      1 when B has all of A, else 0
#   awk -f gtid-sets.awk subtract A B    what A has and B has not, as MySQL writes it; `-` when that is nothing
#   awk -f gtid-sets.awk union A B       both
# A set is `-` or empty for none, or `UUID[:TAG][:INTERVAL]...` with commas between; `UUID:1-3:TAG:5` has two tags in one item, as MySQL writes
# them. Exit code 2: this is no set. Numbers of transactions stay below 2^53, which awk counts exactly: a server that commits 100,000 a second
# needs 2,850 years for them.

BEGIN {
	operation = ARGV[1]
	parse(ARGV[2], a)
	parse(ARGV[3], b)
	if (operation == "subset") {
		remove(a, b)
		print (text(a) == "-" ? 1 : 0)
	} else if (operation == "subtract") {
		remove(a, b)
		print text(a)
	} else if (operation == "union") {
		for (source in b)
			add(a, source, b[source])
		for (source in a)
			a[source] = merged(a[source])
		print text(a)
	} else {
		refuse("there is no operation " operation)
	}
	exit 0
}

function refuse(why) {
	print "gtid-sets.awk: " why >"/dev/stderr"
	exit 2
}

# parse TEXT SET: for each UUID and tag its intervals, sorted and apart: `1-5,7-7`.
function parse(set_text, set,    items, count, i, parts, parts_count, j, source, part) {
	split("", set)
	gsub(/[ \t\r\n]/, "", set_text)
	if (set_text == "-" || set_text == "")
		return
	count = split(tolower(set_text), items, ",")
	for (i = 1; i <= count; i++) {
		parts_count = split(items[i], parts, ":")
		if (length(parts[1]) != 36 || parts[1] !~ /^[0-9a-f-]+$/ || parts_count < 2)
			refuse("this is no set of GTIDs: " items[i])
		source = parts[1]
		for (j = 2; j <= parts_count; j++) {
			part = parts[j]
			if (part ~ /^[a-z_][a-z0-9_]*$/)
				source = parts[1] ":" part
			else if (part ~ /^[0-9]+$/)
				add(set, source, part "-" part)
			else if (part ~ /^[0-9]+-[0-9]+$/)
				add(set, source, part)
			else
				refuse("this is no set of GTIDs: " items[i])
		}
	}
	for (source in set)
		set[source] = merged(set[source])
}

function add(set, source, interval) {
	if (source in set) # not in one expression: some awks make the element first
		set[source] = set[source] "," interval
	else
		set[source] = interval
}

# merged INTERVALS: sorted, with those that touch as one.
function merged(intervals,    list, count, i, j, from, to, moved, result, last_from, last_to) {
	count = split(intervals, list, ",")
	for (i = 1; i <= count; i++) {
		split(list[i], moved, "-")
		from[i] = moved[1] + 0
		to[i] = moved[2] + 0
		for (j = i; j > 1 && from[j] < from[j - 1]; j--) {
			moved[1] = from[j]; from[j] = from[j - 1]; from[j - 1] = moved[1]
			moved[2] = to[j]; to[j] = to[j - 1]; to[j - 1] = moved[2]
		}
	}
	result = ""
	last_from = from[1]
	last_to = to[1]
	for (i = 2; i <= count; i++) {
		if (from[i] <= last_to + 1) {
			if (to[i] > last_to)
				last_to = to[i]
		} else {
			result = result sprintf("%.0f-%.0f,", last_from, last_to)
			last_from = from[i]
			last_to = to[i]
		}
	}
	return result sprintf("%.0f-%.0f", last_from, last_to)
}

# remove SET OTHER: takes the other one out of it.
function remove(set, other,    source, left) {
	for (source in set) {
		if (!(source in other))
			continue
		left = without(set[source], other[source])
		if (left == "")
			delete set[source]
		else
			set[source] = left
	}
}

# without INTERVALS OTHERS: both are sorted.
function without(intervals, others,    list, count, i, removed, removed_count, j, bounds, cut, from, to, result) {
	count = split(intervals, list, ",")
	removed_count = split(others, removed, ",")
	result = ""
	j = 1
	for (i = 1; i <= count; i++) {
		split(list[i], bounds, "-")
		from = bounds[1] + 0
		to = bounds[2] + 0
		for (; j <= removed_count && from <= to; j++) {
			split(removed[j], cut, "-")
			if (cut[1] + 0 > to)
				break
			if (cut[2] + 0 < from)
				continue
			if (cut[1] + 0 > from)
				result = result (result == "" ? "" : ",") sprintf("%.0f-%.0f", from, cut[1] - 1)
			from = cut[2] + 1
			if (from > to)
				break # the same one may reach into the next interval
		}
		if (from <= to)
			result = result (result == "" ? "" : ",") sprintf("%.0f-%.0f", from, to)
	}
	return result
}

# text SET: sorted by UUID and tag, one item for each.
function text(set,    source, sources, count, i, j, moved, list, bounds, parts, k, result) {
	count = 0
	for (source in set)
		sources[++count] = source
	for (i = 2; i <= count; i++)
		for (j = i; j > 1 && sources[j] < sources[j - 1]; j--) {
			moved = sources[j]; sources[j] = sources[j - 1]; sources[j - 1] = moved
		}
	result = ""
	for (i = 1; i <= count; i++) {
		result = result (i == 1 ? "" : ",") sources[i]
		parts = split(set[sources[i]], list, ",")
		for (k = 1; k <= parts; k++) {
			split(list[k], bounds, "-")
			result = result ":" (bounds[1] == bounds[2] ? bounds[1] : list[k])
		}
	}
	return result == "" ? "-" : result
}
