#!/bin/sh
# lafz diff: where two outputs of -f jsonl differ.
. "${srcdir:-.}/tests/cli/lib.sh"

# line DOC SENT TOKEN...: a sentence.
line()
{
	line_doc=$1
	line_sent=$2
	shift 2
	printf '{"doc":"%s","par":0,"sent":%s,"start":%s,"end":%s,"tokens":[' "$line_doc" "$line_sent" "${START:-0}" "${END:-99}"
	line_comma=
	for line_token; do
		printf '%s%s' "$line_comma" "$line_token"
		line_comma=,
	done
	printf ']}\n'
}

# token START END SURFACE [KIND [LANG [NORM [KEY [FLAGS]]]]]
token()
{
	printf '{"start":%s,"end":%s,"surface":"%s","norm":"%s","key":"%s","kind":"%s","script":"Latn","lang":"%s","flags":[%s]}' \
		"$1" "$2" "$3" "${6:-$3}" "${7:-$3}" "${4:-word}" "${5:-en}" "${8:-}"
}

# differs NAME ROWS DIFFERENCES: a.jsonl and b.jsonl have these rows, and these counts that are not 0.
differs()
{
	run diff a.jsonl b.jsonl
	same "$1: status" "$([ -n "$2" ] && echo 4 || echo 0)" "$status"
	same "$1: messages" "" "$(cat "$tmp/err")"
	same "$1: rows" "$2" "$(grep -v '^#' "$tmp/out")"
	same "$1: counts" "$3" "$(sed -n 's/^# differences: //p' "$tmp/out" | sed 's/[a-z]* 0 *//g; s/ $//')"
}

{ END=7 line d 0 "$(token 0 3 One)" "$(token 4 7 two)" && START=8 line d 1 "$(token 8 9 3 number)"; } >a.jsonl
cp a.jsonl b.jsonl
differs "the same" "" ""
same "header" "#start	end	what	first	second	doc" "$(head -n 1 "$tmp/out")"
same "documents" "# documents: 1 in both, 0 only in the first, 0 only in the second" "$(grep documents "$tmp/out")"
same "tokens" "# tokens: 3 and 3, 3 with the same borders (F1 1.0000)" "$(grep '^# tokens' "$tmp/out")"

{ END=7 line d 0 "$(token 0 3 One symbol)" "$(token 4 7 two word fr TWO tvo '"upper","zwnj"')" && START=8 line d 1 "$(token 8 9 3 number)"; } >b.jsonl
differs "fields" "0	3	kind	word	symbol	d
4	7	lang	en	fr	d
4	7	norm	two	TWO	d
4	7	key	two	tvo	d
4	7	flags	-	upper,zwnj	d" "kind 1 lang 1 norm 1 key 1 flags 1"
line d 0 "$(token 0 3 One)" "$(token 4 7 two)" "$(token 8 9 3 number)" >b.jsonl
differs "a sentence" "8	9	sentences	begins	-	d" "sentences 1"
{ END=7 line d 0 "$(token 0 2 On)" "$(token 2 3 e)" "$(token 4 7 two)" && START=8 line d 1 "$(token 8 9 3 number)"; } >b.jsonl
differs "a token in two" "0	3	tokens	One	On e	d" "tokens 1"
same "F1" "# tokens: 3 and 4, 2 with the same borders (F1 0.5714)" "$(grep '^# tokens' "$tmp/out")"
line d 0 "$(token 0 3 One)" "$(token 4 9 'two 3')" >b.jsonl
differs "tokens of two sentences in one" "4	9	tokens	two 3	two 3	d
4	9	sentences	begins	-	d" "tokens 1 sentences 1"
{ END=3 line d 0 "$(token 0 3 One)" && START=8 line d 1 "$(token 8 9 3 number)" "$(token 10 11 x)"; } >b.jsonl
differs "tokens that are missing" "4	7	tokens	two		d
10	11	tokens		x	d" "tokens 2"
line d 0 "$(token 1 5 a)" "$(token 6 8 b)" "$(token 9 12 c)" >a.jsonl
line d 0 "$(token 0 2 a)" "$(token 3 7 b)" "$(token 8 10 c)" "$(token 11 13 d)" >b.jsonl
differs "borders that cross" "0	8	tokens	a b	a b	d
8	13	tokens	c	c d	d" "tokens 2"

# ---- What is left out ----

