"""
The inputs in a file of tests/fuzz/saved as files of a folder, for a fuzzer to begin with.

usage: unpack.py FILE.pack.gz FOLDER
"""
import gzip
import os
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    name, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    with gzip.open(name) as file:
        text = file.read()
    off = n = 0
    while off < len(text):
        end = text.index(b"\n", off)
        size = int(text[off:end])
        with open(os.path.join(folder, f"{n:05}"), "wb") as out:
            out.write(text[end + 1:end + 1 + size])
        off = end + 1 + size
        n += 1


main()
