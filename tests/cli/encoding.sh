#!/bin/sh
# Input in other encodings: the tokens are those of the same text in UTF-8, the offsets those of the source.
. "${srcdir:-.}/tests/cli/lib.sh"

PYTHON=${PYTHON:-python3}
command -v "$PYTHON" >/dev/null || skip "no Python to write other encodings with"
cat >make.py <<'END'
import sys
source, name, target = sys.argv[1:]
open(target, 'wb').write(open(source, encoding='utf-8', newline='').read().encode(name))
END
# Every token of the table is what its offsets say, and the gaps between tokens hold only what tokens cannot.
cat >check.py <<'END'
import sys
source, name = sys.argv[1:]
data = open(source, 'rb').read()
escapes = (('\\', '\\\\'), ('\t', '\\t'), ('\n', '\\n'), ('\r', '\\r'))
at = n = 0
for line in open('table.tsv', encoding='utf-8', newline='\n'):
    if line.startswith('#start'):
        continue
    row = line.rstrip('\n').split('\t')
    start, end = int(row[0]), int(row[1])
    text = data[start:end].decode(name)
    for char, escape in escapes:
        text = text.replace(char, escape)
    if start != at or text != row[9]:
        sys.exit('%d-%d: %r, not %r' % (start, end, text, row[9]))
    at = end
    n += 1
if at != len(data) or n == 0:
    sys.exit('%d tokens end at %d of %d' % (n, at, len(data)))
END
# The kinds, forms and numbers of the table, without its offsets in bytes and the document's name.
rest()
{
	cut -f 3-15 "$1"
}

printf '%b' '\0330\0247\0331\0204\0331\0203\0330\0252\0330\0247\0330\0250, one two.\r\n\r\n' >arabic.txt
printf '%b' '\0331\0205\0330\0261\0330\0255\0330\0250\0330\0247 17:29 \0330\0237\n' >>arabic.txt
printf '%b' 'caf\0303\0251 l\0303\0240\nna\0303\0257ve' >latin.txt
cp "$top"/corpora/mixed-1.txt page.txt

# same_as_utf8 SOURCE NAME PYTHON_NAME
same_as_utf8()
{
	"$PYTHON" make.py "$1" "$3" encoded || return
	"$LAFZ" -f tsv --gaps "$1" >utf8.tsv
	for same_size in 1 3 65536; do
		run -f tsv --gaps -e "$2" --read-size "$same_size" encoded
		cp "$tmp/out" table.tsv
		same "$1 in $2, reads of $same_size: status" 0 "$status"
		rest utf8.tsv >expected
		rest table.tsv >actual
		same_file "$1 in $2, reads of $same_size: all but offsets" expected actual
		same "$1 in $2, reads of $same_size: offsets" "" "$("$PYTHON" check.py encoded "$3" 2>&1)"
	done
	for same_format in "text" "jsonl" "conllu" "text --unwrap"; do
		# shellcheck disable=SC2086 # several arguments
		"$LAFZ" -f $same_format -e "$2" encoded >actual
		# shellcheck disable=SC2086
		"$LAFZ" -f $same_format "$1" >expected
		for same_file in actual expected; do
			sed 's/"\(start\|end\)":[0-9]*,//g; s/|ByteRange=[0-9:]*//; s/encoded/NAME/g; s/'"$1"'/NAME/g' "$same_file" \
				>"$same_file.rest"
		done
		same_file "$1 in $2: $same_format" expected.rest actual.rest
	done
}

same_as_utf8 arabic.txt windows-1256 cp1256
same_as_utf8 arabic.txt ISO-8859-6 iso8859_6
same_as_utf8 latin.txt ISO-8859-1 latin_1
same_as_utf8 latin.txt windows-1252 cp1252
same_as_utf8 page.txt UTF-16LE utf_16_le
same_as_utf8 page.txt UTF-16BE utf_16_be
same_as_utf8 page.txt UTF-32LE utf_32_le
same_as_utf8 page.txt GB18030 gb18030
same_as_utf8 latin.txt UTF-8 utf_8
yes 'word café naïve' | head -n 3000 | tr '\n' ' ' >long.txt
same_as_utf8 long.txt UTF-16LE utf_16_le

