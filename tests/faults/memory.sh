#!/bin/sh
# Allocations of the filter fail, its libraries' too: a share of them, or each in turn with LAFZ_TEST_FULL=1. Then some
# under valgrind, if LAFZ_FAULT_LEAKS says how many: nothing may be lost.
. "${abs_top_srcdir:-.}/tests/faults/lib.sh"

mkdir "$tmp/plain"
"$python" -B "$root/tests/faults/faults.py" memory "$LAFZ" "$library" "$tmp/plain"
command -v valgrind >/dev/null || exit 0
mkdir "$tmp/valgrind"
most=${LAFZ_FAULT_LEAKS:-0}
cases="records;map;shift_jis;xz;2 jobs, output"
if [ "${LAFZ_TEST_FULL:-}" = 1 ]; then
	most=${LAFZ_FAULT_LEAKS:-20}
	cases=
fi
[ "$most" -gt 0 ] || exit 0
LAFZ_KERNEL=plain LAFZ_FAULT_CASE=$cases LAFZ_TEST_FULL=0 LAFZ_FAULT_MOST=$most "$python" -B "$root/tests/faults/faults.py" memory "$LAFZ" "$library" \
	"$tmp/valgrind" valgrind --quiet --vgdb=no "--suppressions=$root/tests/faults/libarchive.supp" --soname-synonyms=somalloc=nouserintercepts --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --error-exitcode=9
