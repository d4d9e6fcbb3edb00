#!/bin/sh
# --sandbox: the same output, whatever is read and written; and what it forbids.
. "${srcdir:-.}/tests/cli/lib.sh"

# The sanitizer that looks for leaks makes a process, which the sandbox forbids.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

printf 'One two.\n' >a.txt
"$LAFZ" --sandbox a.txt >/dev/null 2>"$tmp/err"
if [ $? -eq 2 ]; then
	has "refused: the message" "$(cat "$tmp/err")" "--sandbox:"
	[ "$failed" -eq 0 ] || finish
	skip "$(head -n 1 "$tmp/err")"
fi

cat "$top/corpora/ps.txt" "$top/corpora/en.txt" >page.txt
printf '\340\270\240\340\270\262\340\270\251\340\270\262\340\271\204\340\270\227\340\270\242\n' >>page.txt
for i in 1 2 3 4 5; do cat page.txt page.txt page.txt; done >large.txt
printf '{"id":"a","text":"One two."}\n{"id":"b","text":"Three."}\n' >a.jsonl
printf '# text = One two.\n1\tOne\t_\t_\t_\t_\t_\t_\t_\t_\n\n' >a.conllu
printf 'WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 4\r\n\r\nOne.\r\n\r\n' >a.warc
printf '\331\204\n' | iconv -f UTF-8 -t WINDOWS-1256 >w.txt 2>/dev/null || printf 'x\n' >w.txt
mkdir -p tree/sub && cp page.txt tree/sub/b.txt && cp a.txt tree/a.txt && ln -s "$tmp/work/page.txt" tree/link.txt
"$LAFZ" normalize -o norm --map map page.txt
for kind in gz bz2 xz zst lz4; do
	"$LAFZ" normalize -p none -o "page.txt.$kind" page.txt
done

# alike ARGUMENT...: the same with and without the sandbox.
alike()
{
	"$LAFZ" "$@" >"$tmp/expected" 2>"$tmp/err"
	expected_status=$?
	run "$@" --sandbox
	same "$*: status" "$expected_status" "$status"
	same_file "$*: output" "$tmp/expected" "$tmp/out"
}

for format in text tsv jsonl conllu vrt spans arrow; do
	alike -f "$format" page.txt
done
alike runs page.txt
alike normalize page.txt
alike key page.txt
alike count page.txt
alike count --memory 1M large.txt
alike stats -f json page.txt
alike languages
alike --version
alike verify page.txt norm map
alike -f jsonl --explain --value --mwt page.txt
alike -f jsonl a.jsonl a.conllu a.warc
alike -e windows-1256 w.txt
alike -e shift_jis w.txt
alike -j 3 -f tsv large.txt
alike -r -f tsv tree
alike missing.txt
for kind in gz bz2 xz zst lz4; do
	alike "page.txt.$kind"
done

mkdir one two three
for name in %s.txt; do
	"$LAFZ" --split-by-lang -o "one/$name" page.txt
	"$LAFZ" --sandbox --split-by-lang -o "two/$name" page.txt
done
for kind in txt gz bz2 xz zst lz4; do
	"$LAFZ" -o "one/o.$kind" page.txt
	"$LAFZ" --sandbox -o "two/o.$kind" page.txt
	"$LAFZ" --sandbox -j 2 -o "two/o.$kind" page.txt
done
"$LAFZ" --shard-size 1K -f jsonl -o one/%03d.jsonl page.txt
"$LAFZ" --sandbox --shard-size 1K -f jsonl -o two/%03d.jsonl page.txt
"$LAFZ" normalize -o one/norm --map one/map page.txt
"$LAFZ" normalize -o two/norm --map two/map --sandbox page.txt
for file in one/*; do
	same_file "$file" "$file" "two/${file#one/}"
done
(cd three && "$LAFZ" --sandbox -o here ../page.txt && "$LAFZ" -o there ../page.txt && cmp here there)
same "a name without a folder" 0 $?
"$LAFZ" --sandbox -o /dev/null page.txt
same "a device" 0 $?
rm -f two/[0-9]*
"$LAFZ" --sandbox --shard-size 1K --resume -f jsonl -o two/%03d.jsonl page.txt
same "resuming" 0 $?

# ---- What it forbids ----

if [ -x "${abs_top_builddir:-}/tests/sandbox/try" ]; then
	mkdir out
	"$abs_top_builddir/tests/sandbox/try" a.txt out/x page.txt >"$tmp/out" 2>&1
	same "inside: status; $(cat "$tmp/out")" 0 $?
fi

finish