# ---- The byte order mark ----

for order in le be; do
	mark='\377\376'
	[ "$order" = be ] && mark='\376\377'
	"$PYTHON" make.py latin.txt "utf_16_$order" bare
	# shellcheck disable=SC2059 # the mark is a format
	{ printf "$mark"; cat bare; } >marked
	for size in 1 2 65536; do
		run -f tsv --gaps -e UTF-16 --read-size "$size" marked
		same "UTF-16 $order with a mark, reads of $size" "0 2 0 1 2 10 1 5" \
			"$(awk 'NR == 2 || NR == 3 { print $1, $2, $3, $4 }' "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
	done
done
run -f tsv -e UTF-16 marked
same "UTF-16 with a mark and -e: messages" "" "$(cat "$tmp/err")"
for jobs in 1 2; do
	run -f tsv -j $jobs marked
	same "UTF-16 without -e, $jobs jobs: status" 0 "$status"
	has "UTF-16 without -e, $jobs jobs" "$(cat "$tmp/err")" "marked: begins with the byte order mark of UTF-16"
done
for jobs in 1 2; do
	printf '\n <!DOCTYPE html>\n<html><p>Hi</p></html>\n' >page.html
	run -f tsv -j $jobs page.html
	same "HTML, $jobs jobs: status" 0 "$status"
	same "HTML, $jobs jobs: told of" "lafz: page.html: begins as a page of HTML does; its tags are read as text" "$(cat "$tmp/err")"
done
printf '<htm> <p>\n' >page.html
run -f tsv page.html
same "no HTML: messages" "" "$(cat "$tmp/err")"
printf '\377\376' >marked
run -f tsv --gaps -e UTF-16 marked
same "only a mark" "0 2" "$(awk 'NR == 2 { print $1, $2 }' "$tmp/out")"

# ---- -e auto ----

# auto NAME FILE OPTION...: what is found in the file, and then it is read as if that had been named.
auto()
{
	auto_name=$1
	auto_file=$2
	shift 2
	"$LAFZ" -f tsv --gaps -e "$auto_name" "$auto_file" >expected
	for size in 1 3 65536; do
		run -f tsv --gaps -e auto --progress --read-size "$size" "$@" "$auto_file"
		same "auto, $auto_file, reads of $size: status" 0 "$status"
		same "auto, $auto_file, reads of $size: what is told" "lafz: $auto_file: read as $auto_name" "$(head -n 1 "$tmp/err")"
		same_file "auto, $auto_file, reads of $size" expected "$tmp/out"
	done
}

# encoded FILE PYTHON_NAME [UNIX_NAME]: a file in that encoding under a name of its own.
encoded()
{
	"$PYTHON" make.py "$1" "$2" "${1%.txt}.$2"
}

sed 's/\xe2\x80[\x90-\xbf]/-/g' "$top/corpora/ar.txt" | "$PYTHON" -c '
import sys
text = sys.stdin.buffer.read().decode("utf-8")
for name, target in ("cp1256", "ar.cp1256"), ("iso8859_6", "ar.iso"):
    open(target, "wb").write(text.encode(name, "ignore"))'
"$PYTHON" -c '
import sys
text = open(sys.argv[1], encoding="utf-8").read()
open("ur.cp1256", "wb").write(text.encode("cp1256", "ignore"))' "$top/corpora/ur.txt"
auto windows-1256 ar.cp1256
auto ISO-8859-6 ar.iso
auto windows-1256 ur.cp1256
for name in ar en ps; do
	cp "$top/corpora/$name.txt" "$name.txt"
	auto UTF-8 "$name.txt"
	encoded "$name.txt" utf_16_le
	auto UTF-16LE "$name.utf_16_le"
	encoded "$name.txt" utf_16_be
	auto UTF-16BE "$name.utf_16_be"
	encoded "$name.txt" utf_32_le
	auto UTF-32LE "$name.utf_32_le"
	{ printf '\377\376'; cat "$name.utf_16_le"; } >"$name.marked"
	auto UTF-16 "$name.marked"
	{ printf '\377\376\000\000'; cat "$name.utf_32_le"; } >"$name.marked32"
	auto UTF-32 "$name.marked32"
	{ printf '\357\273\277'; cat "$name.txt"; } >"$name.marked8"
	auto UTF-8 "$name.marked8"