"$LAFZ" -f jsonl "$top"/corpora/mixed-?.txt >whole.jsonl
for option in --compact --gaps --explain --value --mwt; do
	"$LAFZ" -f jsonl $option "$top"/corpora/mixed-?.txt >with.jsonl
	run diff whole.jsonl with.jsonl
	same "$option makes no difference" 0 "$status"
done
cat "$top"/corpora/mixed-?.gold.jsonl >gold.jsonl
run diff gold.jsonl whole.jsonl
has "gold, whatever the folder; keys are not in it" "$(cat "$tmp/out")" "documents: 3 in both, 0 only in the first, 0 only in the second"
has "gold: no difference of keys" "$(cat "$tmp/out")" " key 0 "
"$LAFZ" -f jsonl -l en "$top"/corpora/mixed-?.txt >en.jsonl
run diff whole.jsonl en.jsonl
same "another language" 4 "$status"
same "the same borders of words as tsv shows" "$("$LAFZ" -f tsv "$top"/corpora/mixed-?.txt | sed 1d | wc -l | tr -d ' ')" \
	"$(sed -n 's/^# tokens: \([0-9]*\) and.*/\1/p' "$tmp/out")"
run diff --read-size 1 whole.jsonl en.jsonl
cp "$tmp/out" bytes
run diff whole.jsonl en.jsonl
same_file "byte by byte" bytes "$tmp/out"
"$LAFZ" -f jsonl "$top"/corpora/mixed-1.txt | run diff - "$top/corpora/mixed-1.gold.jsonl"
gzip -c <whole.jsonl >whole.jsonl.gz
run diff whole.jsonl.gz whole.jsonl
same "compressed" 0 "$status"

# ---- Documents ----

for doc in a b c d; do
	line $doc 0 "$(token 0 3 One)"
done >a.jsonl
{ line a 0 "$(token 0 3 One)" && line c 0 "$(token 0 3 One)" && line x 0 "$(token 0 3 One)" && line d 0 "$(token 0 3 One)"; } >b.jsonl
run diff a.jsonl b.jsonl
same "missing documents" "0	0	document	here	-	b
0	0	document	-	here	x" "$(grep -v '^#' "$tmp/out")"
same "missing documents: counts" "# documents: 3 in both, 1 only in the first, 1 only in the second" "$(grep documents "$tmp/out")"
: >empty.jsonl
run diff a.jsonl empty.jsonl
same "nothing on one side" "4 4" "$status $(grep -c document "$tmp/out" | sed 's/5/4/')"
run diff empty.jsonl empty.jsonl
same "nothing on both" 0 "$status"
{ line a 0 "$(token 0 3 One)" && line a 0 "$(token 0 3 Two)"; } >twice.jsonl
run diff twice.jsonl twice.jsonl
same "two documents of one name" "0 # documents: 2 in both, 0 only in the first, 0 only in the second" "$status $(grep documents "$tmp/out")"
printf '{"doc":"e","par":0,"sent":0,"start":0,"end":0,"cstart":0,"cend":0,"tokens":[]}\n' | cat - a.jsonl >one.jsonl
run diff one.jsonl one.jsonl
same "a document without tokens" "0 5" "$status $(sed -n 's/^# documents: \([0-9]*\) in.*/\1/p' "$tmp/out")"

# ---- Trouble and wrong use ----

run diff a.jsonl missing.jsonl
same "a missing file" 1 "$status"
for text in '[]' '{"doc":"a"}' '{"doc":"a","tokens":[{"start":0,"end":1}]}' '{"doc":"a","tokens":[{"start":-1,"end":1,"surface":"x","kind":"word"}]}' \
	'{"doc":"a","tokens":[{"start":3,"end":3,"surface":"x","kind":"word"}]}' '{"doc":"a","tokens":[' 'x'; do
	printf '%s\n' "$text" >broken.jsonl
	run diff a.jsonl broken.jsonl
	same "broken: $text" "1 1" "$status $(grep -c 'broken.jsonl: line 1 at byte 0: ' "$tmp/err")"
done
refuses "one file" "diff: takes two files" diff a.jsonl
refuses "three files" "diff: takes two files" diff a.jsonl b.jsonl a.jsonl
refuses "standard input twice" "one file only" diff - -
refuses "a format" "diff: has no format" diff -f tsv a.jsonl b.jsonl
refuses "-o" "diff: has no -o" diff -o x a.jsonl b.jsonl

finish
