#!/bin/sh
# -j with inputs that are cut by other rules than plain text: other encodings, CoNLL-U, records as long as texts.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$top/tests/cli/jobs_lib.sh"

PYTHON=${PYTHON:-python3}
command -v "$PYTHON" >/dev/null || skip "no Python to write other encodings with"
make_mixed >mixed.txt
grep -v '^[[:space:]]*$' mixed.txt >paragraph.txt

# ---- Other encodings ----

# encode FILE NAME [spoilt]: what the encoding lacks is left out; spoilt: bytes are put in that are ill-formed in some.
cat >encode.py <<'END'
import random, sys
source, name, spoilt = sys.argv[1], sys.argv[2], len(sys.argv) > 3
data = open(source, encoding="utf-8", newline="").read().encode(name, "ignore")
if spoilt:
    rng = random.Random(3)
    odd = [b"\x00", b"\xd8", b"\xdc\x00", b"\n", b"\x81", b"\xff\xfe", b"\r\n"]
    data = b"".join(data[at:at + 997] + rng.choice(odd) for at in range(0, len(data), 997))
sys.stdout.buffer.write(data)
END
encode()
{
	"$PYTHON" encode.py "$@"
}

encode mixed.txt cp1256 >cp1256.txt
encode mixed.txt cp1252 >cp1252.txt
encode mixed.txt iso8859_6 >iso6.txt
encode mixed.txt koi8_r >koi8.txt
encode mixed.txt utf_16_le >utf16le.txt
encode mixed.txt utf_16_be >utf16be.txt
encode mixed.txt utf_32_le >utf32le.txt
encode mixed.txt gb18030 >gb.txt
{ printf '\377\376'; cat utf16le.txt; } >marked.txt
{ printf '\376\377'; cat utf16be.txt; } >marked_be.txt
{ printf '\377\376\0\0'; cat utf32le.txt; } >marked32.txt
{ printf '\357\273\277'; cat mixed.txt; } >marked8.txt
encode mixed.txt utf_16_le spoilt >spoilt16.txt
encode mixed.txt cp1256 spoilt >spoilt1256.txt
tr '\n' ' ' <mixed.txt >endless.txt
{ encode endless.txt utf_16_le; cat utf16le.txt; } >endless16.txt
printf 'short' >short.txt

# One file in each encoding, in a format that workers write and in one that the main thread writes.
for pair in windows-1256:cp1256 windows-1252:cp1252 ISO-8859-6:iso6 KOI8-R:koi8 UTF-16LE:utf16le UTF-16BE:utf16be UTF-16:utf16be \
	UTF-16:marked UTF-16:marked_be UTF-32LE:utf32le UTF-32:marked32 UTF-8:marked8 GB18030:gb UTF-16LE:spoilt16 \
	windows-1256:spoilt1256 UTF-16LE:endless16 utf_16-le:utf16le cp1256:cp1256 US-ASCII:cp1252; do
	both "$pair" -f tsv --gaps -e "${pair%%:*}" "${pair#*:}.txt" short.txt
	both "$pair, spans" -f spans -e "${pair%%:*}" "${pair#*:}.txt"
