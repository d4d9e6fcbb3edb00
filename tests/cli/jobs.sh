#!/bin/sh
# -j: the same bytes, messages and status as without workers.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$top/tests/cli/jobs_lib.sh"

# ---- Texts ----

make_mixed >mixed.txt
sed 's/$/\r/' mixed.txt >crlf.txt
# one long paragraph, lines of all lengths
grep -v '^[[:space:]]*$' mixed.txt >paragraph.txt
# a line without end, and one in the middle
tr '\n' ' ' <mixed.txt >endless.txt
{ cat mixed.txt; cat endless.txt; printf '\n\n'; cat mixed.txt; } >inside.txt
# ill-formed bytes, NUL and invisible controls at line ends, other line ends
awk 'BEGIN { split("\377 \302 \342\200 \360\237 \342\200\213 \342\200\216 \314\201 \330\234 \342\200\250 \342\200\251 \302\205 \013 \302\240", odd, " ") }
	{ print $0 (NR % 3 ? "" : odd[NR % 13 + 1]) } NR % 97 == 0 { print "\342\200\213" } NR % 89 == 0 { print "" }' mixed.txt >odd.txt
for turn in 1 2 3 4 5 6 7 8; do
	cat mixed.txt odd.txt
done >large.txt
# hardly anything but lines that nothing can be cut behind
{ cat mixed.txt; yes '   ' | head -n 100000; cat mixed.txt; } >blank.txt
{ cat mixed.txt; yes "$(printf '\342\200\213')" | head -n 70000; cat mixed.txt; } >controls.txt
printf '' >empty.txt
printf 'no line end' >short.txt

for text in large mixed crlf paragraph endless inside odd blank controls empty short; do
	both "$text tsv" -f tsv "$text.txt"
done
for text in mixed odd inside; do
	both "$text text" "$text.txt"
	both "$text surface" --view surface "$text.txt"
	both "$text jsonl" -f jsonl --gaps --explain --mwt --value "$text.txt"
	both "$text conllu" -f conllu --mwt "$text.txt"
	both "$text unwrap" --unwrap -f tsv --gaps "$text.txt"
	both "$text unwrap, conllu" --unwrap -f conllu "$text.txt"
	both "$text drop" --on-invalid drop --view norm "$text.txt"
done
both "crlf unwrap" --unwrap -f jsonl crlf.txt
both "blank unwrap" --unwrap -f conllu blank.txt
both "controls, gaps" --gaps -f tsv controls.txt
both "small segments" --max-segment 64 -f tsv mixed.txt
both "uax29" --rules uax29 -f tsv --gaps odd.txt
both "one language" -l ps -f tsv mixed.txt
# Formats that the main thread writes; compressed input that is cut off.
for format in vrt spans "spans --utf16" "spans --compact" arrow "arrow --gaps" "jsonl --compact"; do
	for text in mixed odd inside blank; do
		# shellcheck disable=SC2086 # two words
		both "$text $format" -f $format "$text.txt" short.txt
	done
done
# blocks of text are longer
for lang in "" "-l fa" "-l en,ps"; do
	# shellcheck disable=SC2086 # two words
	both "large text $lang" -f text $lang large.txt odd.txt
done
# Long blocks, each with more output than is collected before a worker waits for its turn
head -c 2000000 large.txt >middle.txt
LAFZ_JOBS="2 4" both "large jsonl" -f jsonl middle.txt odd.txt middle.txt
LAFZ_JOBS=2 both "large jsonl, one language" -l fa -f jsonl middle.txt
LAFZ_JOBS=2 both_command normalize -f jsonl middle.txt
gzip -c mixed.txt >mixed.gz
both "compressed" -f tsv mixed.gz part1.txt
head -c 5000 mixed.gz >cut.gz
both "cut off" -f tsv cut.gz part1.txt
both "candidates" -l ps,fa,en -f tsv mixed.txt
both "small reads" --read-size 4099 -f tsv mixed.txt

