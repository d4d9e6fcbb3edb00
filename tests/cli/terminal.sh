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
# The other formats and commands, and what comes from elsewhere than the text: names and records, in messages too.
# On a terminal that knows no sequences, so that those that redraw the line of progress are not in the way.
esc=$(printf '\033')
bell=$(printf '\007')
none()
{
	same "no control: $*" "" "$(TERM=dumb script -qec "'$LAFZ' $*" /dev/null </dev/null | tr -d '\n\t\r' | tr -dc '\000-\037\177')"
}
printf '{"id":"\\u001b[31m","text":"a\\u001b]0;x\\u0007 b","\\u009b":"\177"}\n{"id":"\\u001b","text":1}\n\033\n' >c.jsonl
printf '# newdoc id = \033[31m\n# text = a\033b\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n' >c.conllu
printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: \033[1m\r\nContent-Length: 3\r\n\r\na\033b\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: \033\r\n\r\n' >c.warc
cp controls.txt "name$esc[31m$bell.txt"
for format in conllu vrt spans arrow jsonl tsv text; do
	none -f "$format" -l en controls.txt
	none -f "$format" -l en c.jsonl c.conllu c.warc
	none -f "$format" -l en "'name$esc[31m$bell.txt'"
done
for command in runs key normalize count stats "stats -f json" "runs -f jsonl" "count -f jsonl" "normalize -f jsonl" "tokens -f jsonl --keep-fields"; do
	none "$command" -l en controls.txt c.jsonl
done
none "'missing$esc[31m.txt'"
none "--mask-kind 'x$esc=y'" controls.txt
none "-f '$esc[31m'" controls.txt
none "-e '$esc[31m'" controls.txt
none "-p '$esc[31m'" controls.txt
none "--only-lang '$esc[31m'" controls.txt
none "'--$esc[31m'" controls.txt
none "-o '/nonexistent$esc/x'" controls.txt
none "-o /dev/tty -f tsv" controls.txt
none "normalize --map /dev/tty -o /dev/null" controls.txt
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