done
for pair in windows-1256:cp1256 UTF-16:marked UTF-16LE:spoilt16; do
	encoding=${pair%%:*}
	file=${pair#*:}.txt
	both "$pair, text" -e "$encoding" "$file"
	both "$pair, jsonl" -f jsonl --explain --value -e "$encoding" "$file"
	both "$pair, conllu" -f conllu --mwt -e "$encoding" "$file"
	both "$pair, unwrap, conllu" --unwrap -f conllu --gaps -e "$encoding" "$file"
	both "$pair, fail" -f tsv --on-invalid fail -e "$encoding" "$file" short.txt
	both "$pair, drop" --on-invalid drop --view norm -e "$encoding" "$file"
	both "$pair, small reads" --read-size 4099 -f tsv -e "$encoding" "$file"
	for command in runs normalize stats count; do
		both_command "$command" -e "$encoding" "$file" short.txt
	done
done
both "a paragraph, unwrap" --unwrap -f tsv -e UTF-8 paragraph.txt
# Guessed for each file, also for those that are too short to be cut, and told.
read_as()
{
	read_as_jobs=$1
	shift
	"$LAFZ" -j "$read_as_jobs" -f tsv -e auto --progress "$@" 2>"$tmp/err" >/dev/null
	grep 'read as' "$tmp/err"
}
all="cp1256.txt marked.txt short.txt marked32.txt gb.txt mixed.txt utf16le.txt marked8.txt koi8.txt"
# shellcheck disable=SC2086
for jobs in 2 5; do
	same "what is told with auto, -j $jobs" "$(read_as 1 $all)" "$(read_as "$jobs" $all)"
done
same "that it is told" 9 "$(read_as 2 $all | wc -l)"
both "auto" -f tsv -e auto cp1256.txt marked.txt short.txt marked32.txt gb.txt mixed.txt utf16le.txt marked8.txt koi8.txt
both "auto, spans" -f spans -e auto cp1256.txt marked.txt short.txt marked32.txt gb.txt mixed.txt koi8.txt
both "auto, fail" -f tsv -e auto --on-invalid fail spoilt16.txt short.txt spoilt1256.txt
head -c 65535 cp1256.txt >under.txt
head -c 65536 cp1256.txt >even.txt
head -c 65537 cp1256.txt >over.txt
both "auto, at the border of what is looked at" -f tsv -e auto under.txt even.txt over.txt
"$LAFZ" -f tsv -e UTF-16LE <utf16le.txt >"$tmp/one"
for size in 777 65537; do
	dd bs=$size <utf16le.txt 2>/dev/null | "$LAFZ" -j 3 -f tsv -e UTF-16LE >"$tmp/out"
	same_file "UTF-16 through a pipe, in writes of $size" "$tmp/one" "$tmp/out"
done
{ printf '\377'; sleep 0.1; tail -c +2 marked.txt; } | "$LAFZ" -j 3 -f tsv -e UTF-16 >"$tmp/out"
"$LAFZ" -f tsv -e UTF-16 <marked.txt >"$tmp/one"
same_file "half a byte order mark" "$tmp/one" "$tmp/out"
{ head -c 900 cp1256.txt; sleep 0.1; tail -c +901 cp1256.txt; } | "$LAFZ" -j 3 -f tsv -e auto >"$tmp/out"
"$LAFZ" -f tsv -e auto <cp1256.txt >"$tmp/one"
same_file "auto, a pause before it is known" "$tmp/one" "$tmp/out"
both "not for records" -f tsv -e windows-1256 short.txt none.jsonl short.txt

# ---- CoNLL-U ----

# sentences EACH: the lines of standard input as sentences, with a document for so many of them
sentences()
{
	awk -v each="$1" 'NF {
		n++
		if (each && n % each == 1) print "# newdoc" (n % 3 ? " id = d" n : "")
		if (n % 7 == 0) print "# newpar"
		gsub(/[\001-\037]/, " ")
		printf "# text = %s\n1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n", $0
	}'
}
sentences 0 <mixed.txt >whole.conllu
sentences 4 <mixed.txt >short.conllu
{ sentences 3 <mixed.txt; sentences 100000 <mixed.txt; sentences 2 <mixed.txt; } >both.conllu
# Broken sentences between documents, in short and in long ones, one behind the other
awk '/^# text/ && ++n % 50 == 0 { next } n % 170 == 3 && /^1/ { print "1 x" } { print }' both.conllu >broken.conllu
{ sed 's/^# text.*//' short.conllu | head -n 30; cat short.conllu; } >broken_first.conllu
awk '/^# text/ && ++n % 400 == 0 { $0 = $0 " \377 " } { print }' broken.conllu >ill.conllu
tr '\000-\037' ' ' <mixed.txt | { cat; echo; } | sentences 0 >long_line.conllu
for name in whole short both broken broken_first ill long_line; do
	for format in tsv text jsonl conllu spans; do
		both "$name.conllu $format" -f $format "$name.conllu" short.txt
	done
	both "$name.conllu, fail on records" -f jsonl --on-error fail "$name.conllu" short.txt
	both "$name.conllu, fail on bytes" -f jsonl --on-invalid fail "$name.conllu" short.txt
	both "$name.conllu, fail on both" -f vrt --on-error fail --on-invalid fail "$name.conllu" short.txt
	both "$name.conllu, long records" -f tsv --max-record 2000 "$name.conllu"
done
for command in runs normalize stats count; do
	both_command "$command" broken.conllu short.txt
	both_command "$command" whole.conllu
done
both "conllu, unwrap" --unwrap -f jsonl both.conllu
both "conllu, selected" --only-lang ug -f jsonl short.conllu whole.conllu
gzip -c broken.conllu | head -c 40000 >cut.conllu
both "conllu in gzip, cut off" -f tsv cut.conllu whole.conllu
"$LAFZ" -f jsonl ill.conllu >"$tmp/one" 2>"$tmp/one.err"
sed 's/ill.conllu/-/' "$tmp/one.err" >expected
dd bs=777 <ill.conllu 2>/dev/null | "$LAFZ" -i conllu -j 3 -f jsonl 2>"$tmp/err" >"$tmp/out"
sed -i 's/"doc":"-"/"doc":"ill.conllu"/' "$tmp/out"
same_file "conllu through a pipe" "$tmp/one" "$tmp/out"
same_file "conllu through a pipe: messages" expected "$tmp/err"

# ---- Records as long as texts ----

