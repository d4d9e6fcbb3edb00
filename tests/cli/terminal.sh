#!/bin/sh
# What reaches a terminal: no control characters. script(1) gives the program one.
. "${srcdir:-.}/tests/cli/lib.sh"

script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "there is no script(1) that takes -qec"

mark=$(printf '\357\277\275')

# shown FILE ARGUMENT...: what a terminal gets, without the CR that the terminal puts before each LF.
shown()
{
	shown_file=$1
	shift
	script -qec "'$LAFZ' $* '$shown_file'" /dev/null </dev/null | sed 's/\r$//'
}

printf 'a\033[31mb\a\177\302\233c\b\td \303\251 \331\203\nnext\n' >controls.txt
same "controls become U+FFFD; TAB, LF and letters stay" \
	"$(printf 'a%s[31mb%s%s%sc%s\td \303\251 \331\203\nnext' "$mark" "$mark" "$mark" "$mark" "$mark")" \
	"$(shown controls.txt normalize -p none -l en)"
for format in text tsv jsonl; do
	same "no control in $format" "" "$(shown controls.txt -f "$format" -l en | tr -d '\n\t\r' | tr -dc '\000-\037\177')"
done
printf 'x\200y\302' >bytes.txt
same "ill-formed bytes too" "x${mark}y${mark}" "$(shown bytes.txt normalize -p none -l en)"
printf 'one\r\ntwo\rthree\r\n' >cr.txt
same "CR only before LF" "one two${mark}three" "$(shown cr.txt normalize -p none -l en | tr -d '\r' | tr '\n' ' ' | sed 's/ $//')"
printf 'one\033\n' >file.txt
run normalize -p none -l en file.txt
same_file "a file gets everything as it is" file.txt "$tmp/out"

printf 'One two three.\n' >en.txt
same "stats: a bar on a terminal" 1 "$(shown en.txt stats -l en | grep -c '^en .*  ########################################$')"
same "stats: the speed on a terminal" 2 "$(shown en.txt stats -l en | grep -cE '^(seconds|MB/s) +[0-9]+\.[0-9]$')"
same "stats: no speed in JSON" 0 "$(shown en.txt stats -l en -f json | grep -c seconds)"
run stats -l en en.txt
same "stats: no speed in a file" 0 "$(grep -cE 'seconds|MB/s' "$tmp/out")"
same "stats: no bar in a file" 0 "$(grep -c '#' "$tmp/out")"

finish
