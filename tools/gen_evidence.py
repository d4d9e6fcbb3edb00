#!/usr/bin/env python3
"""usage: gen_evidence.py RUN_DIR OUT_DIR

Writes OUT_DIR/evidence.h, what the words and letters of a language are worth to the run stage, from RUN_DIR/evidence.tsv
and RUN_DIR/letters.tsv. The heads of the two files say what their rows mean.
The same inputs give the same bytes. A row that cannot be right is refused with file and line.
"""
import math
import os
import sys

ARAB = ["ps", "fa", "ar", "ur", "ug", "sd", "ckb", "xa"]  # xa: no language of these
LATN = ["en", "xx"]  # xx: no language of these
OTHER_LATIN = "fr de es it pt nl tr az uz id so sw ha ku".split()
COLUMNS = len(ARAB)
KINDS = ["WORD", "PREFIX", "SUFFIX", "PAIR", "TYPED_WORD", "TYPED_PREFIX", "TYPED_SUFFIX", "TYPED_PAIR"]
OPENS = 0x80  # on the kind of a word that a pair begins with
PLACES = ["any", "inner", "first"]
LETTER_LIMIT = 0x780
ZWNJ = "\u200c"
# What a neighbour's keyboard makes of a letter. Both sides are looked up in this spelling.
TYPED = {"\u06cc": "\u064a", "\u0649": "\u064a", "\u06d0": "\u064a", "\u06cd": "\u064a", "\u06ce": "\u064a",
         "\u06a9": "\u0643", "\u06aa": "\u0643", "\u06ab": "\u06af", "\u06d5": "\u0647", "\u06c1": "\u0647",
         "\u06be": "\u0647", "\u06c0": "\u0647", "\u06c6": "\u0648", "\u06b5": "\u0644", "\u0695": "\u0631"}
TYPED_SHARE = 6  # of 8: what a form typed on another keyboard weighs
# Nats by which the best language must lead for the odds of 1 to e: the scores of neighbouring words are not independent.
TEMPERATURE = 1.0
UNIT = 8  # scores are in 1/8 nat


def fail(path, number, what):
    sys.exit(f"{path}:{number}: {what}")


def rows(path, n_fields):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != n_fields:
                fail(path, number, f"{len(fields)} fields, not {n_fields}")
            yield number, fields


def column(tag):
    if tag in ARAB:
        return ARAB.index(tag)
    if tag in LATN:
        return LATN.index(tag)
    return LATN.index("xx") if tag in OTHER_LATIN else None


def typed(form):
    return "".join(TYPED.get(letter, letter) for letter in form)


