#!/bin/sh
# lafz view in a terminal: what is shown, in colours and without, and what never reaches a terminal. The golden files are
# tests/view/NAME.text; LAFZ_GOLDEN_WRITE=1 writes them anew.
. "${srcdir:-.}/tests/cli/lib.sh"

unset NO_COLOR LAFZ_PAGER PAGER
COLUMNS=80
TERM=xterm
export COLUMNS TERM

# golden NAME ARGUMENT...: the program writes what the golden file holds. It is run in the corpora.
golden()
{
	golden_name=$1
	shift
	(cd "$top/corpora" && "$LAFZ" view "$@" >"$tmp/out" 2>"$tmp/err")
	same "$golden_name: status and messages" "0 " "$? $(cat "$tmp/err")"
	if [ -n "${LAFZ_GOLDEN_WRITE:-}" ]; then
		cp "$tmp/out" "$top/tests/view/$golden_name.text"
	fi
	same_file "$golden_name" "$top/tests/view/$golden_name.text" "$tmp/out"
}

golden mixed-1 mixed-1.txt
golden mixed-2-norm --view norm mixed-2.txt
golden mixed-3-color --color always mixed-3.txt
sed 's/"kind":"number"/"kind":"word"/
	s/"start":67,"end":73,\(.*\)"surface":"دور","norm":"دور"/"start":67,"end":71,\1"surface":"دو","norm":"دو"/
	s/"sent":3,/"sent":2,/' "$top/corpora/mixed-2.gold.jsonl" >other.jsonl
golden mixed-2-gold --gold "$PWD/other.jsonl" mixed-2.txt
printf 'a\033[31mb \000\r\n\tx\302\240y\377z \342\200\256abc\342\200\254 \302\205\360\237\221\250\342\200\215\360\237\221\251 \342\201\246q\n\n\302\255\355\240\200\n' >hostile.txt
printf 'كتاب\342\200\217 مي\342\200\214خوانم \343\200\200漢字 e\314\201\n' >>hostile.txt
golden hostile -l fa,en - <hostile.txt

# ---- No line is wider than asked for, and each closes what it opens ----

cat >rows.awk <<'END'
{
	line = $0
	opened = gsub(/\342\201[\246\247\250]/, "", line)
	closed = gsub(/\342\201\251/, "", line)
	if (opened != closed)
		print "isolates of line " NR ": " opened " and " closed
	n = split(line, parts, "\033\\[")
	if (n > 1 && parts[n] !~ /^0m/)
		print "colours of line " NR
}
END
for width in 20 33 80 200; do
	for page in mixed-1 mixed-2 mixed-3; do
		run view --color always "$top/corpora/$page.txt"
		same "$page, rows at $width" "" "$(COLUMNS=$width "$LAFZ" view --color always "$top/corpora/$page.txt" | sed 1,/^$/d | awk -f rows.awk)"
	done
	same "ASCII at $width" "" "$(sed 's/^[a-z]* //; s/[^ -~]//g' "$top/corpora/en.txt" | COLUMNS=$width "$LAFZ" view -l en | sed '1,/^$/d' |
		sed 's/\xe2\x81[\xa6-\xa9]//g; s/\xe2\x94\x82/|/g' | awk -v width=$width 'length($0) > width')"
done
head -c 100000 /dev/zero | tr '\0' x >long.txt
same "a token longer than a row" "100000 80" \
	"$("$LAFZ" view -l en long.txt | sed '1,/^$/d' | tr -d -c 'x' | wc -c | tr -d ' ') $("$LAFZ" view -l en long.txt | sed '1,/^$/d; s/\xe2\x81[\xa6-\xa9]//g; s/\xe2\x94\x82/|/g' | awk '{ if (length($0) > n) n = length($0) } END { print n }')"

# ---- Never a control character or a bidi control of the text ----

for i in 0 1 2 3; do
	cat hostile.txt "$top/corpora/mixed-$((i % 3 + 1)).txt"
	awk -v seed=$i 'BEGIN { srand(seed); for (i = 0; i < 20000; i++) printf "%c", int(rand() * 256) }'
done >random.bin
for option in surface norm key; do
	run view --view $option random.bin
	same "$option: no control character" "0" "$(tr -d '\n' <"$tmp/out" | tr -dc '\000-\037\177' | wc -c | tr -d ' ')"
	same "$option: no C1" "0" "$(grep -c "$(printf '\302[\200-\237]')" "$tmp/out")"
	same "$option: no override, no embedding, no mark" "0" "$(grep -c "$(printf '\342\200[\216\217\252-\256]')" "$tmp/out")"
	same "$option: isolates are ours" "" "$(sed 1,/^$/d "$tmp/out" | awk -f rows.awk | head -n 3)"
