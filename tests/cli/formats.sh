#!/bin/sh
# The formats, byte for byte: doc/output.md in examples.
. "${srcdir:-.}/tests/cli/lib.sh"

tab=$(printf '\t')

# ---- text ----

printf 'One two. Three!\nfour\n\n\n \t\nfive\n\n' >par.txt
gives "text: sentences and paragraphs" "One two .
Three !
four

five" -l en par.txt
gives "text: documents are paragraphs too" "One two .
Three !
four

five

One two .
Three !
four

five" -l en par.txt par.txt
: >empty.txt
gives "text: empty documents leave nothing" "One two .
Three !
four

five" -l en empty.txt par.txt empty.txt
printf 'a \377 b\n\377\n\nc\n' >bad.txt
gives "text: a form that is dropped leaves nothing" "a b

c" -l en --on-invalid drop bad.txt
gives "text: a form that is replaced" "a $(printf '\357\277\275') b
$(printf '\357\277\275')

c" -l en bad.txt
refuses "text: gaps are no forms" "--gaps: needs" -l en --gaps par.txt

# ---- tsv ----

header="#start${tab}end${tab}cstart${tab}cend${tab}sent${tab}run${tab}lang${tab}script${tab}kind${tab}surface${tab}norm${tab}key${tab}par${tab}flags${tab}confidence${tab}doc"
printf 'US of\n' >us.txt
gives "tsv" "$header
0${tab}2${tab}0${tab}2${tab}0${tab}0${tab}en${tab}Latn${tab}word${tab}US${tab}US${tab}us${tab}0${tab}upper${tab}1${tab}us.txt
3${tab}5${tab}3${tab}5${tab}0${tab}0${tab}en${tab}Latn${tab}word${tab}of${tab}of${tab}of${tab}0${tab}-${tab}1${tab}us.txt" \
	-f tsv -l en us.txt
# U+0643 ARABIC LETTER KAF, which Pashto spells as U+06A9.
printf 'US of\n\n\331\203\n' >mix.txt
run -f tsv -l ps mix.txt
same "tsv: header" "$header" "$(head -n 1 "$tmp/out")"
same "tsv: 16 columns" "" "$(awk -F '\t' 'NF != 16' "$tmp/out")"
same "tsv: surface, norm, key" "$(printf '\331\203 \332\251 \332\251')" \
	"$(awk -F '\t' '$1 == 7 { print $10, $11, $12 }' "$tmp/out")"
same "tsv: offsets in bytes and characters" "7 9 7 8" "$(awk -F '\t' '$1 == 7 { print $1, $2, $3, $4 }' "$tmp/out")"
same "tsv: paragraphs" "0 0 1" "$(awk -F '\t' 'NR > 1 { print $13 }' "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
printf 'U.S.\n' >flags.txt
run -f tsv -l en flags.txt
same "tsv: flags" "abbreviation,upper" "$(awk -F '\t' 'NR == 2 { print $14 }' "$tmp/out")"
run -f jsonl -l en flags.txt
has "jsonl: flags" "$(cat "$tmp/out")" '"flags":["abbreviation","upper"]}]}'
run -f tsv -l en mix.txt mix.txt
same "tsv: one header for all files" 1 "$(grep -c '^#start' "$tmp/out")"
printf 'a\\b\tc\r\nd' >escapes.txt
run -f tsv -l en --gaps escapes.txt
same "tsv: escapes" 'a \\ b \t c \r\n d ' "$(awk -F '\t' 'NR > 1 { print $10 }' "$tmp/out" | tr '\n' ' ')"
cp mix.txt "$(printf 'tab\tname\377.txt')"
run -f tsv -l en tab*
same "tsv: names of files are escaped and repaired" "$(printf 'tab\\tname\357\277\275.txt')" \
	"$(awk -F '\t' 'NR == 2 { print $16 }' "$tmp/out")"
