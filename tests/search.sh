#!/bin/sh
# Under --rules=search an index does not depend on a guess: with every language set, and with none, tokens have the same
# places and the same keys. On the pages of corpora/ and the texts of tests/golden/; and if LAFZ_LISTS names a
# folder (from / on), on the word lists TAG.tsv and TAG.tsv.xz in it (a word a line, what follows a tab is passed over), each
# word a line, and eight of them a line.
. "${srcdir:-.}/tests/cli/lib.sh"

"$LAFZ" languages | awk -F '\t' 'NR > 1 && $1 != "und" { print $1 }' >tags
same "languages" "" "$(printf '%s\n' ps fa ar ur ug sd ckb en fr de es it pt nl tr az uz id so sw ha ku | grep -vxFf tags)"

# compare NAME TEXT: tokens of a text under each language and none; tells the first that differ.
compare()
{
	"$LAFZ" -f tsv --rules search "$2" | cut -f 1,2,12 >guessed
	while read -r tag; do
		"$LAFZ" -f tsv --rules search -l "$tag" "$2" | cut -f 1,2,12 >forced
		same_file "$1, -l $tag" guessed forced
	done <tags
}

cat "$top"/corpora/*.txt >pages.txt
compare "corpora" pages.txt
same "there is something to compare" 1 "$(awk 'NR > 5000 { n = 1 } END { print n + 0 }' guessed)"
# with a line end behind each, for what is cut off
for name in "$top"/tests/golden/*.txt; do
	cat "$name"
	echo
done >golden.txt
compare "tests/golden" golden.txt

if [ -n "${LAFZ_LISTS:-}" ]; then
	n=0
	for name in "$LAFZ_LISTS"/*.tsv "$LAFZ_LISTS"/*.tsv.xz; do
		[ -e "$name" ] || continue
		n=$((n + 1))
		case $name in
		*.xz) xz -dc "$name" ;;
		*) cat "$name" ;;
		esac | cut -f 1 >words.txt
		compare "${name##*/}" words.txt
		paste -d ' ' - - - - - - - - <words.txt >lines.txt
		compare "${name##*/}, eight a line" lines.txt
	done
	echo "$n lists"
	[ "$n" -gt 0 ] || same "lists in $LAFZ_LISTS" "one at least" "none"
fi

finish
