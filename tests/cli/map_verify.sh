#!/bin/sh
# lafz normalize --map and lafz verify: the map has every edit, and leads from each text to the other, for the pages of
# the corpus and for LAFZ_RANDOM_INPUTS random inputs (default 1000), ill-formed bytes included.
. "${srcdir:-.}/tests/cli/lib.sh"

mark=$(printf '\357\277\275')
acute=$(printf 'e\314\201')
control=$(printf '\342\201\244') # U+2064

# ---- The format ----

printf 'كتاب\n\377 علي e\314\201 a\342\201\244b\n' >a.txt
printf '%s\n' '{"start":0,"end":2,"norm_start":0,"norm_end":2,"source":"ك","text":"ک","rules":["fa-kaf"],"lang":"fa","kind":"word"}' \
	'{"start":9,"end":10,"norm_start":9,"norm_end":12,"source_hex":"ff","text":"'"$mark"'","rules":["repair"],"lang":"fa","kind":"other"}' \
	'{"start":15,"end":17,"norm_start":17,"norm_end":19,"source":"ي","text":"ی","rules":["fa-yeh"],"lang":"fa","kind":"word"}' \
	'{"start":18,"end":21,"norm_start":20,"norm_end":22,"source":"'"$acute"'","text":"é","rules":["nfc"],"lang":"und","kind":"word"}' \
	'{"start":23,"end":26,"norm_start":24,"norm_end":24,"source":"'"$control"'","text":"","rules":["control"],"lang":"und","kind":"word"}' \
	>expected
run normalize -l fa --map map -o norm.txt a.txt
same "--map: status, output, messages" "0  " "$status $(cat "$tmp/out") $(cat "$tmp/err")"
same_file "--map: the map" expected map
printf 'کتاب\n%s علی é ab\n' "$mark" >expected
same_file "--map: the text" expected norm.txt
run verify a.txt norm.txt map
same "verify: status, output, messages" "0  " "$status $(cat "$tmp/out") $(cat "$tmp/err")"
run verify - norm.txt map <a.txt
same "verify: standard input" 0 "$status"
run verify --read-size 1 a.txt norm.txt map
same "verify: byte by byte" 0 "$status"

"$LAFZ" normalize -l fa --map map2 <a.txt >norm2.txt
same "--map of standard input: status" 0 $?
same_file "--map of standard input" map map2
same_file "--map of standard input: the text" norm.txt norm2.txt
"$LAFZ" normalize -l fa --read-size 1 --map map2 a.txt >norm2.txt
same_file "--map, byte by byte" map map2

printf '{"id":"x","text":"a"}\n{"id":"y","text":"\\u0643"}\n{"id":"z","text":"\\u0643\\n"}\n' >a.jsonl
printf '%s\n' '{"doc":"y","start":0,"end":2,"norm_start":0,"norm_end":2,"source":"ك","text":"ک","rules":["fa-kaf"],"lang":"fa","kind":"word"}' \
	'{"doc":"z","start":0,"end":2,"norm_start":0,"norm_end":2,"source":"ك","text":"ک","rules":["fa-kaf"],"lang":"fa","kind":"word"}' >expected
"$LAFZ" normalize -l fa --map map2 a.jsonl >norm2.txt
same_file "--map of records" expected map2
run verify a.txt norm.txt map2
same "verify: the map of a record: status" 1 "$status"
has "verify: the map of a record: message" "$(cat "$tmp/err")" "map2: line 1 at byte 0: an edit of a record"

: >empty
run normalize --map map2 empty
same "--map of nothing: status" 0 "$status"
run verify empty empty map2
same "verify: nothing" 0 "$status"

# ---- Where the map goes ----

