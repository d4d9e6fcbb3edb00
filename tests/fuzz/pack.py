"""
Puts the inputs in a folder into one file that tests/fuzz/replay.c reads: each behind a line with its length, in the order
of their bytes, compressed.

usage: pack.py FOLDER FILE.pack.gz
"""
import gzip
import os
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    folder, out = sys.argv[1:]
    inputs = []
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            inputs.append(file.read())
    text = b"".join(b"%d\n%s" % (len(one), one) for one in sorted(inputs))
    with open(out, "wb") as file:
        file.write(gzip.compress(text, 9, mtime=0))
    print(f"{out}: {len(inputs)} inputs, {len(text)} bytes, {os.path.getsize(out)} compressed")


main()
