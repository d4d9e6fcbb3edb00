#!/bin/sh
# `make install DESTDIR=` installs what it should; programs compiled as lafz.pc says run with the shared and with the
# static library.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
dest=$tmp/dest

# This make is not a part of the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL
make -C "$abs_top_builddir" install DESTDIR="$dest" >"$tmp/log" 2>&1 || {
	cat "$tmp/log"
	exit 1
}

pc=$(find "$dest" -name lafz.pc)
if [ -z "$pc" ]; then
	echo "no lafz.pc was installed"
	exit 1
fi
PKG_CONFIG_PATH=${pc%/lafz.pc}
export PKG_CONFIG_PATH
libdir=$dest$($PKG_CONFIG --variable=libdir lafz)
includedir=$dest$($PKG_CONFIG --variable=includedir lafz)
version=$($PKG_CONFIG --modversion lafz)

headers=$(cd "$includedir" && find . -type f | sort | tr '\n' ' ')
if [ "$headers" != "./lafz.h ./lafz_version.h " ]; then
	echo "headers installed: $headers"
	exit 1
fi
if [ -z "$(find "$dest" -path '*/bin/lafz' -type f)" ]; then
	echo "the program was not installed"
	exit 1
fi

if [ -e "$abs_top_builddir/bindings/sqlite/lafz.la" ] && [ ! -e "$libdir/sqlite3/lafz.so" ]; then
	echo "the SQLite extension was not installed"
	exit 1
fi

cat >"$tmp/user.c" <<'END'
#include <lafz.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
	puts(lafz_version());
	return strcmp(lafz_version(), LAFZ_VERSION) != 0;
}
END

# compile_and_run FLAG...: compiles the program above with these flags, runs it, and looks at the version it prints.
compile_and_run()
{
	# shellcheck disable=SC2086 # several flags, or none
	$CC -std=c11 -pedantic-errors -Wall -Wextra -Werror $SANITIZER_FLAGS -I"$includedir" "$tmp/user.c" \
		-o "$tmp/user" "$@"
	said=$("$tmp/user")
	if [ "$said" != "$version" ]; then
		echo "linked with $*: the library says $said, lafz.pc says $version"
		exit 1
	fi
}

# Our folder before those of lafz.pc, which do not know about DESTDIR.
n_libraries=0
if [ -e "$libdir/liblafz.so" ]; then
	compile_and_run -L"$libdir" -Wl,-rpath,"$libdir" $($PKG_CONFIG --libs lafz)
	n_libraries=$((n_libraries + 1))
fi
if [ -e "$libdir/liblafz.a" ]; then
	compile_and_run $($PKG_CONFIG --static --libs lafz | sed "s|-llafz|$libdir/liblafz.a|")
	n_libraries=$((n_libraries + 1))
fi
if [ "$n_libraries" -eq 0 ]; then
	echo "no library was installed"
	exit 1
fi

# The header serves C++ too, if there is a C++ compiler.
if $CC -x c++ -fsyntax-only /dev/null 2>/dev/null; then
	printf '#include <lafz.h>\n' | $CC -x c++ -std=c++11 -Wall -Wextra -Werror -fsyntax-only -I"$includedir" -
fi
