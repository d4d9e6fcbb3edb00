#!/bin/sh
# lafz.h alone is a whole program of C11 and of C++17, by every compiler that is here.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
printf '#include <lafz.h>\nint main(void) { return LAFZ_OK; }\n' >"$tmp/a.c"
cp "$tmp/a.c" "$tmp/a.cc"
n=0
for compiler in $CC gcc clang g++ clang++; do
	command -v "$compiler" >/dev/null || continue
	for language in "c c11 a.c" "c c2x a.c" "c++ c++17 a.cc" "c++ c++20 a.cc"; do
		# shellcheck disable=SC2086 # three words
		set -- $language
		$compiler -x "$1" -std="$2" -fsyntax-only /dev/null 2>/dev/null || continue
		$compiler -x "$1" -std="$2" -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror \
			-I"$abs_top_builddir/include" -I"$abs_top_srcdir/include" "$tmp/$3"
		n=$((n + 1))
	done
done
echo "$n compilations"
[ "$n" -gt 0 ]
