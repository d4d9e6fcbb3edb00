#!/bin/sh
# What of the tokens is written: --only-lang, --min-confidence, --drop-kind, --mask-kind, --split-by-lang.
. "${srcdir:-.}/tests/cli/lib.sh"

tab=$(printf '\t')
cp "$top/examples/tweet.txt" tweet.txt
cat "$top"/corpora/*.txt >all.txt

# ---- Languages ----

# Whatever is left out, the others' lines are the same: the table, filtered by its own columns.
"$LAFZ" -f tsv all.txt >whole.tsv
for tags in en fa ps,ur en,und; do
	awk -F '\t' -v tags="$tags" 'BEGIN { n = split(tags, list, ","); for (i = 1; i <= n; i++) is[list[i]] = 1 }
		NR == 1 || $7 in is' whole.tsv >expected.tsv
	run -f tsv --only-lang "$tags" all.txt
	same_file "only $tags: tsv" expected.tsv "$tmp/out"
done
run -f tsv --only-lang en --only-lang und all.txt
same_file "given twice" expected.tsv "$tmp/out"
run -f tsv --read-size 1 --only-lang en,und all.txt
same_file "byte by byte" expected.tsv "$tmp/out"
awk -F '\t' 'NR == 1 || $15 >= 0.95' whole.tsv >expected.tsv
run -f tsv --min-confidence 0.95 all.txt
# A confidence of 0.9499 is written as 0.95 and left out.
same "at least 0.95: none below" "" "$(awk -F '\t' 'NR > 1 && $15 < 0.95' "$tmp/out")"
same "at least 0.95: all above" "" "$(awk -F '\t' '$15 > 0.95' expected.tsv | grep -vxFf "$tmp/out")"
run -f tsv --min-confidence 0 all.txt
same_file "at least 0" whole.tsv "$tmp/out"
gives "text: one sentence of two languages" 'we don’t wait …
example.af/news #کابل_خبرونه' --only-lang en tweet.txt
gives "text: a sentence without tokens left is not written" 'وزارت امور خارجه' --only-lang fa --drop-kind punct tweet.txt
gives "nothing left" "$(head -n 1 whole.tsv)" -f tsv --only-lang ug tweet.txt
run -f jsonl --only-lang en tweet.txt
same "jsonl: from the first token left to the last" \
	'{"doc":"tweet.txt","par":0,"sent":1,"start":115,"end":133,"cstart":69,"cend":83' \
	"$(sed -n '1s/,"tokens.*//p' "$tmp/out")"
printf '{"id":"a","text":"We wait for the others."}\n{"id":"b","text":"کتاب خوبی است."}\n' >two.jsonl
run -f jsonl --only-lang en two.jsonl
same "jsonl: a record without tokens left has its line" '{"doc":"b","par":0,"sent":0,"start":0,"end":0,"cstart":0,"cend":0,"tokens":[]}' \
	"$(sed 1d "$tmp/out")"
gives "runs" "#start${tab}end${tab}cstart${tab}cend${tab}script${tab}lang${tab}confidence${tab}text${tab}doc
56${tab}90${tab}32${tab}50${tab}Arab${tab}fa${tab}0.924${tab}«وزارت امور خارجه»${tab}tweet.txt" runs --only-lang fa tweet.txt
run runs --min-confidence 0.95 tweet.txt
same "runs: confidence" "ps en" "$(sed 1d "$tmp/out" | cut -f 6 | tr '\n' ' ' | sed 's/ $//')"
"$LAFZ" -f jsonl --explain --lower all.txt | grep -o '"start":[0-9]*,"end":[0-9]*,"cstart":[0-9]*,"cend":[0-9]*,"surface":"[^"]*","norm":"[^"]*","key":"[^"]*","kind":"[^"]*","script":"[^"]*","lang":"en".*' |
	grep -o '"edits":\[{[^]]*' | sort -u >edits.en
"$LAFZ" -f jsonl --explain --lower --only-lang en all.txt | grep -o '"edits":\[{[^]]*' | sort -u >edits.only
same "edits stay with their tokens" "" "$(grep -vxFf edits.en edits.only)"
[ -s edits.only ]
same "there are some" 0 $?

