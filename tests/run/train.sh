#!/bin/sh
# The trainer gives the same bytes each time, and the committed table is the one that doc/model.md names.
set -eu

train=$abs_top_builddir/tools/lid_train
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# A list of words, with their counts, for each text that is in one language.
mkdir "$tmp/lists"
for text in "$abs_top_srcdir"/corpora/*.txt; do
	tag=$(basename "$text" .txt)
	case $tag in mixed-*) continue ;; esac
	awk '{ for (i = 1; i <= NF; i++) n[$i]++ } END { for (word in n) print word "\t" n[word] }' "$text" |
		sort >"$tmp/lists/$tag.tsv"
done
for out in first second; do
	"$train" -a 6000 -l 5000 -n 20 "$tmp/$out.bin" "$tmp/lists" 2>"$tmp/log" || {
		cat "$tmp/log"
		exit 1
	}
done
cmp "$tmp/first.bin" "$tmp/second.bin"

# What is wrong is said, and nothing is written.
if "$train" -n 0 "$tmp/third.bin" "$tmp/lists" 2>/dev/null || [ -e "$tmp/third.bin" ]; then
	echo "-n 0 was taken"
	exit 1
fi

sum=$(sha256sum <"$abs_top_srcdir/src/gen/lid.bin" | cut -d ' ' -f 1)
grep -q "$sum" "$abs_top_srcdir/doc/model.md" || {
	echo "src/gen/lid.bin has the checksum $sum, which doc/model.md does not name"
	exit 1
}
