#!/usr/bin/env python3
"""usage: gen_ucd.py UCD_DIR OUT_DIR

Writes OUT_DIR/ucd_enums.h and OUT_DIR/ucd_tables.h from the Unicode Character Database, version 15.0.0, as
Debian's package unicode-data installs it in /usr/share/unicode. Files read, all below UCD_DIR:
UnicodeData.txt, Scripts.txt, PropertyValueAliases.txt, PropList.txt, DerivedCoreProperties.txt, extracted/DerivedJoiningType.txt,
auxiliary/WordBreakProperty.txt, auxiliary/SentenceBreakProperty.txt, auxiliary/GraphemeBreakProperty.txt,
emoji/emoji-data.txt, extracted/DerivedLineBreak.txt.
The same inputs give the same bytes.
"""
import collections
import os
import sys

VERSION = "15.0.0"
LIMIT = 0x110000

# ISO 15924 tags whose numbers are fixed, because the code names them; the others follow in alphabetical order.
FIRST_SCRIPTS = ["Zyyy", "Zinh", "Arab", "Latn", "Hani", "Hira", "Kana"]

GC = ("Cn Cc Cf Co Cs Ll Lm Lo Lt Lu Mc Me Mn Nd Nl No Pc Pd Pe Pf Pi Po Ps Sc Sk Sm So Zl Zp Zs").split()
WB = ("Other ALetter Hebrew_Letter Katakana Numeric ExtendNumLet MidLetter MidNum MidNumLet Single_Quote "
      "Double_Quote Regional_Indicator Extend Format ZWJ WSegSpace CR LF Newline").split()
SB = "Other CR LF Extend Sep Format Sp Lower Upper OLetter Numeric ATerm SContinue STerm Close".split()
GCB = "Other CR LF Control Extend ZWJ Regional_Indicator Prepend SpacingMark L V T LV LVT".split()
JOINING = "U C D L R T".split()
# What the scanner makes of a character; see ucd_atom_of below.
ATOM = ("LETTER HEBREW KATAKANA HONORIFIC LETTER_SYMBOL NUMERIC EXTNUMLET MIDLETTER MIDNUM MIDNUMLET SQUOTE DQUOTE RI "
        "LETTER_OTHER IDEOGRAPH DICTIONARY SPACE NEWLINE CR LF ZWSP MARK FORMAT JOINER NUMBER_SIGN PUNCT SYMBOL EMOJI OTHER "
        "ILLFORMED").split()
FLAGS = ("UPPER LOWER CASED EXTPICT EMOJI EMOJI_PRESENTATION EMOJI_MODIFIER EMOJI_BASE IGNORABLE CONTROL UNUSUAL TATWEEL "
         "WHITE_SPACE WSEGSPACE ALPHABETIC").split()

# Those that have a script.
LETTERS = "LETTER HEBREW KATAKANA HONORIFIC LETTER_SYMBOL LETTER_OTHER IDEOGRAPH DICTIONARY".split()
# What the scanner's loop asks first about a character below U+0800: whether it makes rows with its like, and whether
# there is more to ask (marks; letters that go with any script).
ROWS = "LETTER HEBREW KATAKANA NUMERIC EXTNUMLET SPACE MARK FORMAT JOINER".split()
MARKS = "MARK FORMAT JOINER".split()
LOW_ROWS, LOW_ASK = 1 << 24, 1 << 25

# What the scanner notes of the characters of an atom; src/scan/atom.h says what each means.
ATOM_FLAGS = "MARKED CONTROL ZWNJ UPPER LOWER UNUSUAL ENDS_ZWJ LETTER".split()

# Bidi and other invisible controls that are dropped from words. Not ZWNJ, ZWJ, variation selectors and tags.
CONTROLS = ([0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF] + list(range(0x202A, 0x202F)) +
            list(range(0x2060, 0x2065)) + list(range(0x2066, 0x2070)))
# Letters for UAX #29 that Lafz takes for signs: FDFA and FDFB are whole phrases.
HONORIFICS = [0xFDFA, 0xFDFB]
# Symbols for UAX #29 that are words of Sindhi.
LETTER_SYMBOLS = [0x06FD, 0x06FE]
# Format characters for UAX #29 that stand before the digits they enclose.
NUMBER_SIGNS = list(range(0x0600, 0x0606)) + [0x06DD, 0x08E2]


