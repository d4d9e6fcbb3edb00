#!/bin/sh
# The command of doc/scale.md for GNU parallel, with this machine as the only host: what it writes is what the filter alone
# does, a job that was stopped is done again, and a broken record is no failure.
. "${srcdir:-.}/tests/cli/lib.sh"

command -v parallel >/dev/null || skip "no GNU parallel"
parallel --version 2>/dev/null | grep -q GNU || skip "another program is called parallel"
[ -n "$PYTHON" ] || skip "no python3"

mkdir bin corpus out alone home
ln -s "$LAFZ" bin/lafz
PATH=$tmp/work/bin:$PATH
HOME=$tmp/work/home
export PATH HOME
for n in 1 2 3; do
	"$PYTHON" "$top/tests/make_wet.py" "${n}00000" "$top"/corpora/*.txt | gzip >"corpus/$n.warc.wet.gz"
done
printf 'WARC/1.0\r\nnonsense\r\n\r\n' | gzip >>corpus/2.warc.wet.gz
echo '2/:' >hosts

# The indented lines of the page from the one with parallel on, with folders of this test.
awk '/^    parallel /, !/\\$/ { print substr($0, 5) }' "$top/doc/scale.md" |
	sed "s,/corpus/,$tmp/work/corpus/,g; s,/out/,$tmp/work/out/,g; s, --eta,," >command
same "the page has the command" yes "$(grep -q -- --sshloginfile command && echo yes)"

# A job that failed before goes first into the log.
printf 'x' >out/1.warc.wet.jsonl.zst
sh ./command >log.out 2>err
same "status" 0 "$?"
for n in 1 2 3; do
	lafz -i warc -f jsonl --compact --only-lang ps,fa -o "alone/$n.jsonl.zst" "corpus/$n.warc.wet.gz" 2>/dev/null
	same_file "file $n" "alone/$n.jsonl.zst" "out/$n.warc.wet.jsonl.zst"
done
same "no file more" 3 "$(find out -type f | wc -l | tr -d ' ')"
same "the broken record is named" yes "$(grep -q 'corpus/2.warc.wet.gz' err && echo yes)"

# With the log, what is done is not done again; what failed is.
rm out/*
awk -F '\t' -v OFS='\t' 'NR == 2 { $7 = 1 } { print }' log >failed && mv failed log # column 7 is the exit status
sh ./command >log.out 2>err
same "again: status" 0 "$?"
same "again: one job" 1 "$(find out -type f | wc -l | tr -d ' ')"
finish
