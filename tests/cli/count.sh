#!/bin/sh
# lafz count: what is counted, against sort and uniq; in little memory; how it is written.
. "${srcdir:-.}/tests/cli/lib.sh"

tab=$(printf '\t')
cat "$top"/corpora/*.txt >all.txt

# by_hand COLUMN KINDS FILE...: what count should write, made from the table of tokens.
by_hand()
{
	column=$1
	kinds=$2
	shift 2
	printf '#count\tlang\tform\n'
	"$LAFZ" -f tsv "$@" | sed 1d | awk -F '\t' -v OFS='\t' -v column="$column" -v kinds=",$kinds," \
		'index(kinds, "," $9 ",") && $column != "" { print $7, $column }' |
		sort | uniq -c | sed 's/^ *\([0-9]*\) /\1	/' | sort -t "$tab" -k 1,1nr -k 2,2 -k 3,3
}

by_hand 11 word all.txt >norm
by_hand 12 word all.txt >key
by_hand 10 word,number,mention all.txt >surface
same "there is something to count, and there are ties" "yes" \
	"$([ "$(wc -l <norm)" -gt 2000 ] && [ "$(grep -c '^1	' norm)" -gt 1000 ] && echo yes)"
for memory in 64K 100K 1M 256M; do
	run count --memory "$memory" all.txt
	same_file "$memory: norm" norm "$tmp/out"
	run count --memory "$memory" --view key all.txt
	same_file "$memory: key" key "$tmp/out"
	run count --memory "$memory" --view surface --kinds word,number --kinds word,number,mention all.txt
	same_file "$memory: surface" surface "$tmp/out"
	same "$memory: messages" "" "$(cat "$tmp/err")"
done
run count --read-size 1 all.txt
same_file "byte by byte" norm "$tmp/out"
run count "$top"/corpora/*.txt
by_hand 11 word "$top"/corpora/*.txt >several
same_file "several files" several "$tmp/out"

# So many forms that the parts on disk are merged in several steps; each comes once to four times, in other parts.
awk 'BEGIN { for (k = 1; k <= 4; k++) for (i = k; i <= 30000; i += k) print "x" (i * 7919) % 30011 }' >many.txt
by_hand 11 word -l en many.txt >norm
same "many forms" 30001 "$(wc -l <norm | tr -d ' ')"
for memory in 64K 300K 2M; do
	run count -l en --memory "$memory" many.txt
	same_file "$memory: many forms" norm "$tmp/out"
done
run count -l en --top 1000 --memory 64K many.txt
head -n 1001 norm >expected
same_file "the first of many" expected "$tmp/out"
same "the first of many: status" 0 "$status"
run count -l en --top 1000 many.txt
same_file "the first of many, in memory" expected "$tmp/out"
run count -l en --top 99999999 many.txt
same_file "more than there are" norm "$tmp/out"

# Temporary files: where they are, and that none is left.
mkdir here
TMPDIR=$PWD/here run count -l en --memory 64K many.txt
same_file "TMPDIR" norm "$tmp/out"
same "no temporary file is left" "" "$(ls -A here)"
TMPDIR=$PWD/nowhere run count -l en --memory 64K -o out many.txt
same "no folder for temporary files" 1 "$status"
has "no folder for temporary files: message" "$(cat "$tmp/err")" "nowhere: no temporary file can be created"
same "no folder for temporary files: nothing is written" no "$([ -e out ] && echo yes || echo no)"
TMPDIR=$PWD/nowhere run count -l en many.txt
same_file "no folder is needed" norm "$tmp/out"

# The disk with the temporary files is full: a limit on the size of files does the same.
if (trap '' XFSZ && ulimit -f 8) 2>/dev/null; then
	(
		trap '' XFSZ
		ulimit -f 8
		"$LAFZ" count -l en --memory 64K many.txt 2>&1 >/dev/null
		echo "$?"
	) | cat >got
	same "a full disk for temporary files" "lafz: temporary file: write error: File too large 1" "$(tr '\n' ' ' <got | sed 's/ $//')"
fi

# A form longer than the memory.
awk 'BEGIN { for (k = 0; k < 3; k++) { for (i = 0; i < 30000; i++) printf "long%d", k; print ""; print "a", "b", "a" } }' >long.txt
by_hand 11 word -l en --max-segment 1M long.txt >norm
run count -l en --max-segment 1M --memory 64K long.txt
same_file "long forms" norm "$tmp/out"
same "long forms: they are" 6 "$(wc -l <norm | tr -d ' ')"

# ---- Rows ----

gives "ties: language, then form" "#count${tab}lang${tab}form
2${tab}en${tab}b
1${tab}en${tab}B
1${tab}en${tab}a
1${tab}en${tab}ab
1${tab}und${tab}کا" count -l en <<-END
	ab b a کا B b 5
END
gives "jsonl" '{"count":2,"lang":"en","form":"b"}
{"count":1,"lang":"en","form":"a"}' count -l en -f jsonl <<-END
	b a b
END
gives "masks and languages" "#count${tab}lang${tab}form
2${tab}en${tab}<URL>
1${tab}en${tab}see" count -l en --kinds word,url --only-lang en --mask-kind 'url=<URL>' <<-END
	see example.org example.com/b کا example.net
END
gives "nothing" "#count${tab}lang${tab}form" count </dev/null
# A backslash is escaped. A tab is in no token.
printf 'a \\ b \\ \001 "\n' >odd.txt
run count -l en --kinds punct,symbol,other odd.txt
same "tsv: escaped" "2 \\\\ 1 " "$(sed -n 's/^\([0-9]*\)	[a-z]*	\(.*\\.*\|'"$(printf '\001')"'\)$/\1 \2/p' "$tmp/out" | tr -d '\001' | tr '\n' ' ' | sed 's/ $//')"
run count -l en --kinds punct,symbol,other -f jsonl odd.txt
has "jsonl: escaped backslash" "$(cat "$tmp/out")" '"form":"\\"}'
has "jsonl: escaped control" "$(cat "$tmp/out")" '"form":"\u0001"}'
has "jsonl: escaped quote" "$(cat "$tmp/out")" '"form":"\""}'
printf 'a \377 \376\n' >odd.txt
gives "ill-formed bytes are one form" "#count${tab}lang${tab}form
2${tab}en${tab}$(printf '\357\277\275')" count -l en --view surface --kinds other odd.txt
gives "no empty forms" "#count${tab}lang${tab}form
1${tab}en${tab}a" count -l en --on-invalid drop --kinds word,other odd.txt
printf '{"text":"b a"}\n{"text":3}\n{"text":"b"}\n' >a.jsonl
run count -l en a.jsonl
same "records" "3 2${tab}en${tab}b 1${tab}en${tab}a" "$status $(sed 1d "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
run count -l en missing a.jsonl
same "a missing file: the others are counted" "1 3" "$status $(wc -l <"$tmp/out" | tr -d ' ')"
run count -l en -o out missing
same "a missing file, -o" "1 no" "$status $([ -e out ] && echo yes || echo no)"
if [ -e /dev/full ]; then
	run count -l en -o /dev/full many.txt
	same "a full disk" 1 "$status"
fi

# ---- Wrong use ----

refuses "format" "count: the formats are" count -f text
refuses "split" "--split-by-lang: not with count" count --split-by-lang -o '%s'
refuses "an unknown kind" "--kinds: 'x' is no kind" count --kinds word,x
refuses "gaps" "--kinds: 'space' is no kind" count --kinds space
refuses "top 0" "--top: '0' is not" count --top 0
refuses "top in bytes" "--top: '1K' is not" count --top 1K
refuses "top far too many" "--top: '9999999999999999999999' is not" count --top 9999999999999999999999
refuses "too little memory" "--memory: '1K' is not between" count --memory 1K
refuses "no size" "--memory: 'x' is not a size" count --memory x
for option in "--top 3" "--kinds word" "--memory 1M"; do
	# shellcheck disable=SC2086 # these are two words
	refuses "$option" "needs the command count" $option
done

finish
