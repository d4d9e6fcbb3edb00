#!/usr/bin/env python3
"""usage: gen_folds.py UCD_DIR NORM_DIR OUT_DIR

Writes six tables of C to OUT_DIR:
	folds.h   the folds and alphabets of the languages, from NORM_DIR/*.fold and NORM_DIR/alphabets.tsv
	          (the format is in NORM_DIR/FORMAT.md)
	forms.h   the letters of the Arabic and Latin presentation forms
	key.h     the search key, from NORM_DIR/key.fold and NORM_DIR/punct.fold
	punct.h   punctuation to ASCII, from NORM_DIR/punct.fold
	lower.h   Latin letters to lower case
	nfc_qc.h  which code points a composed text may not hold, or not everywhere (NFC_Quick_Check)
Read below UCD_DIR, the Unicode Character Database, version 15.0.0, as Debian's package unicode-data installs it in
/usr/share/unicode: UnicodeData.txt, CaseFolding.txt, DerivedNormalizationProps.txt, Scripts.txt,
extracted/DerivedJoiningType.txt.
The same inputs give the same bytes. A table with a row it must not have is refused with file and line.
"""
import os
import re
import sys

VERSION = "15.0.0"
LANGUAGES = ["ps", "fa", "ar", "ur", "ug", "sd", "ckb"]
PROTECTED = LANGUAGES + ["azb", "ks", "pnb", "skr", "mzn", "glk", "bal", "uz-Arab"]
BANNER = """/*
 * Made by tools/gen_folds.py from {inputs}.
 * Remake with `make tables`. Do not edit.
 */
"""
UCD_NAME = f"the Unicode Character Database, version {VERSION} (2022-09-03)"
PLACES = {"any": [], "first": ["FIRST"], "last": ["LAST"], "alone": ["FIRST", "LAST"],
          "inner": ["NOT_FIRST", "NOT_LAST"], "not-first": ["NOT_FIRST"], "not-last": ["NOT_LAST"],
          "not-alone": ["NOT_ALONE"], "no-marks": ["NO_MARKS"]}
SETS = {"after": "AFTER", "not-after": "NOT_AFTER", "before": "BEFORE", "word-has": "WORD_HAS"}
BY_PLACE = {"FIRST", "LAST", "NOT_FIRST", "NOT_LAST", "NOT_ALONE", "AFTER", "NOT_AFTER"}
CODE_PLACES = ["beside-letters", "between-letters", "between-digits", "not-after-emoji"]
LONGEST_ENDING = 8  # as in fold.h
LONGEST_NAME = 31  # as in trace.h
TATWEEL, ZWNJ, HAMZA = 0x0640, 0x200C, (0x0654, 0x0655)
# Presentation forms that are no letters: honorifics, the rial sign, the tail fragment.
FORM_SIGNS = {0xFDFA, 0xFDFB, 0xFDFC, 0xFE73}
FORM_BLOCKS = [(0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFB00, 0xFB06)]


