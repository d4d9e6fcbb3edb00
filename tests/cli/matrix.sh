#!/bin/sh
# Every input inside every compression to every output, with one job and with two; and the same with broken inputs.
. "${srcdir:-.}/tests/cli/lib.sh"

mkdir none
head -c 6000 "$top/corpora/mixed-1.txt" | head -n 12 >none/x.txt
awk '{ gsub(/[\\"\001-\037]/, " "); printf "{\"id\":\"r%d\",\"n\":%d,\"text\":\"%s\"}\n", NR, NR, $0 }' none/x.txt >none/x.jsonl
awk 'NF { if (++n % 4 == 1) printf "# newdoc id = d%d\n", n; printf "# text = %s\n1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n", $0 }' none/x.txt >none/x.conllu
# warc_record NUMBER LENGTH TEXT
warc_record()
{
	printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:%d>\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' "$1" "$2" "$3"
}
number=0
while IFS= read -r line; do
	number=$((number + 1))
	warc_record $number ${#line} "$line"
done <none/x.txt >none/x.warc
sed 's/x/x/' none/x.warc >none/x.wet

# pack TOOL FILE TARGET: in three streams one behind the other
pack()
{
	size=$(wc -c <"$2")
	for part in 0 1 2; do
		tail -c +$((size / 3 * part + 1)) "$2" | { [ $part = 2 ] && cat || head -c $((size / 3)); } >part
		"$1" -c <part
	done >"$3"
}
packings=none
for tool in gzip bzip2 xz zstd lz4; do
	command -v $tool >/dev/null || { echo "not done: $tool"; continue; }
	packings="$packings $tool"
	mkdir $tool
	for name in x.txt x.jsonl x.conllu x.warc x.wet; do
		pack $tool none/$name $tool/$name
	done
done
outputs="tokens|-f text;tokens|-f tsv --gaps;tokens|-f jsonl --keep-fields;tokens|-f jsonl --compact;tokens|-f conllu --mwt;tokens|-f vrt;tokens|-f spans --utf16;tokens|-f arrow;runs|;normalize|;key|;count|;stats|-f json"

# in_folder FOLDER NAME JOBS OUTPUT [OPTION]...: sets status; writes ../out and ../err
in_folder()
{
	folder=$1 name=$2 jobs=$3 output=$4
	shift 4
	# shellcheck disable=SC2086 # options are words
	(cd "$folder" && "$LAFZ" "${output%%|*}" ${output#*|} "$@" -j "$jobs" "$name") >"$tmp/out" 2>"$tmp/err"
	status=$?
}

# each COMMAND: with output set to each of the outputs
each()
{
	each_rest=$outputs
	while [ -n "$each_rest" ]; do
		output=${each_rest%%;*}
		each_rest=${each_rest#"$output"}
		each_rest=${each_rest#;}
		"$@"
	done
}

# ---- Whole ----

whole()
{
	in_folder none "$1" 1 "$output"
	cp "$tmp/out" expected
	same "$1, $output: status, messages" "0 " "$status $(cat "$tmp/err")"
	for packing in $packings; do
		for jobs in 1 2; do
			in_folder "$packing" "$1" $jobs "$output"
			same "$1 in $packing, -j $jobs, $output: status, messages" "0 " "$status $(cat "$tmp/err")"
			same_file "$1 in $packing, -j $jobs, $output" expected "$tmp/out"
		done
	done
}
for input in x.txt x.jsonl x.conllu x.warc x.wet; do
	each whole $input
done

# ---- Broken records ----

# A record of each that is broken, in the middle, and what is said of it.
head -n 5 none/x.jsonl >none/bad.jsonl
offset=$(wc -c <none/bad.jsonl | tr -d ' ')
printf '{"id":"bad","text":"cut\n' >>none/bad.jsonl
tail -n +6 none/x.jsonl >>none/bad.jsonl
echo "bad.jsonl: record 6 at byte $offset: " >none/bad.jsonl.said
awk '/^# text/ && ++n == 3 { next } { print }' none/x.conllu >none/bad.conllu
echo "bad.conllu: line 8 at byte " >none/bad.conllu.said
number=0
: >none/bad.warc
while IFS= read -r line; do
	number=$((number + 1))
	[ $number = 4 ] && echo "bad.warc: record 4 at byte $(wc -c <none/bad.warc | tr -d ' '): its Content-Length is wrong" >none/bad.warc.said
	[ $number = 4 ] && warc_record 99 5 "longer than five bytes" >>none/bad.warc
	warc_record $number ${#line} "$line" >>none/bad.warc
done <none/x.txt
{ head -n 5 none/x.jsonl; printf '{"id":"long","text":"%5000s"}\n' x; tail -n +6 none/x.jsonl; } >none/long.jsonl
echo "long.jsonl: record 6 at byte $offset: longer than --max-record" >none/long.jsonl.said
for name in bad.jsonl bad.conllu bad.warc long.jsonl; do
	for tool in $packings; do
		[ $tool = none ] || pack $tool none/$name $tool/$name
	done
done

# broken NAME
broken()
{
	in_folder none "$1" 1 "$output" --max-record 4000
	cp "$tmp/out" expected
	same "$1, $output: status" 3 "$status"
	has "$1, $output: file, record, byte" "$(cat "$tmp/err")" "lafz: $(cat "none/$1.said")"
	has "$1, $output: the sum" "$(cat "$tmp/err")" "lafz: 1 record skipped"
	cp "$tmp/err" said
	case $1 in
	bad.jsonl | long.jsonl)
		in_folder none x.jsonl 1 "$output"
		same_file "$1, $output: all others are there" "$tmp/out" expected
		;;
	esac
	for packing in $packings; do
		for jobs in 1 2; do
			in_folder "$packing" "$1" $jobs "$output" --max-record 4000
			same_file "$1 in $packing, -j $jobs, $output" expected "$tmp/out"
			same_file "$1 in $packing, -j $jobs, $output: messages" said "$tmp/err"
		done
	done
	for jobs in 1 2; do
		in_folder none "$1" $jobs "$output" --max-record 4000 --on-error fail
		same "$1, -j $jobs, $output, fail: status" 1 "$status"
		[ $jobs = 1 ] && cp "$tmp/out" failed.out
		same_file "$1, -j $jobs, $output, fail" failed.out "$tmp/out"
		# These have numbers of all, or an end of their own; of conllu a document is cut.
		case $1/$output in
		*/count* | */stats* | *-f\ conllu* | *spans* | *arrow* | bad.conllu/*vrt* | bad.conllu/normalize*) ;;
		*)
			size=$(wc -c <failed.out)
			head -c "$size" expected | cmp -s - failed.out
			same "$1, -j $jobs, $output, fail: what came before is there" "0 yes" \
				"$? $([ "$size" -gt 300 ] || [ "$1" = bad.conllu ] && echo yes)"
			;;
		esac
	done
}
for input in bad.jsonl bad.conllu bad.warc long.jsonl; do
	each broken $input
done

# ---- Compressed data that are cut off ----

# How much comes of a file is cut.sh's to say; a block of bzip2 (900 kB) or lz4 (4 MiB) can be decoded only as a whole.
mkdir long
awk 'BEGIN { for (i = 0; i < 30000; i++) printf "{\"id\":\"r%d\",\"text\":\"Word %d of a line, %d.\"}\n", i, i * 7919 % 30011, i * i % 10007 }' >long/x.jsonl
sed 's/.*"text":"//; s/"}$//' long/x.jsonl >long/x.txt
for packing in $packings; do
	[ "$packing" = none ] && continue
	mkdir "cut.$packing"
	for name in x.jsonl x.txt; do
		"$packing" -c <long/$name >packed
		head -c $(($(wc -c <packed) * 9 / 10)) packed >"cut.$packing/$name"
		in_folder long $name 1 'normalize|'
		cp "$tmp/out" expected
		case $packing/$name in
		gzip/* | xz/*) least=$(($(wc -c <expected) / 5 * 4)) ;;
		zstd/* | bzip2/x.jsonl) least=$(($(wc -c <expected) / 2)) ;;
		*) least=0 ;;
		esac
		for jobs in 1 2; do
			in_folder "cut.$packing" $name $jobs 'normalize|'
			wanted=1
			[ $name = x.jsonl ] && wanted=3
			same "$name in $packing, cut off, -j $jobs: status" "$wanted" "$status"
			has "$name in $packing, cut off, -j $jobs: place" "$(cat "$tmp/err")" "byte "
			size=$(wc -c <"$tmp/out")
			head -c "$size" expected | cmp -s - "$tmp/out"
			same "$name in $packing, cut off, -j $jobs: what came before" "0 yes" "$? $([ "$size" -ge $least ] && echo yes)"
			in_folder "cut.$packing" $name $jobs 'normalize|' --on-error fail
			same "$name in $packing, cut off, -j $jobs, fail: status" 1 "$status"
		done
		echo "$name in $packing, cut at nine tenths: $(wc -c <"$tmp/out" | tr -d ' ') of $(wc -c <expected | tr -d ' ') bytes"
	done
done
finish
