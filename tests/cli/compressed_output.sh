#!/bin/sh
# -o with a name that asks for compression, read again by the formats' own programs.
. "${srcdir:-.}/tests/cli/lib.sh"

big="$top/corpora/mixed-1.txt"
copies="1 2 3 4 5 6 7 8"
[ "${LAFZ_TEST_LESS:-}" != 1 ] || copies=1
for _ in $copies; do
	cat "$top"/corpora/*.txt
done >big.txt
run -f jsonl big.txt
cp "$tmp/out" plain

# packed SUFFIX PROGRAM
packed()
{
	if ! command -v "$2" >/dev/null; then
		echo "not done: $1, since there is no $2"
		return
	fi
	run -f jsonl -o "out.jsonl$1" big.txt
	same "$1: status" "0 " "$status $(cat "$tmp/err")"
	"$2" -dc <"out.jsonl$1" >again
	same_file "$1: what is in it" plain again
	cp "out.jsonl$1" first
	run -f jsonl --read-size 1000 -o "out.jsonl$1" big.txt
	same_file "$1: the same bytes again" first "out.jsonl$1"
	run -l en -o "none.txt$1" /dev/null
	"$2" -dc <"none.txt$1" >again
	same "$1: nothing" "0 0" "$? $(wc -c <again | tr -d ' ')"
	printf 'old' >"old$1"
	run -o "old$1" "$big" missing.txt
	same "$1: the old file stays" "1 old" "$status $(cat "old$1")"
}
packed .gz gzip
packed .bz2 bzip2
packed .xz xz
packed .zst zstd
packed .lz4 lz4
run -o none.lz4 missing.txt
same "lz4 of a missing file" "1" "$status"
same "no other files" "" "$(find . -name '*lafz-*')"

# A file that may not grow stands for a full disk.
for suffix in '' .gz .zst; do
	(
		trap '' XFSZ
		ulimit -f 8
		"$LAFZ" -f jsonl -o "full.jsonl$suffix" big.txt 2>"$tmp/err"
	)
	same "full disk$suffix: status" 1 $?
	has "full disk$suffix: message" "$(cat "$tmp/err")" "full.jsonl$suffix: write error at byte"
	same "full disk$suffix: no file" "" "$(find . -name 'full*')"
done
finish
