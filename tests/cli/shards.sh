#!/bin/sh
# --shard-size and --resume: what the files hold together, where they are cut, and a run that was killed.
. "${srcdir:-.}/tests/cli/lib.sh"

for name in "$top"/corpora/*.txt; do
	cat "$name"
done >one.txt
cat one.txt one.txt one.txt one.txt >big.txt
cp one.txt two.txt
n=0
while [ $n -lt 300 ]; do
	n=$((n + 1))
	printf '{"id":"r%d","text":"This is record %d. It has two sentences.\\n\\n\\u06a9\\u062a\\u0627\\u0628"}\n' $n $n
	[ $((n % 50)) -eq 0 ] && printf '{"id":\n'
done >rec.jsonl
inputs="one.txt big.txt rec.jsonl two.txt"

# sizes_ok NAME SIZE: every file but the last has SIZE bytes or more.
sizes_ok()
{
	small=0
	least=$(($(echo "$2" | sed "s/K$/ * 1024/")))
	for name in "$1"/out-*; do
		[ "$(wc -c <"$name")" -lt "$least" ] && small=$((small + 1))
	done
	[ "$small" -le 1 ]
	same "$1: sizes" 0 $?
}

# whole NAME SIZE OPTION...: a run that is not stopped, into the folder NAME.
whole()
{
	folder=$1
	size=$2
	shift 2
	mkdir -p "$folder"
	# shellcheck disable=SC2086
	run "$@" --shard-size "$size" -o "$folder/out-%03d.x" $inputs
	same "$folder: status" 3 "$status"
	sizes_ok "$folder" "$size"
	# shellcheck disable=SC2086
	run "$@" $inputs
	cp "$tmp/out" plain
}

whole jsonl 100K -f jsonl
cat jsonl/out-* >joined
same_file "jsonl: all files are the whole" plain joined
whole compact 9000 -f jsonl --compact --gaps
cat compact/out-* >joined
same_file "jsonl with gaps: all files are the whole" plain joined
whole words 9000 -f jsonl --compact
cat words/out-* >joined
same_file "jsonl without gaps: all files are the whole" plain joined
whole tsv 100K -f tsv
sed 1d plain >rows
for name in tsv/out-*; do
	same "$name begins with the header" "$(head -n 1 plain)" "$(head -n 1 "$name")"
	sed 1d "$name"
done >joined
grep '^FAILED' joined
same_file "tsv: all files are the whole" rows joined
whole text 50K
cat text/out-* | grep . >joined
grep . plain >lines
same_file "text: all files are the whole" lines joined
same "text: no file begins or ends with an empty line" "" "$(for name in text/out-*; do sed -n -e '1{/^$/p' -e '}' -e '${/^$/p' -e '}' "$name"; done)"
for format in vrt conllu spans; do
	whole $format 20K -f $format
	cat $format/out-* >joined
	same_file "$format: all files are the whole" plain joined
done
whole normal 20K normalize
cat normal/out-* >joined
same_file "normalize: all files are the whole" plain joined

# ---- Stopped and resumed ----

# killed NAME SIZE SUFFIX OPTION...: kills runs when a further file is there, until one ends.
killed()
{
	folder=$1
	size=$2
	suffix=$3
	shift 3
	rm -rf "$folder" "$folder.again"
	mkdir "$folder" "$folder.again"
	# shellcheck disable=SC2086
	run "$@" --shard-size "$size" -o "$folder/out-%03d$suffix" $inputs
	first=$status
	rounds=0
	status=9
	while [ $status -eq 9 ] && [ $rounds -lt 100 ]; do
		before=$(find "$folder.again" -name 'out-*' ! -name '*.lafz-*' | wc -l)
		# shellcheck disable=SC2086
		"$LAFZ" "$@" --resume --shard-size "$size" -o "$folder.again/out-%03d$suffix" $inputs 2>/dev/null &
		pid=$!
		while kill -0 $pid 2>/dev/null; do
			now=$(find "$folder.again" -name 'out-*' ! -name '*.lafz-*' | wc -l)
			[ "$now" -gt $((before + rounds % 3)) ] && kill -9 $pid 2>/dev/null && break
		done
		wait $pid 2>/dev/null
		status=$?
		[ $status -eq 137 ] && status=9
		rounds=$((rounds + 1))
	done
	same "$folder: status after $rounds rounds" "$first" "$status"
	same "$folder: the same files" "$(cd "$folder" && ls)" "$(cd "$folder.again" && find . -name 'out-*' ! -name '*.lafz-*' | sed 's|./||' | sort)"
	for name in "$folder"/out-*; do
		same_file "${name}: the same bytes" "$name" "$folder.again/${name##*/}"
	done
}
killed k1 200K .jsonl -f jsonl
killed k2 100K .tsv -f tsv --gaps
killed k3 30K .txt
killed k4 200K .vrt -f vrt
killed k5 300K .arrow -f arrow
command -v gzip >/dev/null && killed k6 200K .jsonl.gz -f jsonl --explain
killed k7 10K .txt -l fa

