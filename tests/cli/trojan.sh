#!/bin/sh
# Text that shows other than it reads ("Trojan Source"): bidi controls are flagged wherever they stand, and are not in norm
# and key; letters of another script that look alike are not taken for the same.
. "${srcdir:-.}/tests/cli/lib.sh"

rlo=$(printf '\342\200\256') pdf=$(printf '\342\200\254') lri=$(printf '\342\201\246') pdi=$(printf '\342\201\251')
zwsp=$(printf '\342\200\213') joiner=$(printf '\342\201\240') a=$(printf '\320\260') lrm=$(printf '\342\200\216') alm=$(printf '\330\234')

# flagged NAME TEXT: in all tokens and gaps of the text together, each control is in one with the flag, and in no norm or key.
flagged()
{
	printf '%s\n' "$2" >in.txt
	run -f tsv --gaps -l en in.txt
	same "$1: status" 0 "$status"
	same "$1: a bidi control without the flag" "" \
		"$(awk -F '\t' "\$10 ~ /$rlo|$pdf|$lri|$pdi|$lrm|$alm/ && \$14 !~ /bidi/" "$tmp/out")"
	same "$1: the flag without a bidi control" "" \
		"$(awk -F '\t' "\$10 !~ /$rlo|$pdf|$lri|$pdi|$lrm|$alm/ && \$14 ~ /bidi/" "$tmp/out")"
	same "$1: is flagged" yes "$(awk -F '\t' '$14 ~ /bidi/ { print "yes"; exit }' "$tmp/out")"
	same "$1: a control in the norm of a token" "" "$(awk -F '\t' "\$9 != \"space\" && \$11 ~ /$rlo|$pdf|$lri|$pdi|$lrm|$alm|$joiner/" "$tmp/out")"
	same "$1: a control in the key of a token" "" \
		"$(awk -F '\t' "\$9 != \"space\" && \$12 ~ /$rlo|$pdf|$lri|$pdi|$lrm|$alm|$joiner/" "$tmp/out")"
}

flagged "a string that is stretched" "if (level != \"user$rlo $lri// Check if admin$pdi $lri\") {"
flagged "code that is a comment" "/*$rlo } ${lri}if (is_admin)$pdi $lri begin admins only */"
flagged "an early return" "'''Subtract money from the account then ${lri}return$pdi;'''"
flagged "an override inside a word" "ex${rlo}cod${pdf}e file.${rlo}gpj.exe"
flagged "marks and letters of both directions" "a${lrm}b $alm c"
flagged "at the ends of a line" "${rlo}one$pdi"

printf 'int%sern say%shello\n' "$joiner" "$zwsp" >in.txt
run key -l en in.txt
same "invisible characters in words: the key" "intern sayhello" "$(cat "$tmp/out")"
printf 'p%sypal scope\n' "$a" >in.txt
run -f tsv -l en in.txt
same "a letter that looks alike: split or flagged" yes \
	"$(awk -F '\t' -v a="$a" '$10 == a || $14 ~ /mixed/ { print "yes"; exit }' "$tmp/out")"
same "a letter that looks alike: another key" "" "$(awk -F '\t' '$12 == "paypal"' "$tmp/out")"

finish