for text in odd inside; do
	both_command runs "$text.txt"
	both_command runs -f jsonl --unwrap "$text.txt"
	both_command normalize "$text.txt"
	both_command normalize -f jsonl "$text.txt"
	both_command key "$text.txt"
	both_command stats "$text.txt"
	both_command stats -f json mixed.txt "$text.txt" short.txt
done
for text in odd inside; do
	both_command count "$text.txt" short.txt
	both_command count --view surface -f jsonl --memory 64K "$text.txt"
	"$LAFZ" normalize --map map.one -o norm.one "$text.txt"
	"$LAFZ" normalize -j 3 --map map.three -o norm.three "$text.txt"
	same "map of $text, -j 3" 0 $?
	same_file "map of $text, -j 3" map.one map.three
	same_file "its text" norm.one norm.three
done

# ---- Several files, failures ----

for n in 1 2 3 4 5 6 7 8 9; do
	head -c $((n * 7000)) mixed.txt >"part$n.txt"
done
both "many files" -f text part?.txt mixed.txt short.txt empty.txt part1.txt
both "many files, conllu" -f conllu part?.txt empty.txt
{ cat mixed.txt; printf 'a \377 b\n'; cat mixed.txt; } >bad.txt
{ cat endless.txt; printf ' \377 b\n'; cat mixed.txt; } >bad_line.txt
for format in text tsv conllu; do
	both "ill-formed $format" --on-invalid fail -f "$format" mixed.txt bad.txt part1.txt bad_line.txt part2.txt
done
{ cat middle.txt; printf 'a \377 b\n'; cat middle.txt; } >large_bad.txt
for format in text jsonl; do
	LAFZ_JOBS="2 3" both "ill-formed large $format" --on-invalid fail -f "$format" mixed.txt large_bad.txt part1.txt
done
LAFZ_JOBS="2 3" both_command normalize --on-invalid fail -f jsonl large_bad.txt part1.txt
both_command normalize --on-invalid fail bad.txt part1.txt
both_command stats --on-invalid fail bad.txt part1.txt
both "missing file" --on-invalid fail bad.txt missing.txt part1.txt . bad.txt
both "file and conllu" -f tsv part1.txt - part2.txt </dev/null

run -j 3 -o whole.txt --on-invalid fail mixed.txt bad.txt part1.txt
same "-o and a failure: status" 1 "$status"
same "-o and a failure: no file" "no" "$([ -e whole.txt ] && echo yes || echo no)"
run -j 3 -o whole.tsv -f tsv mixed.txt part1.txt
"$LAFZ" -f tsv mixed.txt part1.txt >"$tmp/one"
same_file "-o" "$tmp/one" whole.tsv

# Workers read the middle of a file: standard input that is one, and was read before; several of them; a line that is too long for a cut
{ dd bs=1 count=70001 >"$tmp/head" 2>/dev/null && "$LAFZ" -f tsv; } <large.txt >"$tmp/one"
{ dd bs=1 count=70001 >"$tmp/head" 2>/dev/null && "$LAFZ" -j 2 -f tsv; } <large.txt >"$tmp/out"
same_file "the rest of a file" "$tmp/one" "$tmp/out"
{ cat middle.txt; head -c 700000 large.txt | tr '\n' ' '; printf '\n'; cat middle.txt; } >long_line.txt
LAFZ_JOBS="2 4" both "a long line" -f text long_line.txt
LAFZ_JOBS=2 both "several large files" -f text --unwrap middle.txt long_line.txt middle.txt part1.txt middle.txt

# ---- Records ----

awk '{ gsub(/[\\"\001-\037]/, " "); printf "{\"id\":\"r%d\",\"text\":\"%s\"}\n", NR, $0 }
	NR % 50 == 0 { print "" } NR % 400 == 0 { print "{\"id\":1,\"text\":\"cut" } NR % 700 == 0 { print "{\"text\":7}" }' mixed.txt >records.jsonl
