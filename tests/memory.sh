#!/bin/sh
# A document of 10 MB needs no more memory than 32 MiB, in every output format: text of all pages, and one endless line; nor
# does a WET file of 100 MB, and with more jobs 24 MiB more for each. Needs python3. Not with sanitizers, which have memory of their own.
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

# at_most MIB ARGUMENT...: the peak of the program with these arguments.
at_most()
{
	"$python" - "$LAFZ" "$@" <<'END'
import resource, subprocess, sys
lafz, mib, *arguments = sys.argv[1:]
subprocess.run([lafz, *arguments], stdout=subprocess.DEVNULL, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"{' '.join(arguments[:-1])}: {peak} KiB of {mib} MiB")
sys.exit(peak >= int(mib) * 1024)
END
}

for format in text tsv jsonl conllu vrt spans arrow; do
	for file in lines line; do
		at_most 32 -f "$format" "$tmp/$file"
	done
done

"$python" "$root/tests/make_wet.py" --gzip 100000000 "$root"/corpora/*.txt >"$tmp/pages.wet.gz"
at_most 32 -f jsonl --keep-fields "$tmp/pages.wet.gz"
at_most 56 -j 2 -f jsonl "$tmp/pages.wet.gz"
"$python" "$root/tests/make_wet.py" 20000000 "$root"/corpora/*.txt >"$tmp/pages.wet"
for format in text tsv conllu vrt spans arrow; do
	at_most 32 -f "$format" "$tmp/pages.wet"
	at_most 56 -j 2 -f "$format" "$tmp/pages.wet"
done
at_most 104 -j 4 -f arrow "$tmp/pages.wet"
at_most 104 -j 4 -f jsonl "$tmp/pages.wet"
at_most 56 -j 2 -f jsonl --shard-size 8M -o "$tmp/out-%d.jsonl" "$tmp/pages.wet"
at_most 56 -j 2 -f text -e auto "$tmp/pages.wet"
# Documents that are cut: in another encoding, records of 20 MB, CoNLL-U without documents.
"$python" - "$tmp" <<'END'
import json, sys
tmp = sys.argv[1] + "/"
text = open(tmp + "lines", encoding="utf-8", newline="").read()
open(tmp + "utf16.txt", "wb").write(b"\xff\xfe" + text.encode("utf-16-le"))
with open(tmp + "long.jsonl", "w", encoding="utf-8") as out:
    for n in range(2):
        print(json.dumps({"id": n, "text": text}, ensure_ascii=False), file=out)
with open(tmp + "whole.conllu", "w", encoding="utf-8") as out:
    for line in filter(str.strip, text.split("\n")):
        out.write("# text = %s\n1\tx" % line.replace("\r", " ") + 8 * "\t_" + "\n\n")
END
for jobs in 1 2; do
	at_most $((8 + 24 * jobs)) -j $jobs -f tsv -e auto "$tmp/utf16.txt"
	at_most $((8 + 24 * jobs)) -j $jobs -f jsonl "$tmp/whole.conllu"
	# and the record, as it is in the file and as text
	at_most $((48 + 24 * jobs)) -j $jobs -f jsonl "$tmp/long.jsonl"
done
