#!/bin/sh
# CoNLL-U as output: examples byte for byte, and every page through a reader of our own.
. "${srcdir:-.}/tests/cli/lib.sh"

tab=$(printf '\t')
none="${tab}_${tab}_${tab}_${tab}_${tab}_${tab}_${tab}_${tab}"

# ---- Examples ----

printf 'Hi, you.  Ok\n\n\n \tJa\n' >a.txt
gives "conllu" "# newdoc id = a.txt
# newpar
# sent_id = a.txt:0
# text = Hi, you.
1${tab}Hi${none}Lang=en|Norm=Hi|Key=hi|Kind=word|TokenRange=0:2|ByteRange=0:2|SpaceAfter=No
2${tab},${none}Lang=en|Norm=,|Key=,|Kind=punct|TokenRange=2:3|ByteRange=2:3
3${tab}you${none}Lang=en|Norm=you|Key=you|Kind=word|TokenRange=4:7|ByteRange=4:7|SpaceAfter=No
4${tab}.${none}Lang=en|Norm=.|Key=.|Kind=punct|TokenRange=7:8|ByteRange=7:8|SpacesAfter=\\s\\s

# sent_id = a.txt:1
# text = Ok
1${tab}Ok${none}Lang=en|Norm=Ok|Key=ok|Kind=word|TokenRange=10:12|ByteRange=10:12|SpacesAfter=\\n

# newpar
# sent_id = a.txt:2
# text = Ja
1${tab}Ja${none}Lang=en|Norm=Ja|Key=ja|Kind=word|TokenRange=17:19|ByteRange=17:19|SpacesBefore=\\n\\n\\s\\t|SpacesAfter=\\n
" -f conllu -l en a.txt

# U+0065 U+0301, a bar, a backslash, U+003D U+0338 (composed), an ill-formed byte; no line end.
printf 'e\314\201|\\ =\314\270 \377' >b.txt
gives "conllu: NFC and escapes" "# newdoc id = b.txt
# newpar
# sent_id = b.txt:0
# text = $(printf '\303\251|\\ \342\211\240 \357\277\275')
1${tab}$(printf '\303\251')${none}Lang=en|Norm=$(printf '\303\251')|Key=e|Kind=word|Surface=e\\u0301|TokenRange=0:2|ByteRange=0:3|SpaceAfter=No
2${tab}|${none}Lang=en|Norm=\\p|Key=\\p|Kind=symbol|TokenRange=2:3|ByteRange=3:4|SpaceAfter=No
3${tab}\\${none}Lang=en|Norm=\\\\|Key=\\\\|Kind=punct|TokenRange=3:4|ByteRange=4:5
4${tab}$(printf '\342\211\240')${none}Lang=en|Norm=$(printf '\342\211\240')|Key=$(printf '\342\211\240')|Kind=symbol|Surface==\\u0338|TokenRange=5:7|ByteRange=6:9
5${tab}$(printf '\357\277\275')${none}Lang=en|Norm=$(printf '\357\277\275')|Key=$(printf '\357\277\275')|Kind=other|TokenRange=8:9|ByteRange=10:11
" -f conllu -l en b.txt

gives "conllu: words" "# newdoc id = -
# newpar
# sent_id = -:0
# text = $(printf 'Don\342\200\231t cannot')
1-2${tab}$(printf 'Don\342\200\231t')${none}Lang=en|Norm=$(printf 'Don\342\200\231t')|Key=don't|Kind=word|TokenRange=0:5|ByteRange=0:7
1${tab}Do${none}TokenRange=0:2|ByteRange=0:2
2${tab}$(printf 'n\342\200\231t')${none}TokenRange=2:5|ByteRange=2:7
3-4${tab}cannot${none}Lang=en|Norm=cannot|Key=cannot|Kind=word|TokenRange=6:12|ByteRange=8:14|SpacesAfter=\\n
3${tab}can${none}TokenRange=6:9|ByteRange=8:11
4${tab}not${none}TokenRange=9:12|ByteRange=11:14
" -f conllu --mwt -l en <<END
$(printf 'Don\342\200\231t cannot')
END
gives "conllu: words that are no parts" "# newdoc id = -
# newpar
# sent_id = -:0
# text = Zum
1-2${tab}Zum${none}Lang=de|Norm=Zum|Key=zum|Kind=word|TokenRange=0:3|ByteRange=0:3|SpacesAfter=\\n
1${tab}Zu${none}_
2${tab}dem${none}_
" -f conllu --mwt -l de <<END
Zum
END

# ---- Documents ----

