#!/bin/sh
# The long versions of what `make check` does for some seconds (doc/testing.md), one after the other in the build folder, each
# with its budget and what it took. `make check-full` runs it.
#
# usage: full.sh SECONDS [PART...]   (of fuzzing, for each fuzzer; without names all of fuzzers growth coverage faults i386 s390x)
set -u
[ $# -ge 1 ] || { sed -n 's/^# \{0,1\}//;2,5p' "$0"; exit 2; }
seconds=$1
shift
parts=${*:-fuzzers growth coverage faults i386 s390x}
failed=0

# part NAME BUDGET COMMAND...: if it is asked for. The budget is in seconds, on two cores.
part()
{
	name=$1
	budget=$2
	start=$(date +%s)
	shift 2
	case " $parts " in
	*" $name "*) ;;
	*) return ;;
	esac
	printf '\n==== %s: budget %d s\n' "$name" "$budget"
	"$@"
	case $? in
	0) result=passed ;;
	77) result=skipped ;;
	*)
		result=FAILED
		failed=$((failed + 1))
		;;
	esac
	printf '==== %s: %s, %d s of %d\n' "$name" "$result" $(($(date +%s) - start)) "$budget"
}

fuzzers()
{
	command -v clang >/dev/null || { echo "skipped: no clang"; return 77; }
	mkdir -p fuzz
	(cd fuzz && { [ -e Makefile ] || "$abs_top_srcdir/configure" --quiet --enable-fuzzers CC=clang CFLAGS='-O1 -g'; } &&
		make -s -j2 tests/fuzz/fuzz_encoding tests/fuzz/fuzz_filter tests/fuzz/fuzz_key tests/fuzz/fuzz_stream \
			tests/fuzz/fuzz_tables tests/fuzz/fuzz_text) >fuzz/make.log 2>&1 || { tail -n 20 fuzz/make.log; return 1; }
	"$abs_top_srcdir/tests/fuzz/run.sh" fuzz fuzz/work "$seconds"
}

# other_machine ARCHITECTURE
other_machine()
{
	rc=0
	LAFZ_TEST_FULL=1 "$abs_top_srcdir/tests/port/cross.sh" "$1" "$LAFZ" "$1" >"$1.log" 2>&1 || rc=$?
	grep -E '^(skipped|FAILED|i386|s390x):' "$1.log"
	[ "$rc" -eq 0 ] || [ "$rc" -eq 77 ] || tail -n 20 "$1.log"
	return "$rc"
}

# Calls of the system and allocations, up to 300 of each command line and kind, evenly spread, one of them under valgrind; `make
# check-faults` does all.
faults()
{
	LAFZ_TEST_FULL=1 LAFZ_FAULT_MOST=300 LAFZ_FAULT_LEAKS=1 LAFZ_FAULT_JOBS=2 make -s check TESTS="tests/faults/memory.sh tests/faults/files.sh" VERBOSE=1 ||
		return 1
	cat tests/faults/memory.log tests/faults/files.log
}

for name in $parts; do
	case $name in
	fuzzers | growth | coverage | faults | i386 | s390x) ;;
	*)
		echo "no such part: $name"
		exit 2
		;;
	esac
done
part fuzzers $((6 * seconds + 120)) fuzzers
part growth 300 make -s bench-linear
part coverage 120 make -s coverage
part faults 900 faults
part i386 120 other_machine i386
part s390x 300 other_machine s390x
exit "$failed"
