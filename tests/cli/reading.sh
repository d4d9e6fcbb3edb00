#!/bin/sh
# How input is read: by pieces of any size, from files that are missing, from pipes that wait.
. "${srcdir:-.}/tests/cli/lib.sh"

PYTHON=${PYTHON:-python3}

# ---- Pieces ----

{
	cat "$top"/corpora/mixed-1.txt
	printf 'a\r\n\r\nb\rc\n\377\342\202\n\000x\n'
} >page.txt
for arguments in "-f text" "-f tsv" "-f jsonl" "-f jsonl --gaps" "-f jsonl --gaps --unwrap" "-f text --unwrap" runs normalize \
	"normalize -f jsonl" key; do
	# shellcheck disable=SC2086 # several arguments
	run $arguments page.txt
	cp "$tmp/out" whole
	for size in 1 7 4096; do
		# shellcheck disable=SC2086
		run $arguments --read-size "$size" page.txt
		same "$arguments, reads of $size: status" 0 "$status"
		same_file "$arguments, reads of $size" whole "$tmp/out"
	done
	# shellcheck disable=SC2086
	"$LAFZ" $arguments <page.txt | sed 's/page\.txt/-/g' >piped
	# shellcheck disable=SC2086
	cat page.txt | "$LAFZ" $arguments >piped2
	sed 's/page\.txt/-/g' whole >expected
	same_file "$arguments: standard input, a file" expected piped
	same_file "$arguments: standard input, a pipe" expected piped2
done

# ---- Several files ----

printf 'One.\n' >a.txt
printf 'Two.' >b.txt
run -f tsv -l en a.txt - b.txt <a.txt
same "documents have their names and offsets" "0 a.txt 3 a.txt 0 - 3 - 0 b.txt 3 b.txt" \
	"$(awk -F '\t' 'NR > 1 { print $1, $16 }' "$tmp/out" | tr '\n' ' ' | sed 's/ $//')"
run -l en a.txt missing.txt b.txt
same "a missing file: status" 1 "$status"
has "a missing file: message" "$(cat "$tmp/err")" "lafz: missing.txt: cannot be opened: No such file"
same "a missing file: the others are written" "One .

Two ." "$(cat "$tmp/out")"
run missing -l en a.txt
same "a missing word: status" 1 "$status"
same "a missing word: messages" "lafz: 'missing' is none of the commands, so it is taken for a file
lafz: missing: cannot be opened: No such file or directory" "$(cat "$tmp/err")"
run normalise -l en a.txt
same "nearly a command: messages" "lafz: 'normalise' is none of the commands, perhaps 'normalize', so it is taken for a file
lafz: normalise: cannot be opened: No such file or directory" "$(cat "$tmp/err")"
run -l en runs a.txt
same "a command behind options: messages" "1 lafz: 'runs' is a command only before all options, so it is taken for a file
lafz: runs: cannot be opened: No such file or directory" "$status $(cat "$tmp/err")"
run runs -l en count a.txt
same "a second command: messages" "1 lafz: count: cannot be opened: No such file or directory" "$status $(cat "$tmp/err")"
run -l en missing a.txt
same "a missing word: the others are written" "One ." "$(cat "$tmp/out")"
run -l en . a.txt
same "a folder: status" 1 "$status"
has "a folder: message" "$(cat "$tmp/err")" "lafz: .: is a folder; -r reads the files in it"
same "a folder: the others are written" "One ." "$(cat "$tmp/out")"
run -l en "$(printf 'no\033[31m\302\233name')"
same "control characters of a name are not repeated" "lafz: no?[31m??name: cannot be opened: No such file or directory" \
	"$(cat "$tmp/err")"

# ---- Waiting ----

# What is ready goes out before the filter waits: a line each way, while the pipe stays open.
mkfifo to from
"$LAFZ" -l en <to >from &
pid=$!
(sleep 20 && kill "$pid") >/dev/null 2>&1 &
guard=$!
exec 3>to 4<from
printf 'One two.\nThree' >&3
read -r line <&4
same "a line comes back before the next one" "One two ." "$line"
printf ' four.\n' >&3
read -r line <&4
same "and so does the next" "Three four ." "$line"
printf 'Five' >&3
exec 3>&-
read -r line <&4
same "the last one needs no line end" "Five" "$line"
exec 4<&-
wait "$pid" 2>/dev/null
same "and then it ends" 0 $?
kill "$guard" 2>/dev/null
wait "$guard" 2>/dev/null

# ---- Signals ----

mkdir out
"$LAFZ" -l en <to >got &
pid=$!
exec 3>to
"$LAFZ" -l en -o out/file <from &
pid2=$!
exec 4>from
printf 'One two.\nThree' >&3
printf 'One two.\nThree' >&4
# Both have read when their output, or their file, is there.
tries=0
while { [ ! -s got ] || [ -z "$(ls -A out)" ]; } && [ "$tries" -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
kill -TERM "$pid" "$pid2"
wait "$pid" 2>/dev/null
same "SIGTERM: status" 143 $?
same "SIGTERM: what was whole is there" "One two ." "$(cat got)"
wait "$pid2" 2>/dev/null
same "SIGTERM with -o: status" 143 $?
same "SIGTERM with -o: nothing is left" "" "$(ls -A out)"
exec 3>&- 4>&-

# Background processes of sh ignore SIGINT, so somebody else must send it.
if command -v "$PYTHON" >/dev/null; then
	cat >interrupt.py <<'END'
import os, signal, subprocess, sys

signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background has it ignored
lafz = sys.argv[1]
child = subprocess.Popen([lafz, "-l", "en"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
child.stdin.write(b"One two.\nThree")
child.stdin.flush()
line = child.stdout.readline()
child.send_signal(signal.SIGINT)
rest = child.stdout.read()
print(line + rest, child.wait(), child.stderr.read())
child = subprocess.Popen([lafz, "-l", "en", "-o", "out/file"], stdin=subprocess.PIPE)
child.stdin.write(b"One two.\nThree")
child.stdin.flush()
while not os.listdir("out"):
    pass
child.send_signal(signal.SIGINT)
print(child.wait(), os.listdir("out"))
END
	same "SIGINT" "b'One two .\\n' -2 b''
-2 []" "$("$PYTHON" interrupt.py "$LAFZ")"
fi

finish
