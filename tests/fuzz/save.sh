#!/bin/sh
# Chooses from the inputs in WORK (see run.sh) those few that reach the same code, and saves them in tests/fuzz/saved.
#
# usage: save.sh BUILD WORK [NAME...]
set -eu
[ $# -ge 2 ] || { sed -n 's/^# \{0,1\}//;2,4p' "$0"; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
work=$2
shift 2
[ $# -gt 0 ] || set -- encoding filter key stream tables text
mkdir -p "$root/tests/fuzz/saved"
for name in "$@"; do
	rm -rf "$work/chosen/$name"
	mkdir -p "$work/chosen/$name" "$work/saved/$name" "$work/$name"
	"$build/tests/fuzz/fuzz_$name" -set_cover_merge=1 -use_counters=0 -max_len=1000000 "$work/chosen/$name" \
		"$work/seeds/$name" "$work/saved/$name" "$work/$name" >"$work/$name.merge.log" 2>&1
	python3 -B "$root/tests/fuzz/pack.py" "$work/chosen/$name" "$root/tests/fuzz/saved/$name.pack.gz"
done
