#!/bin/sh
# Tokens and gaps cover the source without hole or overlap, in bytes and in characters, nothing well-formed is repaired, and
# numbers never go back: for all pages of corpora/, and for the files in the folder LAFZ_TEXTS if it is set. Needs python3.
set -eu
root=${abs_top_srcdir:-.}
python=${PYTHON:-python3}
if ! "$python" -c '' 2>/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
set -- "$root"/corpora/*.txt
if [ -n "${LAFZ_TEXTS:-}" ]; then
	set -- "$@" $(find "$LAFZ_TEXTS" -name '*.txt')
fi
exec "$python" "$root/tests/check_cover.py" "$LAFZ" "$@"
