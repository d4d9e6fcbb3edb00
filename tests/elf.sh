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

# ---- Hardening ----
#
# Each as far as configure has found it to work here: the names of config.log's answers are those of the flags.

[ "${HARDENING:-yes}" = yes ] || exit 0
readelf --version >/dev/null 2>&1 || exit 0
failed=0

# wants WHAT FLAG COMMAND...: the command succeeds, unless configure found no use for the flag.
wants()
{
	what=$1
	flag=$2
	shift 2
	grep -q "^configure:.*whether .*$flag" "$abs_top_builddir/config.log" || return 0
	grep -A 30 "^configure:.*whether .*$flag" "$abs_top_builddir/config.log" | grep -m 1 'result:' | grep -q yes || return 0
	"$@" || {
		echo "no $what in $file"
		failed=1
	}
}

has()
{
	readelf -W "$1" "$file" 2>/dev/null | grep -qE "$2"
}

lacks()
{
	! has "$1" "$2"
}

for file in "$LAFZ" "$abs_top_builddir/.libs/liblafz.so"; do
	[ -e "$file" ] || continue
	wants "RELRO" "-z,relro" has -l 'GNU_RELRO'
	wants "binding of all symbols at the start" "-z,now" has -d 'BIND_NOW|FLAGS.* NOW'
	wants "position-independent code" "-pie" has -h 'Type: *DYN'
	wants "stack that cannot be run" "-z,noexecstack" lacks -l 'GNU_STACK.* RWE'
	wants "segment that is not both written and run" "-z,noexecstack" lacks -l 'LOAD.* RWE'
	wants "stack protector" "-fstack-protector-strong" has --dyn-syms '__stack_chk_fail'
	if [ -z "${SANITIZER_FLAGS:-}" ]; then
		wants "checked functions of the C library" "_FORTIFY_SOURCE" has --dyn-syms '__[a-z]+_chk'
	fi
done
exit $failed