done

# ---- Colours ----

printf 'One two.\n' >en.txt
esc=$(printf '\033')
count_colors()
{
	grep -c "$esc" "$tmp/out"
}
run view -l en en.txt
same "no colour in a file" 0 "$(count_colors)"
run view --color always -l en en.txt
same "--color always" yes "$([ "$(count_colors)" -gt 1 ] && echo yes)"
run view --color never -l en en.txt
same "--color never" 0 "$(count_colors)"
refuses "another colour" "'blue' is none of: auto, always, never" view --color blue en.txt
refuses "--color with another command" "needs the command view" --color always en.txt
refuses "--gold with another command" "needs the command view" stats --gold en.txt en.txt
refuses "both" "one of them" view --gold a --against b en.txt
refuses "as jsonl" "view: the formats are text and html" view -f jsonl en.txt
run view --gold missing.jsonl en.txt
same "no gold" 1 "$status"
has "no gold: message" "$(cat "$tmp/err")" "missing.jsonl"
run view --gold en.txt en.txt
same "gold that is none" 1 "$status"
has "gold that is none: message" "$(cat "$tmp/err")" "en.txt: line 1 at byte 0:"

# ---- Several documents, chunks, jobs ----

run view "$top/corpora/mixed-1.txt" "$top/corpora/mixed-2.txt"
cp "$tmp/out" whole
run view --read-size 1 "$top/corpora/mixed-1.txt" "$top/corpora/mixed-2.txt"
same_file "byte by byte" whole "$tmp/out"
run view -j 3 "$top/corpora/mixed-1.txt" "$top/corpora/mixed-2.txt"
same_file "jobs" whole "$tmp/out"
run view -o out.txt "$top/corpora/mixed-1.txt" "$top/corpora/mixed-2.txt"
same_file "-o" whole out.txt
cat "$top/corpora/mixed-1.gold.jsonl" "$top/corpora/mixed-2.gold.jsonl" >gold.jsonl
run view --gold gold.jsonl "$top/corpora/mixed-2.txt"
same "the gold has more documents" 1 "$(grep -c '^documents: 1 in both, 0 only here, 1 only in gold$' "$tmp/out")"
run view --gold gold.jsonl "$top/corpora/mixed-1.txt" "$top/corpora/mixed-3.txt" "$top/corpora/mixed-2.txt"
same "the gold has fewer" 1 "$(grep -c '^documents: 2 in both, 1 only here, 0 only in gold$' "$tmp/out")"

# ---- A terminal ----

script -qec true /dev/null </dev/null >/dev/null 2>&1 || {
	echo "without the tests of a terminal: there is no script(1) that takes -qec"
	finish
}

# terminal COMMAND: what a terminal gets.
terminal()
{
	script -qec "$1" /dev/null </dev/null | sed 's/\r$//'
}

has "a terminal is coloured" "$(terminal "LAFZ_PAGER= '$LAFZ' view en.txt")" "${esc}[38;5;30m"
same "not with NO_COLOR" 0 "$(terminal "NO_COLOR=1 LAFZ_PAGER= '$LAFZ' view en.txt" | grep -c "$esc")"
has "NO_COLOR that is empty" "$(terminal "NO_COLOR= LAFZ_PAGER= '$LAFZ' view en.txt")" "${esc}[38;5;30m"
has "LAFZ_PAGER is a command" "$(terminal "LAFZ_PAGER='cat >paged; wc -l <en.txt' '$LAFZ' view -l en en.txt")" 1
has "LAFZ_PAGER gets the text" "$(cat paged)" One
same "a pager that ends early" "en.txt" "$(terminal "LAFZ_PAGER='head -n 1' '$LAFZ' view --color never -l en en.txt '$top/corpora/en.txt'")"
mkdir few
for command in cat sh; do
	ln -s "$(command -v $command)" few/$command
done
has "no less" "$(terminal "PATH='$PWD/few' '$LAFZ' view --color never -l en en.txt")" One
same "PAGER, if there is no LAFZ_PAGER" "paged" "$(terminal "PAGER='cat >/dev/null; echo paged' '$LAFZ' view -l en en.txt")"
same "LAFZ_PAGER before PAGER" "mine" "$(terminal "PAGER='echo wrong' LAFZ_PAGER='cat >/dev/null; echo mine' '$LAFZ' view -l en en.txt")"
same "no pager for a file" "" "$(terminal "PAGER='echo wrong' '$LAFZ' view -o out.txt -l en en.txt")"
same "no control of the text" 0 "$(terminal "LAFZ_PAGER= '$LAFZ' view --color never hostile.txt" | tr -d '\n' | tr -dc '\000-\037\177' | wc -c | tr -d ' ')"

finish
