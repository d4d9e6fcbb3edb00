#!/bin/sh
# --progress, the line on a terminal, SIGUSR1.
. "${srcdir:-.}/tests/cli/lib.sh"

printf 'One two.\n' >a.txt
printf 'Three.\n' >b.txt
printf '{"text":"One."}\n{"text":\n{"text":"Two."}\n{"id":7}\n' >r.jsonl

# told: what was said, with N for what depends on time.
told()
{
	sed 's/[0-9.]* MB\/s/N MB\/s/; s/, [0-9:]* left/, N left/' "$tmp/err"
}

# ---- The last line ----

run a.txt b.txt
same "not on a terminal: nothing" "" "$(told)"
run --progress a.txt b.txt
same "files" "0 lafz: 16 B of 16 B (100%), N MB/s, N left, 2 documents, 0 errors" "$status $(told)"
run --progress <a.txt
same "standard input that is a file" "0 lafz: 9 B of 9 B (100%), N MB/s, N left, 1 document, 0 errors" "$status $(told)"
cat a.txt | run --progress
same "a pipe: no size, no time left" "lafz: 9 B, N MB/s, 1 document, 0 errors" "$(told)"
run --progress -r .
has "-r: the files of a folder" "$(told)" " B of "
for jobs in 1 2; do
	run --progress -j $jobs r.jsonl missing a.txt
	same "errors, -j $jobs" "1 lafz: 59 B of 59 B (100%), N MB/s, N left, 3 documents, 3 errors" "$status $(told | tail -n 1)"
	run --progress -j $jobs --on-error fail r.jsonl
	same "a record ends it, -j $jobs" "1 1 error" "$status $(told | tail -n 1 | sed 's/.*, //')"
	for command in stats count normalize runs key; do
		run $command --progress -j $jobs a.txt
		has "$command, -j $jobs" "$(told)" "lafz: 9 B of 9 B (100%)"
	done
done
run stats --progress -i conllu a.txt
has "conllu: an error" "$(told)" "1 error"
if command -v gzip >/dev/null; then
	gzip -c a.txt >a.txt.gz
	size=$(wc -c <a.txt.gz | tr -d ' ')
	run --progress a.txt.gz
	same "compressed: bytes of the file" "lafz: $size B of $size B (100%), N MB/s, N left, 1 document, 0 errors" "$(told)"
fi
mkdir shards
run --shard-size 1 -o shards/%d a.txt b.txt
run --progress --resume --shard-size 1 -o shards/%d a.txt b.txt
same "what a run before has written does not count" "lafz: 0 B, N MB/s, 0 documents, 0 errors" "$(told)"
refuses "verify" "--progress: not with verify" verify --progress a.txt a.txt a.txt
refuses "languages" "--progress: not with verify, diff and languages" languages --progress

# ---- SIGUSR1 ----

# wait_lines N FILE: until FILE has N lines
wait_lines()
{
	tries=0
	while [ "$(wc -l <"$2" | tr -d ' ')" -lt "$1" ] && [ $tries -lt 1000 ]; do
		sleep 0.01
		tries=$((tries + 1))
	done
}

mkfifo in out
for jobs in 1 3; do
	: >"$tmp/err"
	"$LAFZ" -j $jobs -f text <in >"$tmp/out" 2>"$tmp/err" &
	pid=$!
	exec 3>in
	printf 'One two.\nThr' >&3
	wait_lines 1 "$tmp/out"
	kill -USR1 $pid
	wait_lines 1 "$tmp/err"
	same "SIGUSR1 while it waits, -j $jobs" "lafz: 12 B, N MB/s, 1 document, 0 errors" \
		"$(told | sed 's/, 0 documents/, 1 document/')"
	printf 'ee.\nFour.\n' >&3
	wait_lines 3 "$tmp/out"
	kill -USR1 $pid
	wait_lines 2 "$tmp/err"
	same "SIGUSR1 again, -j $jobs" "lafz: 22 B" "$(tail -n 1 "$tmp/err" | sed 's/,.*//')"
	printf 'Fi' >&3
	kill -TERM $pid
	wait $pid
	same "dies of another signal, -j $jobs" 143 $?
	exec 3>&-
	same "what is whole, -j $jobs" "One two . Three . Four ." "$(tr '\n' ' ' <"$tmp/out" | sed 's/ $//')"
done

