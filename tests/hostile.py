"""
Hostile text (bench/texts.py has it), a million bytes of each kind and a hashtag of ten million: the filter ends well, loses
no byte, needs no more memory than 32 MiB, for tokens and for text in one language, and says the same of it as the table below,
which doc/testing.md explains. The text of the front of each is that of its tokens.

usage: hostile.py SOURCE LAFZ [table]   (table: prints what it says now)
       hostile.py SOURCE make FOLDER
"""
import filecmp
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
SIZES = {"one-hashtag": 10_000_000, "one-mark": 2_000_000}
MEMORY = 32 * 1024  # KiB
FRONT = 40_000  # bytes of a text whose tokens are read here

# Tokens of each text, sentences, and the kinds that there are more than a thousand of, or the most common one.
RESULTS = {
    "alternating": "666667 tokens, 16 sentences: word 666667",
    "marks": "4813 tokens, 16 sentences: word 4813",
    "links": "276984 tokens, 14267 sentences: punct 154232, word 59712, symbol 24768, hashtag 11945, url 11906, number 10587, mention 2213, email 1621",
    "endless": "16 tokens, 16 sentences: word 16",
    "digits": "468336 tokens, 12988 sentences: punct 236119, number 154996, symbol 76450",
    "ill-formed": "688279 tokens, 24924 sentences: other 360475, word 177560, punct 82539, symbol 39566, number 26448",
    "initials": "351868 tokens, 52909 sentences: word 199314, punct 152554",
    "controls": "49824 tokens, 16 sentences: word 49823",
    "switching": "181360 tokens, 16 sentences: word 181359",
    "one-mark": "31 tokens, 31 sentences: symbol 31",
    "nested": "666667 tokens, 16 sentences: punct 666667",
    "one-hashtag": "153 tokens, 153 sentences: word 152",
    "one-number": "16 tokens, 16 sentences: number 16",
    "one-link": "16 tokens, 16 sentences: word 15",
    "nul": "1000000 tokens, 16 sentences: other 1000000",
    "pairs": "676604 tokens, 25125 sentences: other 363836, word 157779, punct 84748, symbol 40245, number 29548",
    "tables": "276281 tokens, 16 sentences: other 138147, word 138134",
    "decoder": "341385 tokens, 16 sentences: other 215000, word 78031, punct 48070",
    "zwnj": "16 tokens, 16 sentences: word 16",
    "tatweel": "16 tokens, 16 sentences: punct 15",
    "flags": "125000 tokens, 16 sentences: emoji 125000",
    "family": "17 tokens, 16 sentences: emoji 16",
    "thai": "",  # by the dictionary of ICU
    "apostrophes": "32 tokens, 16 sentences: word 16",
    "hyphens": "544580 tokens, 16 sentences: word 272294, punct 272286",
    "spaces": "1 tokens, 1 sentences: other 1",
    "capitals": "17 tokens, 16 sentences: word 16",
    "hosts": "666663 tokens, 16 sentences: word 333331, punct 166667, number 166665",
}


def run(lafz, *options):
    return subprocess.run([lafz, *options], stdout=subprocess.PIPE, check=True).stdout


def peak(lafz, path, *options):
    """
    Status, and KiB of memory. What this process needs counts as the child's too until it has begun, so the texts are made
    by another one.
    """
    child = os.posix_spawn(lafz, [lafz, *options, "-o", "/dev/null", path], os.environ)
    _, status, usage = os.wait4(child, 0)
    return status, usage.ru_maxrss


def told(lafz, path):
    stats = json.loads(run(lafz, "stats", "-f", "json", path))
    kinds = sorted(((n, kind) for kind, n in stats["kinds"].items() if n > 0), reverse=True)
    shown = [f"{kind} {n}" for n, kind in kinds if n > 1000] or [f"{kind} {n}" for n, kind in kinds[:1]]
    return f"{stats['tokens']} tokens, {stats['sentences']} sentences: {', '.join(shown)}"


def text_of_tokens(lafz, path, tag):
    """A sentence a line, the norms of its tokens with a space between, an empty line between paragraphs."""
    text, last = b"", None
    for line in run(lafz, "-f", "jsonl", "-l", tag, path).splitlines():
        sentence = json.loads(line)
        norms = [token["norm"] for token in sentence["tokens"] if token["norm"]]
        if norms:
            text += b"" if last in (None, sentence["par"]) else b"\n"
            text += " ".join(norms).encode() + b"\n"
            last = sentence["par"]
    return text


def compare(lafz, path):
    """Languages in which the text of a file is not that of its tokens. In a process of its own: see peak."""
    return [tag for tag in ("en", "fa") if run(lafz, "-f", "text", "-l", tag, path) != text_of_tokens(lafz, path, tag)]


def check(lafz, name, path):
    """What is wrong, and KiB of memory."""
    wrong, size = [], 0
    for options in ("-f", "jsonl"), ("-f", "text", "-l", "en"):
        status, kib = peak(lafz, path, *options)
        size = max(size, kib)
        if status != 0:
            wrong.append(f"{' '.join(options)}: status {status}")
        if kib >= MEMORY and not os.environ.get("SANITIZER_FLAGS"):
            wrong.append(f"{' '.join(options)}: more than {MEMORY} KiB of memory")
    with open(path, "rb") as file, open(path + ".front", "wb") as front:
        front.write(file.read(FRONT))
    with multiprocessing.Pool(1) as pool:
        for tag in pool.apply(compare, (lafz, path + ".front")):
            wrong.append(f"the text of its tokens is another, -l {tag}")
    result = told(lafz, path)
    if RESULTS[name] and result != RESULTS[name]:
        wrong.append(f"{result}; expected {RESULTS[name]}")
    run(lafz, "normalize", "-p", "none", "-o", path + ".same", path)
    if not filecmp.cmp(path, path + ".same", shallow=False):
        wrong.append("normalize without a profile is not the text")
    return wrong, size


def make(source, folder):
    sys.path.insert(0, source + "/bench")
    import texts
    for name in texts.HOSTILE:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(texts.hostile(name, SIZES.get(name, 1_000_000)))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__.strip())
    source, lafz = sys.argv[1:3]
    if lafz == "make":
        make(source, sys.argv[3])
        return
    failed = 0
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([sys.executable, "-B", __file__, source, "make", tmp], check=True)
        for name in sorted(os.listdir(tmp)):
            path = os.path.join(tmp, name)
            if len(sys.argv) > 3:
                print(f'    "{name}": "{told(lafz, path)}",')
                continue
            wrong, size = check(lafz, name, path)
            print(f"{name}: {size} KiB" + "".join("; FAILED: " + one for one in wrong), flush=True)
            failed += bool(wrong)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
