#!/bin/sh
# The shared library exports the functions that lafz.h declares with LAFZ_API, and nothing else.
set -eu

library=$abs_top_builddir/.libs/liblafz.so
if [ ! -e "$library" ]; then
	echo "no shared library was built"
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The compiler takes out comments and directives. LAFZ_API stays as it is because it is its own expansion.
$CC -E -P -DLAFZ_API=LAFZ_API -I"$abs_top_builddir/include" "$abs_top_srcdir/include/lafz.h" |
	tr '\n' ' ' | tr ';{}' '\n\n\n' |
	sed -n 's/^.*LAFZ_API[^(]*[ *]\(lafz_[a-z0-9_]*\) *(.*$/\1/p' | sort >"$tmp/declared"

# Names that begin with an underscore belong to the compiler and the C library.
$NM -D --defined-only "$library" | sed -n 's/^.* [A-Za-z] \([^_@][^@]*\).*$/\1/p' | sort >"$tmp/exported"

if [ ! -s "$tmp/declared" ]; then
	echo "no function found in lafz.h"
	exit 1
fi
echo "$(wc -l <"$tmp/declared") functions declared; < declared only, > exported only:"
diff "$tmp/declared" "$tmp/exported"
