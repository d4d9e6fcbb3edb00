#!/bin/sh
# Every line of NormalizationTest.txt (Unicode 15.0) through `lafz normalize -p nfc`. Needs python3 and the file.
set -eu
python=${PYTHON:-python3}
file=${UCD_DIR:-/usr/share/unicode}/NormalizationTest.txt.bz2
if ! "$python" -c '' 2>/dev/null || ! [ -r "$file" ]; then
	echo "skipped: no python3, or no $file"
	exit 77
fi
exec "$python" - "$LAFZ" "$file" <<'END'
import bz2, subprocess, sys

lafz, path = sys.argv[1:]
source, expected = [], []
with bz2.open(path, "rt", encoding="utf-8") as file:
    for line in file:
        if line[0] in "#@":
            continue
        c = ["".join(chr(int(cp, 16)) for cp in column.split()) for column in line.split(";")[:5]]
        # NFC: c2 == toNFC(c1) == toNFC(c2) == toNFC(c3), c4 == toNFC(c4) == toNFC(c5)
        source += c
        expected += [c[1]] * 3 + [c[3]] * 2
run = subprocess.run([lafz, "normalize", "-p", "nfc"], input=("\n".join(source) + "\n").encode(),
                     stdout=subprocess.PIPE, check=True)
got = run.stdout.decode().split("\n")[:-1]
wrong = sum(a != b for a, b in zip(got, expected)) + abs(len(got) - len(expected))
print(f"{len(expected)} strings, {wrong} wrong")
sys.exit(1 if wrong or len(expected) < 90000 else 0)
END