# Several threads, in blocks that end anywhere.
for format in text tsv jsonl; do
	"$LAFZ" -f "$format" --only-lang en,fa --drop-kind punct --mask-kind word=w all.txt >expected
	run -f "$format" --only-lang en,fa --drop-kind punct --mask-kind word=w -j 2 --read-size 1000 all.txt
	same_file "$format: two threads" expected "$tmp/out"
done

# ---- Kinds ----

awk -F '\t' 'NR == 1 || ($9 != "url" && $9 != "punct")' whole.tsv >expected.tsv
run -f tsv --drop-kind url,punct all.txt
same_file "drop" expected.tsv "$tmp/out"
run -f tsv --drop-kind url --drop-kind punct all.txt
same_file "drop, given twice" expected.tsv "$tmp/out"
awk -F '\t' -v OFS='\t' '$9 == "url" { $11 = $12 = "<URL>" } $9 == "word" && NR > 1 { $11 = $12 = "w" }
	$9 == "punct" { $11 = $12 = "a-mask-longer-than-a-step-of-sixteen" } { print }' whole.tsv >expected.tsv
run -f tsv --mask-kind 'url=<URL>' --mask-kind word=w --mask-kind punct=a-mask-longer-than-a-step-of-sixteen all.txt
same_file "mask" expected.tsv "$tmp/out"
run -f tsv --read-size 1 --mask-kind 'url=<URL>' --mask-kind word=w --mask-kind punct=a-mask-longer-than-a-step-of-sixteen all.txt
same_file "mask, byte by byte" expected.tsv "$tmp/out"
awk -F '\t' -v OFS='\t' '$9 == "url" { $11 = $12 = "=,=" } $9 != "word" { print }' whole.tsv >expected.tsv
run -f tsv --mask-kind url==,= --drop-kind word all.txt
same_file "mask and drop" expected.tsv "$tmp/out"
gives "text" "We wait : <URL> !" --mask-kind 'url=<URL>' <<-END
	We wait: example.org/news!
END
gives "the key" "we wait : <URL> !" key --mask-kind 'url=<URL>' <<-END
	We wait: example.org/news!
END
refuses "surfaces have no masks" "not with --view surface" --view surface --mask-kind 'url=<URL>'
run -f jsonl --mask-kind 'url="\' <<-END
	example.org/news
END
has "jsonl: escaped" "$(cat "$tmp/out")" '"surface":"example.org/news","norm":"\"\\","key":"\"\\","kind":"url"'
gives "the last mask counts" "b" --mask-kind url=a --mask-kind url=b <<-END
	example.org/news
END

# ---- A file a language ----

run --split-by-lang -o 'out-%s.txt' tweet.txt
same "split: status, output" "0  " "$status $(cat "$tmp/out") $(cat "$tmp/err")"
same "split: the files" "out-en.txt out-fa.txt out-ps.txt" "$(echo out-*)"
same "split: sentences stay whole" 'د « وزارت امور خارجه » په وينا @MoFA_af : we don’t wait …' "$(cat out-fa.txt)"
rm -f out-*
run -f tsv --split-by-lang -o 'out-%s.tsv' all.txt two.jsonl
"$LAFZ" -f tsv all.txt two.jsonl >whole.tsv
sed 1d whole.tsv | sort >expected
for file in out-*.tsv; do
	same "$file: the header line" "$(head -n 1 whole.tsv)" "$(head -n 1 "$file")"
	sed 1d "$file"
done | sort >got
same_file "split: every token in one file" expected got
# By hand: of each sentence the language of most bytes.
awk -F '\t' 'NR == 1 { next }
	{ id = $16 "/" $5; if (id != last) { n++; last = id } of[n] = of[n] $0 "\n"; w = $2 - $1
	  if (!((n, $7) in bytes)) order[n] = order[n] $7 " "; bytes[n, $7] += w }
	END { for (i = 1; i <= n; i++) { k = split(order[i], tags, " "); best = tags[1]
		for (j = 2; j <= k; j++) if (bytes[i, tags[j]] > bytes[i, best]) best = tags[j]
		printf "%s", of[i] >("by-" best ".tsv") } }' whole.tsv