gives "tsv: nothing but the header" "$header" -f tsv empty.txt

# ---- jsonl ----

printf 'Hi. Ok' >hi.txt
gives "jsonl" '{"doc":"hi.txt","par":0,"sent":0,"start":0,"end":3,"cstart":0,"cend":3,"tokens":[{"start":0,"end":2,"cstart":0,"cend":2,"surface":"Hi","norm":"Hi","key":"hi","kind":"word","script":"Latn","lang":"en","run":0,"confidence":1,"flags":[]},{"start":2,"end":3,"cstart":2,"cend":3,"surface":".","norm":".","key":".","kind":"punct","script":"Zyyy","lang":"en","run":0,"confidence":1,"flags":[]}]}
{"doc":"hi.txt","par":0,"sent":1,"start":4,"end":6,"cstart":4,"cend":6,"tokens":[{"start":4,"end":6,"cstart":4,"cend":6,"surface":"Ok","norm":"Ok","key":"ok","kind":"word","script":"Latn","lang":"en","run":0,"confidence":1,"flags":[]}]}' \
	-f jsonl -l en hi.txt
printf 'x' >x.txt
gives "jsonl: flags" '{"doc":"-","par":0,"sent":0,"start":0,"end":2,"cstart":0,"cend":2,"tokens":[{"start":0,"end":2,"cstart":0,"cend":2,"surface":"UN","norm":"UN","key":"un","kind":"word","script":"Latn","lang":"en","run":0,"confidence":1,"flags":["upper"]}]}' \
	-f jsonl -l en <<END
UN
END
gives "jsonl: gaps, and a line of white space" '{"doc":"-","par":0,"sent":0,"start":0,"end":2,"cstart":0,"cend":2,"tokens":[{"start":0,"end":1,"cstart":0,"cend":1,"surface":"x","norm":"x","key":"x","kind":"word","script":"Latn","lang":"en","run":0,"confidence":1,"flags":[]},{"start":1,"end":2,"cstart":1,"cend":2,"surface":"\n","norm":"\n","key":"\n","kind":"space","script":"Zyyy","lang":"en","run":0,"confidence":1,"flags":[]}]}
{"doc":"-","par":0,"sent":0,"start":2,"end":3,"cstart":2,"cend":3,"tokens":[{"start":2,"end":3,"cstart":2,"cend":3,"surface":"\n","norm":"\n","key":"\n","kind":"space","script":"Zyyy","lang":"und","run":0,"confidence":0,"flags":[]}]}' \
	-f jsonl -l en --gaps <<END
x

END
run -f jsonl empty.txt
same "jsonl: no line for an empty text" "0 " "$status $(cat "$tmp/out")"

# ---- Escapes ----

# Controls, quotes and backslashes in every column of text, also in the document's name.
odd=$(printf 'q"b\\t\te\033.txt')
printf '"a\\b\001c\177 \\"\t\n' >"$odd"
odd_json='q\"b\\t\te\u001b.txt'
odd_tsv=$(printf 'q"b\\\\t\\te\033.txt')
row() # START END KIND TEXT
{
	printf '%s\t%s\t%s\t%s\t0\t0\ten\t%s\t%s\t%s\t%s\t%s\t0\t-\t1\t%s\n' \
		"$1" "$2" "$1" "$2" "$3" "$4" "$5" "$5" "$5" "$odd_tsv"
}
gives "tsv: odd bytes" "$header
$(row 0 1 Zyyy punct '"')
$(row 1 2 Latn word a)
$(row 2 3 Zyyy punct '\\')
$(row 3 4 Latn word b)
$(row 4 5 Zyyy other "$(printf '\001')")
$(row 5 6 Latn word c)
$(row 6 7 Zyyy other "$(printf '\177')")
$(row 8 9 Zyyy punct '\\')
$(row 9 10 Zyyy punct '"')" -f tsv -l en "$odd"
object() # START END SCRIPT KIND TEXT
{
	printf '{"start":%s,"end":%s,"cstart":%s,"cend":%s,"surface":"%s","norm":"%s","key":"%s","kind":"%s","script":"%s","lang":"en","run":0,"confidence":1,"flags":[]}' \
		"$1" "$2" "$1" "$2" "$5" "$5" "$5" "$4" "$3"
}
gives "jsonl: odd bytes" '{"doc":"'"$odd_json"'","par":0,"sent":0,"start":0,"end":12,"cstart":0,"cend":12,"tokens":['"$(
	object 0 1 Zyyy punct '\"'),$(object 1 2 Latn word a),$(object 2 3 Zyyy punct '\\'),$(
	object 3 4 Latn word b),$(object 4 5 Zyyy other '\u0001'),$(object 5 6 Latn word c),$(
	object 6 7 Zyyy other "$(printf '\177')"),$(object 7 8 Zyyy space ' '),$(
	object 8 9 Zyyy punct '\\'),$(object 9 10 Zyyy punct '\"'),$(object 10 12 Zyyy space '\t\n')]}" \
	-f jsonl -l en --gaps "$odd"

