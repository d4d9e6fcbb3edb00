#!/bin/sh
# Records: good ones, odd ones, broken ones.
. "${srcdir:-.}/tests/cli/lib.sh"

bom=$(printf '\357\273\277')

# ---- Good and odd ----

cat >good.jsonl <<'END'
{"id":"a","text":"One two."}
{"text":"Three.","id":7}

   
{"text":"Four.","id":null,"more":{"text":"no","list":[1,{"id":"no"},[true]]}}
END
run normalize good.jsonl
same "records: status" 0 "$status"
same "records" '{"doc":"a","text":"One two."}
{"doc":"7","text":"Three."}
{"doc":"5","text":"Four."}' "$(cat "$tmp/out")"
gives "records as text" "One two .

Three .

Four ." -l en good.jsonl
gives "records normalized to text" "One two.
Three.
Four." normalize -f text good.jsonl
cp good.jsonl good.NDJSON
run normalize good.NDJSON
same "by file name: ndjson" '{"doc":"a","text":"One two."}' "$(head -n 1 "$tmp/out")"
run normalize -i text good.jsonl
same_file "-i text wins over the name" good.jsonl "$tmp/out"
run normalize <good.jsonl
same_file "standard input is text" good.jsonl "$tmp/out"
run normalize -i jsonl <good.jsonl
same "-i jsonl for standard input" '{"doc":"a","text":"One two."}' "$(head -n 1 "$tmp/out")"
printf '{"body":"x","name":"n"}' >other.jsonl
gives "--field, --id-field, no line end" '{"doc":"n","text":"x"}' normalize --field body --id-field name other.jsonl
printf '{"text":"x","text":"y","id":1,"id":"z"}\r\n' >twice.jsonl
gives "twice: the last one counts, CRLF" '{"doc":"z","text":"y"}' normalize twice.jsonl
printf '{"text":1,"text":"y","id":"z","id":[]}\n' >twice.jsonl
gives "twice: other kinds" '{"doc":"1","text":"y"}' normalize twice.jsonl
printf '%s{"text":"x"}\n' "$bom" >bom.jsonl
gives "a byte order mark" '{"doc":"1","text":"x"}' normalize bom.jsonl
printf '%s\n{"text":"x"}\n' "$bom" >bom.jsonl
gives "a byte order mark alone in its line" '{"doc":"2","text":"x"}' normalize bom.jsonl
printf '{"text":"x","id":1e400}\n{"text":"x","id":-12345678901234567890123}\n{"text":"x","id":true}\n{"text":"x","id":""}' >id.jsonl
gives "ids" '{"doc":"1e400","text":"x"}
{"doc":"-12345678901234567890123","text":"x"}
{"doc":"3","text":"x"}
{"doc":"","text":"x"}' normalize id.jsonl
: >empty.jsonl
run -f jsonl empty.jsonl
same "no record: status, output" "0 " "$status $(cat "$tmp/out")"
printf '{"text":"","id":"e"}\n{"text":" \\n "}' >white.jsonl
gives "records without tokens" '{"doc":"e","par":0,"sent":0,"start":0,"end":0,"cstart":0,"cend":0,"tokens":[]}
{"doc":"2","par":0,"sent":0,"start":0,"end":0,"cstart":0,"cend":0,"tokens":[]}' -f jsonl white.jsonl

# ---- Escapes ----

# escape NAME JSON_STRING NORMALIZED_JSON
escape()
{
	printf '{"text":"%s"}\n' "$2" >escape.jsonl
	printf '{"doc":"1","text":"%s"}\n' "$3" >expected
	run normalize -p none escape.jsonl
	same "$1: status" 0 "$status"
	same_file "$1" expected "$tmp/out"
}
escape "short escapes" '\"\\\/\b\f\n\r\t' '\"\\/\b\f\n\r\t'
escape "unit escapes" '\u0061\u0643\u20AC' "a$(printf '\331\203\342\202\254')"
escape "a pair of surrogates" '\ud83d\ude00' "$(printf '\360\237\230\200')"
for lone in '\ud83d' '\ude00' '\uDBFF' '\udc00'; do
	escape "a lone surrogate $lone" "a${lone}b" "a$(printf '\357\277\275')b"
	escape "a lone surrogate $lone at the end" "${lone}" "$(printf '\357\277\275')"
done
escape "surrogates in the wrong order" '\ude00\ud83d' "$(printf '\357\277\275\357\277\275')"
escape "a lone one before a pair" '\ud83d\ud83d\ude00' "$(printf '\357\277\275\360\237\230\200')"
escape "a high one before another escape" '\ud83d\u0061' "$(printf '\357\277\275')a"
escape "no escape at all" '\\ud83d' '\\ud83d'
escape "U+0000" 'a\u0000b' 'a\u0000b'
escape "controls" '\u001f\u007f' "\\u001f$(printf '\177')"
printf '{"text":"a\377b"}\n' >bytes.jsonl
gives "bytes that are not UTF-8 are repaired as in text" "{\"doc\":\"1\",\"text\":\"a$(printf '\357\277\275')b\"}" \
	normalize bytes.jsonl
