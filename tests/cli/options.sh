#!/bin/sh
# Commands and options: what is taken, what is refused, and how.
. "${srcdir:-.}/tests/cli/lib.sh"

printf 'One two.\n' >a.txt

# ---- Reports ----

run --help
same "--help: status" 0 "$status"
has "--help: output" "$(cat "$tmp/out")" "Usage: lafz [COMMAND] [OPTION]... [FILE]..."
same "--help: messages" "" "$(cat "$tmp/err")"
run --version
same "--version: status" 0 "$status"
for part in "lafz " ICU utf8proc Unicode key; do
	has "--version names $part" "$(cat "$tmp/out")" "$part"
done
run -h
has "-h" "$(cat "$tmp/out")" "Usage: lafz [COMMAND] [OPTION]... [FILE]..."
run runs a.txt --help
has "--help behind other words" "$(cat "$tmp/out")" "Usage:"

tab=$(printf '\t')
run languages
same "languages: status" 0 "$status"
same "languages: header" "#tag${tab}name${tab}script${tab}support${tab}evidence" "$(head -n 1 "$tmp/out")"
same "languages: five columns" "" "$(awk -F '\t' 'NF != 5' "$tmp/out")"
same "languages: a row" "ps${tab}Pashto${tab}Arab${tab}detected,folded,protected${tab}words,letters" "$(grep '^ps	' "$tmp/out")"
run languages -f tsv -o list
same "languages: to a file" 0 "$status"
same "languages: nothing else is written" "" "$(cat "$tmp/out" "$tmp/err")"
"$LAFZ" languages | cmp -s - list
same "languages: the file is whole" 0 $?

# ---- Commands ----

gives "no command" "One two ." -l en a.txt
gives "tokens" "One two ." tokens -l en a.txt
gives "options behind files" "One two ." a.txt -l en
gives "options before and behind" "one two ." -l en a.txt --view key
gives "long options with =" "One two ." --language=en --format=text a.txt
gives "standard input" "One two ." -l en <a.txt
gives "standard input as -" "One two ." -l en - <a.txt
cp a.txt ./-l
gives "-- ends options" "One two ." -l en -- -l
cp a.txt runs
gives "a command's name as a file" "One two ." tokens -l en runs
gives "a command's name behind an option is a file" "One two ." -l en runs
gives "a language in other case" "One two ." -l EN a.txt
gives "several languages" "One two ." -l en,ps,fa a.txt
gives "the last one counts" "One two ." -f tsv -f text -l ps -l en a.txt
gives "key" "one two ." key -l en a.txt
gives "key with its view" "one two ." key --view key -f text -l en a.txt
gives "view norm" "One two ." --view norm -l en a.txt
gives "view surface" "One two ." --view surface -l en a.txt

for option in "-p none" "-p nfc" "-p standard" "--profile=none" "--rules default" "--rules search" "--rules uax29" \
	"--unwrap" "--on-invalid replace" "--on-invalid drop" "--on-invalid fail" "--on-error skip" \
	"--on-error fail" "--digits ascii" "--digits=native" "--digits keep" "--strip-marks" "--unify-punct" \
	"--zwnj keep" "--zwnj=drop" "--fold ps-inner-yeh" "--fold-confidence 0" "--fold-confidence 1" "--fold-confidence 0.95" "--max-segment 64" \
	"--max-segment 64K" "--max-token 64" "--max-token 16M" "--max-segment 16M" "--max-record 1" "--max-record 1G" "--read-size 1" "--read-size 1M" \
	"-i auto" "-i text" "--input text" "--field x" "--id-field y"; do
	# shellcheck disable=SC2086 # an option and its value
	gives "$option" "One two ." -l en $option a.txt
done

# ---- Wrong use ----

