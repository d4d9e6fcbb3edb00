#!/bin/sh
# Compressed files that are cut off at many places, spoilt, or followed by something else: all that can be decoded before is there, a
# message names the file, the record and the byte, and the exit status tells of it.
. "${srcdir:-.}/tests/cli/lib.sh"

PYTHON=${PYTHON:-python3}
command -v "$PYTHON" >/dev/null || skip "no Python to compare with"
"$PYTHON" -c 'import bz2, lzma, zlib' 2>/dev/null || skip "Python lacks bz2, lzma or zlib"

cat >cut.py <<'END'
import bz2, json, lzma, os, random, shutil, subprocess, sys, zlib
lafz = sys.argv[1]
rng = random.Random(5)
times = 2 if os.environ.get("LAFZ_TEST_LESS") == "1" else 12
failed = checked = 0

def size_of(what):
    return sum(map(size_of, what)) if isinstance(what, (tuple, list)) else len(what) if isinstance(what, (bytes, str)) else 0

def check(name, expected, actual):
    global failed, checked
    checked += 1
    if expected != actual:
        failed += 1
        print("FAILED: %s\n  expected: %.200r (%d)\n  actual:   %.200r (%d)" % (name, expected, size_of(expected), actual, size_of(actual)))

def run(*args):
    done = subprocess.run([lafz, *args], capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

def by_tool(*command):
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

# How to compress, and all that can be decoded of a part.
formats = {
    "gzip": (by_tool("gzip", "-c"), lambda part: zlib.decompressobj(31).decompress(part)),
    "bzip2": (by_tool("bzip2", "-1c"), lambda part: bz2.BZ2Decompressor().decompress(part)),
    "xz": (by_tool("xz", "-c"), lambda part: lzma.LZMADecompressor().decompress(part)),
    "zstd": (by_tool("zstd", "-qc"), by_tool("zstd", "-qdc")),
    "lz4": (by_tool("lz4", "-qB4c"), by_tool("lz4", "-qdc")),
}
lines = ["Word %d of a line, %d." % (rng.randrange(30000), rng.randrange(10 ** 9)) for _ in range(14000)]
text = "".join(line + "\n" for line in lines).encode()
records = [('{"id":"r%d","text":"%s"}\n' % (n, line)).encode() for n, line in enumerate(lines)]

def ends(whole):
    """How many records lie in so many bytes, and where they end."""
    n = size = 0
    while n < len(records) and size + len(records[n]) <= whole:
        size += len(records[n])
        n += 1
    return n, size

def cut(name, pack, unpack):
    for kind, source in (("txt", text), ("jsonl", b"".join(records))):
        packed = pack(source)
        places = [12, len(packed) - 10] + [rng.randrange(12, len(packed) - 10) for _ in range(times)]
        for place in places:
            file = "cut." + kind
            open(file, "wb").write(packed[:place])
            known = unpack(packed[:place])
            what = "%s %s cut at %d of %d" % (name, kind, place, len(packed))
            for jobs in ("1", "2"):
                rc, out, err = run("normalize", "-p", "none", "-j", jobs, file)
                if kind == "txt":
                    check(what, (1, source[:len(known)]), (rc, out))
                    check(what + ": message",
                          "lafz: %s: the %s data are cut off, behind byte %d of what they hold\n" % (file, name, len(known)), err)
                    continue
                n, size = ends(len(known))
                check(what, (3, lines[:n]), (rc, [json.loads(line)["text"] for line in out.splitlines()]))
                check(what + ": message", "lafz: %s: record %d at byte %d: the %s data are cut off" % (file, n + 1, size, name),
                      err.split("\n")[0])
    rc, out, err = run("normalize", "-p", "none", "--on-error", "fail", "cut.jsonl")
    check(name + " with --on-error fail", (1, ends(len(known))[0]), (rc, out.count(b"\n")))

def spoil(name, pack):
    packed = pack(text)
    for place in [rng.randrange(30, len(packed) - 30) for _ in range(times)]:
        open("spoilt.txt", "wb").write(packed[:place] + bytes([packed[place] ^ 0x55]) + packed[place + 1:])
        rc, out, err = run("normalize", "-p", "none", "spoilt.txt")
        what = "%s spoilt at %d of %d" % (name, place, len(packed))
        check(what, (1, 1), (rc, err.count("\n")))
        check(what + ": message", True, err.startswith("lafz: spoilt.txt: ") and name in err and "byte " in err)
    # Without the last byte of a sum behind it, all of the text is there.
    open("sum.txt", "wb").write(packed[:-1])
    rc, out, err = run("normalize", "-p", "none", "sum.txt")
    check(name + " without its sum", (1, text), (rc, out))
    for tail in (b"more", b"\0\1\2\3" * 9):
        open("tail.txt", "wb").write(packed + tail)
        rc, out, err = run("normalize", "-p", "none", "tail.txt")
        check(name + " with something behind it", (1, text), (rc, out))
        check(name + " with something behind it: message", True, "behind byte %d" % len(text) in err)
    for size in ("1", "4096"):
        open("three.txt", "wb").write(packed + pack(b"") + packed)
        check(name + ": three in one", (0, text + text, ""), run("normalize", "-p", "none", "--read-size", size, "three.txt"))

for name, (pack, unpack) in formats.items():
    if not shutil.which(name):
        print("not done:", name)
        continue
    cut(name, pack, unpack)
    spoil(name, pack)
if shutil.which("zstd"):
    # The window is what the file says, however short it is.
    open("wide.zst", "wb").write(by_tool("zstd", "-qc", "--long=29")(text))
    check("zstd with a wide window", (1, b"", "lafz: wide.zst: the compressed data ask for more memory than a decoder gets, "
          "behind byte 0 of what they hold\n"), run("normalize", "wide.zst"))
print("%d checks, %d failed" % (checked, failed))
sys.exit(failed > 0)
END
"$PYTHON" cut.py "$LAFZ" >report 2>&1
same "compressed files" 0 $?
tail -n 40 report
finish
