#!/bin/sh
# lafz stats: what is counted, as a table and as JSON.
. "${srcdir:-.}/tests/cli/lib.sh"

# number KEY: the number of this key at the beginning of the last output.
number()
{
	sed -e 's/,"kinds".*/}/' -e 's/.*[{,]"'"$1"'":\([0-9]*\)[,}].*/\1/' "$tmp/out"
}

# part KEY: the list of this key in the last output.
part()
{
	sed 's/.*"'"$1"'":\(\[[^]]*\]\).*/\1/' "$tmp/out"
}

# confusion NAME: how often it was found.
confusion()
{
	sed 's/.*"name":"'"$1"'"[^}]*"count":\([0-9]*\)}.*/\1/' "$tmp/out"
}

kinds='"kinds":{"word":0,"number":0,"punct":0,"symbol":0,"emoji":0,"url":0,"email":0,"mention":0,"hashtag":0,"time":0,"date":0,"other":0}'
confusions='"confusions":[{"name":"ps-last-yeh","lang":"ps","place":"last","code_points":["U+064A"],"instead_of":["U+06D0"],"count":0},{"name":"ps-gaf","lang":"ps","place":"any","code_points":["U+06AF"],"instead_of":["U+06AB"],"count":0},{"name":"ps-yeh-barree","lang":"ps","place":"any","code_points":["U+06D2"],"instead_of":["U+06D0","U+06CC"],"count":0},{"name":"ckb-last-heh","lang":"ckb","place":"last","code_points":["U+0647"],"instead_of":["U+06D5"],"count":0},{"name":"ckb-lam-alef","lang":"ckb","place":"any","code_points":["U+0644","U+0623"],"instead_of":["U+06B5"],"count":0},{"name":"sd-kaf","lang":"sd","place":"any","code_points":["U+0643"],"instead_of":["U+06AA","U+06A9"],"count":0},{"name":"ug-heh","lang":"ug","place":"any","code_points":["U+0647"],"instead_of":["U+06D5","U+06BE"],"count":0},{"name":"ug-inner-yeh","lang":"ug","place":"inner","code_points":["U+06CC"],"instead_of":["U+0649","U+064A"],"count":0},{"name":"ur-inner-heh","lang":"ur","place":"inner","code_points":["U+0647"],"instead_of":["U+06C1","U+06BE"],"count":0},{"name":"ar-last-yeh","lang":"ar","place":"last","code_points":["U+06CC"],"instead_of":["U+064A","U+0649"],"count":0}]'

gives "nothing" '{"documents":1,"bytes":0,"characters":0,"sentences":0,"tokens":0,"repairs":0,'"$kinds"',"languages":[],"edits":{"count":0,"by":[]},'"$confusions"'}' \
	stats -f json </dev/null

printf '\357\273\277One two. Three 4!\n\n  \nFive \377\342\202 six.\n\n' >a.txt
run stats -l en -f json a.txt
same "status, messages" "0 " "$status $(cat "$tmp/err")"
same "numbers" "1 40 37 3 10 2" \
	"$(for key in documents bytes characters sentences tokens repairs; do number "$key"; done | tr '\n' ' ' | sed 's/ $//')"
has "kinds" "$(cat "$tmp/out")" '"kinds":{"word":5,"number":1,"punct":3,"symbol":0,"emoji":0,"url":0,"email":0,"mention":0,"hashtag":0,"time":0,"date":0,"other":1}'
same "bytes of the file" "$(wc -c <a.txt | tr -d ' ')" "$(number bytes)"

printf 'كتاب كتاب علي كـتاب\n' >fa.txt
run stats -l fa -f json fa.txt
same "languages" '[{"lang":"fa","bytes":32,"tokens":4,"edits":5}]' "$(part languages)"
same "edits" '[{"lang":"fa","rule":"fa-kaf","code_point":"U+0643","count":3},{"lang":"fa","rule":"tatweel","code_point":"U+0640","count":1},{"lang":"fa","rule":"fa-yeh","code_point":"U+064A","count":1}]' \
	"$(part by)"
gives "a table" 'documents               1
bytes                  36
characters             20
sentences               1
tokens                  4
repairs                 0
edits                   5

KIND               TOKENS
word                    4

LANGUAGE            BYTES       TOKENS        EDITS
fa                     32            4            5

