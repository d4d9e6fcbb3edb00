#!/bin/sh
# The formats for corpora: compact jsonl, vrt, spans, arrow. Examples byte for byte, and every page compared with plain jsonl
# by a reader of our own.
. "${srcdir:-.}/tests/cli/lib.sh"

tab=$(printf '\t')

# ---- Examples ----

gives "compact" '{"doc":"-","par":0,"sent":0,"start":0,"end":7,"cstart":0,"cend":7,"tokens":[{"start":0,"end":2,"cstart":0,"cend":2,"surface":"Hi","key":"hi","kind":"word","script":"Latn","lang":"en","run":0,"confidence":1},{"start":3,"end":6,"cstart":3,"cend":6,"surface":"you","kind":"word"},{"start":6,"end":7,"cstart":6,"cend":7,"surface":".","kind":"punct","script":"Zyyy"}]}
{"doc":"-","par":0,"sent":1,"start":8,"end":10,"cstart":8,"cend":10,"tokens":[{"start":8,"end":10,"cstart":8,"cend":10,"surface":"NO","key":"no","kind":"word","script":"Latn","lang":"en","run":1,"confidence":1,"flags":["upper"]}]}' \
	-f jsonl --compact -l en <<END
Hi you.
NO
END

printf '<a&b> "c".No\n\nEnd\n' >'x"<&.txt'
gives "vrt" "<doc id=\"x&quot;&lt;&amp;.txt\">
<p>
<s>
&lt;${tab}&lt;${tab}&lt;${tab}&lt;${tab}symbol${tab}en${tab}Zyyy
<g/>
a${tab}a${tab}a${tab}a${tab}word${tab}en${tab}Latn
<g/>
&amp;${tab}&amp;${tab}&amp;${tab}&amp;${tab}punct${tab}en${tab}Zyyy
<g/>
b${tab}b${tab}b${tab}b${tab}word${tab}en${tab}Latn
<g/>
&gt;${tab}&gt;${tab}&gt;${tab}&gt;${tab}symbol${tab}en${tab}Zyyy
&quot;${tab}&quot;${tab}&quot;${tab}&quot;${tab}punct${tab}en${tab}Zyyy
<g/>
c${tab}c${tab}c${tab}c${tab}word${tab}en${tab}Latn
<g/>
&quot;${tab}&quot;${tab}&quot;${tab}&quot;${tab}punct${tab}en${tab}Zyyy
<g/>
.${tab}.${tab}.${tab}.${tab}punct${tab}en${tab}Zyyy
</s>
<g/>
<s>
No${tab}No${tab}No${tab}no${tab}word${tab}en${tab}Latn
</s>
</p>
<p>
<s>
End${tab}End${tab}End${tab}end${tab}word${tab}en${tab}Latn
</s>
</p>
</doc>" -f vrt -l en 'x"<&.txt'

printf '{"id":"a","text":"Hi \360\237\230\200 you. No"}\n{"id":"b","text":" "}\n' >r.jsonl
gives "spans" '{"id":"a","attributes":{"lafz__tokens":[[0,2,0,0,2,0,2],[3,4,4,3,7,3,5],[5,8,0,8,11,6,9],[8,9,2,11,12,9,10],[10,12,0,13,15,11,13]],"lafz__sentences":[[0,9,4,0,12,0,10],[10,12,1,13,15,11,13]],"lafz__runs_en":[[0,12,1,0,15,0,13]]}}
{"id":"b","attributes":{"lafz__tokens":[],"lafz__sentences":[]}}' -f spans --utf16 -l en r.jsonl

refuses "--compact as tsv" "--compact: needs" --compact -f tsv r.jsonl
for page in "$top"/corpora/mixed-*.txt; do
	"$LAFZ" -f spans "$page" | sed -E 's/\[([0-9]+,[0-9]+,[0-9.e-]+),[0-9,]+\]/[\1]/g
		s/"lafz__(tokens|sentences)"/"lafz__\1__all"/g; s/"lafz__runs_/"lafz__runs__/g' >short
	"$LAFZ" -f spans --compact "$page" >compact
	same_file "spans, --compact, ${page##*/}" short compact
	rm -f short compact
