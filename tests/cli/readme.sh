#!/bin/sh
# Runs the examples of README.md in the top folder of the source and compares with the output shown.
. "${srcdir:-.}/tests/cli/lib.sh"

mkdir bin
ln -s "$LAFZ" bin/lafz
PATH=$tmp/work/bin:$PATH
export PATH

examples "$top/README.md" "$top"
same "there are examples" yes "$([ "$n_examples" -gt 4 ] && echo yes)"

finish
