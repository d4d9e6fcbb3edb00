#!/bin/sh
# The library's kernels and the writers' loops over tokens (src/cli/write_rows.h, span_rows.h, compact_rows.h, arrow_rows.h): whatever this processor can run writes the same bytes.
. "${srcdir:-.}/tests/cli/lib.sh"

# Longer than a stretch of the key (src/norm/key_avx512.c), with numbers that gain digits, names and values of every length.
cat "$top"/corpora/*.txt >all.txt
{
	cat all.txt
	printf 'a\\b \\ "quoted" \001 x\n'
	awk 'BEGIN { for (i = 1; i < 90; i++) { w = w "\331\205"; l = l "x"; print w, l, w "\331\220", "\330\246" w, w "\342\200\214" w } }'
} >odd.txt
name=$(printf 'n%.0s' $(seq 100)).txt
head -c 5000 odd.txt >"$name"

export LAFZ_KERNEL
for args in '-f tsv' '-f tsv --gaps' '-f tsv --rules uax29' '-f tsv --max-token 64' '-f jsonl' '-f jsonl --gaps' '-f jsonl --compact' \
	'-f jsonl --digits native' '-f tsv -l ar' '-f arrow' '-f arrow --gaps' '-f arrow -p nfc' '-f spans' '-f spans --utf16' \
	'-f jsonl --compact -l en'; do
	for file in odd.txt "$name"; do
		LAFZ_KERNEL=plain
		# shellcheck disable=SC2086 # several options
		run $args "$file"
		same "plain: $args $file" 0 "$status"
		cp "$tmp/out" "$tmp/plain"
		for LAFZ_KERNEL in ssse3 avx2 avx512 neon; do
			# shellcheck disable=SC2086
			run $args "$file"
			[ "$status" -ne 0 ] || same_file "$LAFZ_KERNEL: $args $file" "$tmp/plain" "$tmp/out"
		done
	done
done

finish
