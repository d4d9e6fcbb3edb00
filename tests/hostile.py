"""
Hostile text (bench/texts.py has it), a million bytes of each kind and a hashtag of ten million: the filter ends well, loses
no byte, needs no more memory than 32 MiB, and says the same of it as the table below, which doc/testing.md explains.

usage: hostile.py SOURCE LAFZ [table]   (table: prints what it says now)
       hostile.py SOURCE make FOLDER
"""
import filecmp
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
SIZES = {"one-hashtag": 10_000_000, "one-mark": 2_000_000}
MEMORY = 32 * 1024  # KiB

# Tokens of each text, sentences, and the kinds that there are more than a thousand of, or the most common one.
RESULTS = {
    "alternating": "666667 tokens, 16 sentences: word 666667",
    "marks": "4813 tokens, 16 sentences: word 4813",
    "links": "280522 tokens, 14046 sentences: punct 157292, word 60741, symbol 24768, url 11906, hashtag 11394, number 10587, mention 2213, email 1621",
    "endless": "16 tokens, 16 sentences: word 16",
    "digits": "469528 tokens, 13756 sentences: punct 237142, number 154996, symbol 76619",
    "ill-formed": "689234 tokens, 25040 sentences: other 360475, word 178271, punct 82604, symbol 39744, number 26449",
    "initials": "351829 tokens, 52870 sentences: word 199314, punct 152515",
    "controls": "49824 tokens, 16 sentences: word 49823",
    "switching": "181360 tokens, 16 sentences: word 181359",
    "one-mark": "31 tokens, 31 sentences: symbol 31",
    "nested": "666667 tokens, 16 sentences: punct 666667",
    "one-hashtag": "153 tokens, 153 sentences: word 152",
    "one-number": "16 tokens, 16 sentences: number 16",
    "one-link": "16 tokens, 16 sentences: word 15",
    "nul": "1000000 tokens, 16 sentences: other 1000000",
    "pairs": "677836 tokens, 25173 sentences: other 363836, word 158603, punct 85148, symbol 40685, number 29516",
    "tables": "276281 tokens, 16 sentences: other 138147, word 138134",
    "decoder": "341385 tokens, 16 sentences: other 215000, word 78031, punct 48070",
    "zwnj": "16 tokens, 16 sentences: word 16",
    "tatweel": "16 tokens, 16 sentences: punct 15",
    "flags": "125000 tokens, 16 sentences: emoji 125000",
    "family": "17 tokens, 16 sentences: emoji 16",
    "thai": "",  # by the dictionary of ICU
    "apostrophes": "32 tokens, 16 sentences: word 16",
    "hyphens": "541420 tokens, 16 sentences: word 270714, punct 270706",
    "spaces": "1 tokens, 1 sentences: other 1",
    "capitals": "17 tokens, 16 sentences: word 16",
    "hosts": "666663 tokens, 16 sentences: word 333331, punct 166667, number 166665",
}


def run(lafz, *options):
    return subprocess.run([lafz, *options], stdout=subprocess.PIPE, check=True).stdout


def peak(lafz, path):
    """
    Status, and KiB of memory. What this process needs counts as the child's too until it has begun, so the texts are made
    by another one.
    """
    child = os.posix_spawn(lafz, [lafz, "-f", "jsonl", "-o", "/dev/null", path], os.environ)
    _, status, usage = os.wait4(child, 0)
    return status, usage.ru_maxrss


def told(lafz, path):
    stats = json.loads(run(lafz, "stats", "-f", "json", path))
    kinds = sorted(((n, kind) for kind, n in stats["kinds"].items() if n > 0), reverse=True)
    shown = [f"{kind} {n}" for n, kind in kinds if n > 1000] or [f"{kind} {n}" for n, kind in kinds[:1]]
    return f"{stats['tokens']} tokens, {stats['sentences']} sentences: {', '.join(shown)}"


def check(lafz, name, path):
    """What is wrong, and KiB of memory."""
    wrong = []
    status, size = peak(lafz, path)
    if status != 0:
        wrong.append(f"status {status}")
    if size >= MEMORY and not os.environ.get("SANITIZER_FLAGS"):
        wrong.append(f"more than {MEMORY} KiB of memory")
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


main()
