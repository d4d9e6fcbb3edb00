#!/bin/sh
# Text in Arabic and Latin script does not depend on the version of ICU, for ICU is not asked: where the program loads it when it
# is first needed, it is not loaded; where it is linked, with functions preloaded that end the process the output is the same. For
# text as it is mostly written utf8proc is not asked either.
set -eu

skip()
{
	echo "skipped: $1"
	exit 77
}

[ -z "${SANITIZER_FLAGS:-}" ] || skip "sanitizers want to be loaded first"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# build NAME FOLDER FLAG...: a library of this name from no_icu.c, with the folder's functions.h
build()
{
	name=$1
	folder=$2
	shift 2
	$CC -shared -fPIC "$@" -I"$folder" -o "$folder/$name" "$abs_top_srcdir/tests/port/no_icu.c" || skip "no library can be built"
}

# preload FOLDER PATTERN: one that ends the process at each of the functions of this kind that the program takes
preload()
{
	mkdir "$1"
	# What gives ICU memory is called first of all.
	taken "$2" | grep -v '^u_setMemoryFunctions_' | sed 's/.*/ENDS(&)/' >"$1/functions.h"
	[ -s "$1/functions.h" ] || skip "libraries are linked in, or their functions have no version in their names"
	build preload.so "$1"
}

taken()
{
	$NM -D "$LAFZ" | sed -n 's/^.* U \([a-z0-9_A-Z]*\).*$/\1/p' | grep -E "$1"
}

# lafz_alone ARGUMENT...: the program where to ask ICU ends it
late=$(grep -ao 'libicuuc\.so\.[0-9][0-9]*' "$LAFZ" | sort -u)
if [ -n "$late" ] && ! taken '^ubrk_open' >/dev/null; then
	how="not loaded"
	mkdir "$tmp/late"
	build "$late" "$tmp/late" -DAT_LOAD
	lafz_alone()
	{
		LD_LIBRARY_PATH=$tmp/late LD_PRELOAD=${preloaded:-} "$LAFZ" "$@"
	}
else
	how="not asked"
	preload "$tmp/icu" '^u[a-z0-9]*_[A-Za-z0-9]*_[0-9]+$'
	lafz_alone()
	{
		LD_PRELOAD="$tmp/icu/preload.so ${preloaded:-}" "$LAFZ" "$@"
	}
fi
preload "$tmp/utf8proc" '^utf8proc_'

# It does end the process where ICU is needed.
printf '\340\270\240\340\270\262\340\270\251\340\270\262\n' >"$tmp/thai.txt"
status=0
lafz_alone "$tmp/thai.txt" >/dev/null 2>&1 || status=$?
[ "$status" -eq 99 ] || skip "this system preloads nothing"

# Where it cannot be loaded the program says so.
if [ "$how" = "not loaded" ]; then
	mkdir "$tmp/broken"
	: >"$tmp/broken/$late"
	for arguments in "-f text" "-j 2" --version "-e shift_jis"; do
		status=0
		# shellcheck disable=SC2086 # several arguments
		LD_LIBRARY_PATH=$tmp/broken "$LAFZ" $arguments "$tmp/thai.txt" >"$tmp/out" 2>"$tmp/err" || status=$?
		[ "$status" -eq 1 ]
		grep -q "^lafz: ICU cannot be loaded: .*$late" "$tmp/err"
	done
fi

n=0
for file in "$abs_top_srcdir"/corpora/*.txt; do
	for arguments in "-f jsonl --explain --value --mwt" "-f tsv --rules uax29" "-f tsv --rules search" "-f conllu" key runs \
		"normalize --lower --digits native --strip-marks --unify-punct --zwnj drop" "normalize -p nfc"; do
		# shellcheck disable=SC2086 # several arguments
		"$LAFZ" $arguments "$file" >"$tmp/expected"
		# shellcheck disable=SC2086
		lafz_alone $arguments "$file" >"$tmp/actual"
		cmp "$tmp/expected" "$tmp/actual"
		n=$((n + 1))
	done
done
printf 'Caf\303\251, na\303\257ve. \332\251\330\252\330\247\330\250 \330\256\331\210\330\250\333\214\n' >"$tmp/plain.txt"
for arguments in "-f tsv" normalize key; do
	# shellcheck disable=SC2086
	preloaded=$tmp/utf8proc/preload.so lafz_alone $arguments "$tmp/plain.txt" >/dev/null
	n=$((n + 1))
done
echo "$n runs, ICU $how"