grep -v -e cut -e ':7}' records.jsonl >good.jsonl
for format in text tsv jsonl conllu; do
	both "records $format" -f "$format" records.jsonl
	both "good records $format" -f "$format" good.jsonl mixed.txt good.jsonl
	both "records $format, fail" -f "$format" --on-error fail good.jsonl records.jsonl part1.txt
done
both "long records" --max-record 300 -f tsv records.jsonl
both_command normalize records.jsonl
both_command normalize -f text records.jsonl
both_command runs records.jsonl
both_command stats records.jsonl good.jsonl
both "ill-formed record" --on-invalid fail -i jsonl -f tsv good.jsonl bad.txt good.jsonl
"$LAFZ" -f conllu part1.txt >parts.conllu
both "conllu between" -f tsv part2.txt parts.conllu part3.txt

both "kept fields" -f jsonl --keep-fields records.jsonl good.jsonl
both "records vrt" -f vrt records.jsonl mixed.txt good.jsonl
both "records spans" -f spans records.jsonl
both "records arrow" -f arrow good.jsonl mixed.txt
both "records arrow, ill-formed" --on-invalid fail -i jsonl -f arrow good.jsonl bad.txt good.jsonl
both_command count --top 50 records.jsonl mixed.txt
both_command key --only-lang ps,fa records.jsonl mixed.txt

# Records that are too long for a worker, alone and among others.
awk '{ gsub(/[\\"\001-\037]/, " "); text = text $0 "\\n" } END { for (i = 0; i < 12; i++) printf "%s", text }' mixed.txt >body
{
	head -n 500 good.jsonl
	printf '{"id":"long","more":[1, 2],"text":"%s"}\n' "$(cat body)"
	head -n 10 records.jsonl
	printf '{"id":"broken","text":"%s\n' "$(cat body)"
	head -n 900 good.jsonl
} >long.jsonl
for format in text jsonl spans; do
	both "long records, $format" -f $format long.jsonl mixed.txt
done
both "long records, kept fields" -f jsonl --keep-fields long.jsonl
both "long records, fail" -f tsv --on-error fail long.jsonl

# ---- WARC ----

{
	warc_of warcinfo short.txt
	for turn in 1 2 3 4; do
		for n in 1 2 3 4 5 6 7 8 9; do
			warc_of conversion part$n.txt
			[ "$n" = 4 ] && warc_of response part1.txt
		done
		[ $turn = 2 ] && warc_of conversion paragraph.txt
		[ $turn = 3 ] && warc_of conversion part3.txt | sed 's/^Content-Length: ./Content-Length: 1/'
	done
} >pages.wet
for format in text tsv jsonl conllu vrt spans arrow; do
	both "warc $format" -f $format pages.wet mixed.txt pages.wet
done
both "warc, kept fields" -f jsonl --keep-fields pages.wet
both "warc, long" --max-record 30000 -f tsv pages.wet mixed.txt
both "warc, fail" --on-error fail -f tsv pages.wet mixed.txt
both "warc, encoding" -e windows-1256 -f tsv pages.wet mixed.txt
both "warc, encoding, arrow" -e windows-1256 -f arrow pages.wet
both_command stats pages.wet records.jsonl
both_command count pages.wet
both_command normalize --keep-fields pages.wet
gzip -c pages.wet >pages.wet.gz
both "warc in gzip" -f tsv pages.wet.gz records.jsonl
head -c 70000 pages.wet.gz >cut.wet.gz
both "warc in gzip, cut off" -f tsv cut.wet.gz records.jsonl

# ---- Many files ----

