#!/bin/sh
# WARC and WET files, and the fields of records.
. "${srcdir:-.}/tests/cli/lib.sh"

# record TYPE MEDIA ID BODY [LENGTH]
record()
{
	printf '%s' "$4" >body
	printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://example.org/%s\r\n' "$1" "$3"
	printf 'WARC-Date: 2025-09-21T10:00:00Z\r\nWARC-Record-ID: <urn:x:%s>\r\n' "$3"
	printf 'Content-Type: %s\r\ncontent-length:  %s \r\n\r\n' "$2" "${5:-$(wc -c <body | tr -d ' ')}"
	cat body
	printf '\r\n\r\n'
}

{
	record warcinfo application/warc-fields info 'software: none'
	record conversion text/plain one 'One "two".
WARC/1.0 three.'
	record response application/http two 'HTTP/1.1 200 OK'
	record conversion 'text/plain; charset=utf-8' three ''
	record resource TEXT/PLAIN four 'Four.'
	record conversion text/html five '<p>Five'
} >good.warc
expected='{"doc":"<urn:x:one>","text":"One \"two\".\nWARC/1.0 three."}
{"doc":"<urn:x:three>","text":""}
{"doc":"<urn:x:four>","text":"Four."}'
for size in 1 7 65536; do
	run normalize -f jsonl --read-size "$size" good.warc
	same "reads of $size: status" 0 "$status"
	same "reads of $size" "$expected" "$(cat "$tmp/out")"
	same "reads of $size: what is left out" "lafz: good.warc: 2 records of other kinds left out" "$(cat "$tmp/err")"
done
cp good.warc good.wet
cp good.warc other
for arguments in "-i warc other" "-i wet other" good.wet; do
	# shellcheck disable=SC2086 # several arguments
	run normalize -f jsonl $arguments
	same "$arguments" "$expected" "$(cat "$tmp/out")"
done
run -f jsonl good.warc
same "a record without tokens has a line" 1 "$(grep -c 'x:three>.*"tokens":\[\]' "$tmp/out")"
run -f tsv good.warc
same "offsets are those of the body" "0 3" "$(awk -F '\t' '$11 == "One" { print $1, $2 }' "$tmp/out")"
if command -v gzip >/dev/null; then
	csplit -s -z -f piece- good.warc '/^WARC\/1.0.$/' '{*}'
	for piece in piece-*; do
		gzip -c "$piece"
	done >good.warc.wet.gz
	run normalize -f jsonl good.warc.wet.gz
	same "a member for each record" "0 $expected" "$status $(cat "$tmp/out")"
	gzip -c good.warc | head -c 150 >cut.warc.gz
	run normalize cut.warc.gz
	same "cut off: status" 3 "$status"
	has "cut off: message" "$(cat "$tmp/err")" "the gzip data are cut off"
fi
printf 'WARC/1.1\nWARC-Type: resource\nContent-Type: text/plain\nContent-Length: 3\n\nabc' >bare.warc
gives "bare line ends, no id, nothing behind" '{"doc":"1","text":"abc"}' normalize bare.warc

# ---- Broken ----

