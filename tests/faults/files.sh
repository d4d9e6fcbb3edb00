#!/bin/sh
# Calls of the system fail (reading, writing, opening, renaming and the rest, each with its errors), or do less than was
# asked for: a share of them, or each in turn with LAFZ_TEST_FULL=1.
. "${abs_top_srcdir:-.}/tests/faults/lib.sh"

"$python" -B "$root/tests/faults/faults.py" files "$LAFZ" "$library" "$tmp"
