#!/bin/sh
# Runs with --shard-size that are killed at moments taken at random and resumed, until one ends, give the same files as a run that
# was never stopped. LAFZ_KILLS is how many times in all (10), LAFZ_SEED where the random numbers begin.
. "${srcdir:-.}/tests/cli/lib.sh"

kills=${LAFZ_KILLS:-10}
seed=${LAFZ_SEED:-$$}
echo "$kills times, seed $seed"
cat "$top"/corpora/*.txt >page.txt
for turn in 1 2 3; do
	cat page.txt
done >text.txt
awk '{ gsub(/[\\"\001-\037]/, " "); printf "{\"id\":\"r%d\",\"text\":\"%s\"}\n", NR, $0 } NR % 100 == 0 { print "{\"id\":" }' page.txt page.txt >records.jsonl
for turn in 1 2 3; do
	for name in "$top"/corpora/*.txt; do
		printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:%s:%s>\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n' \
			$turn "${name##*/}" "$(wc -c <"$name")"
		cat "$name"
		printf '\r\n\r\n'
	done
done >pages.wet
inputs="text.txt records.jsonl pages.wet page.txt"

# files FOLDER: what a run was to write; not what a killed one has left over.
files()
{
	(cd "$1" && find . -name 'out-*' ! -name '*.lafz-*' | sort)
}

# lafz_into FOLDER ARGUMENT...: becomes the program, so that the signal reaches it.
lafz_into()
{
	into=$1
	shift
	# shellcheck disable=SC2086 # several inputs
	exec "$LAFZ" "$@" --resume --shard-size "$size" -o "$into/out-%03d$suffix" $inputs 2>"$tmp/err"
}

# delay N: sets seconds to up to N hundredths, the next random number
delay()
{
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	hundredths=$((seed / 65536 % ($1 + 1)))
	seconds=$(printf '%d.%02d' $((hundredths / 100)) $((hundredths % 100)))
}

# stopped NAME N SIZE SUFFIX OPTION...: N kills at least
stopped()
{
	name=$1
	wanted=$2
	size=$3
	suffix=$4
	shift 4
	mkdir "$name"
	began=$(date +%s)
	(lafz_into "$name" -j 1 "$@")
	same "$name: status" 3 $?
	# What a run takes; whole seconds will do.
	most=$((($(date +%s) - began) * 100 + 60))
	done_kills=0
	round=0
	while [ "$done_kills" -lt "$wanted" ] && [ $round -lt 1000 ]; do
		rm -rf "$name.again"
		mkdir "$name.again"
		status=137
		while [ $status -eq 137 ]; do
			round=$((round + 1))
			# The jobs change from run to run. The last runs are let go.
			lafz_into "$name.again" -j $((round % 2 + 1)) "$@" &
			pid=$!
			if [ "$done_kills" -lt "$wanted" ]; then
				delay $most
				sleep "$seconds"
				kill -9 $pid 2>/dev/null
			fi
			wait $pid 2>/dev/null
			status=$?
			[ $status -eq 137 ] && done_kills=$((done_kills + 1))
		done
		same "$name: status at the end" 3 "$status"
		[ "$status" -eq 3 ] || head -n 3 "$tmp/err"
		same "$name: the files" "$(files "$name")" "$(files "$name.again")"
		for file in $(files "$name"); do
			same_file "$name/$file" "$name/$file" "$name.again/$file"
		done
	done
	same "$name: it was killed $wanted times" yes "$([ "$done_kills" -ge "$wanted" ] && echo yes)"
	echo "$name: killed $done_kills times in $round rounds, $(files "$name" | wc -l | tr -d ' ') files"
}

stopped plain $(((kills + 2) / 4)) 100K .jsonl -f jsonl
stopped gzip $(((kills + 1) / 4)) 60K .tsv.gz -f tsv --gaps
stopped zstd $(((kills + 3) / 4)) 80K .jsonl.zst -f jsonl --compact --keep-fields
stopped text $((kills / 4)) 10K .txt

# ---- Full disks ----

# Files may not be longer than 1 MiB. (Elsewhere the signal would end it.)
for arguments in "-f jsonl -o full.jsonl" "-f jsonl -j 2 -o full.jsonl" "-f text -o full.txt.gz -p none -f jsonl --explain" "count -f jsonl --memory 64K -o full.tsv" \
	"normalize --map full.map -o full.norm"; do
	(
		trap '' XFSZ
		ulimit -f 100
		# shellcheck disable=SC2086
		"$LAFZ" $arguments text.txt 2>"$tmp/err"
	)
	same "full disk, $arguments: status" 1 $?
	same "full disk, $arguments: no half file" "" "$(find . -name 'full*')"
	same "full disk, $arguments: nothing left over" "" "$(find .lafz-* 2>/dev/null)"
	has "full disk, $arguments: message" "$(cat "$tmp/err")" "lafz: "
done
if [ -c /dev/full ]; then
	for arguments in "-f jsonl text.txt" "-j 2 -f arrow text.txt" "-j 2 -f jsonl pages.wet" "count text.txt" "stats -f json page.txt"; do
		# shellcheck disable=SC2086
		"$LAFZ" $arguments >/dev/full 2>"$tmp/err"
		same "no room, $arguments: status" 1 $?
	done
fi
finish
