#!/bin/sh
# The programs in examples/ are compiled with what pkg-config says of an installed library and nothing else, and run as
# examples/README.md shows.
. "${srcdir:-.}/tests/cli/lib.sh"

dest=$tmp/dest
# This make is not a part of the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL
make -C "$abs_top_builddir" install DESTDIR="$dest" >"$tmp/log" 2>&1 || {
	cat "$tmp/log"
	exit 1
}
pc=$(find "$dest" -name lafz.pc)
libdir=$(dirname "$(dirname "$pc")")

# cc and pkg-config as the README calls them; a static library alone needs more.
more=
[ -e "$libdir/liblafz.so" ] || more=--static
mkdir bin
printf '#!/bin/sh\nexec %s %s -std=c11 -pedantic-errors -Wall -Wextra -Werror "$@"\n' "$CC" "$SANITIZER_FLAGS" >bin/cc
printf '#!/bin/sh\nexec %s %s "$@"\n' "$PKG_CONFIG" "$more" >bin/pkg-config
chmod +x bin/cc bin/pkg-config
PATH=$tmp/work/bin:$PATH
PKG_CONFIG_PATH=${pc%/lafz.pc}
PKG_CONFIG_SYSROOT_DIR=$dest
LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export PATH PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH

cp "$top"/examples/*.c "$top"/examples/*.txt .
readme_examples "$top/examples/README.md" 5 "$tmp/work"

same "no line" "کابل:" "$(./index کابل </dev/null)"
same "lines that are empty, or no text" "a: 2" "$(printf '\n\000 \377 a\n' | ./index A)"
./index <news.txt 2>err
same "wrong use" "1 index: usage: index QUERY <TEXT" "$? $(cat err)"
same "no text" "" "$(./text en </dev/null)"
same "broken bytes" "$(printf 'a \357\277\275 b .')" "$(printf 'a \377 b.' | ./text en)"
same "a page as the filter writes it" "$("$LAFZ" -f text -l ps "$top/corpora/ps.txt")" "$(./text ps <"$top/corpora/ps.txt")"
./text xx <news.txt 2>err
same "no such language" "1 text: no such language" "$? $(cat err)"

finish