run --on-invalid fail bytes.jsonl
same "or fail: status" 1 "$status"
has "or fail: message" "$(cat "$tmp/err")" "bytes.jsonl: record 1: ill-formed UTF-8 at byte 1"

# ---- Broken ----

cat >broken.jsonl <<'END'
{"text":"one"}
{"text":"two"
{"text":"three"}
not json
{"id":"x"}
{"text":5}
["text"]
"text"
12
{"text":"a"}{"text":"b"}
{"text":"tab	in it"}
{"text":"\x"}
{"text":"\u12"}
{'text':'a'}
{"text":"a",}
nul
{"text":"last"}
END
run normalize broken.jsonl
same "broken: status" 3 "$status"
same "broken: the rest is written" '{"doc":"1","text":"one"}
{"doc":"3","text":"three"}
{"doc":"17","text":"last"}' "$(cat "$tmp/out")"
same "broken: a message for each, and the sum" 15 "$(wc -l <"$tmp/err" | tr -d ' ')"
has "broken: file, record and byte" "$(cat "$tmp/err")" "broken.jsonl: record 2 at byte 15: "
has "broken: offsets" "$(cat "$tmp/err")" "record 5 at byte 55: there is no field 'text'"
has "broken: wrong kind" "$(cat "$tmp/err")" "record 6 at byte 66: the field 'text' is not a string"
has "broken: no object" "$(cat "$tmp/err")" "record 7 at byte 77: not an object"
has "broken: number" "$(cat "$tmp/err")" "record 9 at byte 93: not an object"
has "broken: the sum" "$(cat "$tmp/err")" "14 records skipped"
run normalize --field body broken.jsonl
has "no record has the field" "$(cat "$tmp/err")" "no record was read; --field names the field that holds the text, here 'body'"
run normalize -j 2 --field body broken.jsonl
has "no record has the field, two jobs" "$(cat "$tmp/err")" "no record was read; --field names the field that holds the text, here 'body'"
awk 'BEGIN { for (i = 0; i < 9000; i++) print "{\"body\":\"a\"}" }' >many.jsonl
for jobs in 1 2 3; do
	run normalize -j "$jobs" many.jsonl
	same "many records without the field, $jobs jobs: the first are named, the sum, the field" 102 "$(wc -l <"$tmp/err" | tr -d ' ')"
	has "many records without the field, $jobs jobs: the last that is named" "$(cat "$tmp/err")" "record 100 at byte 1287: "
	has "many records without the field, $jobs jobs: the sum" "$(cat "$tmp/err")" "9000 records skipped; the first 100 are named"
done
run normalize --on-error fail broken.jsonl
same "--on-error fail: status" 1 "$status"
same "--on-error fail: nothing before it is lost" '{"doc":"1","text":"one"}' "$(cat "$tmp/out")"
same "--on-error fail: one message" 1 "$(wc -l <"$tmp/err" | tr -d ' ')"
run normalize --on-error fail missing.jsonl good.jsonl broken.jsonl good.jsonl
same "--on-error fail: a missing file does not end the work" "1 4" "$status $(wc -l <"$tmp/out" | tr -d ' ')"
run normalize -o whole broken.jsonl
same "skipped records do not spoil -o" "3 3" "$status $(wc -l <whole | tr -d ' ')"
run normalize --on-error fail -o part broken.jsonl
same "a failure does" "1 whole" "$status $(echo part* whole* | sed 's/part\* //')"
printf '{"text":"a\000b"}\n{"text":"c"}\n' >nul.jsonl
run normalize nul.jsonl
same "a NUL byte: status" 3 "$status"
same "a NUL byte: the rest" '{"doc":"2","text":"c"}' "$(cat "$tmp/out")"
printf '{"text":"c"}\n{"text":"cut' >cut.jsonl
run normalize cut.jsonl
same "cut off: status" 3 "$status"
same "cut off: the rest" '{"doc":"1","text":"c"}' "$(cat "$tmp/out")"

# ---- Limits ----

printf '{"text":"123456789"}\n{"text":"1234567890"}\n{"text":"1"}\n{"text":"12345678901234567890"}' >long.jsonl
for size in 1 7 64 65536; do
	run normalize --max-record 20 --read-size "$size" long.jsonl
	same "--max-record, reads of $size: status" 3 "$status"
	same "--max-record, reads of $size" '{"doc":"1","text":"123456789"}
{"doc":"3","text":"1"}' "$(cat "$tmp/out")"
	has "--max-record, reads of $size: message" "$(cat "$tmp/err")" \
		"record 2 at byte 21: longer than --max-record"
done
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "["; print ""; print "{\"text\":\"x\"}" }' >deep.jsonl
run normalize deep.jsonl
same "deep nesting" '3 {"doc":"2","text":"x"}' "$status $(cat "$tmp/out")"

for size in 1 7 4096; do
	for name in good broken long escape; do
		run -f tsv "$name.jsonl"
		cp "$tmp/out" "$name.out"
		grep -v skipped "$tmp/err" >"$name.err"
		run -f tsv --read-size "$size" "$name.jsonl"
		same_file "$name: reads of $size" "$name.out" "$tmp/out"
	done
done

finish
