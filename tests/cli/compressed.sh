#!/bin/sh
# Compressed files, known by their first bytes, and folders.
. "${srcdir:-.}/tests/cli/lib.sh"

cat "$top"/corpora/mixed-1.txt >page.txt
printf '{"id":"a","text":"One two."}\n{"id":"b","text":"Three."}\n' >records.jsonl
printf '# text = One two.\n1\tOne\t_\t_\t_\t_\t_\t_\t_\t_\n\n' >sentences.conllu

# pack TOOL FILE: to standard output
pack()
{
	case $1 in
	lz4) lz4 -q -c "$2" ;;
	*) "$1" -c "$2" ;;
	esac
}

# run_plain ARGUMENT...: the output of the program without the names of the documents
run_plain()
{
	"$LAFZ" "$@" 2>&1 | sed 's/	[^	]*$//'
}

"$LAFZ" -f tsv page.txt | sed 's/	[^	]*$//' >page.expected
"$LAFZ" -f jsonl records.jsonl >records.expected
"$LAFZ" -f text sentences.conllu >sentences.expected
: >empty
tools=
for tool in gzip bzip2 xz zstd lz4; do
	command -v "$tool" >/dev/null || continue
	tools="$tools $tool"
	case $tool in
	gzip) end=gz ;;
	bzip2) end=bz2 ;;
	zstd) end=zst ;;
	*) end=$tool ;;
	esac

	# ---- Whole ----

	pack "$tool" page.txt >"page.txt.$end"
	pack "$tool" records.jsonl >"records.jsonl.$end"
	pack "$tool" sentences.conllu >"sentences.conllu.$end"
	for size in 1 3 65536; do
		run_plain -f tsv --read-size "$size" "page.txt.$end" >actual
		same_file "$tool: a file, reads of $size" page.expected actual
	done
	run_plain -f tsv <"page.txt.$end" >actual
	same_file "$tool: standard input" page.expected actual
	cat "page.txt.$end" | run_plain -f tsv >actual
	same_file "$tool: a pipe" page.expected actual
	cp "page.txt.$end" other
	run_plain -f tsv other >actual
	same_file "$tool: whatever its name" page.expected actual
	run -f jsonl "records.jsonl.$end"
	same_file "$tool: jsonl by its name" records.expected "$tmp/out"
	run -f text "sentences.conllu.$end"
	same_file "$tool: conllu by its name" sentences.expected "$tmp/out"
	pack "$tool" empty >nothing
	run -f text nothing
	same "$tool: nothing inside" "0 0" "$status $(cat "$tmp/out" "$tmp/err" | wc -c | tr -d ' ')"

	# ---- Several streams in one file ----

	head -n 3 page.txt >head.txt
	tail -n +4 page.txt >tail.txt
	{ pack "$tool" head.txt; pack "$tool" tail.txt; } >joined
	for size in 1 65536; do
		run_plain -f tsv --read-size "$size" joined >actual
		same_file "$tool: two in one file, reads of $size" page.expected actual
	done

	# ---- Broken ----

	size=$(wc -c <"page.txt.$end")
	head -c $((size - 9)) "page.txt.$end" >cut
	run -f text cut
	same "$tool: cut off: status" 1 "$status"
	has "$tool: cut off: message" "$(cat "$tmp/err")" "lafz: cut: "
	has "$tool: cut off: place" "$(cat "$tmp/err")" ", behind byte "
	size=$(wc -c <"records.jsonl.$end")
	{ pack "$tool" records.jsonl; head -c $((size / 2)) "records.jsonl.$end"; } >cut.jsonl
	run -f jsonl cut.jsonl
	same "$tool: cut off, jsonl: status" 3 "$status"
	has "$tool: cut off, jsonl: the sum" "$(cat "$tmp/err")" "lafz: 1 record skipped"
	run -f jsonl --on-error fail cut.jsonl
	same "$tool: cut off, jsonl, --on-error fail" "1 1" "$status $(wc -l <"$tmp/err" | tr -d ' ')"
done
[ -n "$tools" ] || skip "no program to compress with"

# ---- gzip: nothing is lost before the cut ----

