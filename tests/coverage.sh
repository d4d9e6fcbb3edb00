#!/bin/sh
# How many lines of src the saved inputs of the fuzzers run: builds for gcov in a folder of its own, replays, prints a row a
# folder of src and the files with the most lines left out. Exit 1 below the percentage that is asked for. `make coverage`.
#
# usage: coverage.sh FOLDER LEAST
set -eu
[ $# -eq 2 ] || { sed -n 's/^# \{0,1\}//;2,5p' "$0"; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
cd "$1"
[ -e Makefile ] || "$root/configure" --quiet --disable-shared CC=gcc CFLAGS='-O0 -g --coverage' LDFLAGS=--coverage
programs=
for name in encoding filter key stream tables text; do
	programs="$programs tests/fuzz/fuzz_$name"
done
# shellcheck disable=SC2086 # several programs
make -s -j2 $programs >make.log 2>&1 || { tail -n 20 make.log; exit 1; }
find . -name '*.gcda' -exec rm -f {} +
# The fastest kernel that the processor has is taken; what is there for others runs with these.
for kernel in '' avx2 plain; do
	case $kernel in
	avx2) grep -qw avx2 /proc/cpuinfo || continue ;;
	esac
	[ -z "$kernel" ] || export LAFZ_KERNEL=$kernel
	abs_top_srcdir=$root abs_top_builddir=$PWD "$root/tests/fuzz.sh"
done
python3 -B "$root/tests/coverage.py" "$root" "$2"
