#!/bin/sh
# No letter of a page's own alphabet changes when languages are detected; see tests/harm.py. Needs python3.
set -eu
root=${abs_top_srcdir:-.}
python=${PYTHON:-python3}
if ! "$python" -c '' 2>/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
exec "$python" "$root/tests/harm.py" "$LAFZ" "$root"
