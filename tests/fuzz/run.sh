#!/bin/sh
# Fuzzes, each fuzzer for so many seconds, one after the other; ends with 1 if one has found something. With libFuzzer, or with
# AFL++ if that is what the fuzzers were built for (--enable-fuzzers and CC=clang, or CC=afl-clang-fast). New inputs stay in
# WORK/NAME (AFL++: WORK/NAME.afl), what was found in WORK/found. An input that takes longer than LAFZ_FUZZ_TIMEOUT (20 s)
# hangs; by the clock on the wall, so give more where much else runs.
#
# usage: run.sh BUILD WORK SECONDS [NAME...]
set -eu
[ $# -ge 3 ] || { sed -n 's/^# \{0,1\}//;2,7p' "$0"; exit 2; }
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
patience=${LAFZ_FUZZ_TIMEOUT:-20}

# with_libfuzzer NAME DICTIONARY: prints how many inputs were tried
with_libfuzzer()
{
	"$build/tests/fuzz/fuzz_$1" -entropic=0 -timeout="$patience" -max_len=2000 -max_total_time="$seconds" -dict="$2" \
		-artifact_prefix="$work/found/$1-" -print_final_stats=1 \
		"$work/$1" "$work/seeds/$1" "$work/saved/$1" >"$work/$1.log" 2>&1 || failed=1
	# One that ends early prints no sums, but the number of its last line.
	sed -n 's/^#\([0-9]*\)[[:space:]].*/\1/p; s/^stat::number_of_executed_units: *//p' "$work/$1.log" | tail -n 1
}

# with_afl NAME DICTIONARY: the same. AFL++ takes one folder; what it found before is taken up again.
with_afl()
{
	from=$work/$1.first
	[ ! -e "$work/$1.afl" ] || from=-
	before=$(sed -n 's/^execs_done *: *//p' "$work/$1.afl/default/fuzzer_stats" 2>/dev/null)
	mkdir -p "$work/$1.first"
	find "$work/seeds/$1" "$work/saved/$1" -type f -size -5 -exec cp {} "$work/$1.first" \;
	AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		afl-fuzz -i "$from" -o "$work/$1.afl" -x "$2" -t $((patience * 1000)) -m none -V "$seconds" \
		-- "$build/tests/fuzz/fuzz_$1" >"$work/$1.log" 2>&1 || failed=1
	for file in "$work/$1.afl"/default/crashes/id* "$work/$1.afl"/default/hangs/id*; do
		[ ! -e "$file" ] || { failed=1; cp "$file" "$work/found/$1-$(basename "$(dirname "$file")")-$(basename "$file" | tr ':,' '--')"; }
	done
	echo $(($(sed -n 's/^execs_done *: *//p' "$work/$1.afl/default/fuzzer_stats") - ${before:-0}))
}

for name in "$@"; do
	mkdir -p "$work/$name" "$work/saved/$name"
	words=$work/seeds/text.dict
	[ ! -e "$work/seeds/$name.dict" ] || words=$work/seeds/$name.dict
	engine=with_libfuzzer
	! grep -q __AFL_SHM_ID "$build/tests/fuzz/fuzz_$name" || engine=with_afl
	$engine "$name" "$words" >"$work/tried"
	printf '%s: %s inputs tried in %s s\n' "$name" "$(cat "$work/tried")" "$seconds"
done
for file in "$work"/found/*; do
	[ ! -e "$file" ] || echo "found: $file"
done
exit $failed
