#!/bin/sh
# The mixed pages of corpora/ against their gold: the tokens, and of each its kind, sentence, paragraph, run, language, script,
# flags, character offsets and norm. Also that the gold is what its notation says. Needs python3.
set -eu
root=${abs_top_srcdir:-.}
python=${PYTHON:-python3}
if ! "$python" -c '' 2>/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
cd "$root"
PYTHONDONTWRITEBYTECODE=1 "$python" tools/gold.py --check corpora/mixed-1.txt corpora/mixed-2.txt corpora/mixed-3.txt
exec "$python" tests/compare_gold.py "$LAFZ" corpora/mixed-1 corpora/mixed-2 corpora/mixed-3
