#!/bin/sh
# SIGUSR1 right before a call of the system, the first ones of the program among them: the output is the same, and so is the
# status; what shows progress tells of it, and what does not takes no notice.
. "${abs_top_srcdir:-.}/tests/faults/lib.sh"

mkdir "$tmp/folder"
printf 'One two.\n' >"$tmp/folder/a.txt"
printf 'Three.\n' >"$tmp/folder/b.txt"
cd "$tmp"
failed=0

# check NAME CALL:N COMMAND...: the run with the signal against one without.
check()
{
	name="$1, $2"
	fault=$2
	shift 2
	status=0 expected_status=0
	"$LAFZ" "$@" >expected 2>expected.err || expected_status=$?
	LD_PRELOAD=$library LAFZ_FAULT_COUNTS=counts LAFZ_FAULT=$fault:usr1 "$LAFZ" "$@" >out 2>err || status=$?
	sed '/^lafz: [0-9]* B/d' err >messages
	if [ "$status" != "$expected_status" ] || ! cmp -s expected out || ! cmp -s expected.err messages; then
		printf '%s: status %s instead of %s, output and messages:\n' "$name" "$status" "$expected_status"
		cat out err
		failed=1
	fi
	# a signal that never came would test nothing
	if [ "$(sed -n "s/^${fault%:*} //p" counts)" -lt "${fault#*:}" ]; then
		printf '%s: there is no such call\n' "$name"
		failed=1
	fi
}

for n in 1 2 3; do
	check "a folder" "stat:$n" -r folder
	check "a folder, two threads" "readdir:$n" -j 2 -r folder
	check "a folder" "read:$n" -r folder
done
check "a folder" opendir:1 -r folder
check "a folder" open:1 -r folder
check "a folder" open:2 -r folder
check "counts" read:1 count folder/a.txt
check "languages" write:1 languages
check "diff" read:1 diff folder/a.txt folder/b.txt
check "verify" read:1 verify folder/a.txt folder/a.txt folder/b.txt
LD_PRELOAD=$library LAFZ_FAULT=opendir:1:usr1 "$LAFZ" -r folder >out 2>err
if ! grep -q '^lafz: 0 B' err; then
	echo "no line of progress:"
	cat err
	failed=1
fi
exit $failed
