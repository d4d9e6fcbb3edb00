#!/bin/sh
# --explain: the edits of each token in jsonl.
. "${srcdir:-.}/tests/cli/lib.sh"

mark=$(printf '\357\277\275')
acute=$(printf 'e\314\201')
control=$(printf '\342\201\244')

# edits OPTION...: the list of edits of each token of in.txt, one a line.
edits()
{
	"$LAFZ" -f jsonl --explain "$@" in.txt >"$tmp/out" 2>"$tmp/err"
	status=$?
	sed 's/,"edits":/\n/g' "$tmp/out" | sed 's/}\(,{"start.*"flags".*\|\]}\)$//' | sed 1d
}

printf 'كتابي good\n' >in.txt
gives "a line" '{"doc":"in.txt","par":0,"sent":0,"start":0,"end":15,"cstart":0,"cend":10,"tokens":[{"start":0,"end":10,"cstart":0,"cend":5,"surface":"كتابي","norm":"کتابی","key":"کتابی","kind":"word","script":"Arab","lang":"fa","run":0,"confidence":1,"flags":[],"edits":[{"start":0,"end":2,"source":"ك","text":"ک","rules":["fa-kaf"]},{"start":8,"end":10,"source":"ي","text":"ی","rules":["fa-yeh"]}]},{"start":11,"end":15,"cstart":6,"cend":10,"surface":"good","norm":"good","key":"good","kind":"word","script":"Latn","lang":"und","run":1,"confidence":0,"flags":[],"edits":[]}]}' \
	-f jsonl --explain -l fa in.txt
run -f jsonl -l fa in.txt
same "without --explain" "" "$(grep edits "$tmp/out")"

printf 'A\377 %s %sx\n' "$acute" "$control" >in.txt
same "ill-formed, composed, dropped" '[{"start":0,"end":1,"source":"A","text":"a","rules":["lower"]}]
[{"start":1,"end":2,"source":"'"$mark"'","text":"'"$mark"'","rules":["repair"]}]
[{"start":3,"end":6,"source":"'"$acute"'","text":"é","rules":["nfc"]}]
[]' "$(edits -l en --lower)"
same "with gaps" '[{"start":0,"end":1,"source":"A","text":"a","rules":["lower"]}]
[{"start":1,"end":2,"source":"'"$mark"'","text":"'"$mark"'","rules":["repair"]}]
[]
[{"start":3,"end":6,"source":"'"$acute"'","text":"é","rules":["nfc"]}]
[{"start":7,"end":10,"source":"'"$control"'","text":"","rules":["control"]}]
[]
[]' "$(edits -l en --lower --gaps)"
same "-p none" '[]
[]
[]
[]' "$(edits -l en -p none)"
same "-p nfc" '[]
[{"start":1,"end":2,"source":"'"$mark"'","text":"'"$mark"'","rules":["repair"]}]
[{"start":3,"end":6,"source":"'"$acute"'","text":"é","rules":["nfc"]}]
[]' "$(edits -l en -p nfc)"
printf 'E\314\201\n' >in.txt
same "two rules" '[{"start":0,"end":3,"source":"'"E$(printf '\314\201')"'","text":"é","rules":["nfc","lower"]}]' \
	"$(edits -l en --lower)"
printf '{"text":"\\u0643"}\n' >in.jsonl
run -f jsonl --explain -l fa in.jsonl
has "records" "$(cat "$tmp/out")" '"edits":[{"start":0,"end":2,"source":"ك","text":"ک","rules":["fa-kaf"]}]'
"$LAFZ" -f jsonl --explain "$top/corpora/mixed-1.txt" >whole
"$LAFZ" -f jsonl --explain --read-size 1 "$top/corpora/mixed-1.txt" >pieces
same_file "byte by byte" whole pieces

for arguments in "--explain" "-f text --explain" "-f tsv --explain"; do
	# shellcheck disable=SC2086 # several arguments
	refuses "$arguments" "--explain: needs the command tokens with -f jsonl" $arguments in.txt
done
refuses "runs" "--explain: needs" runs -f jsonl --explain in.txt
refuses "normalize" "--explain: needs" normalize -f jsonl --explain in.txt

finish
