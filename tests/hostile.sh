#!/bin/sh
# Hostile text: nothing lost, bounded memory, the results that doc/testing.md lists. And bounded growth: a few of the texts of
# `make bench-linear`, small ones. Needs python3, and valgrind for the latter.
set -eu
root=${abs_top_srcdir:-.}
python=${PYTHON:-python3}
if ! "$python" -c '' 2>/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
"$python" -B "$root/tests/hostile.py" "$root" "$LAFZ"
if [ -n "${SANITIZER_FLAGS:-}" ] || ! command -v valgrind >/dev/null; then
	echo "growth not measured: no valgrind, or built with sanitizers"
	exit 0
fi
"$python" -B "$root/bench/linear.py" "$LAFZ" 8192,16384 digits hosts hyphens nested one-mark pairs zwnj
LAFZ_LINEAR_OPTIONS="-f text -l en" "$python" -B "$root/bench/linear.py" "$LAFZ" 8192,16384 digits hyphens nested pairs
