#!/usr/bin/env python3
"""Lets the filter's calls of the C library fail, one run for each call, and looks at what it makes of it.

usage: faults.py memory|files LAFZ LIBRARY FOLDER [PREFIX...]

LAFZ_FAULT_CASE names the cases that are run, with semicolons between them; LAFZ_FAULT_MOST is how many calls of a kind fail;
LAFZ_FAULT_JOBS how many runs there are at once.

LIBRARY is that of fault.c, FOLDER is empty and ours. With LAFZ_TEST_FULL=1 each call fails in turn, or as many as
LAFZ_FAULT_MOST says, else a share of them, evenly spread. PREFIX is put before the program's name (valgrind, say).

Whatever fails, the filter must end with 0 and the right output, or with 1, a message, and the beginning of the right
output; nothing but whole files appears under the names it was given, and no other file is left behind. Errors that
ask for patience (EINTR, EAGAIN, short counts) must go unnoticed.
"""
import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys

FULL = os.environ.get("LAFZ_TEST_FULL") == "1"
PARTS = 16 if FULL else 1  # a case is so many pieces of work
SECONDS = 30  # a run that takes longer hangs

TEXT = (
    "\ufeffکابل کې نن ۱۲۴ پيلوټان راغلل. د «وزارت امور خارجه» په وينا @MoFA_af: we don’t wait… example.af/news #کابل\n"
    "Dr. Smith’s café cost 3,000.50 on 2025-09-21 at 17:29. \U0001F468\u200D\U0001F469\u200D\U0001F467 :-) e\u0301\u0323\n\n"
    "كتاب خوبي است كه مي‌خوانم. ڪتاب ـ بيٛر\u064b\u0651\u0652\u0650\u064f ۇيغۇر\n"
    "ภาษาไทยง่ายนิดเดียว 这是一个测试 ひらがなカタカナ ខ្មែរ 한국어 русский\n"
).encode() + b"bad \xff\xc3 bytes \xe2\x82\n" + b"long " * 40 + b"\n"
RECORDS = b"".join(
    b'{"id":"%d","extra":[1,{"a":"b"}],"text":"One %d \\u06a9\\u062a\\u0627\\u0628 \\ud83d\\ude00 \\u0627\\u0644\\u0643."}\n' % (i, i)
    for i in range(12)
)
FOLD = b"language\tps\n064A\tnot-last\t06CC\tname=my-yeh,force,off\ta reason\n"
CONLLU = b"# newdoc id = d1\n# newpar\n# sent_id = 1\n# text = One two.\n1\tOne\t_\t_\t_\t_\t_\t_\t_\t_\n\n# text = \xda\xa9\xd8\xaa\xd8\xa7\xd8\xa8\n1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n"


def warc(n):
    records = []
    for i in range(n):
        body = b"Text of page %d. \xda\xa9\xd8\xaa\xd8\xa7\xd8\xa8\n" % i
        records.append(
            b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:%d>\r\nWARC-Target-URI: http://a/%d\r\n"
            b"WARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % (i, i, len(body))
            + body + b"\r\n\r\n")
    return b"".join(records)


def files(folder):
    """What the cases read."""
    import bz2
    import gzip
    import lzma
    os.makedirs(f"{folder}/in/tree/sub")
    lines = TEXT.replace(b"\xff", b"").replace(b"\xc3 b", b"b")
    for name, text in {
        "page.txt": TEXT, "docs.jsonl": RECORDS, "a.conllu": CONLLU, "a.warc": warc(5), "tree/a.txt": b"One two.\n",
        "tree/sub/b.txt": TEXT, "page.gz": gzip.compress(TEXT, mtime=0), "page.xz": lzma.compress(TEXT),
        "page.bz2": bz2.compress(TEXT), "w1256.txt": "قال الرجل café.\n".encode("cp1256"), "sjis.txt": "日本語テスト\n".encode("shift_jis"),
        "large.txt": lines * 400, "large.jsonl": RECORDS * 300,
        "my.fold": FOLD,
    }.items():
        with open(f"{folder}/in/{name}", "wb") as file:
            file.write(text)


