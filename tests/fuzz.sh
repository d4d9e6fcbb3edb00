#!/bin/sh
# Every input that the fuzzers have saved: tests/fuzz/saved has those that cover the most, in packs, tests/fuzz/found those that
# have shown a mistake, a file each. The programs that try them are made with --enable-fuzzers too, but then replay nothing.
set -eu
root=${abs_top_srcdir:-.}
build=${abs_top_builddir:-.}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
for name in encoding filter key stream tables; do
	program=$build/tests/fuzz/fuzz_$name
	set -- "$root/tests/fuzz/saved/$name.pack.gz"
	for file in "$root/tests/fuzz/found/$name"-*; do
		[ -e "$file" ] && set -- "$@" "$file"
	done
	if "$program" -help=1 2>/dev/null | grep -q libFuzzer; then
		echo "skipped: built for libFuzzer"
		exit 77
	fi
	"$program" "$@"
done