# ---- runs ----

runs_header="#start${tab}end${tab}cstart${tab}cend${tab}script${tab}lang${tab}confidence${tab}text${tab}doc"
printf 'Hi,  "you"\nok\n' >runs.txt
gives "runs" "$runs_header
0${tab}10${tab}0${tab}10${tab}Latn${tab}en${tab}1${tab}Hi,  \"you\"${tab}runs.txt
11${tab}13${tab}11${tab}13${tab}Latn${tab}en${tab}1${tab}ok${tab}runs.txt" runs -l en runs.txt
gives "runs: jsonl" '{"start":0,"end":10,"cstart":0,"cend":10,"script":"Latn","lang":"en","confidence":1,"text":"Hi,  \"you\"","doc":"runs.txt"}
{"start":11,"end":13,"cstart":11,"cend":13,"script":"Latn","lang":"en","confidence":1,"text":"ok","doc":"runs.txt"}' \
	runs -f jsonl -l en runs.txt
printf 'a\tb \377\n' >runs.txt
gives "runs: the text is escaped and repaired" "$runs_header
0${tab}5${tab}0${tab}5${tab}Latn${tab}en${tab}1${tab}a\\tb $(printf '\357\277\275')${tab}runs.txt" runs -l en runs.txt

# ---- normalize, key ----

printf 'x\331\203  \331\203\r\n\r\ny' >n.txt
printf 'x\332\251  \332\251\r\n\r\ny' >expected
run normalize -l ps n.txt
same "normalize: status" 0 "$status"
same_file "normalize: all else stays" expected "$tmp/out"
for name in "$top"/corpora/*.txt; do
	run normalize -p none "$name"
	same_file "normalize -p none of ${name##*/} changes nothing" "$name" "$tmp/out"
done
gives "normalize: jsonl" '{"doc":"hi.txt","text":"Hi. Ok"}
{"doc":"empty.txt","text":""}' normalize -f jsonl -l en hi.txt empty.txt
gives "key: as text with the keys" "us of

$(printf '\332\251')" key -l ps mix.txt

# ---- JSON, read by somebody else ----

PYTHON=${PYTHON:-python3}
if command -v "$PYTHON" >/dev/null; then
	cat >check.py <<'END'
import json, sys

KEYS = "doc par sent start end cstart cend tokens".split()
TOKEN = "start end cstart cend surface norm key kind script lang run confidence flags".split()
source = open(sys.argv[1], "rb").read()
text = source.decode("utf-8", errors="replace")
rebuilt = ""
for line in open(sys.argv[2], "rb"):
    sentence = json.loads(line.decode("utf-8"))
    assert list(sentence) == KEYS, sentence
    tokens = sentence["tokens"]
    for side, i in (("start", 0), ("end", -1), ("cstart", 0), ("cend", -1)):
        assert sentence[side] == tokens[i][side], sentence
    for token in tokens:
        assert list(token) == TOKEN, token
        piece = source[token["start"]:token["end"]].decode("utf-8", errors="replace")
        assert token["surface"] == piece == text[token["cstart"]:token["cend"]], token
        rebuilt += token["surface"]
