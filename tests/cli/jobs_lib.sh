# For the tests of -j, behind lib.sh: texts, and the comparison with one job.
# shellcheck shell=sh

# The corpora, one after the other, in other orders and with other numbers of lines before them, so that cuts fall elsewhere.
# Half as much where all is slower is still several blocks.
make_mixed()
{
	turns="1 2 3 4 1 2 3 4 1 2"
	[ "${LAFZ_TEST_LESS:-}" != 1 ] || turns="1 2 3 4 1"
	for turn in $turns; do
		for text in "$top"/corpora/*.txt; do
			cat "$text"
			[ "$turn" = 2 ] && printf 'Eine Zeile.\n\n\n  \t \n'
			[ "$turn" = 3 ] && printf 'an end without a line end '
			:
		done
	done
}

# both NAME ARGUMENT...: several workers do what none does; LAFZ_JOBS says how many.
both()
{
	both_name=$1
	shift
	"$LAFZ" "$@" >"$tmp/one" 2>"$tmp/one.err"
	both_status=$?
	for jobs in ${LAFZ_JOBS:-2 5}; do
		run -j "$jobs" "$@"
		same "$both_name, -j $jobs: status" "$both_status" "$status"
		same_file "$both_name, -j $jobs: output" "$tmp/one" "$tmp/out"
		same_file "$both_name, -j $jobs: messages" "$tmp/one.err" "$tmp/err"
		[ "$failed" -gt 20 ] && finish
	done
}

# The first argument is the command, so -j comes behind it.
both_command()
{
	command=$1
	shift
	"$LAFZ" "$command" "$@" >"$tmp/one" 2>"$tmp/one.err"
	both_status=$?
	for jobs in ${LAFZ_JOBS:-2 5}; do
		run "$command" -j "$jobs" "$@"
		same "$command $*, -j $jobs: status" "$both_status" "$status"
		same_file "$command $*, -j $jobs: output" "$tmp/one" "$tmp/out"
		same_file "$command $*, -j $jobs: messages" "$tmp/one.err" "$tmp/err"
	done
}

# warc_of TYPE FILE
warc_of()
{
	printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:%s>\r\nWARC-Target-URI: http://a/%s\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n' \
		"$1" "$2" "$2" "$(wc -c <"$2")"
	cat "$2"
	printf '\r\n\r\n'
}