# What is done is not done again, nor gone on with by another run.
touch -d 2001-01-01 k1/out-000.jsonl
# shellcheck disable=SC2086
run -f jsonl --resume --shard-size 200K -o k1/out-%03d.jsonl $inputs
same "a run that has ended: status" 3 "$status"
same "a run that has ended: files" "" "$(find k1 -name out-000.jsonl -newer one.txt)"
refuses "other options" "--resume: the run before" -f jsonl --gaps --resume --shard-size 200K -o k1/out-%03d.jsonl one.txt

# ---- Wrong use, full disks ----

refuses "no number" "--shard-size: needs -o" --shard-size 1K -o out.txt one.txt
refuses "no output" "--shard-size: needs -o" --shard-size 1K one.txt
refuses "two numbers" "--shard-size: needs -o" --shard-size 1K -o %d-%d.txt one.txt
refuses "another conversion" "--shard-size: needs -o" --shard-size 1K -o out-%s.txt one.txt
refuses "stats" "--shard-size: needs tokens" stats --shard-size 1K -o out-%d.txt one.txt
refuses "resume alone" "--resume: needs" --resume one.txt
refuses "resume of a stream" "--resume: needs files" --resume --shard-size 1K -o out-%d.txt
cp one.txt out-1.txt
run --shard-size 1K -o out-%d.txt out-1.txt
same "a file that is read" 1 "$status"
same_file "a file that is read stays" one.txt out-1.txt
mkdir full
(
	trap '' XFSZ
	ulimit -f 100
	"$LAFZ" -f jsonl --shard-size 40K -o full/out-%d.jsonl big.txt 2>/dev/null
	"$LAFZ" -f jsonl --shard-size 400K -o full/big-%d.jsonl big.txt 2>"$tmp/err"
)
same "full disk: status" 1 $?
has "full disk: message" "$(cat "$tmp/err")" "full/big-0.jsonl: write error at byte"
same "full disk: no half file" "" "$(find full -name 'big*')"
mkdir late
ln -s /dev/full late/out-2.txt
run --shard-size 1K -o late/out-%d.txt big.txt
same "full disk at the third file: status" 1 "$status"
same "full disk at the third file: those before" "late/out-0.txt late/out-1.txt" "$(find late -type f -name 'out*' | sort | tr '\n' ' ' | sed 's/ $//')"
# ---- A link in the place of the state ----

mkdir linked
echo precious >precious
ln -s ../precious linked/.s%d.txt.lafz-resume.new
awk 'BEGIN { for (i = 0; i < 50; i++) print "One two three." }' >fifty.txt
run --shard-size 100 -l en -o linked/s%d.txt fifty.txt
same "a link in the place of the state: status" 0 "$status"
same "a link in the place of the state: what it names" precious "$(cat precious)"

finish
