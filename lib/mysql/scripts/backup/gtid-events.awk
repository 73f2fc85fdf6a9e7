# The transactions of a binary log or relay log, in its order: `MICROSECONDS GTID OFFSET` a line: the time of the commit on the server that it was made
# on, and where its first event is in the file. With FIRST=1 only the first one.
# It reads the file as `od -An -v -tu1 -w32` writes it. Of each event only the header is looked at, so that most lines are skipped whole.
# Events: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication_binlog_event.html
#   33  GTID_LOG_EVENT, with fields at fixed places
#   42  GTID_TAGGED_LOG_EVENT, of a transaction with a tag: fields with a number each, as mysql::serialization writes them
# Exit code 2: this is no binary log, or one that is encrypted.

BEGIN {
	WIDTH = 32
	HEADER = 19
	split("0 1 2 3 4 5 6 7 8 9 a b c d e f", HEX, " ")
	want(0, 4)
	state = "magic"
}

{
	line_at = (NR - 1) * WIDTH
	if (line_at + WIDTH <= from)
		next
	fields = NF
	for (;;) {
		while (got < to && got < line_at + fields) {
			byte[got - from] = $(got - line_at + 1) + 0
			got++
		}
		if (got < to)
			break
		take()
		if (from >= line_at + fields)
			break
	}
}

function want(first, count) {
	from = first
	to = first + count
	got = from
}

# take: what was wanted is there.
function take(    type, size) {
	if (state == "magic") {
		if (byte[0] == 253)
			refuse("the log is encrypted (binlog_encryption)")
		if (byte[0] != 254 || byte[1] != 98 || byte[2] != 105 || byte[3] != 110)
			refuse("this is no binary log")
		state = "header"
		want(4, HEADER)
	} else if (state == "header") {
		type = byte[4]
		size = number(9, 4)
		if (size < HEADER)
			refuse("the event at " from " is damaged")
		event_end = from + size
		if (type == 33 || type == 42) {
			state = type
			event_at = from
			want(from + HEADER, size - HEADER)
		} else
			want(event_end, HEADER)
	} else {
		if (state == 33)
			plain()
		else
			tagged()
		if (FIRST)
			exit
		state = "header"
		want(event_end, HEADER)
	}
}

# number AT COUNT: the first byte is the lowest one.
function number(at, count,    i, value) {
	value = 0
	for (i = count - 1; i >= 0; i--)
		value = value * 256 + byte[at + i]
	return value
}

function uuid(at, bytes,    i, text) {
	text = ""
	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text = text "-"
		text = text HEX[int(bytes[at + i] / 16) + 1] HEX[bytes[at + i] % 16 + 1]
	}
	return text
}

# plain: flags 1, UUID 16, number 8, a type 1, two places in the log 8 each, time of the commit 7. The highest bit of the time says that this
# is a copy, and that the time of the first commit follows.
function plain(    time) {
	time = 42
	if (byte[time + 6] >= 128)
		time += 7
	printf "%.0f %s:%.0f %.0f\n", number(time, 7), uuid(1, byte), number(17, 8), event_at
}

# tagged: version, size and last field that must be known; then fields: 0 flags, 1 UUID, 2 number, 3 tag, 4 and 5 places in the log, 6 time of
# the commit, 7 that of the first commit if it is another one.
function tagged(    id, i, bytes, gno, tag, length_of, time) {
	at = 0
	integer()
	integer()
	integer()
	time = 0
	tag = ""
	while (at < to - from) {
		id = integer()
		if (id == 1) {
			for (i = 0; i < 16; i++)
				bytes[i] = integer()
		} else if (id == 2)
			gno = int(integer() / 2) # its lowest bit is the sign
		else if (id == 3) {
			length_of = integer()
			for (i = 0; i < length_of; i++)
				tag = tag sprintf("%c", byte[at++])
		} else if (id == 0 || id == 4 || id == 5)
			integer()
		else if (id == 6)
			time = integer()
		else {
			if (id == 7)
				time = integer()
			break # fields are in order
		}
	}
	printf "%.0f %s:%s:%.0f %.0f\n", time, uuid(0, bytes), tag, gno, event_at
}

# integer: as many low bits of the first byte are 1 as bytes follow.
function integer(    first, more, value, scale, i) {
	first = byte[at++]
	for (more = 0; more < 8 && first % 2 == 1; more++)
		first = int(first / 2)
	value = more < 8 ? int(first / 2) : 0
	scale = 1
	for (i = more; i < 7; i++)
		scale *= 2
	for (i = 0; i < more; i++) {
		value += byte[at++] * scale
		scale *= 256
	}
	return value
}

function refuse(why) {
	print "gtid-events.awk: " why >"/dev/stderr"
	exit 2
}
