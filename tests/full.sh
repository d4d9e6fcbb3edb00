#!/bin/sh
# The long versions of what `make check` does for some seconds (doc/testing.md), one after the other in the build folder, each
# with its budget and what it took. `make check-full` runs it.
#
# usage: full.sh SECONDS   (of fuzzing, for each fuzzer)
set -u
[ $# -eq 1 ] || { sed -n 's/^# \{0,1\}//;2,5p' "$0"; exit 2; }
seconds=$1
failed=0

# part NAME BUDGET COMMAND...: the budget is in seconds, of one core.
part()
{
	name=$1
	budget=$2
	start=$(date +%s)
	shift 2
	printf '\n==== %s: budget %d s\n' "$name" "$budget"
	if "$@"; then result=passed; else result=FAILED; failed=$((failed + 1)); fi
	printf '==== %s: %s, %d s of %d\n' "$name" "$result" $(($(date +%s) - start)) "$budget"
}

fuzzers()
{
	command -v clang >/dev/null || { echo "left out: no clang"; return 0; }
	mkdir -p fuzz
	(cd fuzz && { [ -e Makefile ] || "$abs_top_srcdir/configure" --quiet --enable-fuzzers CC=clang CFLAGS='-O1 -g'; } &&
		make -s -j2 tests/fuzz/fuzz_encoding tests/fuzz/fuzz_filter tests/fuzz/fuzz_key tests/fuzz/fuzz_stream \
			tests/fuzz/fuzz_tables tests/fuzz/fuzz_text) >fuzz/make.log 2>&1 || { tail -n 20 fuzz/make.log; return 1; }
	"$abs_top_srcdir/tests/fuzz/run.sh" fuzz fuzz/work "$seconds"
}

part "fuzzers" $((6 * seconds + 120)) fuzzers
part "growth" 300 make -s bench-linear
part "coverage" 120 make -s coverage
exit "$failed"
