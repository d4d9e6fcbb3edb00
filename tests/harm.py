"""usage: harm.py LAFZ ROOT [--table]

How many letters of a page's own alphabet the standard profile changes: with languages detected, where there must be none,
and with each wrong language forced. The pages are those of ROOT/corpora in Arabic script, the alphabets those of
ROOT/src/norm/alphabets.tsv. Letters are counted before and after; what a listed composition takes (heh and U+0654 to
U+06C0) is no change of a letter by itself. --table prints the table of the README.
Also that no rule of a language acts outside its runs, on all pages of ROOT/corpora.
"""
import collections
import glob
import json
import os
import subprocess
import sys
import tempfile

PAGES = {"ps": "ps", "fa": "fa-AF", "ar": "ar", "ur": "ur", "ug": "ug", "sd": "sd", "ckb": "ckb"}


def alphabets(path):
    out = collections.defaultdict(set)
    with open(path, encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(cells) < 3:
                continue
            if cells[0] in PAGES:
                out[cells[0]].update(chr(int(cp, 16)) for cp in cells[-1 if len(cells) == 3 else 2].split() if is_hex(cp))
    return out


def is_hex(text):
    return all(c in "0123456789ABCDEFabcdef" for c in text)


def normalised(lafz, page, *options):
    run = subprocess.run([lafz, "normalize", *options, page], stdout=subprocess.PIPE, check=True)
    return run.stdout.decode("utf-8")


def changed(before, after, alphabet):
    was, now = collections.Counter(before), collections.Counter(after)
    return sum(max(0, was[letter] - now[letter]) for letter in alphabet)


def fired_outside(lafz, page):
    """Edits of a language's rule outside its runs, on one page. A rule's name begins with its language."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "map")
        subprocess.run([lafz, "normalize", "--map", path, page], stdout=subprocess.DEVNULL, check=True)
        wrong = n = 0
        with open(path, encoding="utf-8") as file:
            for line in file:
                edit = json.loads(line)
                for rule in edit["rules"]:
                    tag = rule.split("-")[0]
                    n += tag in PAGES
                    wrong += tag in PAGES and tag != edit["lang"]
    return wrong, n


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    lafz, root = sys.argv[1:3]
    letters = alphabets(root + "/src/norm/alphabets.tsv")
    wrong = 0
    rows = []
    for tag, name in PAGES.items():
        page = f"{root}/corpora/{name}.txt"
        source = normalised(lafz, page, "-p", "nfc")
        if len(letters[tag]) < 25:
            sys.exit(f"{tag}: no alphabet found")
        total = sum(c in letters[tag] for c in source)
        detected = changed(source, normalised(lafz, page), letters[tag])
        own = changed(source, normalised(lafz, page, "-l", tag), letters[tag])
        forced = {other: changed(source, normalised(lafz, page, "-l", other), letters[tag]) for other in PAGES}
        wrong += detected + own
        rows.append((tag, total, detected, forced))
        print(f"{tag}: {total} letters, {detected} changed when detected, {own} with its own language forced")
    if "--table" in sys.argv:
        print("| text in | letters | detected | " + " | ".join(f"`-l {tag}`" for tag in PAGES) + " |")
        print("| --- " * (len(PAGES) + 3) + "|")
        for tag, total, detected, forced in rows:
            print(f"| {tag} | {total} | **{detected}** | " + " | ".join(str(forced[other]) for other in PAGES) + " |")
    fired = [fired_outside(lafz, page) for page in sorted(glob.glob(f"{root}/corpora/*.txt"))]
    outside = sum(bad for bad, _ in fired)
    print(f"{sum(n for _, n in fired)} edits by a language's rule on all pages, {outside} outside its runs")
    sys.exit(1 if wrong or outside else 0)


if __name__ == "__main__":
    main()
