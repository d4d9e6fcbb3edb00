#!/bin/sh
# Runs the commands of doc/corpora.md, one after the other in one folder, on a small made WET file, and compares with the output
# shown. A command whose tool is not installed is not run, nor one that needs what that would have made.
. "${srcdir:-.}/tests/cli/lib.sh"

PYTHON=${PYTHON:-python3}
command -v "$PYTHON" >/dev/null || skip "no Python to make a corpus with"

find_examples "$top/doc/corpora.md"

mkdir corpus
"$PYTHON" "$top/tests/make_wet.py" --gzip 1000000 "$top"/corpora/*.txt >corpus/pages.wet.gz

# is_there TOOL
is_there()
{
	case $1 in
	gensim | pyarrow) python3 -c "import $1" 2>/dev/null ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

# Which of the commands need which tool, or a file it makes.
missing=
for pair in fasttext:'fasttext |ps\.vec|lang\.bin' lmplz:'lmplz |ps\.arpa' build_binary:'build_binary ' gensim:'gensim|ps\.w2v' \
	spm_train:'spm_train |spm_encode ' cwb-encode:'cwb-encode |cwb-makeall |cqp ' pyarrow:'pyarrow'; do
	if is_there "${pair%%:*}"; then
		echo "ran with: ${pair%%:*}"
		continue
	fi
	missing="$missing ${pair%%:*}"
	for command in $(grep -lE "${pair#*:}" ./*.command); do
		echo : >"$command"
		: >"${command%.command}.expected"
	done
done
[ -z "$missing" ] || echo "not run, since they are not installed:$missing"

run_examples 29 "$PWD/corpus"
if [ "$failed" -gt 0 ]; then
	tail -n 5 corpus/*.log
fi
finish
