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
version=$($NM -D "$LAFZ" | sed -n 's/^.* U ubrk_open_\([0-9]*\)$/\1/p')
[ -n "$version" ] || skip "ICU's functions have no version in their names, or are linked in"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for flag in "" -DWITH_UTF8PROC; do
	# shellcheck disable=SC2086 # none or one
	$CC -shared -fPIC -DICU_VERSION="$version" $flag -o "$tmp/none$flag.so" "$abs_top_srcdir/tests/port/no_icu.c" ||
		skip "no library that can be preloaded can be built"
done

# It does end the process where ICU is needed.
printf '\340\270\240\340\270\262\340\270\251\340\270\262\n' >"$tmp/thai.txt"
status=0
LD_PRELOAD=$tmp/none.so "$LAFZ" "$tmp/thai.txt" >/dev/null 2>&1 || status=$?
[ "$status" -eq 99 ] || skip "this system preloads nothing"

n=0
for file in "$abs_top_srcdir"/corpora/*.txt; do
	for arguments in "-f jsonl --explain --value --mwt" "-f tsv --rules uax29" "-f tsv --rules search" "-f conllu" key runs \
		"normalize --lower --digits native --strip-marks --unify-punct --zwnj drop" "normalize -p nfc"; do
		# shellcheck disable=SC2086 # several arguments
		"$LAFZ" $arguments "$file" >"$tmp/expected"
		# shellcheck disable=SC2086
		LD_PRELOAD=$tmp/none.so "$LAFZ" $arguments "$file" >"$tmp/actual"
		cmp "$tmp/expected" "$tmp/actual"
		n=$((n + 1))
	done
done
printf 'Caf\303\251, na\303\257ve. \332\251\330\252\330\247\330\250 \330\256\331\210\330\250\333\214\n' >"$tmp/plain.txt"
for arguments in "-f tsv" normalize key; do
	# shellcheck disable=SC2086
	LD_PRELOAD=$tmp/none-DWITH_UTF8PROC.so "$LAFZ" $arguments "$tmp/plain.txt" >/dev/null
	n=$((n + 1))
done
echo "$n runs without ICU"