# Name, command line. OUT is a new folder each time; standard input is the first file behind "<".
CASES = [
    ("text", "in/page.txt"),
    ("text from a pipe", "- < in/page.txt"),
    ("tsv", "-f tsv --gaps in/page.txt in/page.txt"),
    ("jsonl", "-f jsonl --explain --value --mwt in/page.txt"),
    ("compact", "-f jsonl --compact in/page.txt"),
    ("conllu", "-f conllu --mwt in/page.txt"),
    ("vrt", "-f vrt in/page.txt"),
    ("spans", "-f spans in/page.txt"),
    ("spans in units", "-f spans --utf16 in/page.txt"),
    ("arrow", "-f arrow in/page.txt"),
    ("runs", "runs in/page.txt"),
    ("runs jsonl", "runs -f jsonl in/page.txt"),
    ("key", "key in/page.txt"),
    ("languages", "languages"),
    ("version", "--version"),
    ("stats", "stats in/page.txt"),
    ("stats json", "stats -f json in/page.txt"),
    ("count", "count --kinds word,number in/page.txt"),
    ("count on disk", "count --memory 1M in/large.txt"),
    ("normalize", "normalize --digits ascii --lower --strip-marks --unify-punct --zwnj drop in/page.txt"),
    ("nfc", "normalize -p nfc in/page.txt"),
    ("map", "normalize --map OUT/map -o OUT/norm in/page.txt"),
    ("records", "-f jsonl --keep-fields in/docs.jsonl"),
    ("records, text", "in/docs.jsonl"),
    ("conllu in", "-f conllu in/a.conllu"),
    ("warc", "-f jsonl --keep-fields in/a.warc"),
    ("gzip", "in/page.gz"),
    ("xz", "in/page.xz"),
    ("bzip2", "in/page.bz2"),
    ("folder", "-r in/tree"),
    ("windows-1256", "-f tsv -e windows-1256 in/w1256.txt"),
    ("shift_jis", "-f tsv -e shift_jis in/sjis.txt"),
    ("output", "-o OUT/out.tsv -f tsv in/page.txt"),
    ("output, gzip", "-o OUT/out.tsv.gz -f tsv in/page.txt"),
    ("output, xz", "-o OUT/out.tsv.xz -f tsv in/page.txt"),
    ("by language", "--split-by-lang -o OUT/%s.txt in/page.txt"),
    ("shards", "--shard-size 300 -o OUT/%03d.jsonl -f jsonl in/docs.jsonl"),
    ("shards, gzip", "--shard-size 300 -o OUT/%03d.jsonl.gz -f jsonl in/docs.jsonl"),
    ("a user's tables", "normalize -p in/my.fold --fold my-yeh -l ps in/page.txt"),
    ("verify", "verify in/page.txt in/norm in/map"),
    ("selection", "-f tsv --only-lang ps,fa --mask-kind url=<URL> in/page.txt"),
    ("2 jobs", "-j 2 -f tsv in/large.txt"),
    ("2 jobs, text", "-j 2 -f text in/large.txt"),
    ("2 jobs, records", "-j 2 -f jsonl in/large.jsonl"),
    ("2 jobs, output", "-j 2 -o OUT/out.txt in/page.txt in/docs.jsonl"),
]

# These end with something about all that was read, also if it was not all: so what they write is no beginning.
CLOSED = {"spans", "spans in units", "arrow", "vrt", "stats", "stats json", "count", "count on disk"}

# Behind a file that cannot be read come the others.
GO_ON = {"folder"}

# libarchive ends the process where it finds no memory for a message. Nothing gets its name, but the other file stays.
# And 3.6 crashes where it finds none for a filter (archive_write_add_filter_gzip, archive_read_append_filter and their like).
PACKED = {"output, gzip", "output, xz", "shards, gzip"}
LIBARCHIVE_ENDS = b"Fatal Internal Error in libarchive"

# So does glibc's loader, at some places, when it loads ICU or libarchive.
LOADER_ENDS = (127, b"out of memory\n")

# Without ICU the program ends where it stands, as if it had been killed.
NO_ICU = b"lafz: ICU cannot be loaded: "


