# For the scripts beside this file, which begin with
#	. "${srcdir:-.}/tests/cli/lib.sh"
# LAFZ is the program, srcdir the top of the source. The script goes on in an empty folder that is removed at its end.
# shellcheck shell=sh
set -u

LC_ALL=C
export LC_ALL
unset LAFZ_KERNEL
if [ ! -x "${LAFZ:-}" ]; then
	echo "LAFZ does not name the program"
	exit 77
fi
# Both without a relative part, since we leave the folder.
LAFZ=$(cd "$(dirname "$LAFZ")" && pwd)/$(basename "$LAFZ")
top=$(cd "${srcdir:-.}" && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM HUP
mkdir "$tmp/work"
cd "$tmp/work" || exit 1
passed=0
failed=0

# same NAME EXPECTED ACTUAL
same()
{
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	printf 'FAILED: %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
}

# same_file NAME EXPECTED_FILE ACTUAL_FILE
same_file()
{
	if cmp -s "$2" "$3"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	printf 'FAILED: %s\n' "$1"
	diff "$2" "$3" | head -n 10 | cut -c 1-200
}

# has NAME TEXT PART: TEXT has PART in it.
has()
{
	case $2 in
	*"$3"*) passed=$((passed + 1)) ;;
	*)
		failed=$((failed + 1))
		printf 'FAILED: %s\n  not found: %s\n  in:        %s\n' "$1" "$3" "$2"
		;;
	esac
}

# run ARGUMENT...: runs the program; sets status, and writes to ../out and ../err.
run()
{
	"$LAFZ" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}

# gives NAME TEXT ARGUMENT...: with these arguments the program ends well, writes this text and says nothing. Standard
# input is the caller's.
gives()
{
	gives_name=$1
	printf '%s\n' "$2" >"$tmp/expected"
	shift 2
	run "$@"
	same "$gives_name: status" 0 "$status"
	same_file "$gives_name: output" "$tmp/expected" "$tmp/out"
	same "$gives_name: messages" "" "$(cat "$tmp/err")"
}

# refuses NAME PART ARGUMENT...: wrong use; the message has PART in it and points to --help; nothing is written.
refuses()
{
	refuses_name=$1
	refuses_part=$2
	shift 2
	run "$@" </dev/null
	same "$refuses_name: status" 2 "$status"
	has "$refuses_name: message" "$(cat "$tmp/err")" "$refuses_part"
	has "$refuses_name: hint" "$(cat "$tmp/err")" "--help"
	same "$refuses_name: output" "" "$(cat "$tmp/out")"
}

# run_examples LEAST FOLDER: N.command for N from 1 to what the file count says, each run in FOLDER, writes what is in
# N.expected; there are at least LEAST. The program is lafz in them.
run_examples()
{
	mkdir -p bin
	ln -sf "$LAFZ" bin/lafz
	PATH=$tmp/work/bin:$PATH
	TMPDIR=$tmp
	export PATH TMPDIR
	example=1
	while [ "$example" -le "$(cat count)" ]; do
		(cd "$2" && sh "$tmp/work/$example.command") >"$example.out" 2>&1
		same_file "$(cat "$example.command")" "$example.expected" "$example.out"
		example=$((example + 1))
	done
	same "there are examples" yes "$([ "$example" -gt "$1" ] && echo yes)"
}

# find_examples README: the examples of a README as run_examples wants them. In an indented block a line that begins with "$ "
# is a command, and the lines up to the next one or to the end of the block are its output.
find_examples()
{
	awk '
		!/^    / { in_example = 0; next }
		{ text = substr($0, 5) }
		text ~ /^\$ / { n++; in_example = 1; print substr(text, 3) > (n ".command"); printf "" > (n ".expected"); next }
		in_example { print text > (n ".expected") }
		END { print n + 0 > "count" }
	' "$1"
}

# readme_examples README LEAST FOLDER
readme_examples()
{
	find_examples "$1"
	run_examples "$2" "$3"
}

# Tells how it went; the last line of a script.
finish()
{
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
}

# skip REASON
skip()
{
	echo "skipped: $1"
	exit 77
}
