# What the statements of a check answer, as `mysql --xml` writes it: a line for each row, `1 VALUE` when its first column is true, else `0 VALUE`; a
# statement that asks and answers no row is `0 (no row)`.

/^<resultset / {
	rows = 0
}

/^  <row>/ || /^\t?<row>/ {
	rows++
	first = 1
}

first && /<field / {
	first = 0
	value = $0
	null = value ~ /xsi:nil="true"/
	sub(/^[^>]*>/, "", value)
	sub(/<\/field>.*$/, "", value)
	true = !null && value != "" && value !~ /^-?0+(\.0+)?$/
	print true " " (null ? "NULL" : value)
}

/^<\/resultset>/ {
	if (rows == 0)
		print "0 (no row)"
}
