#!/bin/sh
# lafz stats -o report.html: what the page says is what stats and count say. The golden file is tests/view/report.page;
# LAFZ_GOLDEN_WRITE=1 writes it anew.
. "${srcdir:-.}/tests/cli/lib.sh"

# body FILE: the page without its style and without versions.
body()
{
	sed '/^<style>/,/<\/style>$/d; s/^<footer>.*/<footer>/; s/class="c[0-7]"/class="c"/g; s/url(#p[0-3])/url(#p)/g; /Content-Security-Policy/d' "$1"
}

printf 'كتاب كتاب علي ۱۲\nA b. Dr. Who \377 c!\nA long_word and a <b>\n' >a.txt
printf 'One two three. Four five.\n' >b.txt
run stats -l fa,en -o report.html a.txt b.txt
same "status and messages" "0 " "$status $(cat "$tmp/err")"
body report.html >"$tmp/out"
if [ -n "${LAFZ_GOLDEN_WRITE:-}" ]; then
	cp "$tmp/out" "$top/tests/view/report.page"
fi
same_file "the page" "$top/tests/view/report.page" "$tmp/out"

# ---- Which name is a page ----

run stats -f html -l fa,en a.txt b.txt
same_file "-f html" report.html "$tmp/out"
run stats -l fa,en -o r.html.gz a.txt b.txt
same "x.html.gz" "$(cksum <report.html)" "$(gzip -dc r.html.gz | cksum)"
run stats -l fa,en -o r.txt a.txt b.txt
same "another name is a table" "documents               2" "$(head -n 1 r.txt)"
run stats -o none.html missing.txt
same "a missing file: no page" "1 no" "$status $([ -e none.html ] && echo yes || echo no)"
refuses "another format" "stats: the formats are text, json and html" stats -f tsv a.txt
run stats -o none.html </dev/null
same "nothing" "0 1" "$status $(grep -c '<h1><bdi>standard input</bdi></h1>' none.html)"

# ---- The same numbers as elsewhere ----

# rows TITLE: the table of a chart, values by tabs, without spaces in numbers.
rows()
{
	sed -n "/^<h2>$1<\/h2>/,/^<\/section>/p" report.html | grep '^<tr>' |
		sed 's/\xe2\x80\xaf//g; s/<[^>]*>/\t/g; s/\t\t*/\t/g; s/^\t//; s/\t$//'
}

"$LAFZ" stats -o report.html "$top"/corpora/*.txt
"$LAFZ" stats -f json "$top"/corpora/*.txt >stats.json
"$LAFZ" stats "$top"/corpora/*.txt >stats.txt
# table HEADER: tag and so many columns of the table of stats.
table()
{
	awk -v header="$1" -v column="$2" '$1 == header { on = 1; next } NF == 0 { on = 0 } on { print $1 "\t" $column }' stats.txt
}
same "languages by bytes" "$(table LANGUAGE 2 | awk 'NR < 30' | head -n "$(rows 'Languages by bytes' | wc -l)")" "$(rows 'Languages by bytes' | cut -f 1,3)"
same "languages by tokens" "$(awk '/^LANGUAGE +BYTES/ { on = 1; next } NF == 0 { on = 0 } on { print $1 "\t" $3 }' stats.txt)" \
	"$(rows 'Languages by tokens' | cut -f 1,3)"
same "documents" "$(find "$top/corpora" -name '*.txt' | wc -l | tr -d ' ')" "$(rows 'Languages by documents' | awk -F '\t' '{ n += $3 } END { print n }')"
same "kinds" "$(awk '/^KIND/ { on = 1; next } NF == 0 { on = 0 } on { print $1 "\t" $2 }' stats.txt)" "$(rows 'Kinds of tokens' | cut -f 1,2)"
same "words by length" "$("$LAFZ" -f tsv "$top"/corpora/*.txt | awk -F '\t' '$9 == "word"' | wc -l | tr -d ' ')" \
	"$(rows 'Lengths of words' | awk -F '\t' '{ n += $2 } END { print n }')"
same "words of three characters" "$("$LAFZ" -f tsv "$top"/corpora/*.txt | awk -F '\t' '$9 == "word" && $4 - $3 == 3' | wc -l | tr -d ' ')" \
	"$(rows 'Lengths of words' | awk -F '\t' '$1 == 3 { print $2 }')"
same "sentences by length" "$(sed 's/.*"sentences":\([0-9]*\).*/\1/' stats.json)" "$(rows 'Lengths of sentences' | awk -F '\t' '{ n += $2 } END { print n }')"
same "short sentences" "$("$LAFZ" -f jsonl "$top"/corpora/*.txt | awk '{ n = gsub(/"surface":/, ""); short += n <= 5 } END { print short }')" \
	"$(rows 'Lengths of sentences' | awk -F '\t' 'NR == 1 { print $2 }')"