class Ucd:
    """What the tables need of the database."""

    def __init__(self, folder):
        self.gc, self.ccc, self.canonical, self.compat, self.lower = {}, {}, {}, {}, {}
        for field in self.rows(os.path.join(folder, "UnicodeData.txt")):
            cp = int(field[0], 16)
            self.gc[cp], self.ccc[cp] = field[2], int(field[3])
            if field[13]:
                self.lower[cp] = int(field[13], 16)
            parts = field[5].split()
            if parts and parts[0].startswith("<"):
                self.compat[cp] = [int(p, 16) for p in parts[1:]]
            elif parts:
                self.canonical[cp] = [int(p, 16) for p in parts]
        self.folding = {}
        path = os.path.join(folder, "CaseFolding.txt")
        self.check(path)
        for field in self.rows(path):
            if field[1] in ("C", "F"):
                self.folding[int(field[0], 16)] = [int(p, 16) for p in field[2].split()]
        self.latin = self.members(os.path.join(folder, "Scripts.txt"), 1, "Latin")
        path = os.path.join(folder, "DerivedNormalizationProps.txt")
        self.qc = self.members(path, 1, "NFC_QC")
        self.dual = self.members(os.path.join(folder, "extracted/DerivedJoiningType.txt"), 1, "D", False)

    @staticmethod
    def rows(path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                line = line.split("#", 1)[0].strip()
                if line:
                    yield [part.strip() for part in line.split(";")]

    @staticmethod
    def check(path):
        with open(path, encoding="utf-8") as file:
            head = file.readline()
        if VERSION not in head:
            sys.exit(f"{path}: expected version {VERSION}, found: {head.strip()}")

    def members(self, path, column, value, checked=True):
        if checked:
            self.check(path)
        out = set()
        for field in self.rows(path):
            if field[column] == value:
                first, _, last = field[0].partition("..")
                out.update(range(int(first, 16), int(last or first, 16) + 1))
        return out

    def nfd(self, cps):
        out = []
        for cp in cps:
            out += self.nfd(self.canonical[cp]) if cp in self.canonical else [cp]
        return out


class Row:
    """One row of a table; `where` is file and line for messages."""

    def __init__(self, path, number, line):
        self.where = f"{path}:{number}"
        field = line.split("\t")
        if len(field) not in (5, 6):
            self.refuse(f"{len(field)} fields, not 5 or 6")
        self.source, self.target = field[0], field[2]
        self.flags = [] if field[3] == "-" else field[3].split(",")
        self.reason = field[4]
        names = [flag[5:] for flag in self.flags if flag.startswith("name=")]
        self.name = names[0] if names else None
        if self.reason in ("", "-"):
            self.refuse("no reason")
        for flag in self.flags:
            if flag not in ("force", "off", "code") and not re.fullmatch(r"name=[a-z][a-z0-9-]*", flag):
                self.refuse(f"unknown flag {flag}")
        self.terms = {}
        for key, value in re.findall(r"([a-z-]+)(?::\{([^}]*)\})?(?: |$)", field[1]):
            self.terms[key] = value
        known = set(PLACES) | set(SETS) | {"not-ending"} | set(CODE_PLACES)
        if not self.terms or set(self.terms) - known:
            self.refuse(f"unknown context {field[1]}")

    def refuse(self, why):
        sys.exit(f"{self.where}: {why}")

    def cps(self, text):
        try:
            out = [int(part, 16) for part in text.split()]
        except ValueError:
            self.refuse(f"not code points: {text}")
        if not 1 <= len(out) <= 3 or max(out) > 0xFFFF:
            self.refuse(f"one to three code points below 10000, not {text}")
        return out

    def sources(self):
        """The single code points of a source with ranges."""
        out = []
        for part in self.source.split():
            first, _, last = part.partition("-")
            out += range(int(first, 16), int(last or first, 16) + 1)
        return out


def read_rows(path, lang=None):
    """The rows of a file; with lang, a line that names this language stands before them."""
    out = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line == f"language\t{lang}" and not out:
                lang = None
                continue
            out.append(Row(os.path.basename(path), number, line))
    if lang:
        sys.exit(f"{path}: no line that names the language {lang}")
    return out


def read_alphabets(path):
    out = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                lang, _, cps, _ = line.rstrip("\n").split("\t")
                out.setdefault(lang, set()).update(int(cp, 16) for cp in cps.split())
    return out


def c_name(lang):
    return lang.replace("-", "_").lower()


def is_form(cp):
    return any(first <= cp <= last for first, last in FORM_BLOCKS)


def write(out_dir, name, inputs, includes, body):
    guard = "LAFZ_GEN_" + name.upper().replace(".", "_")
    with open(os.path.join(out_dir, name), "w", encoding="ascii") as file:
        file.write(BANNER.format(inputs=inputs))
        file.write(f"#ifndef {guard}\n#define {guard}\n\n")
        file.write("".join(f"#include {include}\n" if include else "\n" for include in includes) + f"\n{body}\n#endif\n")


def numbers(values, width, form):
    out = ""
    for i in range(0, len(values), width):
        out += "\t" + ", ".join(form(value) for value in values[i:i + width]) + ",\n"
    return out


def hexes(values):
    return "{" + ", ".join(f"0x{cp:04X}" for cp in values) + "}"


# ---- Folds ----

class Pool:
    """Lists of numbers, one after the other; each begins with its length."""

    def __init__(self):
        self.values, self.at = [0], {(): 0}

    def add(self, values):
        key = tuple(values)
        if key not in self.at:
            self.at[key] = len(self.values)
            self.values += [len(key)] + list(key)
        return self.at[key]


def phase(source):
    if len(source) == 1:
        return 0 if is_form(source[0]) else 2
    return 1 if TATWEEL in source or ZWNJ in source else 3


def compile_row(row, alphabet, pool, names):
    source = row.cps(row.source)
    target = [] if row.target == "-" else row.cps(row.target)
    if row.name is None or "code" in row.flags:
        row.refuse("a fold needs a name and cannot be code")
    if len(row.name) > LONGEST_NAME:
        row.refuse(f"a name of more than {LONGEST_NAME} bytes")
    bits, set_at, ends_at, sets = [], 0, 0, 0
    for term, value in row.terms.items():
        if term in SETS:
            bits.append(SETS[term])
            set_at, sets = pool.add(sorted(int(cp, 16) for cp in value.split())), sets + 1
        elif term == "not-ending":
            flat = []
            for ending in value.split():
                letters = [int(cp, 16) for cp in ending.split("+")]
                if len(letters) > LONGEST_ENDING:
                    row.refuse(f"an ending of more than {LONGEST_ENDING} letters")
                flat += [len(letters)] + letters
            ends_at = pool.add(flat)
            bits.append("NOT_ENDING")
        elif term in PLACES:
            bits += PLACES[term]
        else:
            row.refuse(f"context {term} is only for rows carried out by the program")
    if sets > 1:
        row.refuse("a row can have one set")
    # Looking at the whole word is linear only if it happens at one place in it.
    if {"WORD_HAS", "NO_MARKS"} & set(bits) and not {"FIRST", "LAST"} & set(bits):
        row.refuse("a context of the whole word needs first or last")
    if "NOT_ENDING" in bits and "LAST" not in bits:
        row.refuse("not-ending needs last")
    own = all(cp in alphabet for cp in source)
    if own and "force" not in row.flags:
        row.refuse("changes the language's own letters; if that is meant, it needs the flag force")
    if "off" in row.flags:
        bits.append("OFF")
    if row.name not in names:
        names.append(row.name)
    context = " | ".join(f"FOLD_{bit}" for bit in bits) or "0"
    text = (f"\t{{{hexes(source)}, {hexes(target) if target else '{0}'}, {context}, {set_at}, {ends_at}, "
            f"{len(source)}, {len(target)}, {names.index(row.name)}}},\n")
    # A letter that becomes another one wherever it stands can be folded by looking at bytes.
    simple = target[0] if len(source) == len(target) == 1 and not bits and {source[0] >> 8, target[0] >> 8} == {6} else 0
    last = len(source) == 1 and "LAST" in bits
    one = len(source) == len(target) == 1 and {source[0] >> 8, target[0] >> 8} == {6}
    place = target[0] if one and set(bits) - {"OFF"} <= BY_PLACE else 0
    return phase(source), source, text, "off" in row.flags, simple, last, place


def hints(ucd, compiled):
    out = []
    look = {TATWEEL, 0x061C, 0x0653, *HAMZA}
    first, simple, anywhere, hard = set(), {}, set(), set(look)
    is_letter = lambda cp: ucd.gc.get(cp, "Cn")[0] == "L" and cp != TATWEEL
    joins = lambda cp: cp in ucd.dual and is_letter(cp)
    for _, source, _, off, target, last, place in compiled:
        if not off:
            first.add(source[0])
            if target:
                simple.setdefault(source[0], target)
                hard.add(source[0])
            else:
                look.add(source[-1])
                anywhere |= set() if last else {source[-1]}
                by_place = place and is_letter(source[0]) and is_letter(place) and joins(source[0]) == joins(place)
                hard |= set() if by_place else {source[-1]}
    for cp in range(0x600, 0x700):
        bits = (cp in look) * 1 + (cp in simple and cp not in look) * 32 + (cp in first) * 16
        becomes = simple.get(cp, cp)
        bits += (ucd.ccc.get(cp, 0) > 0) * 2 + joins(becomes) * 4 + is_letter(cp) * 8
        bits += (is_letter(cp) and cp in look and cp not in anywhere) * 64 + (cp in look and cp not in hard) * 128
        out.append(bits)
    return out


def calm(hint_row):
    """By lead and tail byte, from D8 00 to DB FF: enum fold_calm."""
    out = []
    for lead in range(4):
        for tail in range(256):
            hint = hint_row[lead << 6 | tail & 63] if tail & 0xC0 == 0x80 else 1
            out.append(2 if hint & (1 | 32) else 1 if hint & 2 else 0)
    return out


def folds_h(ucd, norm_dir):
    alphabets = read_alphabets(os.path.join(norm_dir, "alphabets.tsv"))
    if set(alphabets) != set(PROTECTED):
        sys.exit("alphabets.tsv: languages differ from the list in gen_folds.py")
    pool, names, body, tables, hint_rows, calm_rows = Pool(), [], "", "", "", ""
    for row in read_rows(os.path.join(norm_dir, "shared.fold")):
        if "code" not in row.flags:
            row.refuse("rows all languages share are carried out by the program")
    for lang in ["shared"] + LANGUAGES:
        compiled = []
        if lang != "shared":
            for row in read_rows(os.path.join(norm_dir, f"{lang}.fold"), lang):
                compiled.append(compile_row(row, alphabets[lang], pool, names))
            compiled.sort(key=lambda item: item[0])
            body += f"static const struct fold_row fold_rows_{lang}[] = {{\n"
            body += "".join(item[2] for item in compiled) + "};\n\n"
        begins = [sum(item[0] < p for item in compiled) for p in range(5)]
        rows = "NULL" if lang == "shared" else f"fold_rows_{lang}"
        at = len(tables.splitlines())
        tables += (f"\t{{{rows}, fold_pool, fold_hints[{at}], fold_calm[{at}], fold_names, "
                   f"{{{', '.join(map(str, begins))}}}, false, false}},\n")
        row = hints(ucd, compiled)
        hint_rows += "\t{\n" + numbers(row, 32, str).replace("\t", "\t\t").replace(", ", ",") + "\t},\n"
        calm_rows += "\t{\n" + numbers(calm(row), 64, str).replace("\t", "\t\t").replace(", ", ",") + "\t},\n"
    alphabet_at = {lang: pool.add(sorted(alphabets[lang])) for lang in PROTECTED}
    text = f"static const uint16_t fold_pool[{len(pool.values)}] = {{\n"
    text += numbers(pool.values, 16, lambda v: f"0x{v:04X}" if v > 255 else str(v)) + "};\n\n"
    text += body
    text += "/* For U+0600 to U+06FF: bits of enum fold_hint, for each table. */\n"
    text += f"static const uint8_t fold_hints[{1 + len(LANGUAGES)}][256] = {{\n{hint_rows}}};\n\n"
    text += "/* For the bytes D8 00 to DB FF: enum fold_calm, for each table. */\n"
    text += f"static const uint8_t fold_calm[{1 + len(LANGUAGES)}][1024] = {{\n{calm_rows}}};\n\n"
    text += f"static const char fold_names[{len(names)}][FOLD_NAME] = {{\n"
    text += "".join(f'\t"{name}",\n' for name in names) + "};\n\n"
    text += "static const struct fold_table fold_tables[] = {\n" + tables + "};\n\n"
    text += "/* The table of a language; 0 for all others. */\nstatic const uint8_t fold_table_index[LANG_COUNT] = {\n"
    text += "".join(f"\t[LANG_{c_name(lang).upper()}] = {i},\n" for i, lang in enumerate(LANGUAGES, 1)) + "};\n\n"
    text += "/* Where a language's alphabet lies in fold_pool; 0 for none. */\n"
    text += "static const uint16_t fold_alphabets[LANG_COUNT] = {\n"
    text += "".join(f"\t[LANG_{c_name(lang).upper()}] = {alphabet_at[lang]},\n" for lang in PROTECTED) + "};\n"
    return text


# ---- Presentation forms ----

def form_letters(ucd, cp):
    """The letters of a form, or None if it stays."""
    if cp not in ucd.compat or cp in FORM_SIGNS:
        return None
    out = []
    for part in ucd.compat[cp]:
        out += [part] if part not in ucd.compat else ucd.compat[part]
    if any(cp in (0x20, TATWEEL) for cp in out):
        # A spacing mark: nothing but a space or tatweel and marks. The space would be a border inside a word.
        out = [cp for cp in out if cp not in (0x20, TATWEEL)]
        if not out or any(ucd.gc[cp] != "Mn" for cp in out):
            sys.exit(f"form {cp:04X} holds a space or tatweel beside letters")
    return out


def forms_h(ucd):
    letters, index = [], []
    longest = 0
    for first, last in FORM_BLOCKS:
        for cp in range(first, last + 1):
            found = form_letters(ucd, cp)
            if found is None:
                index.append(0)
                continue
            longest = max(longest, len(found))
            if len(ucd.nfd(found)) > 4:
                sys.exit(f"form {cp:04X} decomposes to more code points than there is room for")
            index.append(len(letters) << 3 | len(found))
            letters += found
    text = f"#define FORM_LONGEST {longest} /* letters of a form, at most */\n\n"
    text += "/* For FB50 to FDFF, FE70 to FEFC, FB00 to FB06: where its letters begin, times 8, and how many; 0: the form stays. */\n"
    text += f"static const uint16_t form_index[{len(index)}] = {{\n" + numbers(index, 16, str) + "};\n\n"
    text += f"static const uint16_t form_letters[{len(letters)}] = {{\n"
    text += numbers(letters, 12, lambda cp: f"0x{cp:04X}") + "};\n"
    return text


# ---- The key ----

def latin_fold(ucd, cp):
    """Case folded, without accents, until nothing changes."""
    out = [cp]
    while True:
        parts = []
        for one in out:
            one = 0x69 if one == 0x131 else one
            parts += ucd.folding.get(one, [one])
        parts = [one for one in ucd.nfd(parts) if ucd.gc[one] != "Mn"]
        if parts == out:
            return out
        out = parts


class Key:
    def __init__(self):
        self.map, self.first, self.later, self.marks = {}, [], [], []
        self.yehs, self.hamzas, self.yeh = set(), set(), None
        self.last_drop, self.last_after, self.kept = None, [], []


def read_key(norm_dir):
    key = Key()
    for row in read_rows(os.path.join(norm_dir, "punct.fold")):
        for cp in row.sources():
            key.map[cp] = row.cps(row.target)
    for row in read_rows(os.path.join(norm_dir, "key.fold")):
        place = list(row.terms)
        if "code" in row.flags:
            continue
        if row.target == "=":
            key.kept += row.sources()
        elif len(row.source.split()) == 2 and "-" not in row.source and row.target != "-":
            yeh, hamza = row.cps(row.source)
            key.yehs.add(yeh)
            key.hamzas.add(hamza)
            key.yeh = row.cps(row.target)[0]
        elif place == ["last", "after"] and row.target == "-":
            key.last_drop = row.cps(row.source)[0]
            key.last_after = [int(cp, 16) for cp in row.terms["after"].split()]
        elif place == ["first"]:
            key.first.append((row.cps(row.source)[0], row.cps(row.target)[0]))
        elif place == ["not-first"]:
            key.later.append((row.cps(row.source)[0], row.cps(row.target)[0]))
        elif place != ["any"]:
            row.refuse("the key knows no such context")
        elif row.target == "-":
            key.marks += row.sources()
        elif "-" in row.target:
            begin = int(row.target.partition("-")[0], 16)
            for i, cp in enumerate(row.sources()):
                key.map[cp] = [begin + i]
        else:
            for cp in row.sources():
                if cp in key.map:
                    row.refuse(f"{cp:04X} has a row already")
                key.map[cp] = row.cps(row.target)
    return key


def check_key(ucd, key):
    places = [cp for cp, _ in key.first + key.later]
    for cp in key.kept:
        if cp in key.map:
            sys.exit(f"key.fold: {cp:04X} both stays and changes")
    for cp, target in key.map.items():
        if any(one in key.map for one in target):
            sys.exit(f"key.fold: the target of {cp:04X} changes again")
    for cp in key.marks:
        if ucd.gc.get(cp, "Mn") != "Mn":
            sys.exit(f"key.fold: {cp:04X} is dropped as a mark but is none")
    targets = {key.map.get(cp, [cp])[0] for cp in key.last_after}
    if len(targets) != 1 or len(places) != len(set(places)) or set(places) & set(key.map):
        sys.exit("key.fold: rows of places contradict each other")
    return targets.pop()


def ranges(values):
    out = []
    for cp in sorted(values):
        if out and out[-1][1] + 1 == cp:
            out[-1][1] = cp
        else:
            out.append([cp, cp])
    return out


WIDE_STOP, WIDE_PLACE, WIDE_DROP = 1, 2, 3  # enum key_wide


def utf8(cps):
    return list("".join(map(chr, cps)).encode())


def wide_bytes(size, codes):
    """Columns of 64 bytes: what the first, second, ... byte of a character becomes, by its last byte; 0: it is dropped."""
    columns = [[0] * 64 for _ in range(size)]
    for index, out in enumerate(codes):
        for k in range(size):
            columns[k][index] = out[k] if k < len(out) else 0
    return columns


def wide_tables(ucd, key, arab, by_place, latin, other):
    """What src/norm/key_avx512.c and key_avx2.c look up."""
    def of_arab(index):
        cp, to = 0x600 + index, arab[index]
        if cp == key.last_drop or cp in dict(key.first) or cp in dict(key.later):
            return [WIDE_PLACE]
        if by_place[index] or (to == 0 and cp not in key.marks):
            return [WIDE_STOP]
        if to >> 8 == 6 and not ucd.gc.get(to, "").startswith("L"):
            return [WIDE_STOP]
        return utf8([to]) if to else []

    def of_latin(lead, tail):
        cp = (lead & 31) << 6 | tail
        to = latin[cp - 0xC0] if cp >= 0xC0 else other.get(cp, [0]) if cp in (0xAB, 0xBB) else [0]
        return utf8(to) if to != [0] else [WIDE_STOP]

    def of_punct(tail):
        cp = 0x2000 + tail
        if cp == 0x200C:
            return [WIDE_DROP]
        return utf8(other.get(cp, [cp])) if 0x10 <= tail <= 0x27 else [WIDE_STOP]

    def rows(tables):
        return "".join("\t{\n" + numbers(row, 16, lambda byte: f"0x{byte:02X}").replace("\t", "\t\t") + "\t},\n"
                       for row in tables)

    text = "/*\n * For characters of two bytes, by the lower two bits of the first one and the lower six of the last: what the first "
    text += "byte\n * becomes, and the last; 0: it is dropped. A first byte below 4: enum key_wide.\n */\n"
    both = [wide_bytes(2, [of_arab(64 * lead + tail) for tail in range(64)]) for lead in range(4)]
    for name, k in (("first", 0), ("last", 1)):
        text += f"static const uint8_t key_wide_{name}[4][64] = {{\n" + rows(one[k] for one in both) + "};\n"
    text += "/* The same for C4, C5, C2, C3. */\n"
    both = [wide_bytes(2, [of_latin(lead, tail) for tail in range(64)]) for lead in (0xC4, 0xC5, 0xC2, 0xC3)]
    for name, k in (("first", 0), ("last", 1)):
        text += f"static const uint8_t key_wide_latin_{name}[4][64] = {{\n" + rows(one[k] for one in both) + "};\n"
    text += "/* For U+2000 to U+203F: what each of the three bytes becomes. */\n"
    text += "static const uint8_t key_wide_punct[3][64] = {\n"
    text += rows(wide_bytes(3, [of_punct(tail) for tail in range(64)])) + "};\n\n"
    return text


def latin_target(ucd, key, cp):
    """The same, with what the table of the key says of letters beside it (U+0149 has an apostrophe)."""
    return [to for one in latin_fold(ucd, cp) for to in (key.map.get(one, [one]) if one >= 0x80 else [one])]


def key_h(ucd, norm_dir):
    key = read_key(norm_dir)
    heh = check_key(ucd, key)
    other = {}
    for cp in sorted(ucd.latin):
        if cp in ucd.gc and cp >= 0x80 and cp not in ucd.canonical:
            target = latin_target(ucd, key, cp)
            if target != [cp]:
                other[cp] = target
    for cp, target in key.map.items():
        if cp > 0xFFFF:
            sys.exit(f"key.fold: {cp:04X} is too high")
        if not 0x600 <= cp <= 0x6FF:
            other[cp] = target
    latin = []
    for cp in range(0xC0, 0x180):
        target = latin_target(ucd, key, cp) if cp in ucd.latin else [cp]
        size = sum(1 if one < 0x80 else 2 for one in target)
        latin.append(target if size <= 2 else [0])
    special = {TATWEEL, 0x66B, 0x66C, key.last_drop, *HAMZA, *(cp for cp, _ in key.first + key.later)}
    arab, by_place = [], []
    for cp in range(0x600, 0x700):
        target = [0] if cp in key.marks or cp == 0x61C else key.map.get(cp, [cp])
        if len(target) != 1:
            sys.exit(f"key.fold: {cp:04X} needs one target")
        arab.append(target[0])
        by_place.append(int(cp in special))
    pairs = []
    for index in range(256):
        plain = arab[index] >> 8 == 6 and not by_place[index]
        pairs.append(f"{{0x{arab[index] >> 6 | 0xC0:02X}, 0x{arab[index] & 63 | 128:02X}}}" if plain else "{0}")
    yehs = sorted(key.yehs | {ucd.nfd([key.yeh])[0]})
    text = "struct key_range {\n\tuint32_t first, last;\n};\n\n"
    text += "struct key_place {\n\tuint16_t from, to;\n};\n\n"
    text += f"struct key_fold {{\n\tuint16_t from, to[{max(map(len, other.values()))}]; /* to: filled up with 0 */\n}};\n\n"
    text += "/* For U+0600 to U+06FF: what it becomes wherever it stands; 0: dropped. */\n"
    text += "static const uint16_t key_arab[256] = {\n" + numbers(arab, 12, lambda cp: f"0x{cp:04X}") + "};\n\n"
    text += "/* For the same: 1 where the place or the neighbours matter. */\n"
    text += "static const uint8_t key_by_place[256] = {\n" + numbers(by_place, 32, str).replace(", ", ",") + "};\n\n"
    text += "/* For the bytes D8 00 to DB FF: the two bytes it becomes wherever it stands; {0}: anything else. */\n"
    text += "static const uint8_t key_pairs[1024][2] = {\n"
    for lead in range(4):
        text += f"\t[{256 * lead + 128}] =\n" + numbers(pairs[64 * lead:64 * lead + 64], 8, str)
    text += "};\n\n"
    same = [[0] * 16, [0] * 16]
    for index in range(256):
        if arab[index] == 0x600 + index and not by_place[index] and ucd.gc.get(0x600 + index, "").startswith("L"):
            lead, tail = index >> 6, index & 63
            same[lead >> 1][tail & 15] |= 1 << (tail >> 4 | (lead & 1) << 2)
    text += "/* Those letters of the bytes D8 80 to DB BF that stay, as in struct calm_sieve. */\n"
    text += "static const uint8_t key_same_rows[2][16] = {\n"
    text += "".join("\t{" + ", ".join(f"0x{byte:02X}" for byte in row) + "},\n" for row in same) + "};\n\n"
    text += wide_tables(ucd, key, arab, by_place, latin, other)
    text += "/* For U+00C0 to U+017F: what it becomes, two bytes of UTF-8 at most; {0}: that has no room. */\n"
    text += f"static const uint16_t key_latin[{len(latin)}][2] = {{\n" + numbers(latin, 6, hexes) + "};\n\n"
    text += "/* Marks that are dropped, outside U+0600 to U+06FF. */\nstatic const struct key_range key_marks[] = {\n"
    text += "".join(f"\t{{0x{first:04X}, 0x{last:04X}}},\n"
                    for first, last in ranges(cp for cp in key.marks if cp > 0x6FF)) + "};\n\n"
    text += "/* Letters that become another one only as the first letter, and only behind it. */\n"
    for name, rows in (("first", key.first), ("later", key.later)):
        text += f"static const struct key_place key_{name}[] = {{\n"
        text += "".join(f"\t{{0x{cp:04X}, 0x{to:04X}}},\n" for cp, to in sorted(rows)) + "};\n"
    text += "\n/* These letters with one of these marks are KEY_YEH_HAMZA. */\n"
    text += f"#define KEY_YEH_HAMZA 0x{key.yeh:04X}u\n"
    text += f"static const uint16_t key_yehs[] = {hexes(yehs)};\n"
    text += f"static const uint16_t key_hamzas[] = {hexes(sorted(key.hamzas | set(HAMZA)))};\n\n"
    text += "/* The last letter that is dropped behind the other. */\n"
    text += f"#define KEY_LAST_HAMZA 0x{key.last_drop:04X}u\n#define KEY_HEH 0x{heh:04X}u\n\n"
    text += f"#define KEY_LONGEST {max(map(len, other.values()))} /* code points that one becomes, at most */\n\n"
    text += "/* All other code points that change: Latin letters that NFD leaves whole, and punctuation. By code point. */\n"
    text += f"static const struct key_fold key_folds[{len(other)}] = {{\n"
    text += "".join(f"\t{{0x{cp:04X}, {hexes(other[cp])}}},\n" for cp in sorted(other)) + "};\n"
    return text


# ---- Punctuation and lower case ----

def punct_h(norm_dir):
    rows = {}
    for row in read_rows(os.path.join(norm_dir, "punct.fold")):
        for cp in row.sources():
            rows[cp] = row.cps(row.target)
    text = f"#define PUNCT_LONGEST {max(map(len, rows.values()))} /* code points that one becomes, at most */\n\n"
    text += "struct punct_row {\n\tuint16_t from, to[PUNCT_LONGEST]; /* to: filled up with 0 */\n};\n\n"
    text += "/* By code point. */\n"
    text += f"static const struct punct_row punct_rows[{len(rows)}] = {{\n"
    return text + "".join(f"\t{{0x{cp:04X}, {hexes(rows[cp])}}},\n" for cp in sorted(rows)) + "};\n"


def lower_h(ucd):
    rows = [(cp, to) for cp, to in sorted(ucd.lower.items()) if cp in ucd.latin and cp >= 0x80]
    if max(max(row) for row in rows) > 0xFFFF:
        sys.exit("a Latin letter with lower case lies above FFFF")
    text = "/* Simple lower case of Latin letters that are not ASCII, by code point: U+0130 becomes i. */\n"
    text += f"static const uint16_t lower_rows[{len(rows)}][2] = {{\n"
    return text + numbers(rows, 6, hexes) + "};\n"


# ---- NFC_Quick_Check ----

def nfc_qc_h(ucd):
    blocks, stage1 = {}, []
    for begin in range(0, 0x110000, 256):
        block = tuple(sum(1 << bit for bit in range(8) if begin + byte * 8 + bit in ucd.qc) for byte in range(32))
        stage1.append(blocks.setdefault(block, len(blocks)))
    text = "/* A bit for each code point whose NFC_Quick_Check is not Yes, in blocks of 256. */\n"
    text += f"static const uint8_t nfc_qc_stage1[0x1100] = {{\n" + numbers(stage1, 32, str).replace(", ", ",") + "};\n\n"
    text += f"static const uint8_t nfc_qc_stage2[{len(blocks)}][32] = {{\n"
    for block in blocks:
        text += "\t{" + ",".join(map(str, block)) + "},\n"
    return text + "};\n"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    ucd_dir, norm_dir, out_dir = sys.argv[1:]
    ucd = Ucd(ucd_dir)
    write(out_dir, "folds.h", "the tables in src/norm/ and " + UCD_NAME,
          ["<stdbool.h>", "<stddef.h>", "<stdint.h>", "", '"lang.h"', '"norm/fold.h"'], folds_h(ucd, norm_dir))
    write(out_dir, "forms.h", UCD_NAME, ["<stdint.h>"], forms_h(ucd))
    write(out_dir, "key.h", "src/norm/key.fold, src/norm/punct.fold and " + UCD_NAME,
          ["<stdint.h>"], key_h(ucd, norm_dir))
    write(out_dir, "punct.h", "src/norm/punct.fold", ["<stdint.h>"], punct_h(norm_dir))
    write(out_dir, "lower.h", UCD_NAME, ["<stdint.h>"], lower_h(ucd))
    write(out_dir, "nfc_qc.h", UCD_NAME, ["<stdint.h>"], nfc_qc_h(ucd))


if __name__ == "__main__":
    main()
