#!/bin/sh
# Every input that the fuzzers have saved: tests/fuzz/saved has those that cover the most, in packs, tests/fuzz/found those that
# have shown a mistake, a file each. With --enable-fuzzers the programs look for new inputs instead.
set -eu
root=${abs_top_srcdir:-.}
build=${abs_top_builddir:-.}
if [ -n "${FUZZ_ENGINE:-}" ]; then
	echo "skipped: built with --enable-fuzzers"
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
for name in encoding filter key stream tables text; do
	program=$build/tests/fuzz/fuzz_$name
	set -- "$root/tests/fuzz/saved/$name.pack.gz"
	for file in "$root/tests/fuzz/found/$name"-*; do
		[ -e "$file" ] && set -- "$@" "$file"
	done
	"$program" "$@"
done