# folders NAME ARGUMENT...: the files named by -o are the same.
folders()
{
	folders_name=$1
	shift
	for jobs in 1 2 5; do
		rm -rf "many.$jobs"
		mkdir "many.$jobs"
		(cd "many.$jobs" && "$LAFZ" -j $jobs "$@" 2>../many.err.$jobs)
		same "$folders_name, -j $jobs: status" 3 $?
		same_file "$folders_name, -j $jobs: messages" many.err.1 many.err.$jobs
		same "$folders_name, -j $jobs: files" "" "$(diff -r --exclude='.*' many.1 many.$jobs | head -n 3 | cut -c 1-200)"
	done
	same "$folders_name: there are files" yes "$([ "$(ls many.1 | wc -l)" -gt 3 ] && echo yes)"
}
for format in text tsv jsonl vrt conllu arrow; do
	folders "shards of $format" -f $format --shard-size 300K -o out-%03d ../mixed.txt ../pages.wet ../records.jsonl ../inside.txt
done
folders "shards of records" -f jsonl --keep-fields --shard-size 50K -o out-%03d.gz ../records.jsonl ../pages.wet
for format in text tsv jsonl; do
	folders "languages of $format" -f $format --split-by-lang -o out-%s ../mixed.txt ../pages.wet ../records.jsonl
done

# ---- Pipes ----

# What has come is written before the next read that would block.
mkfifo in out
"$LAFZ" -j 4 -f text <in >out &
exec 3>in 4<out
printf 'First line.\n' >&3
read -r line <&4
same "answer to a line" "First line ." "$line"
printf '   \nAnother ' >&3
printf 'one.\n' >&3
read -r line <&4
same "answer: the empty line" "" "$line"
read -r line <&4
same "answer to another line" "Another one ." "$line"
exec 3>&-
wait $!
same "status at the end" 0 $?
exec 4<&-
"$LAFZ" -j 4 -f text -i warc <in >out &
exec 3>in 4<out
warc_of conversion short.txt >&3
read -r line <&4
same "answer to a record of warc" "no line end" "$line"
warc_of conversion part1.txt | head -c 300 >&3
exec 3>&-
cat <&4 >/dev/null
wait $!
same "status of a record that is cut off" 3 $?
exec 4<&-
cat mixed.txt odd.txt | "$LAFZ" -f tsv >"$tmp/one"
{ head -c 100001 mixed.txt; cat mixed.txt | tail -c +100002 | dd bs=777 2>/dev/null; cat odd.txt; } | "$LAFZ" -j 3 -f tsv >"$tmp/out"
same_file "a slow pipe" "$tmp/one" "$tmp/out"

# A worker that writes by turns meets a pipe that nobody reads any more.
"$LAFZ" -j 2 -f jsonl middle.txt >out 2>"$tmp/err" &
pid=$!
head -c 100 <out >"$tmp/out"
wait $pid
same "a closed pipe" "141 0 100" "$? $(wc -c <"$tmp/err") $(wc -c <"$tmp/out")"

# A signal keeps what is whole.
rm -f "$tmp/out"
"$LAFZ" -j 2 -f text <in >"$tmp/out" &
pid=$!
exec 3>in
printf 'One.\nTwo.\nThr' >&3
while [ ! -s "$tmp/out" ]; do sleep 0.01; done
kill -TERM $pid
wait $pid
same "dies of the signal" 143 $?
exec 3>&-
same "what is whole" "One .
Two ." "$(cat "$tmp/out")"

# ---- Wrong use ----

refuses "no jobs" "--jobs" -j 0
refuses "no number" "--jobs: '4K' is not a number" --jobs 4K
if [ -c /dev/full ]; then
	"$LAFZ" -j 2 mixed.txt >/dev/full 2>"$tmp/err"
	same "a full disk" 1 $?
	has "a full disk: message" "$(cat "$tmp/err")" "write error"
	"$LAFZ" -j 2 -f jsonl middle.txt mixed.txt >/dev/full 2>"$tmp/err"
	same "a full disk, by turns" 1 $?
	same "a full disk, by turns: one message" 1 "$(grep -c "write error at byte 0" "$tmp/err")"
fi
finish