if command -v gzip >/dev/null; then
	awk 'BEGIN { for (i = 0; i < 3000; i++) print "{\"text\":\"Word number " i ".\"}" }' >many.jsonl
	gzip -c many.jsonl >many.jsonl.gz
	head -c $(($(wc -c <many.jsonl.gz) - 6)) many.jsonl.gz >whole_but_sum.jsonl
	run normalize whole_but_sum.jsonl
	same "gzip without its sum: all records" "3 3000" "$status $(wc -l <"$tmp/out" | tr -d ' ')"
	has "gzip without its sum: message" "$(cat "$tmp/err")" \
		"record 3001 at byte $(wc -c <many.jsonl | tr -d ' '): the gzip data are cut off"
	head -c 5000 many.jsonl.gz >half.jsonl
	run normalize half.jsonl
	n=$(wc -l <"$tmp/out" | tr -d ' ')
	same "gzip cut in the middle: status" 3 "$status"
	has "gzip cut in the middle: message" "$(cat "$tmp/err")" \
		"record $((n + 1)) at byte $(head -n "$n" many.jsonl | wc -c | tr -d ' '): the gzip data"
	gzip -dc half.jsonl 2>/dev/null | grep -c '}$' >expected
	same "gzip cut in the middle: all whole records" "$(cat expected)" "$n"
	{ cat records.jsonl.gz; head -c 1000 /dev/zero; } >padded.jsonl
	run -f jsonl padded.jsonl
	same "gzip with zeros behind it" 0 "$status"
	same_file "gzip with zeros behind it: output" records.expected "$tmp/out"
	{ cat records.jsonl.gz; echo more; } >garbage.jsonl
	run -f jsonl garbage.jsonl
	same "gzip with garbage behind it" 3 "$status"
	same_file "gzip with garbage behind it: output" records.expected "$tmp/out"
	has "gzip with garbage behind it: message" "$(cat "$tmp/err")" "what follows the gzip data is not gzip"
	printf 'inner\n' | gzip -c >inner
	gzip -c inner >twice.gz
	"$LAFZ" normalize -p none twice.gz >actual
	same_file "only one layer is taken off" inner actual
	{ head -c 60 many.jsonl.gz; printf 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; tail -c +92 many.jsonl.gz; } >spoilt.jsonl
	run normalize spoilt.jsonl
	same "gzip spoilt: status" 3 "$status"
	has "gzip spoilt: message" "$(cat "$tmp/err")" "the gzip data are broken"
fi

# ---- Not compressed, but nearly ----

for text in 'B' 'BZ' 'BZh' 'BZh9 is a word' 'BZh91AY' '(' '7zXZ'; do
	printf '%s\n' "$text" >nearly
	gives "'$text' is text" "$text" normalize nearly
done

# ---- Folders ----

mkdir -p tree/b tree/a/deep 'tree/B' none
printf 'one\n' >tree/a/deep/x.txt
printf 'two\n' >tree/b/y.txt
printf 'three\n' >tree/B/z.txt
printf '{"text":"four"}\n' >tree/a.jsonl
ln -s ../../page.txt tree/b/link.txt
ln -s .. tree/b/up
ln -s missing tree/b/dangling
mkdir -p tree/.git .hidden/b
printf 'hidden\n' >tree/.git/config
printf 'swap\n' >tree/b/.y.txt.swp
printf 'five\n' >.hidden/b/x.txt
run -r -f tsv tree
same "-r: status" 0 "$status"
same "-r: files in order" "tree/B/z.txt tree/a/deep/x.txt tree/b/link.txt tree/b/y.txt" \
	"$(awk -F '\t' 'NR > 1 && $16 ~ /tree/ { print $16 }' "$tmp/out" | uniq | tr '\n' ' ' | sed 's/ $//')"
has "-r: the input of each by its name" "$(cut -f 11 "$tmp/out" | tr '\n' ' ')" "four"
gives "-r: names with a full stop first, named themselves" "five

swap" -r -f text .hidden tree/b/.y.txt.swp
run -r -f text none
same "-r: an empty folder" "0 0" "$status $(cat "$tmp/out" "$tmp/err" | wc -c | tr -d ' ')"
run -r -f text none page.txt/nothing tree/b/y.txt
same "-r: a missing file" "1 two" "$status $(head -n 1 "$tmp/out")"
refuses "-r without a name" "--recursive" -r
refuses "-r with an output inside" "both input and output" -r -o tree/b/y.txt tree
run -f text tree
same "a folder without -r: status" 1 "$status"
has "a folder without -r: message" "$(cat "$tmp/err")" "tree: "

finish
