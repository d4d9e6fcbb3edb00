#!/bin/sh
# Every option with every command and format: it does something there, or is refused. And options that exclude each other.
. "${srcdir:-.}/tests/cli/lib.sh"

printf 'KABUL: \331\203\330\252\330\247\330\250 12.\n' >a.txt
mkdir folder
cp a.txt folder
"$LAFZ" -f jsonl a.txt >gold.jsonl
"$LAFZ" normalize --map map -o norm.txt a.txt
printf 'KABUL: 12.\n' >ascii.txt

# What stands for the files of each command, and its formats. A letter of a row below is one of these, in this order.
columns="tokens|-f text;tokens|-f tsv;tokens|-f jsonl;tokens|-f conllu;tokens|-f vrt;tokens|-f spans;tokens|-f arrow
runs|-f tsv;runs|-f jsonl
normalize|;normalize|-f text;normalize|-f jsonl
key|-f text
languages|
stats|-f text;stats|-f json;stats|-f html
verify|
count|-f tsv;count|-f jsonl
view|-f text;view|-f html
diff|"
columns=$(echo "$columns" | tr ';' '\n')

# An option with its value, and + for each column that it goes with. The blanks part commands.
table='
--against gold.jsonl       ------- -- --- - - --- - -- ++ -
--color always             ------- -- --- - - --- - -- +- -
--compact                  --+--+- -- --- - - --- - -- -- -
--digits ascii             +++++-+ -- +++ + - +++ - ++ ++ -
--drop-kind url            +++-+-+ -- --- + - --- - ++ -- -
--encoding windows-1256    +++++-+ ++ +++ + - +++ - ++ ++ -
--explain                  --+---- -- --- - - --- - -- -- -
--field body               +++++++ ++ +++ + - +++ - ++ ++ -
--fold ps-inner-yeh        +++++-+ -- +++ + - +++ - ++ ++ -
--fold-confidence 0        +++++-+ -- +++ + - +++ - ++ ++ -
--gaps                     -++---+ -- --- - - --- - -- -- -
--gold gold.jsonl          ------- -- --- - - --- - -- ++ -
--id-field url             +++++++ ++ +++ + - +++ - ++ ++ -
--input text               +++++++ ++ +++ + - +++ - ++ ++ -
--jobs 2                   +++++++ ++ +++ + - +++ - ++ ++ -
--keep-fields              --+---- -- +-+ - - --- - -- -- -
--kinds word               ------- -- --- - - --- - ++ -- -
--language fa              +++++++ ++ +++ + - +++ - ++ ++ -
--lower                    +++++-+ -- +++ + - +++ - ++ ++ -
--map new.map              ------- -- +++ - - --- - -- -- -
--mask-kind url=U          +++-+-+ -- --- + - --- - ++ -- -
--max-ratio 10             +++++++ ++ +++ + - +++ - ++ ++ -
--max-record 1K            +++++++ ++ +++ + - +++ + ++ ++ +
--max-segment 64           +++++++ ++ +++ + - +++ - ++ ++ -
--max-token 64             +++++++ ++ +++ + - +++ - ++ ++ -
--memory 1M                ------- -- --- - - --- - ++ -- -
--min-confidence 0.5       +++-+-+ ++ --- + - --- - ++ -- -
--mwt                      --++--- -- --- - - --- - -- -- -
--on-error fail            +++++++ ++ +++ + - +++ - ++ ++ -
--on-invalid drop          +++++++ ++ +++ + - +++ - ++ ++ -
--only-lang en,fa          +++-+-+ ++ --- + - --- - ++ -- -
--output out               +++++++ ++ +++ + + +++ - ++ ++ -
--profile nfc              +++++++ ++ +++ + - +++ - ++ ++ -
--progress                 +++++++ ++ +++ + - +++ - ++ ++ -
--read-size 1              +++++++ ++ +++ + - +++ + ++ ++ +
--recursive                +++++++ ++ +++ + - +++ - ++ ++ -
--resume                   ------- -- --- - - --- - -- -- -
--rules search             +++++++ ++ +++ + - +++ - ++ ++ -
--shard-size 1K            +++++++ ++ +++ + - --- - -- -- -
--split-by-lang            +++---- ++ --- + - --- - -- -- -
--strip-marks              +++++-+ -- +++ + - +++ - ++ ++ -
--top 3                    ------- -- --- - - --- - ++ -- -
--unify-punct              +++++-+ -- +++ + - +++ - ++ ++ -
--unwrap                   +++++++ ++ +++ + - +++ - ++ ++ -
--utf16                    -----+- -- --- - - --- - -- -- -
--value                    --+---- -- --- - - --- - -- -- -
--view key                 +---+-- -- --- + - --- - ++ ++ -
--zwnj drop                +++++-+ -- +++ + - +++ - ++ ++ -
'