cp a.txt 'a b%.txt'
run -f conllu -l en 'a b%.txt'
same "an id without white space or a slash" "# newdoc id = a b%.txt # newpar # sent_id = a%20b%25.txt:0" \
	"$(head -n 3 "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
printf '{"id":"x\\n\\ty","text":"Hi"}\n{"id":"e","text":" \\n "}\n{"text":"Ho"}\n' >r.jsonl
run -f conllu -l en r.jsonl
same "records" '# newdoc id = x\n\ty
# sent_id = x%0A%09y:0
# newdoc id = 3
# sent_id = 3:0' "$(grep -E '^# (newdoc|sent_id)' "$tmp/out")"
: >empty.txt
run -f conllu empty.txt
same "nothing of nothing" "0 " "$status $(cat "$tmp/out")"
refuses "--mwt as text" "--mwt: needs" --mwt a.txt
refuses "--mwt of runs" "--mwt: needs" runs --mwt -f jsonl a.txt
refuses "runs as conllu" "runs: the formats are" runs -f conllu a.txt
refuses "normalize as conllu" "normalize: the formats are" normalize -f conllu a.txt

# ---- Waiting ----

# A sentence is whole when its line ends, though more white space may follow it.
mkfifo to from
"$LAFZ" -l en -f conllu <to >from &
pid=$!
(sleep 20 && kill "$pid") >/dev/null 2>&1 &
guard=$!
exec 3>to 4<from
printf 'One.\n' >&3
line=
while [ "${line#1}" = "$line" ]; do
	read -r line <&4 || break
done
same "a sentence is there before the next line" "1${tab}One" "$(printf '%s\n' "$line" | cut -f 1,2)"
exec 3>&-
cat <&4 >/dev/null
exec 4<&-
wait "$pid" 2>/dev/null
kill "$guard" 2>/dev/null
wait "$guard" 2>/dev/null

# ---- Pages, read by somebody else ----

PYTHON=${PYTHON:-python3}
if command -v "$PYTHON" >/dev/null; then
	"$PYTHON" -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 3 + b"\n\xe2\x82\n" + bytes(range(255, -1, -1)))' >all.bin
	# Characters that join, vanish or separate, in any order; as numbers, since most cannot be seen.
	"$PYTHON" - >odd.bin <<'END'
import random, sys
random.seed(7)
odd = [0x09, 0x0A, 0x0B, 0x0D, 0x1C, 0x1F, 0x20, 0x20, 0x20, 0x23, 0x2C, 0x2E, 0x31, 0x3C, 0x3D, 0x5C, 0x5F, 0x61, 0x62, 0x7C, 0x7F,
       0x85, 0x9F, 0xA0, 0x301, 0x307, 0x323, 0x338, 0x344, 0x5BC, 0x5C1, 0x5E9, 0x627, 0x64A, 0x653, 0x654, 0x6C1, 0x6D5, 0x9BE,
       0x9C7, 0x1100, 0x1161, 0x11A8, 0x2003, 0x200B, 0x200C, 0x200D, 0x200E, 0x2028, 0x2029, 0x20E3, 0x2126, 0x212B, 0x3000,
       0xAC00, 0xFB2C, 0xFE0F, 0xFEFF, 0x1D15E, 0x1F600]
sys.stdout.buffer.write("".join(chr(random.choice(odd)) for _ in range(20000)).encode())
END
	# read NAME OPTION...
	read_page()
	{
		page=$1
		shift
		run "$@" --mwt -f jsonl "$page"
		cp "$tmp/out" jsonl
		run "$@" --mwt -f conllu "$page"
		cp "$tmp/out" conllu
		"$PYTHON" "$top/tests/check_conllu.py" "$page" conllu jsonl >report 2>&1
		same "a reader of ${page##*/}, $*" 0 $?
		tail -n 1 report | grep Error
	}
	for name in all.bin odd.bin a.txt b.txt "$top"/corpora/*.txt "$top"/tests/golden/*.txt; do
		read_page "$name"
		run --mwt -f conllu --read-size 7 "$name"
		same_file "reads of 7 of ${name##*/}" conllu "$tmp/out"
	done
	for name in all.bin odd.bin "$top"/corpora/mixed-1.txt "$top"/tests/golden/gaps.txt; do
		for size in 1 4096; do
			run --mwt -f conllu "$name"
			cp "$tmp/out" conllu
			run --mwt -f conllu --read-size "$size" "$name"
			same_file "reads of $size of ${name##*/}" conllu "$tmp/out"
		done
		read_page "$name" --rules search
		read_page "$name" --rules uax29
		read_page "$name" --unwrap
		read_page "$name" --max-segment 64
		read_page "$name" -p none
		read_page "$name" --on-invalid drop
	done
fi

finish
