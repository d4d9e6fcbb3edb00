#!/bin/sh
# Sourced: what the tests of faults need. Sets library and tmp.
set -eu
root=${abs_top_srcdir:-.}
python=${PYTHON:-python3}

skip()
{
	echo "skipped: $1"
	exit 77
}

library=$abs_top_builddir/tests/faults/.libs/libfault.so
[ -z "${SANITIZER_FLAGS:-}" ] || skip "sanitizers have an allocator of their own"
[ -e "$library" ] || skip "no library that can be preloaded was built"
"$python" -c '' 2>/dev/null || skip "no python3"
counts=$(mktemp)
LD_PRELOAD=$library LAFZ_FAULT_COUNTS=$counts "$LAFZ" --version >/dev/null
calls=$(sed -n 's/^malloc //p' "$counts")
rm -f "$counts"
[ "${calls:-0}" -gt 0 ] || skip "this system preloads nothing"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
