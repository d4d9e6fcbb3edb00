#!/bin/sh
# CoNLL-U as input: good files, odd ones, broken ones.
. "${srcdir:-.}/tests/cli/lib.sh"

tab=$(printf '\t')
row="${tab}_${tab}_${tab}_${tab}_${tab}_${tab}_${tab}_${tab}_"

# words TEXT: its rows by white space.
words()
{
	n=0
	for word in $1; do
		n=$((n + 1))
		printf '%s\t%s%s\n' "$n" "$word" "$row"
	done
}

# ---- Good and odd ----

{
	printf '# newdoc id = d1\n# newpar\n# sent_id = s1\n# text = One two.\n'
	words "One two ."
	printf '\n# text_en = no\n# text = Three.\n'
	words "Three ."
	printf '\n# newpar id = p2\n# text = Four.\n'
	words "Four ."
	printf '\n# newdoc id = d 2\n# text = Five.\n'
	words "Five ."
	printf '\n'
} >good.conllu
gives "text, by file name" "One two .
Three .

Four .

Five ." -l en good.conllu
gives "documents" '{"doc":"d1","text":"One two.\nThree.\n\nFour."}
{"doc":"d 2","text":"Five."}' normalize good.conllu
run -f tsv -l en good.conllu
same "offsets are those of the document" "0 3 d1 9 14 d1 17 21 d1 0 4 d 2" \
	"$(awk -F '\t' '$9 == "word" && $10 != "two" { print $1, $2, $16 }' "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
same "paragraphs" "0 0 1 0" "$(awk -F '\t' '$10 == "." { print $13 }' "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
cp good.conllu GOOD.CONLLU
run normalize GOOD.CONLLU
same "by file name: upper case" '{"doc":"d 2","text":"Five."}' "$(tail -n 1 "$tmp/out")"
run normalize -i text good.conllu
same_file "-i text wins over the name" good.conllu "$tmp/out"
run normalize -i conllu <good.conllu
same "-i conllu for standard input" 2 "$(wc -l <"$tmp/out" | tr -d ' ')"
sed 's/$/\r/' good.conllu >crlf.conllu
run normalize crlf.conllu
cp "$tmp/out" crlf.out
run normalize good.conllu
same_file "CRLF" "$tmp/out" crlf.out
{
	printf '\357\273\277# text=A b\n'
	words "A b"
	printf ' \t\n#text  =  C\n1-2\tC%s\n1\tC%s\n2.1\tC%s\n' "$row" "$row" "$row"
} >odd.conllu
gives "a mark, no id, an empty line with white space, ranges, no last line" '{"doc":"odd.conllu","text":"A b\nC"}' \
	normalize odd.conllu
printf '# newdoc\n# text = A\n\n# newdoc = x\n# text = B\n\n# newdoc id =\n# text = C\n\n# newdocument\n# text = D\n' >ids.conllu
gives "documents without an id are called by their line" '{"doc":"1","text":"A"}
{"doc":"4","text":"B"}
{"doc":"","text":"C\nD"}' normalize ids.conllu
printf '# global.columns = ID FORM\n\n\n\n# newdoc id = a\n\n# text =\n1\ta%s\n\n# newdoc id = b\n' "$row" >empty.conllu
gives "comments alone are no sentence, an empty text is one" '{"doc":"a","text":""}' normalize empty.conllu
run -f jsonl empty.conllu
same "a document without tokens" '{"doc":"a","par":0,"sent":0,"start":0,"end":0,"cstart":0,"cend":0,"tokens":[]}' "$(cat "$tmp/out")"
: >nothing.conllu
run -f jsonl nothing.conllu
same "nothing" "0 " "$status $(cat "$tmp/out")"
printf '# text = a\377b\n' >bytes.conllu
run normalize bytes.conllu
same "bytes that are not UTF-8" "{\"doc\":\"bytes.conllu\",\"text\":\"a$(printf '\357\277\275')b\"}" "$(cat "$tmp/out")"
run --on-invalid fail bytes.conllu
same "or fail: status" 1 "$status"
has "or fail: message" "$(cat "$tmp/err")" "bytes.conllu: document at line 1: ill-formed UTF-8 at byte 1 of its text"

