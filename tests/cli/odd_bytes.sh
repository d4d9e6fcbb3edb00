#!/bin/sh
# Input that is not plain text: nothing, NUL, byte order marks, every line end, ill-formed bytes, one endless line.
. "${srcdir:-.}/tests/cli/lib.sh"

mark=$(printf '\357\277\275')

for arguments in "" "-f jsonl" "runs -f jsonl" normalize key; do
	# shellcheck disable=SC2086 # several arguments, or none
	run $arguments </dev/null
	same "empty input, $arguments" "0  " "$status $(cat "$tmp/out") $(cat "$tmp/err")"
done

printf 'a\000b\n' >nul.txt
printf 'a \000 b\n' >expected
run -l en nul.txt
same "NUL: status" 0 "$status"
same_file "NUL" expected "$tmp/out"
run normalize -l en nul.txt
same_file "NUL: normalize" nul.txt "$tmp/out"
run -f jsonl -l en nul.txt
has "NUL: JSON" "$(cat "$tmp/out")" '"surface":"\u0000"'

printf '\357\273\277One.\n' >bom.txt
gives "a byte order mark is a gap" "One ." -l en bom.txt
run -f tsv -l en bom.txt
same "a byte order mark counts: bytes and characters" "3 6 1 4" \
	"$(awk -F '\t' 'NR == 2 { print $1, $2, $3, $4 }' "$tmp/out")"

# LF, CRLF, CR, VT, FF, U+0085, U+2028; then a blank line of CRs and LFs.
printf 'a\nb\r\nc\rd\ve\ff\302\205g\342\200\250h\r\n\r\ni\342\200\251j\n' >ends.txt
gives "line ends" "a
b
c
d
e
f
g
h

i

j" -l en ends.txt

printf 'a \377\n' >bad.txt
run normalize -l en bad.txt
same "ill-formed, normalize" "a $mark" "$(cat "$tmp/out")"
run normalize -l en --on-invalid drop bad.txt
same "ill-formed, dropped" "a " "$(cat "$tmp/out")"
run -f tsv -l en --on-invalid drop bad.txt
same "ill-formed, dropped: the surface shows it" "$mark  repaired" \
	"$(awk -F '\t' 'NR == 3 { print $10, $11, $14 }' "$tmp/out")"
printf 'One.\nTwo \377 three.\nFour.\n' >fail.txt
run -l en --on-invalid fail fail.txt
same "ill-formed, fail: status" 1 "$status"
same "ill-formed, fail: what was before" "One ." "$(cat "$tmp/out")"
same "ill-formed, fail: message" "lafz: fail.txt: ill-formed UTF-8 at byte 9" "$(cat "$tmp/err")"
run normalize -p none -l en bad.txt
same_file "ill-formed, no profile: as it is" bad.txt "$tmp/out"
for view in surface norm key; do
	run -l en -p none --view "$view" bad.txt
	same "ill-formed, no profile: text is UTF-8 in view $view" "a $mark" "$(cat "$tmp/out")"
done

awk 'BEGIN { for (i = 0; i < 30000; i++) printf "word "; for (i = 0; i < 200000; i++) printf "x" }' >line.txt
run -f tsv -l en line.txt
same "an endless line: status" 0 "$status"
same "an endless line: nothing is lost" 350000 "$(awk -F '\t' 'NR > 1 { last = $2 } END { print last }' "$tmp/out")"
run normalize -l en line.txt
same_file "an endless line: normalize" line.txt "$tmp/out"
# Its beginning: with sanitizers it has tens of megabytes.
head -c 2000000 "$LAFZ" >program
run -f jsonl program
same "a program as text" 0 "$status"

finish