# files_of COMMAND OPTION: sets files, and more: what else the option wants
files_of()
{
	files=a.txt more=
	case $1 in
	languages) files= ;;
	verify) files="a.txt norm.txt map" ;;
	diff) files="gold.jsonl gold.jsonl" ;;
	esac
	case $2 in
	--recursive) [ "$files" = a.txt ] && files=folder ;;
	--shard-size) more="-o part-%d" ;;
	--split-by-lang) more="-o lang-%s" ;;
	--encoding) [ "$files" = a.txt ] && files=ascii.txt ;;
	esac
}

# suits OPTION-WITH-VALUE MARKS
suits()
{
	rest=$2
	for column in $(echo "$columns" | tr ' ' '_'); do
		mark=${rest%"${rest#?}"}
		rest=${rest#?}
		command=${column%%|*} format=$(echo "${column#*|}" | tr '_' ' ')
		files_of "$command" "${1%% *}"
		# shellcheck disable=SC2086 # options are words
		run $command $format $1 $more $files </dev/null
		expected="+ 0 "
		[ "$mark" = + ] || expected="- 2 yes"
		message=
		grep -qF -e "${1%% *}" -e "$command: has no -o" "$tmp/err" && message=yes
		[ "$mark" = + ] && message=
		same "$command $format $1: status, a message that names it" "$expected" "$mark $status $message"
		[ "$mark" = + ] || same "$command $format $1: nothing is written" "" "$(cat "$tmp/out")"
	done
	same "$1: as many marks as columns" "" "$rest"
}
echo "$table" | grep . >rows
while read -r option value marks; do
	case $value in
	[-+][-+]*)
		marks="$value $marks"
		value=
		;;
	esac
	suits "$option${value:+ $value}" "$(echo "$marks" | tr -d ' ')"
done <rows

# Every option of the summary is in the table, but those that go with everything.
"$LAFZ" --help | grep -o -e '--[a-z][a-z0-9-]*' | sort -u >named
awk '{ print $1 }' rows | sort -u >listed
same "no option is missing" "--format --help --sandbox --version" "$(sort named listed listed | uniq -u | tr '\n' ' ' | sed 's/ $//')"

# ---- Two options ----

# excluded PART COMMAND-LINE
excluded()
{
	# shellcheck disable=SC2086 # words
	refuses "$2" "$1" $2 a.txt
}
for profile in none nfc; do
	for option in "--digits ascii" "--fold ps-inner-yeh" "--fold-confidence 0" --lower --strip-marks --unify-punct "--zwnj drop"; do
		excluded "${option%% *}: needs the profile standard" "-p $profile $option"
	done
done
for option in "--digits ascii" --lower --strip-marks --unify-punct "--zwnj drop"; do
	excluded "${option%% *}: changes norms" "--view surface $option"
	excluded "${option%% *}: changes norms" "count --view surface $option"
	run key $option a.txt
	same "key $option: status" 0 "$status"
done
for input in text conllu warc; do
	excluded "--field: needs records of JSON" "-i $input --field x"
	excluded "--id-field: needs records of JSON" "-i $input --id-field x"
done
for input in text conllu; do
	excluded "--keep-fields: needs records" "-f jsonl -i $input --keep-fields"
done
for input in jsonl conllu; do
	excluded "--encoding: is for text and warc" "-i $input -e windows-1256"
done
excluded "--utf16: not with --compact" "-f spans --compact --utf16"
excluded "one of them" "view --gold gold.jsonl --against gold.jsonl"
excluded "--resume: needs --shard-size" "-o out --resume"
excluded "--mask-kind: masks norms and keys" "--view surface --mask-kind url=U"
excluded "--explain: not with --mask-kind" "-f jsonl --explain --mask-kind url=U"
excluded "--gaps: not with" "-f tsv --gaps --drop-kind url"
excluded "url: is both dropped and masked" "--drop-kind url --mask-kind url=U"
excluded "--shard-size: a map is of one file" "normalize --shard-size 1K --map m -o out-%d"

finish