done
: >nothing
auto UTF-8 nothing
printf '\377\376' >only-mark
auto UTF-16 only-mark
printf 'ab\377' >odd
run -e auto -f text odd
same "auto: no failure on three bytes" 0 "$status"
# What is looked at: 65,536 bytes, of which the first that are not ASCII are shown to the detector.
yes 'A line of plain ASCII comes first, and then another.' | head -n 1000 >late
cat ar.cp1256 >>late
auto windows-1256 late
yes 'A line of plain ASCII comes first, and then another.' | head -n 1300 >too-late
cat ar.cp1256 >>too-late
auto UTF-8 too-late
head -c 65535 too-late >cut-in-letter
printf '\303\251\n' >>cut-in-letter
auto UTF-8 cut-in-letter
# Every document of its own.
for n in ar.cp1256 en.txt ps.utf_16_le ur.cp1256; do
	printf 'WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n' "$(wc -c <$n)"
	cat $n
	printf '\r\n\r\n'
done >pages.warc
{
	"$LAFZ" -e windows-1256 -f tsv ar.cp1256
	"$LAFZ" -f tsv en.txt
	"$LAFZ" -e UTF-16LE -f tsv ps.utf_16_le
	"$LAFZ" -e windows-1256 -f tsv ur.cp1256
} | grep -v '^#' | cut -f 1-15 >expected
for jobs in 1 3; do
	run -e auto -f tsv -j $jobs pages.warc
	sed 1d "$tmp/out" | cut -f 1-15 >actual
	same_file "auto: records of a WARC file, -j $jobs" expected actual
done

# ---- Ill-formed in its encoding ----

printf 'a\000b\000 \000\000\330c\000 \000d\000e' >bad
run -f jsonl -e UTF-16LE --read-size 1 bad
same "half a pair, half a unit: status" 0 "$status"
has "half a pair: flag" "$(cat "$tmp/out")" '"flags":["repaired"]'
same "half a unit: offsets" '"start":0,"end":15,' "$(grep -o '"start":0,"end":15,' "$tmp/out" | head -n 1)"
run -f text -e UTF-16LE --on-invalid fail bad
same "--on-invalid fail: status" 1 "$status"
has "--on-invalid fail: place in the source" "$(cat "$tmp/err")" "bad: ill-formed"
spans()
{
	awk 'NR > 1 { printf "%s%s %s", sep, $1, $2; sep = ", " }' "$tmp/out"
}
printf '\376\377\330\000\000b' >half
run -f tsv -e UTF-16 half
same "half a pair: what follows keeps its bytes" "2 4, 4 6" "$(spans)"
printf 'x\2010\201 y' >half
run -f tsv -e GB18030 half
same "half a character of several bytes: the same" "0 1, 1 2, 2 3, 3 4, 5 6" "$(spans)"
printf 'a +2D3eAA +2D0-' >pair
run -f tsv -e UTF-7 pair
same "both halves of a pair, one after the other; one alone" "0 1, 2 9, 10 14" "$(spans)"
has "both halves of a pair: one character" "$(cat "$tmp/out")" "$(printf '\temoji\t\360\237\230\200\t')"
printf 'ab \201\n' >undefined
run -f jsonl -e ISO-8859-6 undefined
same "a letter that ISO 8859-6 has not" 0 "$status"

# ---- Compressed, and what it is not for ----

if command -v gzip >/dev/null; then
	"$PYTHON" make.py arabic.txt cp1256 encoded
	"$LAFZ" -f text -e windows-1256 encoded >expected
	gzip -c encoded | "$LAFZ" -f text -e windows-1256 >actual
	same_file "inside gzip" expected actual
fi
printf '{"text":"x"}\n' >a.jsonl
run -f text -e windows-1256 a.jsonl
same "jsonl is UTF-8: status" 1 "$status"
has "jsonl is UTF-8: message" "$(cat "$tmp/err")" "a.jsonl: --encoding is for text and warc"
refuses "an unknown name" "'klingon-1'" -e klingon-1 latin.txt
refuses "an empty name" "--encoding" -e '' latin.txt
refuses "no name" "--encoding" -e

finish