class Run:
    """One run: status, output, messages, and the files it has left."""

    def __init__(self, bench, args, fault=None, counts=None):
        self.folder = "out"
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        words = args.replace("OUT", self.folder).split()
        source = subprocess.DEVNULL
        if "<" in words:
            source = subprocess.PIPE
            with open(words[-1], "rb") as file:
                text = file.read()
            words = words[:-2]
        env = dict(os.environ, LD_PRELOAD=bench.library, TMPDIR=self.folder)
        if fault:
            env["LAFZ_FAULT"] = fault
        if counts:
            env["LAFZ_FAULT_COUNTS"] = counts
        process = subprocess.Popen(bench.prefix + [bench.lafz] + words, stdin=source, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=env)
        try:
            self.out, self.err = process.communicate(text if source == subprocess.PIPE else None, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            self.out, self.err = process.communicate()
            self.err += b"\nhangs"
        self.status = process.returncode
        self.files = {}
        for name in os.listdir(self.folder):
            with open(f"{self.folder}/{name}", "rb") as file:
                self.files[name] = file.read()


class Bench:
    def __init__(self, lafz, library, prefix):
        self.lafz, self.library, self.prefix = lafz, library, prefix
        self.runs = self.bad = self.endured = self.ended = 0
        self.said = {}
        self.lines = []

    def add(self, other):
        """What another one has seen."""
        self.runs += other.runs
        self.bad += other.bad
        self.endured += other.endured
        self.ended += other.ended
        for text, n in other.said.items():
            self.said[text] = self.said.get(text, 0) + n
        for line in other.lines:
            print(line)

    def counts(self, args):
        """How often each call is made."""
        self.right = Run(self, args, counts="counts")
        if self.right.status != 0 or b"lafz: " in self.right.err:
            sys.exit(f"{args}: {self.right.status} {self.right.err.decode()}")
        with open("counts") as file:
            return {name: int(n) for name, n in (line.split() for line in file)}

    def complain(self, case, fault, what, run):
        self.bad += 1
        if self.bad <= 40:
            self.lines.append(f"FAILED: {case[0]}: {fault}: {what}: status {run.status}, {run.err.decode(errors='replace')[-600:]!r}")

    def check_files(self, case, fault, run):
        right = self.right.files
        strange = [name for name in run.files if name not in right]
        if strange and not fault.startswith("unlink:") and NO_ICU not in run.err:
            self.complain(case, fault, f"files left behind: {strange}", run)
        for name, text in run.files.items():
            # A state that tells of fewer shards is one of an earlier moment.
            if name in right and text != right[name] and "resume" not in name:
                self.complain(case, fault, f"half a file: {name}", run)

    def is_beginning(self, case, fault, out):
        right = self.right.out
        if right.startswith(out) or case[0] in CLOSED:
            return True
        if case[0] in GO_ON:
            return set(out.split(b"\n")) <= set(right.split(b"\n"))
        # Behind a read error the last line is one that ends there.
        return fault.startswith(("read:", "pread:")) and right.startswith(out[:len(out) // 2])

    def check(self, case, fault, must_endure):
        args, right = case[1], self.right
        run = Run(self, args, fault)
        self.runs += 1
        if run.status == 0:
            self.endured += 1
            # A state also holds the sizes of the input, as far as they could be had.
            if run.out != right.out or any(run.files.get(name) != text for name, text in right.files.items()
                                           if not ("resume" in name and fault.startswith("stat:"))):
                self.complain(case, fault, "wrong output", run)
        elif run.status == -signal.SIGSEGV and fault.startswith("malloc:") and case[0] in PACKED:
            self.ended += 1
            return
        elif (run.status, run.err) == LOADER_ENDS and fault.startswith("malloc:"):
            self.ended += 1
            return
        elif must_endure:
            self.complain(case, fault, "not endured", run)
        elif run.status == -signal.SIGPIPE and str(errno.EPIPE) in fault:
            pass
        elif run.status != 1:
            self.complain(case, fault, "wrong status", run)
        elif LIBARCHIVE_ENDS in run.err:
            self.ended += 1
            return
        elif b"lafz: " not in run.err:
            self.complain(case, fault, "no message", run)
        elif not self.is_beginning(case, fault, run.out):
            self.complain(case, fault, "output is not a beginning", run)
        self.check_files(case, fault, run)
        if run.status == 1:
            last = run.err.decode(errors="replace").strip().split("\n")[-1]
            self.said[last] = self.said.get(last, 0) + 1


def spread(n, most, part=0):
    """Numbers from 1 to n, at most `most` of them, evenly; the first and the last ones always. Those of a part."""
    if most is None or n <= most:
        return range(1 + part, n + 1, PARTS)
    return sorted({1, 2, n} | {1 + i * (n - 1) // max(most - 1, 1) for i in range(most)})[part::PARTS]


# Call, errors that may be fatal, errors that must not be noticed.
FILE_FAULTS = [
    ("read", ["EIO"], ["EINTR", "EAGAIN", "short"]),
    ("pread", ["EIO", "end"], ["EINTR", "short"]),  # a file may become shorter
    ("write", ["EIO", "ENOSPC", "EPIPE", "EDQUOT"], ["EINTR", "EAGAIN", "short"]),
    ("open", ["EACCES", "EMFILE", "ENOSPC"], []),
    ("close", ["EIO", "ENOSPC"], []),
    ("stat", ["EACCES", "EIO"], []),
    ("fchmod", ["EPERM"], []),
    ("fsync", ["EIO"], []),
    ("rename", ["ENOSPC", "EACCES"], []),
    ("unlink", ["EACCES"], []),
    ("opendir", ["EACCES", "EMFILE"], []),
    ("readdir", ["EIO"], []),
    ("poll", ["ENOMEM"], ["EINTR"]),
    ("dlopen", ["ENOENT"], []),
    ("pthread_create", ["EAGAIN"], []),
]


def what(name):
    return name if name in ("short", "end") else str(getattr(errno, name))


def memory(bench, case, most, part):
    n = bench.counts(case[1])["malloc"]
    for i in spread(n, most, part):
        bench.check(case, f"malloc:{i}:{errno.ENOMEM}", False)
    for i in spread(n, None if most is None else max(most // 4, 2), part):
        bench.check(case, f"malloc:{i}+:{errno.ENOMEM}", False)


def trouble(bench, case, most, part):
    counts = bench.counts(case[1])
    for call, fatal, mild in FILE_FAULTS:
        for error in fatal + mild:
            for i in spread(counts[call], most, part):
                bench.check(case, f"{call}:{i}:{what(error)}", error in mild)
                if error in fatal and i == 1 and counts[call] > 1:
                    bench.check(case, f"{call}:{i}+:{what(error)}", False)
        if part == 0 and "short" in mild and counts[call] > 0 and "large" not in case[1]:
            bench.check(case, f"{call}:1+:short", True)


def work(piece):
    """A part of a case, in a folder of this process."""
    case, part = piece
    task, lafz, library, folder = sys.argv[1:5]
    os.makedirs(f"{folder}/{os.getpid()}", exist_ok=True)
    os.chdir(f"{folder}/{os.getpid()}")
    if not os.path.exists("in"):
        files(".")
        subprocess.run([lafz, "normalize", "-o", "in/norm", "--map", "in/map", "in/page.txt"], check=True)
    bench = Bench(lafz, library, sys.argv[5:])
    most = os.environ.get("LAFZ_FAULT_MOST", "" if FULL else "8" if task == "memory" else "1")
    (memory if task == "memory" else trouble)(bench, case, int(most) if most else None, part)
    return bench


def main():
    only = os.environ.get("LAFZ_FAULT_CASE")
    cases = [case for case in CASES if not only or case[0] in only.split(";")]
    total = Bench("", "", [])
    with multiprocessing.Pool(int(os.environ.get("LAFZ_FAULT_JOBS", "1"))) as pool:
        done = pool.imap(work, [(case, part) for case in cases for part in range(PARTS)])
        for case in cases:
            before = total.runs, total.bad
            for _ in range(PARTS):
                total.add(next(done))
            if FULL or total.bad > before[1] or only:
                print(f"{case[0]}: {total.runs - before[0]} runs, {total.bad - before[1]} wrong", flush=True)
    if FULL or only:
        for text, n in sorted(total.said.items(), key=lambda row: -row[1])[:60]:
            print(f"{n:6} {text}")
    print(f"{total.runs} faults, {total.endured} of them endured, {total.ended} ended by libarchive or the loader, {total.bad} wrong")
    return total.bad > 0 or total.runs == 0


if __name__ == "__main__":
    sys.exit(main())
