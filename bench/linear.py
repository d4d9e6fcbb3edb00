"""
Growth: doubling hostile text at most multiplies the instructions by LIMIT. By valgrind, so the same on every machine.
Below the longest segment (64 KiB), and from it on, where LIMIT_BEYOND holds: what is cut is scanned
twice, which is a step and no growth. Exit 1 if a text grows faster.

usage: linear.py LAFZ [SIZES [TEXT...]]   (`make bench-linear` tries all; sizes with a comma between)

LAFZ_LINEAR_OPTIONS are the filter's; without them it writes jsonl.
"""
import os
import subprocess
import sys
import tempfile

import texts

LIMIT = 2.2
SEGMENT = 65536
LIMIT_BEYOND = 3.0
SIZES = (16384, 32768, 65536, 131072)
OPTIONS = os.environ.get("LAFZ_LINEAR_OPTIONS", "-f jsonl").split()


def instructions(lafz, text, tmp):
    log, path = os.path.join(tmp, "log"), os.path.join(tmp, "text")
    with open(path, "wb") as file:
        file.write(text)
    argv = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}", lafz, *OPTIONS]
    with open(path, "rb") as file:
        subprocess.run(argv, stdin=file, stdout=subprocess.DEVNULL, check=True)
    with open(log, encoding="utf-8") as file:
        return next(int(line.split()[-1]) for line in file if "Collected" in line)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.strip())
    sizes = tuple(map(int, sys.argv[2].split(","))) if len(sys.argv) > 2 else SIZES
    worst = 0.0
    with tempfile.TemporaryDirectory() as tmp:
        empty = instructions(sys.argv[1], b"", tmp)
        print("| text | " + " | ".join(f"instructions/B, {size // 1024} KiB" for size in sizes) + " | worst doubling |")
        print("| --- " * (len(sizes) + 2) + "|")
        for name in sys.argv[3:] or texts.HOSTILE:
            counts = [instructions(sys.argv[1], texts.hostile(name, size), tmp) - empty for size in sizes]
            growth = max(after / before for before, after in zip(counts, counts[1:]))
            excess = [after / before / (LIMIT if size < SEGMENT else LIMIT_BEYOND)
                      for before, after, size in zip(counts, counts[1:], sizes[1:])]
            worst = max(worst, *excess)
            cells = [f"{count / size:.0f}" for count, size in zip(counts, sizes)]
            print(f"| {name} | " + " | ".join(cells) + f" | {growth:.2f} |", flush=True)
    print(f"\nAllowed for a doubling: {LIMIT}, from {SEGMENT} bytes on {LIMIT_BEYOND}; the worst has {100 * worst:.0f} % of it.")
    sys.exit(worst > 1)


main()