# Workers write, but nobody reads.
yes 'One two three four five.' | head -n 100000 >long.txt
for format in text jsonl; do
	: >"$tmp/err"
	"$LAFZ" -j 2 -f $format long.txt >out 2>"$tmp/err" &
	pid=$!
	exec 4<out
	tries=0
	while ! grep -q '^lafz: [1-9]' "$tmp/err" && [ $tries -lt 1000 ]; do
		[ -s "$tmp/err" ] || sleep 0.01
		grep -q '^SigCgt:.*[2367abef]..$' /proc/$pid/status && kill -USR1 $pid
		sleep 0.01
		tries=$((tries + 1))
	done
	has "SIGUSR1 while workers wait, $format" "$(grep '^lafz: [1-9]' "$tmp/err")" " MB/s, "
	"$LAFZ" -f $format long.txt | cmp - /dev/fd/4 >/dev/null
	same "and nothing is lost, $format" 0 $?
	wait $pid
	same "status, $format" 0 $?
	exec 4<&-
done

# Nothing is read yet, since nobody writes; nothing can be written, since nobody reads.
: >"$tmp/err"
"$LAFZ" in >out 2>"$tmp/err" &
pid=$!
exec 4<out
# Only a program that is ready for the signal outlives it.
tries=0
while [ -r /proc/$pid/status ] && ! grep -q '^SigCgt:.*[2367abef]..$' /proc/$pid/status && [ $tries -lt 1000 ]; do
	sleep 0.01
	tries=$((tries + 1))
done
tries=0
while [ ! -s "$tmp/err" ] && [ $tries -lt 1000 ]; do
	kill -USR1 $pid
	sleep 0.01
	tries=$((tries + 1))
done
has "SIGUSR1 while a pipe has no writer" "$(head -n 1 "$tmp/err")" "lafz: 0 B, "
yes 'One two three four five.' | head -n 40000 >long.txt
cat long.txt >in &
tries=0
while ! grep -q '^lafz: [1-9]' "$tmp/err" && [ $tries -lt 1000 ]; do
	kill -USR1 $pid
	sleep 0.01
	tries=$((tries + 1))
done
has "SIGUSR1 while its pipe is full" "$(grep '^lafz: [1-9]' "$tmp/err")" " MB/s, "
same "and nothing is lost" "$(wc -l <long.txt)" "$(wc -l <&4)"
wait $pid
same "status after so many signals" 0 $?
exec 4<&-
(
	trap '' USR1
	"$LAFZ" <in >"$tmp/out" 2>"$tmp/err" &
	pid=$!
	exec 3>in
	kill -USR1 $pid
	printf 'One.\n' >&3
	exec 3>&-
	wait $pid
)
same "an ignored signal stays ignored" "0  One ." "$? $(cat "$tmp/err") $(cat "$tmp/out")"

# ---- A terminal ----

if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	TERM=xterm
	export TERM
	name=$(printf 'bad\033[2Jname.jsonl')
	cp r.jsonl "$name"
	# On for as long as the line has not come.
	: >shown
	{
		cat long.txt
		tries=0
		while ! grep -q 'MB/s' shown && [ $tries -lt 1000 ]; do
			sleep 0.01
			echo 'Six.'
			tries=$((tries + 1))
		done
	} >in &
	script -qfec "'$LAFZ' in '$name' missing >'$tmp/out'" shown </dev/null >/dev/null
	wait
	tr '\r' '\n' <shown >lines
	has "a terminal: a line in place" "$(cat shown)" "$(printf ' errors\033[K\r')"
	has "a terminal: the last line stays" "$(grep -v '^Script done' lines | grep . | tail -n 1)" ", 3 documents, 3 errors"
	has "a terminal: a name cannot move the cursor" "$(cat lines)" "bad?[2Jname.jsonl: record 2 at byte 16"
	same "a terminal: no other controls" "" "$(grep '^lafz' lines | sed "s/$(printf '\033')\[K\$//" | tr -d '\n' | tr -dc '\000-\037\177')"
	script -qec "'$LAFZ' --progress a.txt >/dev/null" shown </dev/null >/dev/null
	has "a terminal: --progress" "$(cat shown)" "lafz: 9 B of 9 B (100%)"
	script -qec "'$LAFZ' a.txt" shown </dev/null >/dev/null
	same "a terminal: not when it is over at once" 0 "$(grep -c 'MB/s' shown)"
	script -qec "TERM=dumb '$LAFZ' --progress missing >/dev/null" shown </dev/null >/dev/null
	same "a dumb terminal: no escapes" 0 "$(grep -c "$(printf '\033')" shown)"
else
	echo "not done: a terminal, since there is no script(1) that takes -qec"
fi
finish
