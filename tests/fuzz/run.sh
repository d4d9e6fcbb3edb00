#!/bin/sh
# Fuzzes with libFuzzer, each fuzzer for so many seconds, one after the other; ends with 1 if one has found something. New
# inputs stay in WORK/NAME, what was found in WORK/found. Needs a build with --enable-fuzzers and CC=clang. An input that takes
# longer than LAFZ_FUZZ_TIMEOUT (20 s) hangs; by the clock on the wall, so give more where much else runs.
#
# usage: run.sh BUILD WORK SECONDS [NAME...]
set -eu
[ $# -ge 3 ] || { sed -n 's/^# \{0,1\}//;2,6p' "$0"; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
work=$2
seconds=$3
shift 3
[ $# -gt 0 ] || set -- encoding filter key stream tables text
mkdir -p "$work/found"
work=$(cd "$work" && pwd)
[ -e "$work/seeds" ] || python3 -B "$root/tests/fuzz/seeds.py" "$root" "${UCD_DIR:-/usr/share/unicode}" "$work/seeds"
[ -e "$work/saved" ] || {
	for pack in "$root"/tests/fuzz/saved/*.pack.gz; do
		python3 -B "$root/tests/fuzz/unpack.py" "$pack" "$work/saved/$(basename "$pack" .pack.gz)"
	done
}
failed=0
for name in "$@"; do
	mkdir -p "$work/$name" "$work/saved/$name"
	words=$work/seeds/text.dict
	[ ! -e "$work/seeds/$name.dict" ] || words=$work/seeds/$name.dict
	"$build/tests/fuzz/fuzz_$name" -entropic=0 -timeout="${LAFZ_FUZZ_TIMEOUT:-20}" -max_len=2000 -max_total_time="$seconds" -dict="$words" \
		-artifact_prefix="$work/found/$name-" -print_final_stats=1 \
		"$work/$name" "$work/seeds/$name" "$work/saved/$name" >"$work/$name.log" 2>&1 || failed=1
	# One that ends early prints no sums, but the number of its last line.
	printf '%s: %s inputs tried in %s s\n' "$name" \
		"$(sed -n 's/^#\([0-9]*\)[[:space:]].*/\1/p; s/^stat::number_of_executed_units: *//p' "$work/$name.log" | tail -n 1)" "$seconds"
done
for file in "$work"/found/*; do
	[ ! -e "$file" ] || echo "found: $file"
done
exit $failed