first=$(record conversion text/plain zero 'Zero.' | wc -c | tr -d ' ')
# broken NAME MESSAGE REST: a good record, the file "bad", a good record; REST is written of the latter
broken()
{
	{
		record conversion text/plain zero 'Zero.'
		cat bad
		record conversion text/plain last 'Last.'
	} >broken.warc
	for broken_size in 1 65536; do
		run normalize --read-size "$broken_size" broken.warc
		same "$1: status" 3 "$status"
		same "$1" "{\"doc\":\"<urn:x:zero>\",\"text\":\"Zero.\"}$3" "$(cat "$tmp/out")"
		has "$1: message" "$(cat "$tmp/err")" "broken.warc: record 2 at byte $first: $2"
		has "$1: the sum" "$(cat "$tmp/err")" "1 record skipped"
	done
	run normalize --on-error fail broken.warc
	same "$1, --on-error fail" "1 {\"doc\":\"<urn:x:zero>\",\"text\":\"Zero.\"}" "$status $(cat "$tmp/out")"
}
last='
{"doc":"<urn:x:last>","text":"Last."}'
record conversion text/plain bad 'Bad enough.' 5 >bad
broken "too short a length" "its Content-Length is wrong" "$last"
record conversion text/plain bad 'Bad enough.' x5 >bad
broken "no number" "it has no Content-Length that is a number" "$last"
printf 'WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n\r\nBody\r\n\r\n' >bad
broken "no length" "it has no Content-Length that is a number" "$last"
printf 'Garbage\r\nin between\r\n\r\n' >bad
broken "garbage" "expected WARC/ and a version" "$last"
record conversion text/plain bad 'Bad enough.' 100000 >bad
broken "too long a length" "shorter than its Content-Length" ""
{
	record conversion text/plain long 'A long record.'
	record conversion text/plain short 'A.'
} >long.warc
run normalize --max-record 13 --on-error skip long.warc
has "--max-record" "$(cat "$tmp/err")" "longer than --max-record"
run normalize --max-record 50 long.warc
same "--max-record, no less than its lines" "0 2" "$status $(wc -l <"$tmp/out" | tr -d ' ')"
{
	record conversion text/plain long "$(awk 'BEGIN { for (i = 0; i < 40; i++) printf "word " }')"
	record conversion text/plain short 'A.'
} >long.warc
run normalize --max-record 200 long.warc
same "--max-record: all of it" "0 2" "$status $(wc -l <"$tmp/out" | tr -d ' ')"
run normalize --max-record 199 long.warc
same "--max-record: the next one" '3 {"doc":"<urn:x:short>","text":"A."}' "$status $(cat "$tmp/out")"
has "--max-record: message" "$(cat "$tmp/err")" "record 1 at byte 0: longer than --max-record"

# ---- Fields ----

run -f jsonl --keep-fields good.warc
same "fields of WARC" 2 \
	"$(grep -c ',"fields":{"id":"<urn:x:one>","uri":"https://example.org/one","date":"2025-09-21T10:00:00Z"}}$' "$tmp/out")"
cat >fields.jsonl <<'END'
{"id":"a","text":"One. Two.","n": 1.50e3 ,"deep":{"a":[1, {"b":"\u0041"}]},"s":"x\"y","t":true,"z":null,"l":[ ]}
{"text":"","id":7}
{"x\n\"":1,"meta":{"name":"m1"},"text":"Three."}
END
run normalize --keep-fields fields.jsonl
same "fields of jsonl" '{"doc":"a","text":"One. Two.","fields":{"n":1.50e3,"deep":{"a":[1, {"b":"\u0041"}]},"s":"x\"y","t":true,"z":null,"l":[ ]}}
{"doc":"7","text":"","fields":{}}
{"doc":"3","text":"Three.","fields":{"x\u000a\"":1,"meta":{"name":"m1"}}}' "$(cat "$tmp/out")"
run -f jsonl --keep-fields fields.jsonl
same "behind the tokens of each sentence" 2 "$(grep -c '\],"fields":{"n":1.50e3,.*"l":\[ \]}}$' "$tmp/out")"
same "also without tokens" 1 "$(grep -c '"tokens":\[\],"fields":{}}$' "$tmp/out")"
printf 'Plain.\n' >plain.txt
run -f jsonl --keep-fields fields.jsonl plain.txt
same "not for text" 0 "$(grep plain.txt "$tmp/out" | grep -c fields)"
refuses "fields need a place" "--keep-fields" -f tsv --keep-fields fields.jsonl

# ---- Names with dots ----

cat >nested.jsonl <<'END'
{"doc":{"text":"One.","by":{"id":"n1"}},"x":1}
{"doc":{"by":{"id":2},"text":"Two."},"text":"No."}
{"doc.text":"Three.","doc.by.id":"n3"}
{"doc":[{"text":"No."}],"text":"No."}
{"doc":{"deeper":{"text":"No."},"text":"Five.","more":{"text":"No."}},"by":{"id":"no"}}
{"a":{"doc":{"text":"No."}}}
END
run normalize --field doc.text --id-field doc.by.id --keep-fields nested.jsonl
same "names with dots: status" 3 "$status"
same "names with dots" '{"doc":"n1","text":"One.","fields":{"x":1}}
{"doc":"2","text":"Two.","fields":{"text":"No."}}
{"doc":"n3","text":"Three.","fields":{}}
{"doc":"5","text":"Five.","fields":{"by":{"id":"no"}}}' "$(cat "$tmp/out")"
has "names with dots: message" "$(cat "$tmp/err")" "record 4 at byte 137: there is no field 'doc.text'"

finish
