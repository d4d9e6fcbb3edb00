#!/bin/sh
# The SQLite extension exports its entry point and nothing else, and needs no shared liblafz.
set -eu

module=$abs_top_builddir/bindings/sqlite/.libs/lafz.so
if [ ! -e "$module" ]; then
	echo "the SQLite extension was not built"
	exit 77
fi
# Names that begin with an underscore belong to the compiler and the C library.
exported=$($NM -D --defined-only "$module" | sed -n 's/^.* [A-Za-z] \([^_@][^@]*\).*$/\1/p')
if [ "$exported" != sqlite3_lafz_init ]; then
	printf 'exported: %s\n' "$exported"
	exit 1
fi
if $NM -D "$module" | grep ' U \(lafz\|sqlite3\)_'; then
	echo "the extension takes functions from a shared library that it must not need"
	exit 1
fi