"$PYTHON" - >long.jsonl <<'END'
import json, sys
text = open("mixed.txt", encoding="utf-8", newline="").read()
sys.stdout.reconfigure(encoding="utf-8")
def put(id, text, **more):
    print(json.dumps({"id": id, **more, "text": text}, ensure_ascii=False))
put("first", text[:400000], meta={"a": [1, "x"]})
for n, line in enumerate(text.split("\n")[:40]):
    put(n, line)
put("backwards", "\n".join(text.split("\n")[::-1]) + " \n" * 70000, note="n" * 1000)
put("blank", " \n" * 200000)
put("late", " \n" * 100000 + "End.")
put("endless", text.replace("\n", " "))
print('{"id":"broken","text":"' + "x" * 300000)
print(json.dumps({"id": "no text", "body": text}))
put("fields", text[5000:300000], html="<p>" * 150000)
put("", "Last.\n" * 60000)
END
awk '/Last/ { sub(/Last/, "La\377st") } { print }' long.jsonl >long_ill.jsonl
for name in long long_ill; do
	for format in "tsv --gaps" text "jsonl --keep-fields" "jsonl --compact" "conllu --mwt" vrt "spans --utf16" arrow; do
		# shellcheck disable=SC2086 # two words
		both "$name.jsonl $format" -f $format "$name.jsonl" short.txt
	done
	both "$name.jsonl, fail on bytes" -f jsonl --on-invalid fail "$name.jsonl" short.txt
	both "$name.jsonl, fail on records" -f tsv --on-error fail "$name.jsonl" short.txt
	both "$name.jsonl, unwrap" -f tsv --unwrap "$name.jsonl"
	both "$name.jsonl, too long" -f jsonl --max-record 350000 "$name.jsonl"
	for command in runs normalize stats count; do
		both_command "$command" --keep-fields "$name.jsonl" short.txt
	done
done
# A document with a token, but none that is wanted, has one line; one with a line in its first block alone has none more.
for lang in ug ps en; do
	both "long.jsonl, $lang" -f jsonl --only-lang "$lang" --keep-fields long.jsonl
done
{
	warc_of conversion mixed.txt
	warc_of conversion short.txt
	warc_of conversion paragraph.txt
	warc_of conversion endless.txt
} >long.wet
for format in text jsonl conllu spans; do
	both "long.wet $format" --keep-fields -f $format long.wet short.txt
done
for file in cp1256 marked utf16le gb short marked8 spoilt16; do
	warc_of conversion $file.txt
done >encoded.wet
both "long.wet, auto" -f tsv -e auto encoded.wet short.txt
both "long.wet, auto, spans" -f spans -e auto encoded.wet
both "long.wet, UTF-16" -f jsonl -e UTF-16 encoded.wet
both "long.wet, windows-1256" -f conllu -e windows-1256 encoded.wet

# ---- Many files ----

for jobs in 1 2 5; do
	mkdir "shards.$jobs" "split.$jobs"
	(cd "shards.$jobs" && "$LAFZ" -j "$jobs" -f jsonl --shard-size 2M -o out-%03d ../both.conllu ../long.jsonl ../broken.conllu 2>"../err.$jobs")
	(cd "split.$jobs" && "$LAFZ" -j "$jobs" -f tsv --split-by-lang -o out-%s ../both.conllu ../long.jsonl ../long.wet 2>>"../err.$jobs")
	same "-j $jobs: shards" "" "$(diff -r --exclude='.*' shards.1 "shards.$jobs" | head -n 3 | cut -c 1-200)"
	same "-j $jobs: languages" "" "$(diff -r --exclude='.*' split.1 "split.$jobs" | head -n 3 | cut -c 1-200)"
	same_file "-j $jobs: messages" err.1 "err.$jobs"
done
same "there are shards" yes "$([ "$(ls shards.1 | wc -l)" -gt 9 ] && [ "$(ls split.1 | wc -l)" -gt 5 ] && echo yes)"

# ---- Pipes ----

# What has come of a document is written before the next read that would block.
two='# text = One.\n1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n# text = Two.\n1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n'
mkfifo in out
"$LAFZ" -j 4 -i conllu -f text <in >out &
exec 3>in 4<out
# shellcheck disable=SC2059 # a format
printf "$two" >&3
read -r line <&4
same "answer to a sentence" "One ." "$line"
exec 3>&-
same "the rest" "Two ." "$(cat <&4)"
wait $!
same "status at the end" 0 $?
exec 4<&-
# A signal keeps what is whole.
rm -f "$tmp/out"
"$LAFZ" -j 2 -i conllu -f text <in >"$tmp/out" &
pid=$!
exec 3>in
# shellcheck disable=SC2059
printf "$two" >&3
while [ ! -s "$tmp/out" ]; do sleep 0.01; done
kill -TERM "$pid"
wait "$pid"
same "dies of the signal" 143 $?
exec 3>&-
same "what is whole" "One ." "$(cat "$tmp/out")"
finish
