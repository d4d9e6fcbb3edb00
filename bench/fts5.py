"""
The time to build a full-text index of SQLite's FTS5 with the tokenizers unicode61 and lafz, in turn on one core. Prints a
table in Markdown: what of a text is read in a second of processor time, medians, and the size of the database.

usage: fts5.py BUILD CORPORA   (as `make bench-fts5` does)

From the environment, as for run.py: BENCH_TEXT, BENCH_ONLY (all texts), BENCH_MB (4; a text is cut to it, not repeated,
since an index of repeated text is no index that anyone has), BENCH_RUNS (7), BENCH_CORE.
"""
import os
import subprocess
import sys
import tempfile

import texts

DOCUMENTS = (100, 1000)  # bytes: a message, a page
TOKENIZERS = ("unicode61", "lafz", "lafz synonyms 1")


def read_texts(corpora, size):
    folder, only = os.environ.get("BENCH_TEXT"), os.environ.get("BENCH_ONLY", "").split()
    found = texts.texts_of_folder(folder) if folder else texts.texts_of_corpora(corpora, size)
    if not found:
        sys.exit(f"no *.txt in {folder or corpora}")
    return {name: text[: text.find(b"\n", size) + 1] or text for name, text in found.items() if not only or name in only}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    build, corpora = sys.argv[1:]
    size = int(float(os.environ.get("BENCH_MB", "4")) * 1e6)
    core = os.environ.get("BENCH_CORE")
    os.sched_setaffinity(0, {int(core) if core else max(os.sched_getaffinity(0))})
    module = os.path.join(build, "bindings", "sqlite", ".libs", "lafz.so")
    print("| text | MB | bytes a document | tokenizer | MB/s | times unicode61 | MB of the database |")
    print("| --- " * 7 + "|")
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "text")
        for name, text in read_texts(corpora, size).items():
            with open(path, "wb") as file:
                file.write(text)
            for document in DOCUMENTS:
                argv = [os.path.join(build, "bench", "fts5"), module, path, str(document)]
                argv += [os.environ.get("BENCH_RUNS", "7"), *TOKENIZERS]
                out = subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True).stdout
                rows = [line.split("\t") for line in out.splitlines()]
                base = float(rows[0][1])
                for tokenizer, median, _, database, _ in rows:
                    speed = len(text) / float(median) / 1e6
                    cells = [name, f"{len(text) / 1e6:.1f}", str(document), tokenizer, f"{speed:.1f}"]
                    cells += [f"{base / float(median):.2f}", f"{int(database) / 1e6:.1f}"]
                    print("| " + " | ".join(cells) + " |", flush=True)


main()