def read_forms(path):
    """(kind, form) to its scores; kinds are those of KINDS."""
    exact, seen = {}, set()
    for number, (tag, forms, weight, _) in rows(path, 4):
        if column(tag) is None:
            fail(path, number, f"no language {tag}")
        if not weight.isdigit() or not 0 < int(weight) <= 127:
            fail(path, number, f"no weight: {weight}")
        for form in forms.replace("~", ZWNJ).split():
            kind = ("PREFIX" if form.endswith("*") else "SUFFIX" if form.startswith("*") else
                    "PAIR" if "_" in form else "WORD")
            form = form.strip("*").replace("_", " ")
            if not form or form != form.lower() or "*" in form or any(ord(c) > 0xFFFF for c in form):
                fail(path, number, f"no form: {form}")
            if any(0x64B <= ord(c) <= 0x65F or ord(c) == 0x640 for c in form):
                fail(path, number, f"marks in {form}")
            if kind == "PAIR" and ("WORD", form.split(" ")[0]) not in exact:
                fail(path, number, f"the first word of {form} has no row before it")
            if (tag, kind, form) in seen:
                fail(path, number, f"{tag} has two rows for {form}")
            seen.add((tag, kind, form))
            scores = exact.setdefault((kind, form), [0] * COLUMNS)
            scores[column(tag)] = max(scores[column(tag)], int(weight))
    by_keyboard = {}
    for (kind, form), scores in exact.items():
        if ord(form[0]) < 0x600 and form[0] != ZWNJ:
            continue
        into = by_keyboard.setdefault((kind, typed(form)), [0] * COLUMNS)
        for i, score in enumerate(scores):
            into[i] = max(into[i], score * TYPED_SHARE // 8)
    table = {}
    for (kind, form), scores in exact.items():
        other = by_keyboard.get((kind, typed(form)), [0] * COLUMNS)
        table[kind, form] = tuple(max(pair) for pair in zip(scores, other))
    for (kind, form), scores in by_keyboard.items():
        table["TYPED_" + kind, form] = tuple(scores)
    # Pairs are looked up as typed alone, as they are rare.
    return {key: scores for key, scores in table.items() if key[0] != "PAIR"}


def read_letters(path):
    """Rows of scores to take off, and code point and place to the number of its row, from 1 on."""
    penalties, letters = [], {}
    for number, (points, place, own, aux, aux_weight, weight, _) in rows(path, 7):
        own, aux = own.split(), [] if aux == "-" else aux.split()
        for tag in own + aux:
            if tag not in ARAB and tag not in LATN:
                fail(path, number, f"no language {tag}")
        names = ARAB if own[0] in ARAB else LATN
        if place not in PLACES or not all(w.isdigit() and int(w) <= 127 for w in (aux_weight, weight)):
            fail(path, number, "no place or no weight")
        row = [0] * COLUMNS
        for i, tag in enumerate(names):
            row[i] = 0 if tag in own else int(aux_weight) if tag in aux else int(weight)
        # A language that is none of ours may well have the letter.
        if names is ARAB and "xa" not in own:
            row[ARAB.index("xa")] = int(weight) // 2
        penalties.append(tuple(row))
        for point in points.split():
            cp = int(point, 16)
            if cp >= LETTER_LIMIT or (cp, place) in letters:
                fail(path, number, f"U+{point} is too high or has two rows for {place}")
            letters[cp, place] = len(penalties)
    return penalties, letters


def hash_of(kind, form):
    """The same as evidence_hash in src/run/evidence.c: FNV-1a over code points, a suffix from its end."""
    value = 0x811C9DC5 ^ KINDS.index(kind)
    for letter in reversed(form) if kind.endswith("SUFFIX") else form:
        value = ((value ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return value ^ (value >> 15)


def array(out, head, values, per_line=16):
    out.append(f"static const {head} = {{")
    for i in range(0, len(values), per_line):
        out.append("\t" + ", ".join(str(v) for v in values[i:i + per_line]) + ",")
    out.append("};\n")


def numbered(values):
    """Distinct values in a fixed order, and value to number."""
    order = sorted(set(values))
    return order, {value: i for i, value in enumerate(order)}


def write_letters(out, penalties, letters):
    triples = {cp: tuple(letters.get((cp, place), 0) for place in PLACES) for cp, _ in letters}
    order, number = numbered(triples.values())
    out.append("/* What languages lose by a letter; row 0 is nothing. */")
    array(out, f"int8_t evidence_penalty[{len(penalties) + 1}][EVIDENCE_COLUMNS]",
          ["{" + ", ".join(map(str, row)) + "}" for row in [(0,) * COLUMNS] + penalties], 2)
    out.append("/* The rows of a letter: anywhere, before another letter, first. Entry 0 is nothing. */")
    array(out, f"uint8_t evidence_letter[{len(order) + 1}][3]",
          ["{" + ", ".join(map(str, row)) + "}" for row in [(0, 0, 0)] + order], 8)
    out.append("/* Code point to its entry above. */")
    array(out, "uint8_t evidence_letter_of[EVIDENCE_LETTER_LIMIT]",
          [number[triples[cp]] + 1 if cp in triples else 0 for cp in range(LETTER_LIMIT)], 24)


def write_forms(out, table):
    order, number = numbered(table.values())
    size = 1
    while size < 2 * len(table):
        size *= 2
    slots, pool = [None] * size, []
    firsts = {form.split(" ")[0] for kind, form in table if kind == "TYPED_PAIR"}
    for kind, form in sorted(table, key=lambda key: (KINDS.index(key[0]), key[1])):
        at = hash_of(kind, form) % size
        while slots[at]:
            at = (at + 1) % size
        opens = OPENS if "WORD" in kind and typed(form) in firsts else 0
        slots[at] = (len(pool), len(form), KINDS.index(kind) | opens, number[table[kind, form]])
        pool += [f"0x{ord(letter):04X}" for letter in form]
    if len(pool) > 0xFFFF:
        sys.exit("too many forms for 16 bits")
    longest = {k: max(len(f) for kind, f in table if k in kind) for k in ("WORD", "PREFIX", "SUFFIX", "PAIR")}
    out.append(f"#define EVIDENCE_MAX_WORD {longest['WORD']}")
    out.append(f"#define EVIDENCE_MAX_PREFIX {longest['PREFIX']}")
    out.append(f"#define EVIDENCE_MAX_SUFFIX {longest['SUFFIX']}")
    out.append(f"#define EVIDENCE_MAX_PAIR {longest['PAIR']}")
    out.append(f"#define EVIDENCE_OPENS 0x{OPENS:X}u /* on the kind of a word that a pair begins with */")
    out.append(f"#define EVIDENCE_SLOTS {size}u\n")
    out.append("/* The scores of forms, distinct ones. */")
    array(out, f"int8_t evidence_scores[{len(order)}][EVIDENCE_COLUMNS]",
          ["{" + ", ".join(map(str, row)) + "}" for row in order], 4)
    out.append("/* The letters of all forms. */")
    array(out, f"uint16_t evidence_pool[{len(pool)}]", pool)
    out.append("/* A hash table with linear probing: place in the pool, length (0: empty), kind, row of scores. */")
    array(out, "struct evidence_form evidence_forms[EVIDENCE_SLOTS]",
          ["{" + ", ".join(map(str, slot or (0, 0, 0, 0))) + "}" for slot in slots], 8)


def confidences():
    """Lead in 1/8 nat to confidence in 1/1000; it ends where 999 is reached: only what the caller set is certain."""
    values = []
    while not values or values[-1] < 999:
        values.append(min(999, round(1000 / (1 + math.exp(-len(values) / UNIT / TEMPERATURE)))))
    return values


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    run_dir, out_dir = sys.argv[1:]
    table = read_forms(os.path.join(run_dir, "evidence.tsv"))
    penalties, letters = read_letters(os.path.join(run_dir, "letters.tsv"))
    out = ["/*",
           " * Made by tools/gen_evidence.py from src/run/evidence.tsv and src/run/letters.tsv.",
           " * Remake with `make tables`. Do not edit. Scores are in 1/8 nat.",
           " */",
           "#ifndef LAFZ_GEN_EVIDENCE_H", "#define LAFZ_GEN_EVIDENCE_H", "", "#include <stdint.h>", "",
           f"#define EVIDENCE_COLUMNS {COLUMNS} /* Arabic: {' '.join(ARAB)}; Latin: {' '.join(LATN)} */",
           f"#define EVIDENCE_LETTER_LIMIT 0x{LETTER_LIMIT:X}u",
           f"#define EVIDENCE_PENALTIES {len(penalties) + 1}", "",
           "enum evidence_kind { " + ", ".join("EVIDENCE_" + kind for kind in KINDS) + " };", "",
           "struct evidence_form {", "\tuint16_t off;", "\tuint8_t len, kind;", "\tuint16_t scores;", "};", ""]
    write_letters(out, penalties, letters)
    write_forms(out, table)
    out.append("/* What a letter becomes on a neighbour's keyboard: pairs, by the first. */")
    array(out, f"uint16_t evidence_typed[{len(TYPED)}][2]",
          [f"{{0x{ord(a):04X}, 0x{ord(b):04X}}}" for a, b in sorted(TYPED.items())], 6)
    values = confidences()
    out.append("/* Confidence in 1/1000 by the lead over the second best, 1/8 nat an entry. */")
    array(out, f"uint16_t evidence_confidence[{len(values)}]", values)
    out.append("#endif")
    with open(os.path.join(out_dir, "evidence.h"), "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


main()
