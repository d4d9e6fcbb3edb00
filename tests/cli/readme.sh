#!/bin/sh
# Runs the examples of README.md and compares with the output shown: in an indented block a line that begins with "$ " is a
# command, and the lines up to the next one or to the end of the block are its output. They are run in the top folder of
# the source.
. "${srcdir:-.}/tests/cli/lib.sh"

awk '
	!/^    / { in_example = 0; next }
	{ text = substr($0, 5) }
	text ~ /^\$ / { n++; in_example = 1; print substr(text, 3) > (n ".command"); printf "" > (n ".expected"); next }
	in_example { print text > (n ".expected") }
	END { print n + 0 > "count" }
' "$top/README.md"

run_examples 4 "$top"
finish
