#!/bin/sh
# usage: tests/port/reproducible.sh FOLDER [OPTION...]   (of configure)
#
# Builds from two copies of the source in two folders, by two umasks; the program and the libraries must be the same bytes. What
# debuggers are told of the folder is mapped away, as those who build packages do it. The source has to have its configure.
set -eu

folder=$1
shift
top=$(cd "$(dirname "$0")/../.." && pwd)
make_one()
{
	place=$1
	mask=$2
	shift 2
	mkdir -p "$folder/$place/build"
	(cd "$top" && tar -cf - --exclude=.git --exclude='./b*' configure Makefile.in Makefile.am configure.ac aclocal.m4 config.h.in build-aux m4 \
		include src lafz.pc.in bindings examples tests tools bench man doc README.md SECURITY.md COPYING NEWS) |
		(cd "$folder/$place" && tar -xf -)
	(cd "$folder/$place/build" && umask "$mask" && ../configure --quiet CFLAGS="-g -O2 -ffile-prefix-map=$folder/$place=." "$@" &&
		make -s -j 2 lafz liblafz.la)
}
make_one one 022 "$@"
make_one another/place 077 "$@"
failed=0
for file in lafz .libs/liblafz.so .libs/liblafz.a; do
	cmp "$folder/one/build/$file" "$folder/another/place/build/$file" || failed=1
done
echo "reproducible: $((failed == 0))"
exit $failed