def rows(path):
    """(first, last, field) of a UCD file with ranges; checks nothing about the version."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            parts = [part.strip() for part in line.split(";")]
            first, _, last = parts[0].partition("..")
            yield int(first, 16), int(last or first, 16), parts[1]


def prop(path, names, default):
    index = {name: i for i, name in enumerate(names)}
    out = [index[default]] * LIMIT
    for first, last, value in rows(path):
        for cp in range(first, last + 1):
            out[cp] = index[value]
    return out


def sets(path, wanted):
    out = {name: set() for name in wanted}
    for first, last, value in rows(path):
        if value in out:
            out[value].update(range(first, last + 1))
    return out


def check_version(path):
    with open(path, encoding="utf-8") as file:
        head = file.readline()
    if VERSION not in head:
        sys.exit(f"{path}: expected version {VERSION}, found: {head.strip()}")


def unicode_data(path):
    gc, ccc = [0] * LIMIT, [0] * LIMIT
    decomposes = set()
    index = {name: i for i, name in enumerate(GC)}
    first = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            field = line.rstrip("\n").split(";")
            cp = int(field[0], 16)
            if field[1].endswith(", First>"):
                first = cp
                continue
            for one in range(first if field[1].endswith(", Last>") else cp, cp + 1):
                gc[one] = index[field[2]]
                ccc[one] = int(field[3])
                if field[5] and not field[5].startswith("<"):
                    decomposes.add(one)
            first = None
    return gc, ccc, decomposes


def script_tags(path):
    tags = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            part = [p.strip() for p in line.split("#", 1)[0].split(";")]
            if part[0] == "sc":
                tags[part[2]] = part[1]
    return tags


def low_entry(row):
    kind = ATOM[row[0]]
    asks = kind in MARKS or (kind in ROWS and kind in LETTERS and row[1] == 0)
    return row[0] | row[1] << 8 | row[2] << 16 | (LOW_ROWS if kind in ROWS else 0) | (LOW_ASK if asks else 0)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    ucd, out_dir = sys.argv[1:]
    path = lambda name: os.path.join(ucd, name)
    for name in ("Scripts.txt", "PropList.txt", "DerivedCoreProperties.txt"):
        check_version(path(name))

    gc, ccc, decomposes = unicode_data(path("UnicodeData.txt"))
    tags = script_tags(path("PropertyValueAliases.txt"))
    order = FIRST_SCRIPTS + sorted(set(tags.values()) - set(FIRST_SCRIPTS) - {"Qaai", "Qaac", "Zzzz", "Hrkt"})
    script_index = {tag: i for i, tag in enumerate(order)}
    script = [0] * LIMIT
    for first, last, value in rows(path("Scripts.txt")):
        for cp in range(first, last + 1):
            script[cp] = script_index[tags[value]]
    wb = prop(path("auxiliary/WordBreakProperty.txt"), WB, "Other")
    sb = prop(path("auxiliary/SentenceBreakProperty.txt"), SB, "Other")
    gcb = prop(path("auxiliary/GraphemeBreakProperty.txt"), GCB, "Other")
    joining = prop(path("extracted/DerivedJoiningType.txt"), JOINING, "U")
    emoji = sets(path("emoji/emoji-data.txt"), ["Emoji", "Emoji_Presentation", "Emoji_Modifier", "Emoji_Modifier_Base",
                                                "Extended_Pictographic"])
    core = sets(path("DerivedCoreProperties.txt"), ["Uppercase", "Lowercase", "Default_Ignorable_Code_Point",
                                                    "Alphabetic"])
    plist = sets(path("PropList.txt"), ["White_Space", "Ideographic"])
    lb = {"SA": set()}
    for first, last, value in rows(path("extracted/DerivedLineBreak.txt")):
        if value == "SA":
            lb["SA"].update(range(first, last + 1))
    controls = set(CONTROLS)
    wb_is = lambda cp, name: wb[cp] == WB.index(name)
    kana = {script_index["Hira"], script_index["Kana"]}

    def atom(cp):
        general = GC[gc[cp]]
        if cp == 0x0D:
            return "CR"
        if cp == 0x0A:
            return "LF"
        if cp in (0x0B, 0x0C, 0x85, 0x2028, 0x2029):
            return "NEWLINE"
        if cp in plist["White_Space"]:
            return "SPACE"
        if cp in NUMBER_SIGNS:
            return "NUMBER_SIGN"
        if cp in HONORIFICS:
            return "HONORIFIC"
        if cp in LETTER_SYMBOLS:
            return "LETTER_SYMBOL"
        if cp == 0x200B:
            return "ZWSP"
        if wb_is(cp, "ZWJ") or cp == 0x200C:
            return "JOINER"
        if wb_is(cp, "Format") or (wb_is(cp, "Extend") and cp in core["Default_Ignorable_Code_Point"] and
                                   not 0xFE00 <= cp <= 0xFE0F):
            return "FORMAT"
        if wb_is(cp, "Extend"):
            return "MARK"
        if wb_is(cp, "Hebrew_Letter"):
            return "HEBREW"
        if wb_is(cp, "Katakana"):
            return "KATAKANA"
        if wb_is(cp, "ALetter"):
            return "LETTER"
        if wb_is(cp, "Numeric"):
            return "NUMERIC"
        if wb_is(cp, "Regional_Indicator"):
            return "RI"
        for name, value in (("ExtendNumLet", "EXTNUMLET"), ("MidLetter", "MIDLETTER"), ("MidNum", "MIDNUM"),
                            ("MidNumLet", "MIDNUMLET"), ("Single_Quote", "SQUOTE"), ("Double_Quote", "DQUOTE")):
            if wb_is(cp, name):
                return value
        if cp in lb["SA"]:
            return "DICTIONARY"
        if cp in plist["Ideographic"] or script[cp] in kana:
            return "IDEOGRAPH"
        if cp in emoji["Extended_Pictographic"] and (cp in emoji["Emoji_Presentation"] or
                                                     (cp in emoji["Emoji"] and cp >= 0x2600)):
            return "EMOJI"
        if cp in emoji["Emoji_Modifier"]:
            return "EMOJI"
        if general[0] == "P":
            return "PUNCT"
        if general[0] == "S":
            return "SYMBOL"
        if general[0] in "LM":
            return "LETTER_OTHER"
        if general in ("No", "Nl"):
            return "SYMBOL"
        return "OTHER"

    def flags(cp):
        out = 0
        arab_form = 0xFB50 <= cp <= 0xFDFF or 0xFE70 <= cp <= 0xFEFC
        for name, value in (("UPPER", cp in core["Uppercase"] or GC[gc[cp]] == "Lt"),
                            ("LOWER", cp in core["Lowercase"] and GC[gc[cp]] == "Ll"),
                            ("CASED", GC[gc[cp]] in ("Lu", "Ll", "Lt")),
                            ("EXTPICT", cp in emoji["Extended_Pictographic"]), ("EMOJI", cp in emoji["Emoji"]),
                            ("EMOJI_PRESENTATION", cp in emoji["Emoji_Presentation"]),
                            ("EMOJI_MODIFIER", cp in emoji["Emoji_Modifier"]),
                            ("EMOJI_BASE", cp in emoji["Emoji_Modifier_Base"]),
                            ("IGNORABLE", cp in core["Default_Ignorable_Code_Point"]), ("CONTROL", cp in controls),
                            ("UNUSUAL", arab_form or cp in controls or cp in (0x200C, 0x200D, 0x0640) or
                             wb_is(cp, "Extend") or wb_is(cp, "Format") or
                             (cp in decomposes and not (0xC0 <= cp < 0x340) and not (0x622 <= cp <= 0x626) and
                              cp not in (0x6C0, 0x6C2, 0x6D3))),
                            ("TATWEEL", cp == 0x0640), ("WHITE_SPACE", cp in plist["White_Space"]),
                            ("WSEGSPACE", wb_is(cp, "WSegSpace")), ("ALPHABETIC", cp in core["Alphabetic"])):
            if value:
                out |= 1 << FLAGS.index(name)
        return out

    atom_index = {name: i for i, name in enumerate(ATOM)}

    def atom_script(cp, kind):
        if cp == 0x0640:
            return script_index["Arab"]  # tatweel is Common in the UCD; no other script writes it
        return 0 if kind not in LETTERS or script[cp] == script_index["Zinh"] else script[cp]

    def atom_flags(cp, kind, props):
        has = lambda name: bool(props & 1 << FLAGS.index(name))
        out = 0
        for name, value in (("MARKED", kind in ("MARK", "FORMAT", "JOINER")), ("CONTROL", has("CONTROL")),
                            ("ZWNJ", cp == 0x200C), ("UPPER", has("UPPER")), ("LOWER", has("LOWER")),
                            ("UNUSUAL", has("UNUSUAL")), ("ENDS_ZWJ", cp == 0x200D),
                            ("LETTER", kind in LETTERS and kind != "HONORIFIC" and cp != 0x0640)):
            if value:
                out |= 1 << ATOM_FLAGS.index(name)
        return out

    # Most blocks are of one kind throughout: there one look is enough.
    arrays = (gc, ccc, script, wb, sb, gcb, joining)
    members = list(emoji.values()) + list(core.values()) + list(plist.values()) + [lb["SA"], decomposes, controls]
    counts = [collections.Counter(cp >> 7 for cp in one) for one in members]

    def is_uniform(block):
        return (block >= 0x3000 and not 0xFB00 <= block <= 0xFFFF and
                all(array[block:block + 128].count(array[block]) == 128 for array in arrays) and
                all(count[block >> 7] in (0, 128) for count in counts))

    unique, stage2, blocks, stage1 = {}, [], {}, []
    for block in range(0, LIMIT, 128):
        entry = []
        n = 1 if is_uniform(block) else 128
        for cp in range(block, block + n):
            kind, props = atom(cp), flags(cp)
            row = (atom_index[kind], atom_script(cp, kind), atom_flags(cp, kind, props), script[cp], gc[cp], wb[cp], sb[cp],
                   gcb[cp], joining[cp], ccc[cp], props)
            entry.append(unique.setdefault(row, len(unique)))
        entry = tuple(entry * (128 // n))
        if entry not in blocks:
            blocks[entry] = len(stage2)
            stage2.append(entry)
        stage1.append(blocks[entry])

    banner = ("/*\n * Made by tools/gen_ucd.py from the Unicode Character Database, version " + VERSION +
              " (2022-09-02).\n * Remake with `make tables`. Do not edit.\n */\n")
    with open(os.path.join(out_dir, "ucd_enums.h"), "w", encoding="ascii") as file:
        file.write(banner + "#ifndef LAFZ_GEN_UCD_ENUMS_H\n#define LAFZ_GEN_UCD_ENUMS_H\n\n#include <stdint.h>\n\n")
        for title, prefix, values in (("atom", "ATOM", ATOM), ("script", "SCRIPT", order), ("gc", "GC", GC),
                                      ("wb", "WB", WB), ("sb", "SB", SB), ("gcb", "GCB", GCB),
                                      ("joining", "JOINING", JOINING)):
            file.write(f"enum ucd_{title} {{\n")
            for i, value in enumerate(values):
                file.write(f"\tUCD_{prefix}_{value.upper()} = {i},\n")
            file.write(f"\tUCD_{prefix}_COUNT = {len(values)}\n}};\n\n")
        file.write("enum ucd_flag {\n")
        for i, name in enumerate(FLAGS):
            file.write(f"\tUCD_{name} = {1 << i},\n")
        file.write("};\n\nenum atom_flag {\n")
        for i, name in enumerate(ATOM_FLAGS):
            file.write(f"\tATOM_{name} = {1 << i},\n")
        file.write("};\n\n")
        file.write(f"#define UCD_LOW_ROWS 0x{LOW_ROWS:x}u\n#define UCD_LOW_ASK 0x{LOW_ASK:x}u\n\n")
        file.write(f'#define UCD_VERSION "{VERSION}"\n#define UCD_BLOCKS {len(stage2)}\n#define UCD_ROWS {len(unique)}\n\n'
                   "#endif\n")
    with open(os.path.join(out_dir, "ucd_tables.h"), "w", encoding="ascii") as file:
        file.write(banner)
        file.write("\nconst uint16_t ucd_stage1[0x110000 >> 7] = {\n")
        for i in range(0, len(stage1), 32):
            file.write("\t" + ",".join(map(str, stage1[i:i + 32])) + ",\n")
        file.write(f"}};\n\nconst uint16_t ucd_stage2[{len(stage2)}][128] = {{\n")
        for entry in stage2:
            file.write("\t{\n")
            for i in range(0, 128, 16):
                file.write("\t\t" + ",".join(map(str, entry[i:i + 16])) + ",\n")
            file.write("\t},\n")
        file.write(f"}};\n\nconst struct ucd_row ucd_rows[{len(unique)}] = {{\n")
        for row in unique:
            file.write("\t{" + ",".join(map(str, row)) + "},\n")
        file.write("};\n\nconst uint32_t ucd_low[0x800] = {\n")
        rows_by_number = list(unique)
        for cp in range(0, 0x800, 8):
            entries = [low_entry(rows_by_number[stage2[stage1[c >> 7]][c & 127]]) for c in range(cp, cp + 8)]
            file.write("\t" + " ".join(f"0x{entry:x}," for entry in entries) + "\n")
        file.write("};\n\nconst uint8_t ucd_arab_ccc[0x100] = {\n")
        for cp in range(0x600, 0x700, 32):
            file.write("\t" + ",".join(map(str, ccc[cp:cp + 32])) + ",\n")
        file.write(f"}};\n\nstatic const char ucd_script_tags[{len(order)}][5] = {{\n")
        for i in range(0, len(order), 12):
            file.write("\t" + ", ".join(f'"{tag}"' for tag in order[i:i + 12]) + ",\n")
        file.write("};\n")
    print(f"{len(stage2)} blocks, {len(unique)} rows, {len(order)} scripts")


if __name__ == "__main__":
    main()
