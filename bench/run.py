"""
The benchmark: Lafz and its peers on the same texts, one core, runs taken in turn, medians. Prints
tables in Markdown. doc/performance.md says what the rows mean.

usage: run.py BUILD CORPORA   (as `make bench` does)

From the environment:
  BENCH_TEXT   a folder of *.txt, named by language tag (en.txt); else text is made from CORPORA
  BENCH_ONLY   names of texts with blanks between, en+20 for paragraphs of 20 lines of en; else en, ar, ps (else fa),
               en+20, mixed and the hostile ones
  BENCH_MB     size of a text, in MB (16)
  BENCH_RUNS   runs of each row, at least 7 for figures that one writes down (7)
  BENCH_CORE   the core to run on (the last one)
"""
import collections
import datetime
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import texts

FORMATS = ("text", "tsv", "jsonl")
BEST_ONLY = ("jsonl --compact", "spans", "arrow")  # measured with the best kernel
HOSTILE_MB = 2
STARTS = 101
DOCUMENT_RUNS = 3
SAMPLE = 200_000  # bytes for instructions by valgrind

Row = collections.namedtuple("Row", "label kernel argv env")
Cost = collections.namedtuple("Cost", "wall busy cycles instructions peak counted")


class Bench:
    def __init__(self, build, corpora, tmp):
        env = os.environ.get
        self.build, self.corpora, self.tmp = build, corpora, tmp
        self.size = int(float(env("BENCH_MB", "16")) * 1e6)
        self.runs = int(env("BENCH_RUNS", "7"))
        self.only = env("BENCH_ONLY", "").split()
        self.folder = env("BENCH_TEXT")
        core = env("BENCH_CORE")
        there = sorted(os.sched_getaffinity(0))
        self.core = int(core) if core else there[-1]
        self.cores = {self.core, *[other for other in reversed(there) if other != self.core][:1]}
        os.sched_setaffinity(0, {self.core})
        self.lafz = os.path.join(build, "lafz")
        self.tags = self.languages()
        self.kernels = self.output([self.tool("library"), "kernels"]).split()
        self.peers = self.find_peers()

    def tool(self, name):
        return os.path.join(self.build, "bench", name)

    @staticmethod
    def output(argv, **more):
        return subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True, **more).stdout

    def languages(self):
        lines = self.output([self.lafz, "languages"]).splitlines()
        return {line.split("\t")[0] for line in lines if not line.startswith("#")}

    def find_peers(self):
        wc = {**os.environ, "LC_ALL": "C.UTF-8"}
        peers = [
            Row("ICU chain", "", [self.tool("peer_icu"), "chain"], None),
            Row("ICU words alone", "", [self.tool("peer_icu"), "words"], None),
            Row("wc -w", "", ["wc", "-w"], wc),
            Row("utf8proc", "", [self.tool("peer_utf8proc")], None),
            Row("SQLite unicode61", "", [self.tool("peer_sqlite")], None),
            Row("CLD2, languages alone", "", [self.tool("peer_cld2")], None),
        ]
        there = [row for row in peers if shutil.which(row.argv[0])]
        self.absent = [row.label for row in peers if row not in there]
        return there

    # ---- Measuring ----

    def measure(self, row, path):
        out = self.output([self.tool("measure"), path, *row.argv], env=row.env)
        wall, busy, cycles, instructions, peak, counted = out.split()
        return Cost(float(wall), float(busy), int(cycles), int(instructions), int(peak), counted)

    def at_once(self, row, path):
        """Seconds on the wall until the same command, run on each of two cores at once, has ended on both."""
        runs = []
        for core in sorted(self.cores)[-2:]:
            os.sched_setaffinity(0, {core})
            argv = [self.tool("measure"), path, *row.argv]
            runs.append(subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=row.env))
        walls = [float(run.communicate()[0].split()[0]) for run in runs]
        if any(run.returncode != 0 for run in runs):
            sys.exit(f"{row.label}: two at once failed")
        return max(walls)

    @staticmethod
    def bytes_out(row, path):
        n = 0
        with open(path, "rb") as file:
            with subprocess.Popen(row.argv, stdin=file, stdout=subprocess.PIPE, env=row.env) as run:
                while block := run.stdout.read(1 << 20):
                    n += len(block)
        if run.returncode != 0:
            sys.exit(f"{row.label}: exit {run.returncode}")
        return n

    def with_kernel(self, kernel):
        return {**os.environ, "LAFZ_KERNEL": kernel}

    def rows_of_lafz(self, tag, formats):
        for kernel in self.kernels:
            env = self.with_kernel(kernel)
            if tag:
                yield Row(f"lafz -f text -l {tag}", kernel, [self.lafz, "-f", "text", "-l", tag], env)
            for form in (*formats, *(BEST_ONLY if kernel == self.kernels[-1] else ())):
                yield Row(f"lafz -f {form}", kernel, [self.lafz, "-f", *form.split()], env)

    def compare(self, name, path, rows):
        """Prints a row of the table for each command; every run of a row is followed by one of the next."""
        size = os.path.getsize(path)
        written = [self.bytes_out(row, path) for row in rows]
        costs = [[] for _ in rows]
        for _ in range(self.runs):
            for row, own in zip(rows, costs):
                own.append(self.measure(row, path))
        busy = [statistics.median(cost.busy for cost in own) for own in costs]
        base = {row.label: time for row, time in zip(rows, busy)}
        for row, own, time, out in zip(rows, costs, busy, written):
            cycles = statistics.median(cost.cycles for cost in own)
            peak = max(cost.peak for cost in own)
            cells = [name, row.label, row.kernel, f"{size / time / 1e6:.1f}", f"{out / time / 1e6:.1f}"]
            for peer in ("ICU chain", "wc -w"):
                cells.append(f"{base[peer] / time:.2f}" if peer in base else "")
            cells += [f"{cycles / size:.1f}", f"{peak / 1024:.1f}"]
            print("| " + " | ".join(cells) + " |", flush=True)
        return costs[0][0].counted

    def library(self, job, argument, path, kernel, runs):
        """Medians of what bench/library reports: bytes, items, seconds, cycles, instructions."""
        argv = [self.tool("library"), job, argument, path]
        found = [self.output(argv, env=self.with_kernel(kernel)).split()[:5] for _ in range(runs)]
        return [statistics.median(float(run[i]) for run in found) for i in range(5)]

    # ---- Texts ----

    def prepare(self):
        """Writes the texts; their names, tags (None if of no one language) and paths."""
        if self.folder:
            found = texts.texts_of_folder(self.folder)
        else:
            found = texts.texts_of_corpora(self.corpora, min(self.size, 4_000_000))
        if not found:
            sys.exit(f"no *.txt in {self.folder or self.corpora}")
        third = "ps" if "ps" in found else "fa"
        only = self.only or ["en", "ar", third, "en+20", "mixed", *texts.HOSTILE]
        chosen = []
        for name in only:
            if name in texts.HOSTILE:
                text, tag = texts.hostile(name, min(self.size, HOSTILE_MB * 1_000_000)), None
            elif name == "mixed":
                text, tag = texts.mixed(list(found.values()), self.size), None
            else:
                base, _, lines = name.partition("+")
                if base not in found or (lines and not lines.isdigit()) or lines == "0":
                    print(f"There is no text {name}.")
                    continue
                text = texts.paragraphs(found[base], int(lines)) if lines else found[base]
                text, tag = texts.enlarge(text, self.size), base if base in self.tags else None
            path = os.path.join(self.tmp, name + ".txt")
            with open(path, "wb") as file:
                file.write(text)
            chosen.append((name, tag, path))
        return chosen

    # ---- Tables ----

    def head(self):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        print(f"{datetime.date.today()}, {models[0] if models else 'processor unknown'}, core {self.core}")
        print(self.output([self.lafz, "--version"]).strip())
        print(f"Kernels: {' '.join(self.kernels)}. {self.runs} runs of each row in turn, medians.")
        if self.folder:
            print("Text: the user's, repeated up to the size.")
        else:
            print("Text: made from the pages in corpora/, a word after one that it follows there. It has few")
            print("different words, so languages cost less than in real text (BENCH_TEXT=FOLDER).")
        for peer in self.absent:
            print(f"Left out, its library is not installed: {peer}.")
        print("CLD2 as distributed knows no ps, ug, sd, ckb: it tells something else, or nothing, there.")
        print()

    def whole_process(self, chosen):
        print("| text | command | kernel | MB/s in | MB/s out | x chain | x wc | cycles/B | MiB |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        counted = ""
        for name, tag, path in chosen:
            formats = FORMATS if name not in texts.HOSTILE else ("text", "jsonl")
            peers = self.peers if name not in texts.HOSTILE else self.peers[:3]
            counted = self.compare(name, path, [*peers, *self.rows_of_lafz(tag, formats)])
        how = "the processor's own count" if counted == "counted" else "processor time by the rate of the time stamp counter"
        print(f"\nMB/s are by processor time, user and system. Cycles are {how}.\n")

    def scanner(self, chosen):
        print("| text | kernel | scan alone, MB/s | cycles/B | bytes an atom |")
        print("| --- | --- | --- | --- | --- |")
        for name, tag, path in chosen:
            if name in texts.HOSTILE:
                continue
            for kernel in self.kernels:
                size, atoms, time, cycles, _ = self.library("scan", kernel, path, kernel, self.runs)
                print(f"| {name} | {kernel} | {size / time / 1e6:.0f} | {cycles / size:.1f} | {size / atoms:.1f} |")
        print()

    def instructions(self, path, more):
        """Of lafz on the file, by valgrind: forms, since norms of plain lines are copied if one language is set."""
        log = os.path.join(self.tmp, "log")
        argv = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}"]
        with open(path, "rb") as file:
            subprocess.run([*argv, self.lafz, "-f", "text", "--view", "surface", *more], stdin=file, stdout=subprocess.DEVNULL, check=True)
        with open(log, encoding="utf-8") as file:
            return next(int(line.split()[-1]) for line in file if "Collected" in line)

    def identification(self, chosen):
        """What telling languages adds: the same text with one language set and with all as candidates."""
        best = self.kernels[-1]
        has_valgrind = shutil.which("valgrind") is not None
        print(f"Identification, kernel {best}: all stages without the filter, one language set and all as candidates.\n")
        print("| text | cycles/B, one set | all | languages cost | instructions/B, one set | all | languages cost |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        first = next((tag for _, tag, _ in chosen if tag), "en")
        for name, tag, path in chosen:
            if name in texts.HOSTILE:
                continue
            tags, found = (tag or first, "all"), ([], [])
            for _ in range(self.runs):
                for which, own in zip(tags, found):
                    own.append(self.library("stream", which, path, best, 1))
            size = found[0][0][0]
            cells = [statistics.median(run[3] for run in own) / size for own in found]
            counts = [statistics.median(run[4] for run in own) / size for own in found]
            if counts[0] == 0 and has_valgrind:
                sample = path + ".sample"
                with open(path, "rb") as whole, open(sample, "wb") as part:
                    part.write(whole.read(SAMPLE))
                counts = [self.instructions(sample, more) for more in (["-l", tags[0]], [])]
                empty = self.instructions(os.devnull, [])
                counts = [(count - empty) / os.path.getsize(sample) for count in counts]
            known = counts[0] > 0
            cells = [f"{cell:.1f}" for cell in (*cells, cells[1] - cells[0])]
            cells += [f"{count:.0f}" for count in (*counts, counts[1] - counts[0])] if known else ["", "", ""]
            print("| " + " | ".join([name, *cells]) + " |", flush=True)
        print(f"\nInstructions: by the processor's counters, else by valgrind, the filter on the first {SAMPLE} bytes.\n")

    def documents(self, chosen):
        print(f"| text | languages | documents of 100 bytes a second (a million, {DOCUMENT_RUNS} runs) |")
        print("| --- | --- | --- |")
        for name, tag, path in chosen:
            if not tag:
                continue
            for which in (tag, "all"):
                _, n, time, _, _ = self.library("documents", which, path, self.kernels[-1], DOCUMENT_RUNS)
                print(f"| {name} | {which} | {n / time:,.0f} |", flush=True)
        print()

    def jobs(self, chosen):
        """What a second job brings, by the clock on the wall, on two cores, and what the cores allow."""
        if len(self.cores) < 2:
            print("Jobs: left out, they need two cores.\n")
            return
        print("| text | command | one job, MB/s | two jobs | times | two commands at once, times one |")
        print("| --- | --- | --- | --- | --- | --- |")
        for name, tag, path in chosen:
            if name in texts.HOSTILE:
                continue
            size = os.path.getsize(path)
            forms = [["text", "-l", tag]] if tag else []
            for form in [*forms, ["text"], ["tsv"], ["jsonl"]]:
                argv = [self.lafz, "-f", *form]
                one, two, both = self.walls_of_jobs(argv, path)
                cells = [name, " ".join(["lafz -f", *form]), f"{size / one / 1e6:.1f}", f"{size / two / 1e6:.1f}"]
                print("| " + " | ".join([*cells, f"{one / two:.2f}", f"{2 * one / both:.2f}"]) + " |", flush=True)
        os.sched_setaffinity(0, {self.core})
        print("\nBy the clock on the wall, start included; one job on one core, two on two. Two commands at once have nothing to")
        print("do with one another but the memory and caches of the machine: no more than they gain can two jobs.\n")

    def walls_of_jobs(self, argv, path):
        """Medians of seconds: one job, two jobs, two commands of one job at once."""
        walls = ([], [], [])
        for _ in range(self.runs):
            for jobs, own in zip(("1", "2"), walls):
                os.sched_setaffinity(0, self.cores if jobs == "2" else {self.core})
                own.append(self.measure(Row("", "", [*argv, "-j", jobs], None), path).wall)
            walls[2].append(self.at_once(Row("", "", [*argv, "-j", "1"], None), path))
        return [statistics.median(own) for own in walls]

    def start(self):
        row = Row("start", "", [self.lafz], None)
        costs = [self.measure(row, os.devnull) for _ in range(STARTS)]
        wall = statistics.median(cost.wall for cost in costs)
        busy = statistics.median(cost.busy for cost in costs)
        print(f"Start: lafz on empty input takes {wall * 1e3:.2f} ms, {busy * 1e3:.2f} ms of it the processor's (median of {STARTS}).")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    with tempfile.TemporaryDirectory() as tmp:
        bench = Bench(sys.argv[1], sys.argv[2], tmp)
        bench.head()
        chosen = bench.prepare()
        bench.whole_process(chosen)
        bench.scanner(chosen)
        bench.identification(chosen)
        bench.documents(chosen)
        bench.jobs(chosen)
        bench.start()


main()
