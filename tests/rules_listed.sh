#!/bin/sh
# Every exception has a label in a comment of the source, an entry in lafz-rules(7) and a row in a table of tests: the
# labels of the sources and of the page are the same, and each has a test.
#
# A label is lower-case words joined by hyphens. In a comment it stands first, or behind a semicolon, with a colon behind
# it; or alone in the comment; or first in a line with two spaces or more behind it. In the page it is a line
# ".B label" behind ".TP".
set -eu

LC_ALL=C
export LC_ALL
root=${abs_top_srcdir:-.}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

awk '
function add(names, list, n, i) {
	n = split(names, list, /, /)
	for (i = 1; i <= n; i++)
		print list[i]
}
{
	is_first = $0 ~ /\/\*/
	if (!is_first && $0 !~ /^[ \t]*\*/)
		next
	text = $0
	if (is_first)
		sub(/^.*\/\*/, "", text)
	else
		sub(/^[ \t]*\*/, "", text)
	sub(/\*\/.*$/, "", text)
	n = split(text, parts, /; /)
	for (k = 1; k <= n; k++) {
		part = parts[k]
		sub(/^ +/, "", part)
		if (match(part, /^[a-z][a-z0-9-]*(, [a-z][a-z0-9-]*)*: /))
			add(substr(part, 1, RLENGTH - 2))
		else if (n == 1 && is_first && part ~ /^[a-z0-9]+(-[a-z0-9]+)+(, [a-z0-9]+(-[a-z0-9]+)+)* *$/) {
			sub(/ *$/, "", part)
			add(part)
		} else if (!is_first && match(part, /^[a-z][a-z0-9-]*   */) && RLENGTH < length(part)) {
			sub(/ .*$/, "", part)
			add(part)
		}
	}
}' "$root"/src/entity/*.[ch] "$root"/src/word/*.[ch] "$root"/src/sentence/*.[ch] | sort -u >"$tmp/source"

# awk, because the page escapes its hyphens.
awk '
was_tp && /^\.B [a-z0-9\\-]+$/ {
	sub(/^\.B /, "")
	gsub(/\\/, "")
	print
}
{ was_tp = $0 == ".TP" }' "$root/man/lafz-rules.7" | sort -u >"$tmp/page"

{
	cat "$root/tests/unit/entity.tsv" "$root/tests/unit/sentence.tsv" | awk -F'\t' 'NF > 2 { print $1 }'
	sed -n 's/^	{"\([a-z-]*\)", "[a-z]*", ".*/\1/p' "$root/tests/unit/test_words.c"
} | sort -u >"$tmp/tests"

rc=0
for label in $(comm -23 "$tmp/source" "$tmp/page"); do
	echo "in the sources, not in lafz-rules(7): $label"
	rc=1
done
for label in $(comm -13 "$tmp/source" "$tmp/page"); do
	echo "in lafz-rules(7), not in the sources: $label"
	rc=1
done
for label in $(comm -23 "$tmp/page" "$tmp/tests"); do
	echo "without a test: $label"
	rc=1
done
echo "$(awk 'END { print NR }' "$tmp/page") labels in lafz-rules(7)"
exit $rc
