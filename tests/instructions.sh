#!/bin/sh
# No slow change unseen: the instructions that the filter needs for the pages in corpora/, counted by valgrind, are at
# most 5 % more than tests/instructions.tsv says, with every kernel named there. The figures hold for one compiler, one
# architecture and -O2; elsewhere the test is skipped. `make instructions` writes them anew (write as first argument).
# What an empty input needs, mostly the dynamic linker, is taken off.
set -eu
export LC_ALL=C
figures=$abs_top_srcdir/tests/instructions.tsv
kernels='plain avx2'

skip()
{
	echo "$1"
	exit 77
}

[ -z "${SANITIZER_FLAGS:-}" ] || skip "built with sanitizers"
command -v valgrind >/dev/null || skip "no valgrind"
# The name without packager and date, the version without both.
build="$($CC --version | sed -n '1{s/ version.*//;s/ (.*//;p}') $($CC -dumpfullversion -dumpversion), $($CC -dumpmachine), $BUILD_CFLAGS"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# count KERNEL INPUT OPTION...: instructions.
count()
{
	kernel=$1
	input=$2
	shift 2
	LAFZ_KERNEL=$kernel valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$tmp/log" \
		"$LAFZ" "$@" <"$input" >/dev/null
	sed -n 's/^.*Collected : *//p' "$tmp/log"
}

# row KERNEL PAGE OPTIONS: a line of the figures.
row()
{
	if [ "$2" = mixed ]; then
		cat "$abs_top_srcdir"/corpora/mixed-?.txt >"$tmp/page"
	else
		cat "$abs_top_srcdir/corpora/$2.txt" >"$tmp/page"
	fi
	# shellcheck disable=SC2086 # several options
	all=$(count "$1" "$tmp/page" $3)
	printf '%s\t%s\t%s\t%d\n' "$1" "$2" "$3" $((all - empty))
}

# The figures of this build.
measure()
{
	for kernel in $kernels; do
		LAFZ_KERNEL=$kernel "$LAFZ" </dev/null >/dev/null 2>&1 || continue
		empty=$(count "$kernel" /dev/null)
		for form in text tsv jsonl; do
			row "$kernel" mixed "-f $form"
		done
		for page in ar ckb de en fa-AF fa-IR fr ps sd tr ug ur; do
			row "$kernel" "$page" "-f text"
		done
		for tag in ar en ps; do
			row "$kernel" "$tag" "-f text -l $tag"
		done
	done
}

if [ "${1-}" = write ]; then
	measure >"$tmp/rows"
	{
		echo "# Instructions of the filter, by tests/instructions.sh; do not edit, \`make instructions\` writes it."
		echo "# build: $build"
		printf '#kernel\tpage\toptions\tinstructions\n'
		cat "$tmp/rows"
	} >"$tmp/figures"
	cp "$tmp/figures" "$figures"
	exit 0
fi

named=$(sed -n 's/^# build: //p' "$figures")
[ "$build" = "$named" ] || skip "the figures are of $named; this is $build"
measure >"$tmp/rows"
awk -F '\t' '
	FNR == NR {
		if ($0 !~ /^#/)
			figure[$1 FS $2 FS $3] = $4
		next
	}
	!(($1 FS $2 FS $3) in figure) {
		print "no figure: " $0
		failed++
		next
	}
	{
		old = figure[$1 FS $2 FS $3]
		kernels[$1] = 1
		n++
		change = ($4 / old - 1) * 100
		note = change > 5 ? ": too many" : change < -5 ? ": fewer; make instructions" : ""
		printf "%s, %s, %s: %d instructions, %+.1f %%%s\n", $1, $2, $3, $4, change, note
		failed += change > 5
	}
	END {
		for (key in figure) {
			split(key, part, FS)
			if (!(part[1] in kernels) && !told[part[1]]++)
				print "not run here: kernel " part[1]
			else if (part[1] in kernels)
				expected++
		}
		if (expected != n) {
			print expected " figures, " n + 0 " rows"
			failed++
		}
		exit failed > 0 || n == 0
	}' "$figures" "$tmp/rows"
