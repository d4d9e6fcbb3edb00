"""
Growth: doubling hostile text at most multiplies the instructions by LIMIT. By valgrind, so the same on every machine.
Below the longest segment (64 KiB) and beyond it. Exit 1 if a text grows faster.

usage: linear.py LAFZ   (as `make bench-linear` does)
"""
import os
import subprocess
import sys
import tempfile

import texts

LIMIT = 2.2
SIZES = (16384, 32768, 65536, 131072)


def instructions(lafz, text, tmp):
    log, path = os.path.join(tmp, "log"), os.path.join(tmp, "text")
    with open(path, "wb") as file:
        file.write(text)
    argv = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}", lafz, "-f", "jsonl"]
    with open(path, "rb") as file:
        subprocess.run(argv, stdin=file, stdout=subprocess.DEVNULL, check=True)
    with open(log, encoding="utf-8") as file:
        return next(int(line.split()[-1]) for line in file if "Collected" in line)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    worst = 0.0
    with tempfile.TemporaryDirectory() as tmp:
        empty = instructions(sys.argv[1], b"", tmp)
        print("| text | " + " | ".join(f"instructions/B, {size // 1024} KiB" for size in SIZES) + " | worst doubling |")
        print("| --- " * (len(SIZES) + 2) + "|")
        for name in texts.HOSTILE:
            counts = [instructions(sys.argv[1], texts.hostile(name, size), tmp) - empty for size in SIZES]
            growth = max(after / before for before, after in zip(counts, counts[1:]))
            worst = max(worst, growth)
            cells = [f"{count / size:.0f}" for count, size in zip(counts, SIZES)]
            print(f"| {name} | " + " | ".join(cells) + f" | {growth:.2f} |", flush=True)
    print(f"\nThe worst doubling multiplies instructions by {worst:.2f}; allowed {LIMIT}.")
    sys.exit(worst > LIMIT)


main()