assert rebuilt == text, (rebuilt, text)
END
	"$PYTHON" -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 3 + b"\n\xe2\x82\n" + bytes(range(255, -1, -1)))' >all.bin
	for name in all.bin "$top"/corpora/*.txt; do
		run --gaps -f jsonl "$name"
		"$PYTHON" check.py "$name" "$tmp/out"
		same "JSON and offsets of ${name##*/}" 0 $?
	done
	# The shortest JSON there is, and the same values in tsv.
	cat >same.py <<'END'
import json, re, sys

COLUMNS = "start end cstart cend sent run lang script kind surface norm key par flags confidence doc".split()
ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}

def unescape(value):
    return re.sub(r"\\.", lambda found: ESCAPES[found.group()], value)

rows = []
for line in open(sys.argv[1], "rb"):
    line = line.decode("utf-8").rstrip("\n")
    sentence = json.loads(line)
    assert line == json.dumps(sentence, ensure_ascii=False, separators=(",", ":")), line
    for token in sentence["tokens"]:
        token.update({name: sentence[name] for name in ("doc", "par", "sent")})
        token["flags"] = ",".join(token["flags"]) or "-"
        rows.append([str(token[name]) for name in COLUMNS])
lines = open(sys.argv[2], "rb").read().decode("utf-8").split("\n")
assert lines[0] == "#" + "\t".join(COLUMNS) and lines[-1] == "", lines[0]
table = [[unescape(value) for value in line.split("\t")] for line in lines[1:-1]]
assert len(table) == len(rows)
for row, expected in zip(table, rows):
    assert row == expected, (row, expected)
END
	"$PYTHON" - >odd.bin <<'END'
import random, sys
random.seed(6)
pieces = [bytes([byte]) for byte in range(0x21)] + [b'"', b"\\", b"\x7f", b"\xff", b"\xe2\x82", b"word", b"x" * 15, b"x" * 16,
    b"x" * 17, b"y" * 300, b"e\xcc\x81", b"U.S.", b"don't", "\u0643\u062a\u0627\u0628".encode(), "\u05d0\"\u05d1".encode(), b"1,000"]
sys.stdout.buffer.write(b"".join(random.choice(pieces) + random.choice([b"", b" "]) for _ in range(20000)))
END
	long=$(printf 'd%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27)
	cp odd.bin "$long$long$long$long"
	for name in odd.bin "$odd" "$long$long$long$long" "$top/corpora/mixed-1.txt" "$top/corpora/ug.txt"; do
		for more in --gaps "-p none"; do
			# shellcheck disable=SC2086 # two arguments
			"$LAFZ" $more -f jsonl "$name" >one.jsonl
			# shellcheck disable=SC2086
			"$LAFZ" $more -f tsv "$name" >one.tsv
			"$PYTHON" same.py one.jsonl one.tsv
			same "tsv and jsonl of ${name##*/}, $more" 0 $?
		done
	done
	run normalize -f jsonl -p none "$top/corpora/ps.txt"
	"$PYTHON" -c 'import json, sys
assert json.loads(open(sys.argv[1], "rb").read())["text"].encode() == open(sys.argv[2], "rb").read()' \
		"$tmp/out" "$top/corpora/ps.txt"
	same "normalize: JSON" 0 $?
	run runs -f jsonl all.bin
	"$PYTHON" -c 'import json, sys
for line in open(sys.argv[1], "rb"): json.loads(line.decode())' "$tmp/out"
	same "runs: JSON" 0 $?
fi

finish