refuses "unknown long option" "unknown option '--bogus'" --bogus a.txt
refuses "unknown long option with a value" "unknown option '--bogus'" --bogus=3 a.txt
refuses "an option with a slip" "unknown option '--frmat'; perhaps '--format'" --frmat tsv a.txt
refuses "an option with two letters swapped" "unknown option '--gpas'; perhaps '--gaps'" --gpas a.txt
refuses "the beginning of several options" "'--max' may be --max-ratio or --max-record" --max=3 a.txt
refuses "an option without a name" "unknown option '--'" --=3 a.txt
refuses "unknown short option" "unknown option '-z'" -z a.txt
refuses "unknown short option among others" "unknown option '-z'" -l en -zf tsv a.txt
refuses "no value, long" "--language: a value is missing" --language
refuses "no value, short" "--format: a value is missing" a.txt -f
refuses "a value too many" "--gaps: takes no value" --gaps=1 a.txt
refuses "unknown format" "'xml' is none of: text, tsv, jsonl, conllu, vrt, spans, arrow, json" -f xml a.txt
refuses "a format's beginning" "'js'" -f js a.txt
refuses "tokens as json" "tokens: the formats are" -f json a.txt
refuses "runs as json" "runs: the formats are" runs -f json a.txt
refuses "normalize as json" "normalize: the formats are" normalize -f json a.txt
refuses "stats as tsv" "stats: the formats are" stats -f tsv a.txt
refuses "stats as jsonl" "stats: the formats are" stats -f jsonl a.txt
refuses "unknown input" "'pdf'" -i pdf a.txt
refuses "unknown profile" "'nfkc'" -p nfkc a.txt
refuses "unknown rules" "'icu'" --rules icu a.txt
refuses "unknown view" "'lemma'" --view lemma a.txt
refuses "unknown on-invalid" "'skip'" --on-invalid skip a.txt
refuses "unknown on-error" "'drop'" --on-error drop a.txt
refuses "unknown digits" "'roman' is none of: ascii, native, keep" --digits roman a.txt
refuses "unknown zwnj" "'on' is none of: keep, drop" --zwnj on a.txt
refuses "unknown language" "'xx'" -l xx a.txt
has "unknown language: where to look" "$(cat "$tmp/err")" "lafz languages"
for pair in pashto:ps Persian:fa dari:fa prs:fa fa-AF:fa en_US:en kurmanji:ku "central kurdish:ckb"; do
	refuses "${pair%:*}, which is ${pair#*:}" "unknown language '${pair%:*}'; perhaps '${pair#*:}'" -l "${pair%:*}" a.txt
	refuses "${pair%:*} to select" "perhaps '${pair#*:}'" --only-lang "${pair%:*}" a.txt
done
for tag in und-AF -- _ "$(printf '%0100d' 0)"; do
	refuses "nothing like $tag" "'; 'lafz languages'" "-l$tag" a.txt
done
refuses "one unknown language of several" "'xx'" -l en,xx a.txt
refuses "und is no choice" "'und'" -l und a.txt
refuses "an empty language" "''" -l "" a.txt
refuses "an empty language among others" "''" -l en,,ps a.txt
refuses "a comma at the end" "''" -l en, a.txt
refuses "too many languages" "more than 32" \
	-l en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en,en a.txt
for value in 0 -1 x 1.5 "" 1T 99999999999 1234567890123 " 1"; do
	refuses "--read-size '$value'" "--read-size" "--read-size=$value" a.txt
done
refuses "--max-segment too small" "not between 64 and 16777216" --max-segment 63 a.txt
refuses "--max-segment too large" "not between 64 and 16777216" --max-segment 16777217 a.txt
refuses "--max-token too small" "--max-token: '63' is not between 64 and 16777216" --max-token 63 a.txt
refuses "--max-token too large" "not between 64 and 16777216" --max-token 16777217 a.txt
refuses "--max-token 0" "not between 64 and 16777216" --max-token 0 a.txt
refuses "--max-record 0" "--max-record" --max-record 0 a.txt
for value in -0.1 1.1 nan inf 0x1 "" . 0.9x 1e0; do
	refuses "--fold-confidence '$value'" "from 0 to 1" "--fold-confidence=$value" a.txt
done
refuses "runs as text" "runs: the formats are" runs -f text a.txt
refuses "normalize as tsv" "normalize: the formats are" normalize -f tsv a.txt
refuses "key as tsv" "key: the format is" key -f tsv a.txt
refuses "key with another view" "key: the view is" key --view norm a.txt
refuses "languages as jsonl" "languages: the format is" languages -f jsonl
refuses "languages of a file" "languages: takes no file" languages a.txt
refuses "an empty name for output" "--output" -o "" a.txt

# ---- The environment ----

export LAFZ_KERNEL
LAFZ_KERNEL=plain
run -f tsv "$top/corpora/mixed-1.txt"
same "LAFZ_KERNEL=plain" 0 "$status"
cp "$tmp/out" "$tmp/plain"
for LAFZ_KERNEL in ssse3 avx2 avx512 neon; do
	run -f tsv "$top/corpora/mixed-1.txt"
	if [ "$status" -eq 0 ]; then
		same_file "LAFZ_KERNEL=$LAFZ_KERNEL" "$tmp/plain" "$tmp/out"
	else
		refuses "LAFZ_KERNEL=$LAFZ_KERNEL" "'$LAFZ_KERNEL'" "$top/corpora/mixed-1.txt"
	fi
done
LAFZ_KERNEL=
gives "LAFZ_KERNEL empty" "One two ." -l en a.txt
LAFZ_KERNEL=abacus
refuses "LAFZ_KERNEL unknown" "abacus" -l en a.txt
unset LAFZ_KERNEL

finish
