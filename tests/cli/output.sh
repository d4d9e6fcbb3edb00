#!/bin/sh
# Where output goes: a full disk, a closed pipe, -o and what must not happen to files.
. "${srcdir:-.}/tests/cli/lib.sh"

printf 'One two.\n' >a.txt
printf 'One two .\n' >expected
awk 'BEGIN { for (i = 0; i < 100000; i++) print "One two three four five." }' >big.txt

# names: what is in the folder, hidden files too.
names()
{
	(cd "$1" && for name in .[!.]* *; do [ -e "$name" ] && echo "$name"; done | tr '\n' ' ' | sed 's/ $//')
}

# ---- The format by the name ----

# named NAME FORMAT ARGUMENT...: what -o NAME writes is what -f FORMAT does; gzip has been taken off.
named()
{
	named_file=$1
	named_format=$2
	shift 2
	"$LAFZ" "$@" -o "$named_file" a.txt
	"$LAFZ" "$@" -f "$named_format" a.txt >by_format
	case $named_file in
	*.gz) gzip -dc "$named_file" >by_name ;;
	*) mv "$named_file" by_name ;;
	esac
	same_file "-o $named_file, $*" by_format by_name
	rm -f "$named_file" by_name by_format
}

for pair in x.txt=text x.tsv=tsv x.jsonl=jsonl x.ndjson=jsonl x.conllu=conllu x.vrt=vrt x.arrow=arrow x=text \
	jsonl=text x.jsonl.part=text; do
	named "${pair%=*}" "${pair#*=}" tokens -l en
done
for pair in x.jsonl=jsonl x.txt=tsv x.conll=tsv; do
	named "${pair%=*}" "${pair#*=}" runs -l en
	named "${pair%=*}" "${pair#*=}" count -l en
done
named x.jsonl jsonl normalize -l en
named x.tsv text normalize -l en
named x.json json stats -l en
named x.html html view -l en
if command -v gzip >/dev/null 2>&1; then
	named x.jsonl.gz jsonl tokens -l en
	named x.htm.gz html view -l en
fi
for name in x.json x.html x.csv x.parquet.gz x-%d.json; do
	shard=
	case $name in *%*) shard="--shard-size 1M" ;; esac
	# shellcheck disable=SC2086 # two words or none
	refuses "$name" "-o $name: tokens: the formats are" -l en $shard -o "$name" a.txt
done
refuses "count to x.conllu" "count: the formats are tsv and jsonl; say which by -f" count -o x.conllu a.txt
refuses "stats to x.jsonl" "stats: the formats are" stats -o x.jsonl a.txt
named x.csv text normalize -l en
named x.json jsonl tokens -f jsonl -l en
"$LAFZ" -l en -f text -o x.jsonl a.txt
same_file "-f before the name" expected x.jsonl
"$LAFZ" -l en --shard-size 1M -o 'out-%d.jsonl' a.txt
"$LAFZ" -l en --split-by-lang -o 'out-%s.jsonl' a.txt
"$LAFZ" -l en -f jsonl a.txt >by_format
same_file "the files of --shard-size" by_format out-0.jsonl
same_file "the files of --split-by-lang" by_format out-en.jsonl
rm -f x.jsonl out-0.jsonl out-en.jsonl .out-%d.jsonl.lafz-resume by_format

# ---- Trouble with standard output ----

if [ -c /dev/full ]; then
	for arguments in "-l en a.txt" "-l en big.txt" "-f tsv a.txt" "languages" "--help" "--version" "-o /dev/full a.txt"; do
		# shellcheck disable=SC2086 # several arguments
		"$LAFZ" $arguments 2>"$tmp/err" >/dev/full
		same "full disk, $arguments: status" 1 $?
		has "full disk, $arguments: message" "$(cat "$tmp/err")" "write error at byte 0: No space left"
	done
	"$LAFZ" -l en -f jsonl </dev/null 2>"$tmp/err" >/dev/full
	same "full disk but nothing to write" "0 " "$? $(cat "$tmp/err")"
fi
"$LAFZ" -l en a.txt 2>"$tmp/err" >&-
same "standard output closed: status" 1 $?
has "standard output closed: message" "$(cat "$tmp/err")" "standard output: write error"
"$LAFZ" -l en a.txt >/dev/null 2>&-
same "standard error closed" 0 $?
"$LAFZ" -l en 2>"$tmp/err" <&-
same "standard input closed: status" 1 $?
has "standard input closed: message" "$(cat "$tmp/err")" "-: read error at byte 0"
"$LAFZ" -l en -o closed.out a.txt >&- 2>&- <&-
same "all closed, with files" 0 $?
same_file "all closed: the file" expected closed.out
rm -f closed.out