refuses "--map elsewhere" "--map: needs the command normalize" --map m a.txt
refuses "--map of two files" "--map: takes one file" normalize --map m a.txt a.jsonl
refuses "--map with an empty name" "--map" normalize --map "" a.txt
refuses "--map is the input" "a.txt: is both input and output" normalize --map a.txt a.txt
refuses "--map is the output" "m: is both output and map" normalize --map m -o m a.txt
refuses "--map is the output, by another name" "m: is both output and map" normalize --map m -o ./m a.txt
mkdir folder
ln -s folder link
refuses "--map is the output, by a link to its folder" "folder/m: is both output and map" normalize --map folder/m -o link/m a.txt
run normalize --map folder/m -o n a.txt
same "--map in another folder" "0 m" "$status $(ls folder)"
rm n
cp map keep
run normalize --map keep --on-invalid fail a.txt
same "--map, input trouble: status" 1 "$status"
same_file "--map, input trouble: the old map stays" map keep
run normalize --map keep missing.txt
same "--map, no input: status" 1 "$status"
same_file "--map, no input: the old map stays" map keep
run normalize --map missing/m a.txt
same "--map, no such folder: status" 1 "$status"
has "--map, no such folder: message" "$(cat "$tmp/err")" "missing/m: cannot be created"
if [ -c /dev/full ]; then
	"$LAFZ" normalize --map keep a.txt >/dev/full 2>"$tmp/err"
	same "--map, full disk: status" 1 $?
	same_file "--map, full disk: the old map stays" map keep
	run normalize --map /dev/full a.txt -o n3
	same "--map to a full disk: status" 1 "$status"
	same "--map to a full disk: no output" no "$([ -e n3 ] && echo yes || echo no)"
fi
mkfifo pipe
"$LAFZ" normalize --map keep -o n3 pipe 2>"$tmp/err" &
exec 3>pipe
printf 'كتاب\n' >&3
kill -TERM $!
wait $! 2>/dev/null
same "--map, a signal: status" 143 $?
exec 3>&-
same_file "--map, a signal: the old map stays" map keep
same "--map, a signal: no output" no "$([ -e n3 ] && echo yes || echo no)"
same "no files are left behind" "" "$(find . -name '.lafz-*')"

# ---- What verify finds ----

# differs NAME MESSAGE ORIGINAL NORMALISED MAP
differs()
{
	run verify "$3" "$4" "$5"
	same "verify, $1: status" 4 "$status"
	same "verify, $1: message" "lafz: $2" "$(cat "$tmp/err")"
	same "verify, $1: output" "" "$(cat "$tmp/out")"
}

# broken NAME PART LINE: a map of this line is refused.
broken()
{
	printf '\n%s\n' "$3" >bad.map
	run verify a.txt norm.txt bad.map
	same "verify, $1: status" 1 "$status"
	has "verify, $1: message" "$(cat "$tmp/err")" "lafz: bad.map: line 2 at byte 1: $2"
}

sed 's/ا/آ/' a.txt >other.txt
differs "another original" "other.txt: first difference at byte 5 (norm.txt: byte 5)" other.txt norm.txt map
sed 's/ab/aB/' norm.txt >other.txt
differs "another norm" "a.txt: first difference at byte 26 (other.txt: byte 24)" a.txt other.txt map
sed 's/علی/علي/' norm.txt >other.txt
differs "an edit that was not made" "other.txt: first difference at byte 17 (map: line 3)" a.txt other.txt map
sed 's/علي/علی/' a.txt >other.txt
differs "another source of an edit" "other.txt: first difference at byte 15 (map: line 3)" other.txt norm.txt map
sed '$d' map >short.map
differs "an edit is missing" "a.txt: first difference at byte 23 (norm.txt: byte 24)" a.txt norm.txt short.map
differs "the map is empty" "a.txt: first difference at byte 0 (norm.txt: byte 0)" a.txt norm.txt empty
printf x | cat a.txt - >other.txt
differs "more behind the end" "other.txt: first difference at byte 28 (norm.txt: byte 26)" other.txt norm.txt map
printf x | cat norm.txt - >other.txt
differs "more behind the end of the norm" "a.txt: first difference at byte 28 (other.txt: byte 26)" a.txt other.txt map
differs "the original is empty" "empty: first difference at byte 0 (map: line 1)" empty norm.txt map
run verify a.txt norm.txt missing
same "verify, no map: status" 1 "$status"
has "verify, no map: message" "$(cat "$tmp/err")" "missing: cannot be opened"
run verify a.txt missing map
same "verify, no norm: status" 1 "$status"

