#!/bin/sh
# CoNLL-U as the official validator of Universal Dependencies sees it (the program udvalidate of the Python package
# udtools, or what UDVALIDATE names; tried with version 0.2.9). At level 1 it has nothing to say of a text that is
# well-formed. At level 2 it misses the heads, which a file without syntax does not have, and stops there; so a head for
# each word is put in, and then it must have nothing to say at all.
. "${srcdir:-.}/tests/cli/lib.sh"

UDVALIDATE=${UDVALIDATE:-udvalidate}
command -v "$UDVALIDATE" >/dev/null || skip "there is no udvalidate (Python package udtools)"
PYTHONIOENCODING=utf-8
export PYTHONIOENCODING

# What a file without syntax must raise: HEAD is _, which is no number and no word.
cat >expected <<'END'
L2 FORMAT invalid-head
L2 SYNTAX unknown-head
END

# incidents LEVEL FILE: the names of what is wrong, each once.
incidents()
{
	"$UDVALIDATE" --max-err 0 --lang ud --level "$1" "$2" >report 2>&1
	validated=$?
	sed -n 's/^.*: \[\(L[0-9] [A-Z]* [a-z0-9-]*\)\].*$/\1/p' report | sort -u
}

for options in --mwt "--rules uax29" "--unwrap --max-segment 64"; do
	files=
	for name in "$top"/corpora/*.txt "$top"/tests/golden/*.txt; do
		case ${name##*/} in
		ill-formed*) ;;
		*) files="$files $name" ;;
		esac
	done
	# shellcheck disable=SC2086 # several names and arguments
	"$LAFZ" $options -f conllu $files >conllu
	same "$options: lafz" 0 $?
	incidents 1 conllu >found
	same "$options: level 1" "0 " "$validated $(cat found)"
	incidents 2 conllu >found
	same_file "$options: level 2" expected found
	awk 'BEGIN { FS = OFS = "\t" }
		$1 ~ /^[0-9]+$/ { $4 = "X"; $7 = $1 == 1 ? 0 : 1; $8 = $1 == 1 ? "root" : "dep" }
		{ print }' conllu >syntax
	incidents 2 syntax >found
	same "$options: level 2 with heads" "0 " "$validated $(cat found)"
done

# Ill-formed bytes are U+FFFD, of which the validator says that the text was damaged; so it was.
"$LAFZ" -f conllu "$top"/tests/golden/ill-formed.txt >conllu
same "ill-formed text" "L1 UNICODE invalid-utf" "$(incidents 1 conllu)"

finish