{
	"$LAFZ" -l en big.txt big.txt big.txt 2>"$tmp/err"
	echo $? >"$tmp/status"
} | head -n 1 >"$tmp/out"
same "closed pipe: output" "One two three four five ." "$(cat "$tmp/out")"
same "closed pipe: messages" "" "$(cat "$tmp/err")"
case $(cat "$tmp/status") in
0) same "closed pipe: status" "not 0" 0 ;;
*) same "closed pipe: status" 141 "$(cat "$tmp/status")" ;;
esac
(
	trap '' PIPE
	"$LAFZ" -l en big.txt big.txt big.txt 2>"$tmp/err"
) | head -n 1 >"$tmp/out"
same "closed pipe, SIGPIPE ignored: messages" "" "$(cat "$tmp/err")"

# ---- -o ----

mkdir new
run -l en -o new/b.txt a.txt
same "-o: status, output" "0 " "$status $(cat "$tmp/out")"
same_file "-o: the file" expected new/b.txt
same "-o: nothing else" "b.txt" "$(names new)"
(umask 027 && "$LAFZ" -l en -o new/mode.txt a.txt)
same "-o: mode by umask" "-rw-r-----" "$(ls -l new/mode.txt | cut -c 1-10)"
chmod 600 new/mode.txt
(umask 022 && "$LAFZ" -l en -o new/mode.txt a.txt)
same "-o: the mode of what is replaced" "-rw-------" "$(ls -l new/mode.txt | cut -c 1-10)"
echo old >new/old.txt
ln -s old.txt new/link
run -l en -o new/link a.txt
same "-o: status through a link" 0 "$status"
same_file "-o: the file behind a link" expected new/old.txt
same "-o: the link stays" "old.txt" "$(readlink new/link)"
# Somebody who knows the number of the process has put a link, and a file, where the file in work would lie; exec keeps that number.
echo precious >precious
sh -c 'ln -s ../precious "new/.lafz-$$-0"; echo theirs >"new/.lafz-$$-1"; exec "$LAFZ" -l en -o new/guessed a.txt'
same "-o: guessed names: status" 0 $?
same_file "-o: guessed names" expected new/guessed
same "-o: guessed names: what lay there stays" "precious theirs" "$(cat precious) $(cat new/.lafz-*-1)"
same "-o: guessed names: nothing else" 2 "$(ls -d new/.lafz-* | wc -l | tr -d ' ')"
rm new/.lafz-*
(cd new && "$LAFZ" -l en --output=plain ../a.txt)
same_file "-o: a name without a folder" expected new/plain
(cd new && "$LAFZ" -l en -o - ../a.txt >out)
same_file "-o -: standard output" expected new/out
same "-o -: no file of that name" "" "$(ls new/- 2>/dev/null)"
rm -r new
mkdir new

echo old >new/keep
run -l en -o new/keep a.txt missing.txt
same "-o, an input is missing: status" 1 "$status"
same "-o, an input is missing: the old file stays" "old" "$(cat new/keep)"
run -l en -o new/none missing.txt
same "-o, nothing to read: status" 1 "$status"
run -l en --on-invalid fail -o new/none "$LAFZ"
same "-o, ill-formed input: status" 1 "$status"
run -l xx -o new/none a.txt
same "-o, wrong use: status" 2 "$status"
same "-o: no files are left behind" "keep" "$(names new)"
run -l en -o missing/b.txt a.txt
same "-o, no such folder: status" 1 "$status"
has "-o, no such folder: message" "$(cat "$tmp/err")" "missing/b.txt: cannot be created"
run -l en -o new a.txt
same "-o, a folder: status" 1 "$status"
has "-o, a folder: message" "$(cat "$tmp/err")" "new: cannot be written"
run -l en -o /dev/null a.txt
same "-o, a device: status" 0 "$status"
same "-o, a device: it stays one" yes "$([ -c /dev/null ] && echo yes)"
mkfifo pipe
cat pipe >"$tmp/out2" &
run -l en -o pipe a.txt
wait $!
same "-o, a pipe: status" 0 "$status"
same_file "-o, a pipe: what it got" expected "$tmp/out2"

# ---- Never an input ----

cp a.txt in.txt
ln in.txt same.txt
ln -s in.txt link.txt
refuses "-o is an input" "in.txt: is both input and output" -l en -o in.txt in.txt
refuses "-o is an input by another name" "is both input and output" -l en -o same.txt a.txt in.txt
refuses "-o is an input through a link" "is both input and output" -l en -o in.txt link.txt
"$LAFZ" -l en -o in.txt <in.txt 2>"$tmp/err"
same "-o is standard input" 2 $?
"$LAFZ" -l en in.txt >>in.txt 2>"$tmp/err"
same "standard output is an input" 2 $?
same_file "the input is as it was" a.txt in.txt
mkdir grows
cp a.txt grows
"$LAFZ" -l en -r grows >grows/out 2>"$tmp/err"
same "standard output is in the folder" 2 $?
has "standard output is in the folder: message" "$(cat "$tmp/err")" "grows/out: is both input and output"
same "standard output is in the folder: nothing is written" "" "$(cat grows/out)"
same "no files are left behind" "" "$(names . | tr ' ' '\n' | grep '^\.')"

finish