broken "not JSON" "lexical error" 'x'
broken "an array" "not an object" '[1]'
broken "cut" "parse error" '{"start":0,"end":2'
broken "no text" "a field of an edit is missing" '{"start":0,"end":2,"norm_start":0,"norm_end":2,"source":"ك"}'
broken "no source" "not one of the fields" '{"start":0,"end":2,"norm_start":0,"norm_end":2,"text":"ک"}'
broken "two sources" "not one of the fields" \
	'{"start":0,"end":2,"norm_start":0,"norm_end":2,"text":"ک","source":"ك","source_hex":"d983"}'
broken "a long source" "the source is not as long" '{"start":0,"end":1,"norm_start":0,"norm_end":2,"text":"ک","source":"ك"}'
broken "a long text" "the text is not as long" '{"start":0,"end":2,"norm_start":0,"norm_end":1,"text":"ک","source":"ك"}'
broken "backwards" "the source is not as long" '{"start":2,"end":0,"norm_start":0,"norm_end":2,"text":"ک","source":"ك"}'
broken "apart" "an edit that does not follow" '{"start":0,"end":2,"norm_start":1,"norm_end":3,"text":"ک","source":"ك"}'
for value in -1 1.5 1e3 '"0"' null true '[]' '{}' 99999999999999999999; do
	broken "start is $value" "the field 'start' has a value it cannot have" \
		'{"start":'"$value"',"end":2,"norm_start":0,"norm_end":2,"text":"ک","source":"ك"}'
done
for value in '"d98"' '"d9 83"' '"xx"' 3; do
	broken "hex is $value" "the field 'source_hex' has a value" \
		'{"start":0,"end":2,"norm_start":0,"norm_end":2,"text":"ک","source_hex":'"$value"'}'
done
run verify --max-record 50 a.txt norm.txt map
same "verify, a long line" "1 lafz: map: line 1 at byte 0: longer than --max-record" "$status $(cat "$tmp/err")"
longest=$(LC_ALL=C awk '{ if (length($0) > n) n = length($0) } END { print n }' map)
run verify --max-record "$longest" a.txt norm.txt map
same "verify, the longest line" "0" "$status"
run verify --max-record $((longest - 1)) a.txt norm.txt map
has "verify, one byte too long" "$status $(cat "$tmp/err")" "longer than --max-record"
sed 1p map >twice.map
run verify a.txt norm.txt twice.map
same "verify, an edit twice" "1 lafz: twice.map: line 2 at byte $(head -n 1 map | wc -c): an edit that does not follow the one before" "$status $(cat "$tmp/err")"
# Other keys, another order, escapes, white space, hex where there could be a string.
sed 's/^{/{ "more" : [ {"start":7} ], /; s/ك/\\u0643/; s/"source":"'"$acute"'"/"source_hex":"65CC81"/' map >free.map
run verify a.txt norm.txt free.map
same "verify, a map written by others" "0 " "$status $(cat "$tmp/err")"

refuses "verify without files" "verify: takes three files" verify
refuses "verify with two" "verify: takes three files" verify a.txt norm.txt
refuses "verify with four" "verify: takes three files" verify a.txt norm.txt map map
refuses "verify with a format" "verify: has no format" verify -f jsonl a.txt norm.txt map
refuses "verify with -o" "verify: has no -o" verify -o out a.txt norm.txt map
refuses "verify: standard input twice" "verify: standard input" verify - - map

# ---- The pages of the corpus ----

# both NAME INPUT OPTION...: the map of the input holds in both directions, and the text is that without a map.
both()
{
	both_name=$1
	both_input=$2
	shift 2
	"$LAFZ" normalize "$@" --map r.map -o r.norm "$both_input" 2>"$tmp/err" && "$LAFZ" verify "$both_input" r.norm r.map \
		2>>"$tmp/err"
	same "$both_name: $* $(cat "$tmp/err")" 0 $?
}