for file in out-*.tsv; do
	sed 1d "$file" >got
	same_file "$file: its sentences" "by-${file#out-}" got
done
same "split: no file more" "$(echo by-* | sed 's/by-//g')" "$(echo out-* | sed 's/out-//g')"
rm -f out-*
run -f tsv --read-size 1 --split-by-lang -o 'out-%s.tsv' all.txt
"$LAFZ" -f tsv --split-by-lang -o 'one-%s.tsv' all.txt
for file in out-*.tsv; do
	same_file "$file: byte by byte" "one-${file#out-}" "$file"
done
rm -f out-*
run -f jsonl --only-lang fa,en --split-by-lang -o 'out-%s' two.jsonl
same "split: jsonl" "a b" "$(sed 's/{"doc":"\(.\)".*/\1/' out-en out-fa | tr '\n' ' ' | sed 's/ $//')"
rm -f out-*
run runs --split-by-lang -o 'out-%s' tweet.txt
same "split: runs" "2 1 1" "$(for file in out-ps out-fa out-en; do sed 1d "$file" | wc -l | tr -d ' '; done | tr '\n' ' ' | sed 's/ $//')"
rm -f out-*
run --split-by-lang -o 'out-%s' tweet.txt missing
same "split: after a failure nothing is there" "1 out-*" "$status $(echo out-*)"
echo old >out-en
run --split-by-lang -o 'out-%s' tweet.txt missing
same "split: an old file is as it was" "old" "$(cat out-en)"
rm -f out-*
mkdir out-ps
run --split-by-lang -o 'out-%s' tweet.txt
same "split: a file that cannot be written" "1 out-ps" "$status $(echo out-*)"
rmdir out-ps
same "split: nothing is left over" "" "$(find . -name '.lafz*' -o -name 'out*')"
cp tweet.txt in-en
refuses "split: an input" "in-en: is both input and output" --split-by-lang -o 'in-%s' in-en
if [ -e /dev/full ]; then
	ln -s /dev/full full-en
	run --split-by-lang -o 'full-%s' tweet.txt
	same "split: a full disk" "1 " "$status $(ls full-ps 2>/dev/null)"
fi

# ---- Wrong use ----

refuses "an unknown language" "--only-lang: unknown language 'xx'" --only-lang en,xx
refuses "an empty language" "--only-lang: unknown language ''" --only-lang ''
refuses "an unknown kind" "--drop-kind: 'link' is no kind" --drop-kind url,link
refuses "gaps are no kind" "--drop-kind: 'space' is no kind" --drop-kind space
refuses "an unknown kind to mask" "--mask-kind: 'link' is no kind" --mask-kind 'link=<URL>'
refuses "no mask" "is not KIND=MASK" --mask-kind url
refuses "an empty mask" "a mask is" --mask-kind url=
refuses "white space in a mask" "a mask is" --mask-kind 'url=a b'
refuses "a mask that is not UTF-8" "a mask is" --mask-kind "$(printf 'url=\377')"
refuses "a confidence" "--min-confidence: '2' is not" --min-confidence 2
refuses "dropped and masked" "url: is both" --drop-kind url --mask-kind 'url=<URL>'
refuses "split: no -o" "--split-by-lang: needs -o" --split-by-lang
refuses "split: no %s" "--split-by-lang: needs -o" --split-by-lang -o out.txt
refuses "split: two of them" "--split-by-lang: needs -o" --split-by-lang -o '%s-%s.txt'
refuses "gaps" "--gaps: not with" -f tsv --gaps --only-lang en
refuses "explain" "--explain: not with" -f jsonl --explain --mask-kind url=x
refuses "conllu" "do not go with -f conllu or spans" -f conllu --only-lang en
refuses "runs" "not with runs, which have no kinds" runs --drop-kind url
for command in normalize stats; do
	refuses "$command" "--split-by-lang need the command tokens, key, runs or count" "$command" --only-lang en
done

finish
