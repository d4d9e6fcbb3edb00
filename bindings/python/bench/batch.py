"""How fast the batch call is beside the library: batch.py BUILD TAG=FILE...

BUILD is a build folder after `make bench-build`. Each FILE is cut into documents of 100 bytes, as bench/library of the
project cuts it. Both run on the same documents in turn, the library with norm, runs and sentences; medians of the
processor's time in MB/s, and how much of the library's speed that is.
"""

import statistics
import subprocess
import sys
import time

import pyarrow as pa

import lafz

ROUNDS = 5
CALLS = 10  # in a row, as the library goes over its text again and again
COLUMNS = {
    "norm, offsets in bytes, kind, lang, sent": ["norm", "byte_start", "byte_end", "kind", "lang", "sent"],
    "the default": ["surface", "norm", "key", "start", "end", "kind", "lang", "sent"],
    "all": lafz.COLUMNS,
}


def documents(path: str) -> list[bytes]:
    with open(path, "rb") as file:
        text = file.read()
    found, at = [], 0
    while at < len(text):
        end = at + 100
        while end < len(text) and text[end] & 0xC0 == 0x80:
            end += 1
        found.append(text[at:end])
        at = end
    return found


def library(build: str, tag: str, path: str) -> float:
    done = subprocess.run([f"{build}/bench/library", "documents", tag, path], capture_output=True, check=True)
    size, _, seconds = done.stdout.split()[:3]
    return int(size) / float(seconds) / 1e6


def batch(tokenizer: lafz.Tokenizer, texts: pa.Array, size: int, columns: list[str]) -> float:
    start = time.thread_time()
    for _ in range(CALLS):
        tokenizer.arrow(texts, columns)
    return CALLS * size / (time.thread_time() - start) / 1e6


def main() -> None:
    build, *texts = sys.argv[1:]
    print("| text | languages | columns | MB/s | library, MB/s | ratio |\n| --- | --- | --- | --- | --- | --- |")
    for tag, path in (text.split("=") for text in texts):
        found = documents(path)[:40_000]
        array = pa.array(found, pa.binary()).cast(pa.string())
        size = sum(map(len, found))
        for which in (tag, "all"):
            tokenizer = lafz.Tokenizer(None if which == "all" else tag)
            speeds: dict[str, list[float]] = {name: [] for name in ["library", *COLUMNS]}
            for _ in range(ROUNDS):
                speeds["library"].append(library(build, which, path))
                for name, columns in COLUMNS.items():
                    speeds[name].append(batch(tokenizer, array, size, columns))
            base = statistics.median(speeds["library"])
            for name in COLUMNS:
                speed = statistics.median(speeds[name])
                print(f"| {tag} | {which} | {name} | {speed:.1f} | {base:.1f} | {speed / base:.2f} |", flush=True)


if __name__ == "__main__":
    main()