# What no text is: a part of the program, which as a whole has ten megabytes and more with sanitizers.
head -c 200000 "$LAFZ" >program
everything="--digits native --lower --strip-marks --unify-punct --zwnj drop --fold ps-inner-yeh"
for page in "$top"/corpora/*.txt program; do
	for options in "-p none" "-p nfc" "-p standard" "$everything" "-l ckb --digits ascii --max-segment 64" "-l ar"; do
		# shellcheck disable=SC2086 # several options
		both "$(basename "$page")" "$page" $options
	done
	"$LAFZ" normalize -l ar "$page" >plain
	same_file "$(basename "$page"): the same text without a map" plain r.norm
done
if [ -n "${LAFZ_LARGE:-}" ]; then
	awk 'BEGIN { for (i = 0; i < 200000; i++) print "كتاب علي \377 e\314\201" }' >large.txt
	both "a large file" large.txt -l fa
fi

# ---- Random inputs ----

# All of them by one program: pieces of text of every sort, and now and then any byte.
LAFZ_SEED=${LAFZ_SEED:-1}
LAFZ_RANDOM_INPUTS=${LAFZ_RANDOM_INPUTS:-1000}
mkdir random
awk -v seed="$LAFZ_SEED" -v n="$LAFZ_RANDOM_INPUTS" '
	BEGIN {
		srand(seed)
		pieces = "ك ي ى ک ی ه ە ھ ہ ة ۀ ۂ ے ې ۍ ئ أ إ آ لأ ڵ ێ ۆ گ ګ ں ڪ ا ب د ر و س ش م ن ل ع ق پ چ" \
			" \331\216 \331\217 \331\221 \331\223 \331\224 \331\225 \331\260 \333\200 \331\200 \331\200\331\200" \
			" \342\200\214 \342\200\215 \342\200\213 \342\200\216 \342\200\217 \342\200\252 \342\201\246 \302\255" \
			" \357\273\277 \315\217 \357\273\273 \357\272\215 \357\272\216 \357\273\263 \357\267\272 \357\267\262" \
			" \357\261\236 \357\271\260 \357\271\267 \357\273\251 \357\273\253 0 1 9 ٠ ٩ ۴ ۶ . , : ; ! ؟ ، ؛ « » “ ” ’ - – — @ #" \
			" a B I İ ı ß e\314\201 o\314\243\314\202 \314\201 \314\243 \315\204 Å ﬁ \341\204\200\341\205\241 が か\343\202\231" \
			" 😀 👩‍👩‍👧 1️⃣ http://a.b/ك x@y.org \302\240 \342\200\250 \342\200\251 \302\205 \357\277\275"
		m = split(pieces, piece, " ")
		for (i = 0; i < n; i++) {
			file = "random/" i
			printf "" > file
			for (k = int(rand() * rand() * 150); k > 0; k--) {
				chance = rand()
				if (chance < 0.12)
					printf " " > file
				else if (chance < 0.15)
					printf "%s", (rand() < 0.5 ? "\n" : "\r\n") > file
				else if (chance < 0.25)
					printf "%c", 128 + int(rand() * 128) > file
				else if (chance < 0.27)
					printf "%c", int(rand() * 128) > file
				else
					printf "%s", piece[1 + int(rand() * m)] > file
			}
			close(file)
		}
	}'
cat >own.fold <<'END'
language	fa
0628	any	067E	name=own-b,force	to test
0647 0627	last	0648	name=own-ha,force	to test
END
# options_of N: sets options.
options_of()
{
	case $(($1 % 12)) in
	0) options="" ;;
	1) options="-p nfc" ;;
	2) options="-p nfc --on-invalid drop --unwrap" ;;
	3) options="-p none" ;;
	4) options="-l fa $everything" ;;
	5) options="-l ckb --max-segment 64 --zwnj drop" ;;
	6) options="-l ps --on-invalid drop $everything" ;;
	7) options="-l ur --strip-marks --read-size 7" ;;
	8) options="-l ar --digits ascii --unify-punct" ;;
	9) options="-l tr --lower --rules uax29" ;;
	10) options="-p own.fold -l fa --unwrap" ;;
	11) options="-l ug,sd --fold-confidence 0 --rules search" ;;
	esac
}
i=0
while [ "$i" -lt "$LAFZ_RANDOM_INPUTS" ]; do
	options_of "$i"
	# shellcheck disable=SC2086 # several options, or none
	both "random input $i, LAFZ_SEED=$LAFZ_SEED" "random/$i" $options
	i=$((i + 1))
done

finish
