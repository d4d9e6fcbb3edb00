#!/bin/sh
# The program in the build folder is the program itself, not a script that wraps it, and needs no liblafz beside it.
set -eu

case $(uname -s) in
Darwin | CYGWIN* | MINGW* | MSYS*)
	echo "programs are not ELF files here"
	exit 77
	;;
esac
magic=$(od -An -tx1 -N4 "$LAFZ" | tr -d ' \n')
if [ "$magic" != 7f454c46 ]; then
	echo "$LAFZ begins with $magic, not with 7f454c46"
	exit 1
fi
if $NM -D "$LAFZ" | grep ' U lafz_'; then
	echo "$LAFZ takes functions from a shared liblafz"
	exit 1
fi