# What lafz has written comes back, sentence by sentence. (Not the page in French: a no-break space before a guillemet is
# one of the gaps that # text has as spaces, and tells where a sentence ends.)
for name in "$top"/corpora/*.txt; do
	[ "${name##*/}" = fr.txt ] && continue
	run -f conllu "$name"
	cp "$tmp/out" once.conllu
	run -f conllu once.conllu
	grep -E '^# (newdoc|newpar|text)' once.conllu >once
	grep -E '^# (newdoc|newpar|text)' "$tmp/out" >twice
	same_file "twice: ${name##*/}" once twice
done

# ---- Broken ----

{
	printf '# text = One\n1\tOne%s\n\n' "$row"
	printf '1\tTwo%s\n\n' "$row"
	printf '# text = Three\n1\tThree\t_\n\n'
	printf '# text = Four\n# text = Four\n1\tFour%s\n\n' "$row"
	printf 'Five\nFive\n\n'
	printf '# newpar\n1\tSix%s\t_\n\n' "$row"
	printf '# text = Seven\n1\tSeven%s\n\n' "$row"
	printf '# newdoc id = x\n1\tEight%s\n\n' "$row"
	printf '# text = Nine\n1\tNine%s\n' "$row"
} >broken.conllu
run normalize broken.conllu
same "broken: status" 3 "$status"
same "broken: the rest is written" '{"doc":"broken.conllu","text":"One\n\nSeven"}
{"doc":"x","text":"Nine"}' "$(cat "$tmp/out")"
same "broken: a message for each, and the sum" "lafz: broken.conllu: line 4 at byte 36: expected '# text =' before the words
lafz: broken.conllu: line 7 at byte 74: expected 10 columns with tabs between, found 3
lafz: broken.conllu: line 10 at byte 99: expected one '# text =', found a second one
lafz: broken.conllu: line 13 at byte 137: expected a digit, '#' or an empty line
lafz: broken.conllu: line 17 at byte 157: expected 10 columns with tabs between, found 11
lafz: broken.conllu: line 22 at byte 222: expected '# text =' before the words
lafz: 6 records skipped" "$(cat "$tmp/err")"
run normalize --on-error fail broken.conllu
same "--on-error fail" '1 {"doc":"broken.conllu","text":"One"}' "$status $(cat "$tmp/out")"
same "--on-error fail: one message" 1 "$(wc -l <"$tmp/err" | tr -d ' ')"
run normalize -i conllu "$top/COPYING"
same "a file of another kind" "3 " "$status $(cat "$tmp/out")"
has "a file of another kind: message" "$(cat "$tmp/err")" "line 1 at byte 0: expected a digit, '#' or an empty line"

# ---- Limits and pieces ----

printf '# text = 1234567890\n\n# text = 12345678901\n\n# text = 1\n' >long.conllu
for size in 1 7 64 65536; do
	run normalize --max-record 19 --read-size "$size" long.conllu
	same "--max-record, reads of $size" '3 {"doc":"long.conllu","text":"1234567890\n1"}' "$status $(cat "$tmp/out")"
	has "--max-record, reads of $size: message" "$(cat "$tmp/err")" "line 3 at byte 21: longer than --max-record"
done
for size in 1 7 4096; do
	for name in good crlf odd broken long once; do
		run -f tsv "$name.conllu"
		cp "$tmp/out" "$name.out"
		cp "$tmp/err" "$name.err"
		run -f tsv --read-size "$size" "$name.conllu"
		same_file "$name: reads of $size" "$name.out" "$tmp/out"
		same_file "$name: reads of $size, messages" "$name.err" "$tmp/err"
	done
done

finish
