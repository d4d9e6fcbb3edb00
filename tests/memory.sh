#!/bin/sh
# A document of 10 MB needs no more memory than 32 MiB, in every output format: text of all pages, and one endless line.
# Needs python3. Not with sanitizers, which have memory of their own.
set -eu
root=${abs_top_srcdir:-.}
python=${PYTHON:-python3}
if [ -n "${SANITIZER_FLAGS:-}" ]; then
	echo "skipped: built with sanitizers"
	exit 77
fi
if ! "$python" -c '' 2>/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cat "$root"/corpora/*.txt >"$tmp/page"
"$python" - "$tmp" <<'END'
import sys
page = open(sys.argv[1] + "/page", "rb").read()
n = 10_000_000 // len(page) + 1
open(sys.argv[1] + "/lines", "wb").write(page * n)
open(sys.argv[1] + "/line", "wb").write(page.replace(b"\n", b" ") * n)
END
for format in text tsv jsonl; do
	for file in lines line; do
		"$python" - "$LAFZ" "$format" "$tmp/$file" <<'END'
import resource, subprocess, sys
lafz, form, path = sys.argv[1:]
subprocess.run([lafz, "-f", form, path], stdout=subprocess.DEVNULL, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"{form}: {peak} KiB at most")
sys.exit(peak >= 32 * 1024)
END
	done
done
