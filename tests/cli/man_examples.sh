#!/bin/sh
# Runs the examples of man/lafz.1 and compares with the output shown. In the section EXAMPLES each line between .EX and
# .EE that begins with "$ " is a command; the lines up to the next one are its output. They are run in the top
# folder of the source.
. "${srcdir:-.}/tests/cli/lib.sh"

# Numbered files: N.command, N.expected.
awk '
	/^\.SH / { in_examples = $2 == "EXAMPLES" }
	!in_examples { next }
	/^\.EX/ { in_block = 1; next }
	/^\.EE/ { in_block = 0; next }
	!in_block { next }
	{
		gsub(/\\-/, "-")
		gsub(/\\&/, "")
		gsub(/\\\(aq/, "\047")
		gsub(/\\\(ha/, "^")
		gsub(/\\\(ti/, "~")
		gsub(/\\e/, "\\")
	}
	/^\$ / { n++; print substr($0, 3) > (n ".command"); printf "" > (n ".expected"); next }
	n { print > (n ".expected") }
	END { print n + 0 > "count" }
' "$top/man/lafz.1"

run_examples 5 "$top"
finish
