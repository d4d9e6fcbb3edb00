#!/bin/sh
# The options that say how norm is made: --digits, --lower, --strip-marks, --unify-punct, --zwnj, --fold, -p FILE.
. "${srcdir:-.}/tests/cli/lib.sh"

# normal NAME EXPECTED TEXT OPTION...: the text as one line, normalised.
normal()
{
	normal_name=$1
	normal_expected=$2
	printf '%s\n' "$3" >in.txt
	shift 3
	gives "$normal_name" "$normal_expected" normalize "$@" in.txt
}

mixed='۱۲ و 34 و ٥٦'
normal "digits stay" "$mixed" "$mixed" -l fa
normal "--digits keep" "$mixed" "$mixed" -l fa --digits keep
normal "--digits ascii" '12 و 34 و 56' "$mixed" -l fa --digits ascii
normal "--digits native, fa" '۱۲ و ۳۴ و ۵۶' "$mixed" -l fa --digits native
normal "--digits native, ckb" '١٢ و ٣٤ و ٥٦' "$mixed" -l ckb --digits native
normal "--digits native, ur" '12 و 34 و 56' "$mixed" -l ur --digits native
normal "--digits, the last one counts" "$mixed" "$mixed" -l fa --digits ascii --digits keep
normal "--lower" 'kabul straße ß' 'KABUL Straße ẞ' -l en --lower
normal "--lower, tr" 'ığdır istanbul' 'IĞDIR İSTANBUL' -l tr --lower
normal "upper case stays" 'KABUL' 'KABUL' -l en
normal "--strip-marks" 'كتاب محمد' 'كِتَابٌ مُحَمَّد' -l ar --strip-marks
normal "marks stay" 'كِتَابٌ مُحَمَّد' 'كِتَابٌ مُحَمَّد' -l ar
normal "--unify-punct" '"سلام", چطوری? "a" - b' '«سلام»، چطوری؟ “a” – b' -l fa --unify-punct
normal "punctuation stays" '«سلام»، چطوری؟ “a” – b' '«سلام»، چطوری؟ “a” – b' -l fa
normal "--zwnj drop" 'میخواهم' 'می‌خواهم' -l fa --zwnj drop
normal "--zwnj keep" 'می‌خواهم' 'می‌خواهم' -l fa --zwnj keep
normal "without --fold" 'ليک' 'ليک' -l ps
normal "--fold" 'لیک' 'ليک' -l ps --fold ps-inner-yeh
normal "--fold, a list" 'لیک' 'ليک' -l ps --fold ps-kaf,ps-inner-yeh
normal "--fold, twice" 'لیک' 'ليک' -l ps --fold ps-inner-yeh --fold ps-kaf
normal "--fold elsewhere" 'ليك' 'ليک' -l ar --fold ps-inner-yeh
for profile in nfc none; do
	for option in --lower "--digits ascii" --unify-punct "--zwnj drop" --strip-marks "--fold ps-kaf" "--fold-confidence 0"; do
		# shellcheck disable=SC2086 # an option and its value
		refuses "-p $profile $option" "${option%% *}: needs the profile standard" normalize -p "$profile" $option
	done
done

printf 'KABUL كتاب\n' >in.txt
gives "tokens" "kabul كتاب" --lower -l en in.txt
refuses "there is no norm" "--lower: changes norms" --lower -l en --view surface in.txt
"$LAFZ" -f tsv --lower -l en in.txt | cut -f 10,11 | tail -n +2 | tr '\t\n' '= ' >out
same "the surface stays" "KABUL=kabul كتاب=كتاب " "$(cat out)"
gives "the key stays" "kabul کتاب" key --strip-marks --digits native -l en in.txt
refuses "runs" "--lower: changes norms" runs --lower in.txt
printf '{"id":"a","text":"KABUL"}\n' >in.jsonl
gives "records" '{"doc":"a","text":"kabul"}' normalize --lower -l en in.jsonl

refuses "an unknown rule" "there is no rule 'ps-outer-yeh'" --fold ps-outer-yeh in.txt
refuses "an unknown rule of several" "there is no rule 'x'" --fold ps-inner-yeh,x in.txt
refuses "an empty rule" "--fold: a name is empty" --fold "" in.txt
refuses "an empty rule of several" "--fold: a name is empty" --fold ps-inner-yeh, in.txt
refuses "--lower with a value" "--lower: takes no value" --lower=1 in.txt
refuses "--digits without a value" "--digits: a value is missing" --digits

# ---- Tables of one's own ----

printf '# mine\nlanguage\tfa\n0643\tany\t06AF\tname=my-kaf\tto test\n0628\tany\t067E\tname=my-beh,off,force\tto test\n' >my.fold
normal "-p FILE" 'گتاب علي' 'كتاب علي' -l fa -p my.fold
normal "-p FILE, another language" 'كتاب' 'کتاب' -l ar -p my.fold
normal "-p FILE with --fold" 'گتاپ' 'كتاب' -l fa -p my.fold --fold my-beh
normal "-p FILE with a switch" 'گتاب kabul' 'كتاب KABUL' -l fa,en -p my.fold --lower --fold-confidence 0
normal "a file of a profile's name" 'کتاب' 'كتاب' -l fa -p my.fold -p standard
normal "-p FILE after a profile" 'گتاب' 'كتاب' -l fa -p none -p ./my.fold
normal "-p /dev/null" 'کتاب' 'كتاب' -l fa -p /dev/null
refuses "--fold of the built-in tables" "there is no rule 'my-beh'" --fold my-beh in.txt
refuses "--fold of a language that the tables replace" "there is no rule 'fa-kaf'" -p my.fold --fold fa-kaf in.txt

# bad NAME PART LINE: tables whose second line is this one are refused.
bad()
{
	printf 'language\tfa\n%b\n' "$3" >bad.fold
	run -p bad.fold in.txt
	same "tables: $1: status" 2 "$status"
	same "tables: $1: message" "lafz: bad.fold: line 2: $2" "$(cat "$tmp/err")"
	same "tables: $1: output" "" "$(cat "$tmp/out")"
}

bad "fields" "not five or six fields with one tab between two of them" '0643\tany\t06A9'
bad "no name" "a row without a name" '0643\tany\t06A9\t-\tto test'
bad "a context" "an unknown context" '0643\tsomewhere\t06A9\tname=x\tto test'
bad "harm" "a row that changes the language's own letters without the flag force" '0628\tany\t067E\tname=x\tto test'
bad "a language twice" "a language that was named before" 'language\tfa'
bad "a language" "an unknown language" 'language\txx'
bad "ill-formed" "bytes that are not UTF-8" '0643\tany\t06A9\tname=x\t\0377'
awk 'BEGIN { for (i = 0; i < 300000; i++) print "# a comment" }' >long.fold
run -p long.fold in.txt
same "tables: too long" "2 lafz: long.fold: more than 1,048,576 bytes" "$status $(cat "$tmp/err")"
refuses "no such file" "'nfkc' is none of: none, nfc, standard, and as a file: No such file" -p nfkc in.txt
refuses "a folder" "as a file: Is a directory" -p . in.txt
refuses "an empty name" "--profile: the name is empty" -p "" in.txt

finish