done
refuses "--utf16 with --compact" "--utf16: not with --compact" --utf16 --compact -f spans r.jsonl
refuses "--utf16 as jsonl" "--utf16: needs" --utf16 -f jsonl r.jsonl
refuses "runs as vrt" "runs: the formats are" runs -f vrt r.jsonl
: >empty.txt
run -f vrt empty.txt
same "vrt of nothing" "0 " "$status $(cat "$tmp/out")"

# ---- Pages, read by somebody else ----

PYTHON=${PYTHON:-python3}
command -v "$PYTHON" >/dev/null || finish
"$PYTHON" -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 3 + b"\n\xe2\x82\n\xf0\x9f\x98\x80\xf0\x9f\x98 \xf4\x90\x80\x80" + bytes(range(255, -1, -1)))' >all.bin
printf '' | run -f arrow
cp "$tmp/out" arrow
: >none
"$PYTHON" "$top/tests/check_formats.py" arrow none arrow >report
has_arrow=$?
# No pyarrow is no failure, a stream of no rows that it refuses is one.
[ "$has_arrow" -eq 77 ] || same "an Arrow stream without rows" 0 "$has_arrow"

# Names that change inside record batches of Arrow and between them, where memory still holds those of the record batch before.
for name in en en en ar en de en en ar en en en en ar en en en de en en ar ar en en en de ar en en en; do
	cat "$top/corpora/$name.txt"
done >turns.txt

# compare WHAT JSONL OUTPUT [SOURCE]
compare()
{
	"$PYTHON" "$top/tests/check_formats.py" "$@" >report 2>&1
	same "a reader of $1 of ${page##*/}: $(tail -n 1 report)" 0 $?
}

# read_page NAME OPTION...
read_page()
{
	page=$1
	shift
	run "$@" -f jsonl "$page"
	cp "$tmp/out" plain
	run "$@" -f jsonl --compact "$page"
	cp "$tmp/out" compact
	compare compact plain compact
	run "$@" -f vrt "$page"
	cp "$tmp/out" vrt
	VIEW=norm compare vrt plain vrt
	run "$@" -f vrt --view surface "$page"
	cp "$tmp/out" surfaces
	VIEW=surface
	export VIEW
	compare vrt plain surfaces
	unset VIEW
	run "$@" -f spans "$page"
	cp "$tmp/out" spans
	compare spans plain spans
	run "$@" -f arrow "$page"
	cp "$tmp/out" arrow
	[ "$has_arrow" -eq 77 ] || compare arrow plain arrow
	case $page in
	*.jsonl) ;;
	*)
		run "$@" -f spans --utf16 "$page"
		cp "$tmp/out" utf16
		compare spans plain utf16 "$page"
		;;
	esac
}

# Where all is slower, the golden pages are left to the fuzzer of the filter, which writes these formats too.
golden=$top/tests/golden/*.txt
[ "${LAFZ_TEST_LESS:-}" != 1 ] || golden=
# shellcheck disable=SC2086 # a pattern
for name in all.bin turns.txt r.jsonl 'x"<&.txt' "$top"/corpora/*.txt $golden; do
	read_page "$name"
	for format in 'jsonl --compact' vrt spans arrow; do
		# shellcheck disable=SC2086
		run -f $format --read-size 7 "$name"
		same_file "reads of 7 as $format of ${name##*/}" "${format##*-}" "$tmp/out"
	done
done
read_page all.bin --rules uax29 -p none
read_page all.bin --on-invalid drop
read_page "$top/corpora/mixed-1.txt" --max-segment 256

# A document with more sentences and runs than one line of spans holds goes on in further ones, at the same offsets.
awk 'BEGIN { for (i = 0; i < 40000; i++) print "One two.\360\237\230\200" }' >many.txt
page=many.txt
run -f jsonl many.txt
cp "$tmp/out" plain
run -f spans --utf16 many.txt
cp "$tmp/out" spans
compare spans plain spans many.txt
same "spans: lines of a large document" '2 many.txt' "$(sed 's/^{"id":"\([^"]*\)".*/\1/' spans | uniq -c | sed 's/^ *//')"
same "spans: sentences of its first line" 32768 "$(head -n 1 spans | sed 's/.*"lafz__sentences":\[//; s/\]\],.*//' | tr -dc '[' | wc -c | tr -d ' ')"

[ "$has_arrow" -eq 77 ] && echo "not done: Arrow, since pyarrow is not installed"
finish