LANGUAGE            EDITS  OF         BY RULE
fa                      3  U+0643     fa-kaf
fa                      1  U+0640     tatweel
fa                      1  U+064A     fa-yeh' stats -l fa fa.txt
run stats -l fa -p none -f json fa.txt
same "no profile, no edits" "[] 0" "$(part by) $(sed 's/.*"edits":{"count":\([0-9]*\).*/\1/' "$tmp/out")"
run stats -l fa -f json --lower --digits ascii fa.txt
same "with options" 0 "$status"
printf 'x E\314\201 \377 x\n' >b.txt
run stats -l en -f json --lower b.txt
same "an edit by two rules counts for both; ill-formed" '[{"lang":"en","rule":"lower","code_point":"U+0045","count":1},{"lang":"en","rule":"nfc","code_point":"U+0045","count":1},{"lang":"en","rule":"repair","code_point":null,"count":1}]' \
	"$(part by | sed 's/\(.*\)\({[^}]*nfc[^}]*}\),\({[^}]*lower[^}]*}\)/\1\3,\2/')"

# ---- Several documents ----

run stats -l fa -f json fa.txt fa.txt - <fa.txt
same "files" "3 108 12 3" "$(number documents) $(number bytes) $(number tokens) $(number sentences)"
printf '{"text":"One."}\n{"text":3}\n{"text":"Two."}\n' >a.jsonl
run stats -l en -f json a.jsonl
same "records" "3 2 8 2" "$status $(number documents) $(number bytes) $(number sentences)"
run stats -l fa -f json missing fa.txt
same "a missing file: the others are counted" "1 1" "$status $(number documents)"
run stats -l fa -o out.txt missing
same "a missing file, -o" "1 no" "$status $([ -e out.txt ] && echo yes || echo no)"
run stats -l en --on-invalid fail -f json a.txt
same "ill-formed, fail" 1 "$status"

# ---- Likely confusions ----

printf 'سړي ښاري سړيَ\nګرګ ګل گل دے يو\n' >c.txt
run stats -l ps -f json c.txt
same "ps" "3 1 1" "$(confusion ps-last-yeh) $(confusion ps-gaf) $(confusion ps-yeh-barree)"
run stats -l fa -f json c.txt
same "not in another language" "0 0 0" "$(confusion ps-last-yeh) $(confusion ps-gaf) $(confusion ps-yeh-barree)"
printf 'به ده لأ لأن شار\n' >c.txt
run stats -l ckb -f json c.txt
same "ckb" "2 2" "$(confusion ckb-last-heh) $(confusion ckb-lam-alef)"
printf 'كتاب اك\n' >c.txt
run stats -l sd -f json c.txt
same "sd" 2 "$(confusion sd-kaf)"
printf 'بهت تیم یار\n' >c.txt
run stats -l ug -f json c.txt
same "ug" "1 1" "$(confusion ug-heh) $(confusion ug-inner-yeh)"
printf 'مدهب شہر\n' >c.txt
run stats -l ur -f json c.txt
same "ur" 1 "$(confusion ur-inner-heh)"
printf 'علی علیّ میم\n' >c.txt
run stats -l ar -f json c.txt
same "ar" 2 "$(confusion ar-last-yeh)"
run stats -l ar c.txt
has "in the table" "$(cat "$tmp/out")" "ar                      2  U+06CC for U+064A or U+0649 (ar-last-yeh)"

# ---- The whole corpus ----

run stats -f json "$top"/corpora/*.txt
cp "$tmp/out" whole
run stats -f json --read-size 1 "$top"/corpora/*.txt
same_file "byte by byte" whole "$tmp/out"
same "bytes of the corpus" "$(cat "$top"/corpora/*.txt | wc -c | tr -d ' ')" "$(number bytes)"
same "tokens of the corpus" "$("$LAFZ" -f tsv "$top"/corpora/*.txt | sed 1d | wc -l | tr -d ' ')" "$(number tokens)"
"$LAFZ" normalize --map map "$top/corpora/fa-IR.txt" >norm
run stats -f json "$top/corpora/fa-IR.txt"
same "edits of a page" "$(wc -l <map | tr -d ' ')" "$(sed 's/.*"edits":{"count":\([0-9]*\).*/\1/' "$tmp/out")"

finish
