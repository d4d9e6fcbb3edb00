#!/bin/sh
# Text in Arabic and Latin script does not depend on the version of ICU, for ICU is not asked: with functions preloaded that
# end the process the output is the same. For text as it is mostly written utf8proc is not asked either.
set -eu

skip()
{
	echo "skipped: $1"
	exit 77
}

[ -z "${SANITIZER_FLAGS:-}" ] || skip "sanitizers want to be loaded first"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
$NM -D "$LAFZ" | sed -n 's/^.* U \([a-z0-9_A-Z]*\).*$/\1/p' >"$tmp/asked"
# Whatever the program takes from ICU, but what gives it memory, which is called first of all.
grep -E '^u[a-z0-9]*_[A-Za-z0-9]*_[0-9]+$' "$tmp/asked" | grep -v '^u_setMemoryFunctions_' >"$tmp/icu" || true
grep '^utf8proc_' "$tmp/asked" >"$tmp/utf8proc" || true
grep -q '^ubrk_open_' "$tmp/icu" || skip "ICU's functions have no version in their names, or are linked in"
[ -s "$tmp/utf8proc" ] || skip "utf8proc is linked in"
for library in icu utf8proc; do
	mkdir "$tmp/$library.d"
	sed 's/.*/ENDS(&)/' "$tmp/$library" >"$tmp/$library.d/functions.h"
	$CC -shared -fPIC -I"$tmp/$library.d" -o "$tmp/$library.so" "$abs_top_srcdir/tests/port/no_icu.c" ||
		skip "no library that can be preloaded can be built"
done

# It does end the process where ICU is needed.
printf '\340\270\240\340\270\262\340\270\251\340\270\262\n' >"$tmp/thai.txt"
status=0
LD_PRELOAD=$tmp/icu.so "$LAFZ" "$tmp/thai.txt" >/dev/null 2>&1 || status=$?
[ "$status" -eq 99 ] || skip "this system preloads nothing"

n=0
for file in "$abs_top_srcdir"/corpora/*.txt; do
	for arguments in "-f jsonl --explain --value --mwt" "-f tsv --rules uax29" "-f tsv --rules search" "-f conllu" key runs \
		"normalize --lower --digits native --strip-marks --unify-punct --zwnj drop" "normalize -p nfc"; do
		# shellcheck disable=SC2086 # several arguments
		"$LAFZ" $arguments "$file" >"$tmp/expected"
		# shellcheck disable=SC2086
		LD_PRELOAD=$tmp/icu.so "$LAFZ" $arguments "$file" >"$tmp/actual"
		cmp "$tmp/expected" "$tmp/actual"
		n=$((n + 1))
	done
done
printf 'Caf\303\251, na\303\257ve. \332\251\330\252\330\247\330\250 \330\256\331\210\330\250\333\214\n' >"$tmp/plain.txt"
for arguments in "-f tsv" normalize key; do
	# shellcheck disable=SC2086
	LD_PRELOAD="$tmp/icu.so $tmp/utf8proc.so" "$LAFZ" $arguments "$tmp/plain.txt" >/dev/null
	n=$((n + 1))
done
echo "$n runs without the $(wc -l <"$tmp/icu") functions of ICU that the program asks for"
