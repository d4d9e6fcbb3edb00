#!/bin/sh
# Runs the examples of README.md and compares with the output shown: in an indented block a line that begins with "$ " is a
# command, and the lines up to the next one or to the end of the block are its output. They are run in the top folder of
# the source.
. "${srcdir:-.}/tests/cli/lib.sh"

mkdir bin
ln -s "$LAFZ" bin/lafz
PATH=$tmp/work/bin:$PATH
export PATH

awk '
	!/^    / { in_example = 0; next }
	{ text = substr($0, 5) }
	text ~ /^\$ / { n++; in_example = 1; print substr(text, 3) > (n ".command"); printf "" > (n ".expected"); next }
	in_example { print text > (n ".expected") }
	END { print n + 0 > "count" }
' "$top/README.md"

n=1
while [ "$n" -le "$(cat count)" ]; do
	(cd "$top" && sh "$tmp/work/$n.command") >"$n.out" 2>&1
	same_file "$(cat "$n.command")" "$n.expected" "$n.out"
	n=$((n + 1))
done
same "there are examples" yes "$([ "$n" -gt 4 ] && echo yes)"

finish