same "words of Pashto" "$("$LAFZ" count --only-lang ps --top 20 "$top"/corpora/*.txt | sed 1d | awk -F '\t' '{ print $3 "\t" $1 }')" \
	"$(rows 'Most frequent words: Pashto' | cut -f 1,2)"
same "different words of Pashto" "$("$LAFZ" count --only-lang ps "$top"/corpora/*.txt | sed 1d | wc -l | tr -d ' ') different norms" \
	"$(sed -n '/^<h2>Most frequent words: Pashto/,/^<\/section>/s/.*, \(.* different norms\).*/\1/p' report.html | sed 's/\xe2\x80\xaf//g')"
same "edits by rule" "$("$LAFZ" -f jsonl --gaps --explain "$top"/corpora/*.txt | grep -o '"rules":\["[^]]*\]' | grep -o '"[^",:]*"' | grep -v rules |
	sort | uniq -c | awk '{ print $2 "\t" $1 }' | tr -d '"' | sort)" "$(rows 'Edits by rule' | cut -f 1,2 | sort)"
same "edits by letter" "$(sed 's/.*"by":\[//; s/\].*//; s/},{/\n/g' stats.json | tr -d '"{}' | sed 's/[a-z_]*://g' | awk -F , 'NR <= 20 { print $3 "\t" $1 ", " $2 "\t" $4 }')" \
	"$(rows 'Edits by letter' | sed 's/\(, [^ ]*\) [^\t]*/\1/')"
printf 'سړي ښاري\n' >ps.txt
"$LAFZ" stats -l ps -o report.html ps.txt
same "confusions" "ps-last-yeh	U+064A, perhaps for U+06D0	2" "$(rows 'Likely confusions')"
"$LAFZ" stats -l en -o report.html a.txt
same "repairs" "1" "$(sed -n '/^<h2>Repairs/,/^<\/section>/s/.*>\([0-9]*\) ill-formed.*/\1/p' report.html)"

# ---- Reading, memory, hostile text ----

cat "$top"/corpora/*.txt >whole.txt
"$LAFZ" stats -o one.html whole.txt
"$LAFZ" stats --read-size 100 -o other.html whole.txt
same_file "by other reads" one.html other.html
"$LAFZ" stats -j 3 -o other.html whole.txt
same_file "jobs" one.html other.html
awk 'BEGIN { for (i = 0; i < 300; i++) printf "\303\251"; print "" }' >'long <&">.txt'
"$LAFZ" stats -l en -o report.html 'long <&">.txt'
same "a long word is cut between characters; the name is text" "0 1" \
	"$(iconv -f UTF-8 -t UTF-8 report.html >/dev/null 2>&1; echo $?) $(grep -c '<h1><bdi>long &lt;&amp;&quot;&gt;.txt</bdi></h1>' report.html)"
same "no program" 0 "$(grep -c '<script' report.html)"
same "the policy" 1 "$(grep -c "content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-[A-Za-z0-9+/=]*'\"" report.html)"

finish
