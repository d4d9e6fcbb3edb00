#!/usr/bin/env python3
"""usage: gen_letters.py LETTERS_TSV HEADS_TSV OUT_DIR

Writes OUT_DIR/letters.h, what letters and the order of words prove, from src/run/letters.tsv and src/run/heads.tsv, whose
heads say what their rows mean. The same inputs give the same bytes. A row that cannot be right is refused with its line.
"""
import os
import sys

FIRST, LIMIT = 0x180, 0x780
ARAB_FIRST = 0x600
LANGUAGES = "ps fa ar ur ug sd ckb".split(), "en fr de es it pt nl tr az uz id so sw ha ku".split()  # Arab, Latn


def rows(path, n_fields):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != n_fields:
                sys.exit(f"{path}:{number}: {len(fields)} fields, not {n_fields}")
            yield number, fields


def read(path):
    """Rows of script, languages and weight, and letters to the numbers of their rows, from 1 on."""
    found, row_of = [], {}
    for number, (letters, languages, weight, _) in rows(path, 4):
        named = [] if languages == "-" else languages.split()
        is_latin = int(letters.split()[0], 16) < ARAB_FIRST
        unknown = set(named) - set(LANGUAGES[is_latin])
        if unknown or not weight.isdigit() or not 0 < int(weight) < 128:
            sys.exit(f"{path}:{number}: no such language or weight")
        found.append((is_latin, named, int(weight)))
        for letter in letters.split():
            cp = int(letter, 16)
            if not FIRST <= cp < LIMIT or cp in row_of or is_latin != (cp < ARAB_FIRST):
                sys.exit(f"{path}:{number}: U+{cp:04X} is out of range, of another script, or has two rows")
            row_of[cp] = len(found)
    return found, row_of


def heads(path):
    found = []
    for number, (word, _) in rows(path, 2):
        if word in found or not all(FIRST <= ord(c) < LIMIT for c in word):
            sys.exit(f"{path}:{number}: no word, or it has two rows")
        found.append(word)
    return found


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    found, row_of = read(sys.argv[1])
    out = ["/*",
           " * What letters and the order of words prove. By tools/gen_letters.py from src/run/letters.tsv and",
           " * src/run/heads.tsv; remake with `make tables`. Do not edit.",
           " */",
           f"#define LETTERS_FIRST 0x{FIRST:04X}u",
           f"#define LETTERS_LIMIT 0x{LIMIT:04X}u",
           "",
           "/* The row of a letter, 0: none. */",
           "static const uint8_t letters_row[LETTERS_LIMIT - LETTERS_FIRST] = {"]
    for start in range(FIRST, LIMIT, 16):
        out.append("\t" + " ".join(f"{row_of.get(cp, 0)}," for cp in range(start, start + 16)))
    out += ["};", "",
            "/* What is taken off the languages that are not named. */",
            "static const struct {",
            "\tconst char *named; /* tags with a space before and behind each */",
            "\tuint8_t script;    /* enum run_script */",
            "\tuint8_t weight;",
            f"}} letters_rows[{len(found) + 1}] = {{",
            '\t{"", RUN_SCRIPTS, 0},']
    for is_latin, named, weight in found:
        tags = "".join(f" {tag}" for tag in named) + " "
        out.append('\t{"%s", %s, %d},' % (tags, "RUN_LATN" if is_latin else "RUN_ARAB", weight))
    words = heads(sys.argv[2])
    longest = max(map(len, words)) + 1
    out += ["};", "",
            "/* Nouns that stand first in Dari and last in Pashto; 0 ends each. */",
            f"static const uint16_t letters_heads[{len(words)}][{longest}] = {{"]
    for word in words:
        out.append("\t{" + ", ".join(f"0x{ord(c):04X}" for c in word) + "},")
    out.append("};")
    with open(os.path.join(sys.argv[3], "letters.h"), "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


main()
