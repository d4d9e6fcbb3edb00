#!/usr/bin/env python3
"""usage: gen_scan.py OUT_DIR

Writes OUT_DIR/scan_tables.h and OUT_DIR/scan_codes.h: what the scanner's vector kernels look up, from the sets of
characters below. (That the sets are right is what the kernels' tests show: each kernel must give the atoms of the plain
one.) The same bytes each time.
"""
import os
import sys

BANNER = """/*
 * Made by tools/gen_scan.py. Remake with `make tables`. Do not edit.
 */
#ifndef LAFZ_GEN_SCAN_TABLES_H
#define LAFZ_GEN_SCAN_TABLES_H

#include <stdint.h>

/*
 * A set of characters as two tables of 16: a character is in it if the entries of its row and of its column have a bit
 * in common. The column of a character is the lower half of its last byte, its row what the comment of the set says.
 * Two sets share a pair: the second one has bit 7 alone.
 */
struct scan_sieve {
	uint8_t row[16], column[16];
};
"""

CODES_BANNER = """/*
 * Made by tools/gen_scan.py. Remake with `make tables`. Do not edit.
 */
#ifndef LAFZ_GEN_SCAN_CODES_H
#define LAFZ_GEN_SCAN_CODES_H

#include <stdint.h>

#include "gen/ucd_enums.h"

#define SCAN_UNKNOWN 0xFF /* instead of a code: not for the kernels */

/*
 * Which characters go on with the one before them: those with the same row. The highest bit is beside that: upper case,
 * marks. What has the next one goes on with nothing.
 */
#define SCAN_OTHER_CASE 0x80
#define SCAN_NO_ROW 0x40
"""


def span(first, last, step=1):
    return range(first, last + 1, step)


def chars(*parts):
    return {c for part in parts for c in ([part] if isinstance(part, int) else part)}


# Of U+0600 to U+06FF.
ARABIC_LETTERS = chars(span(0x620, 0x63F), span(0x641, 0x64A), 0x66E, 0x66F, span(0x671, 0x6D3), 0x6D5, 0x6E5, 0x6E6,
                       0x6EE, 0x6EF, span(0x6FA, 0x6FC), 0x6FF)
ARABIC_DIGITS = chars(span(0x660, 0x669), span(0x6F0, 0x6F9))
ARABIC_MARKS = chars(span(0x610, 0x61A), span(0x64B, 0x65F), 0x670, span(0x6D6, 0x6DC), span(0x6DF, 0x6E4), 0x6E7, 0x6E8,
                     span(0x6EA, 0x6ED))
# What stands for marks: enum sign in src/scan/signs.h.
STOP, OTHER, ARABIC_COMMA, SPACED, QUOTE, OPENING, APOSTROPHE = ord("!"), ord("#"), 0x90, 0x91, 0x92, 0x93, 0x94
# Each has a column of its own.
ARABIC_PUNCTUATION = {0x60C: ARABIC_COMMA, 0x61B: SPACED, 0x61F: STOP, 0x66A: OTHER, 0x6D4: STOP}

# Of U+00C0 to U+017F; those that are no letter, or that the kernels leave to the plain one (their case is not that of
# their neighbours).
LATIN_UPPER = chars(span(0xC0, 0xD6), span(0xD8, 0xDE), span(0x100, 0x136, 2), span(0x139, 0x147, 2),
                    span(0x14A, 0x176, 2), span(0x178, 0x17D, 1)) - {0x17A, 0x17C}
LATIN_ODD = chars(0xD7, 0xF7)

# Of U+2000 to U+203F.
GENERAL_PUNCTUATION = chars(span(0x2010, 0x2023), 0x2025, 0x2026, span(0x2030, 0x203E))
GENERAL_ZWNJ = {0x200C}
# Of these, those that rules tell from the others; each has a column of its own too.
GENERAL_SIGNS = {0x2013: SPACED, 0x2014: SPACED, 0x2018: OPENING, 0x2019: APOSTROPHE, 0x201C: QUOTE, 0x201D: QUOTE,
                 0x2026: STOP}


def sieve(row_of, first, second):
    """The two tables; rows with the same columns share a bit, of which the first set has seven."""
    columns = {}
    for c in first:
        columns.setdefault(row_of(c), set()).add(c & 15)
    kinds = {}
    for row, own in columns.items():
        kinds.setdefault(frozenset(own), set()).add(row)
    kinds = sorted(kinds.items(), key=lambda kind: sorted(kind[1]))
    assert len(kinds) <= 7, kinds
    row_table, column_table = [0] * 16, [0] * 16
    for bit, (own, shared) in enumerate(kinds):
        for row in shared:
            row_table[row] |= 1 << bit
        for column in own:
            column_table[column] |= 1 << bit
    for c in second:
        row_table[row_of(c)] |= 0x80
        column_table[c & 15] |= 0x80
    everything = {(row_of(c), c & 15) for c in first | second}
    for row in range(16):
        for column in range(16):
            bits = row_table[row] & column_table[column]
            assert ((row, column) in everything) == (bits != 0)
            assert (bits == 0x80) == ((row, column) in {(row_of(c), c & 15) for c in second})
    return row_table, column_table


def row_by_lead(c):
    """Two bits of the first byte of two, two of the second."""
    return (0xC0 | c >> 6) << 2 & 12 | c >> 4 & 3


def row_of_tail(c):
    """The upper half of the last byte of three."""
    return 8 | c >> 4 & 3


def numbers(values):
    return ", ".join(map(str, values))


def write_sieve(file, name, comment, tables):
    file.write(f"\n/* {comment} */\nstatic const struct scan_sieve {name} = {{\n")
    file.write(f"\t{{{numbers(tables[0])}}},\n\t{{{numbers(tables[1])}}},\n}};\n")


def write_table(file, name, comment, values):
    file.write(f"\n/* {comment} */\nstatic const uint8_t {name}[16] = {{{numbers(values)}}};\n")


def write_signs(file, name, comment, signs, row_of):
    """Marks, no two of them in one column."""
    rows, codes = [0xFF] * 16, [0] * 16
    for c, code in signs.items():
        assert rows[c & 15] == 0xFF
        rows[c & 15] = row_of(c)
        codes[c & 15] = code
    write_table(file, f"{name}_row", f"{comment}: the row of the one in each column.", rows)
    write_table(file, name, "And what stands for it.", codes)


# Rows; beside them, what SCAN_NO_ROW and SCAN_OTHER_CASE say.
LATIN_ROW, ARABIC_ROW, DIGIT_ROW, SPACE_ROW, LOW_LINE_ROW, NO_ROW, OTHER_CASE = 1, 2, 4, 8, 16, 0x40, 0x80
# Codes (src/scan/codes.h), and what is none.
ARABIC, ARABIC_MARK, ARABIC_ZWNJ, UNKNOWN = 0x80, 0x81, 0x83, 0xFF


def code_of(c):
    """What stands for a character beyond ASCII."""
    if c in ARABIC_LETTERS or c in ARABIC_MARKS:
        return ARABIC if c in ARABIC_LETTERS else ARABIC_MARK
    if 0xC0 <= c < 0x180 and c not in LATIN_ODD:
        return ord("A" if c in LATIN_UPPER else "a")
    if c in GENERAL_PUNCTUATION:
        return GENERAL_SIGNS.get(c, OTHER)
    codes = {0xA0: ord(" "), 0xAB: QUOTE, 0xBB: QUOTE, 0x200C: ARABIC_ZWNJ}
    return ord("0") if c in ARABIC_DIGITS else codes.get(c, ARABIC_PUNCTUATION.get(c, UNKNOWN))


def row_of_code(code):
    """The row of the characters that a code stands for."""
    if code >= 0x80:
        return {ARABIC: ARABIC_ROW, ARABIC_MARK: ARABIC_ROW | OTHER_CASE, ARABIC_ZWNJ: ARABIC_ROW | OTHER_CASE}.get(code, NO_ROW)
    char = chr(code)
    if char.isalpha():
        return LATIN_ROW | (OTHER_CASE if char.isupper() else 0)
    return DIGIT_ROW if char.isdigit() else {" ": SPACE_ROW, "\t": SPACE_ROW, "_": LOW_LINE_ROW}.get(char, NO_ROW)


# Classes of ASCII; others are punctuation.
CLASSES = {"\t": "SPACE", "\n": "LF", "\v": "NEWLINE", "\f": "NEWLINE", "\r": "CR", " ": "SPACE", '"': "DQUOTE", "'": "SQUOTE",
           ",": "MIDNUM", ";": "MIDNUM", ".": "MIDNUMLET", ":": "MIDLETTER", "_": "EXTNUMLET",
           **dict.fromkeys("$+<=>^`|~", "SYMBOL")}
SIGN_CLASSES = {ARABIC_COMMA: "MIDNUM", SPACED: "PUNCT", QUOTE: "PUNCT", OPENING: "MIDNUMLET", APOSTROPHE: "MIDNUMLET"}


def decode(code):
    """Class, script and flags of a code; letters of Latin script may have 0x81 besides, Arabic ones have some of 0x83."""
    char = chr(code & 0x7F)
    if code in (ARABIC, ARABIC_MARK, ARABIC_ZWNJ):
        marks = "" if code == ARABIC else " | ATOM_MARKED | ATOM_UNUSUAL"
        return "UCD_ATOM_LETTER", "UCD_SCRIPT_ARAB", "ATOM_LETTER" + marks + (" | ATOM_ZWNJ" if code == ARABIC_ZWNJ else "")
    if code in SIGN_CLASSES:
        return "UCD_ATOM_" + SIGN_CLASSES[code], "0", "0"
    if char.isalpha() or code in (0x81 | ord("Z"), 0x81 | ord("z")):
        case = "ATOM_UPPER | ATOM_LOWER" if code >= 0x80 else "ATOM_UPPER" if char.isupper() else "ATOM_LOWER"
        return "UCD_ATOM_LETTER", "UCD_SCRIPT_LATN", "ATOM_LETTER | " + case
    if code >= 0x80 or (char not in CLASSES and not char.isprintable()):
        return "UCD_ATOM_OTHER", "0", "0"
    return "UCD_ATOM_" + ("NUMERIC" if char.isdigit() else CLASSES.get(char, "PUNCT")), "0", "0"


def write_long(file, name, comment, values):
    file.write(f"\n/* {comment} */\nstatic const uint8_t {name}[{len(values)}] = {{\n")
    step = 4 if isinstance(values[0], str) else 16
    for i in range(0, len(values), step):
        file.write(f"\t{numbers(values[i:i + step])},\n")
    file.write("};\n")


def write_codes(file):
    file.write(CODES_BANNER)
    write_long(file, "scan_code_arabic", "Codes of U+0600 to U+06FF.", [code_of(c) for c in range(0x600, 0x700)])
    # C4, C5, C2, C3: by the lower two bits of the first byte
    write_long(file, "scan_code_latin", "Of U+0100 to U+017F and U+0080 to U+00FF.",
               [code_of(c) for c in (*range(0x100, 0x180), *range(0x80, 0x100))])
    write_long(file, "scan_code_general", "Of U+2000 to U+203F.", [code_of(c) for c in range(0x2000, 0x2040)])
    write_long(file, "scan_row_low", "Rows of the codes below 80.", [row_of_code(code) for code in range(0x80)])
    write_long(file, "scan_row_high", "Of the others, by their lower six bits: there are none from C0 on.",
               [row_of_code(code) for code in range(0x80, 0xC0)])
    decoded = [decode(code) for code in range(0x100)]
    for i, name in enumerate(("class", "script", "flags")):
        write_long(file, f"scan_code_{name}", f"What codes stand for: {name}.", [row[i] for row in decoded])
    file.write("\n#endif\n")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(os.path.join(sys.argv[1], "scan_tables.h"), "w", encoding="ascii") as file:
        file.write(BANNER)
        row_comment = "Row: lower two bits of the first byte, bits 4 and 5 of the second."
        write_sieve(file, "scan_arabic", f"U+0600 to U+06FF: letters, digits. {row_comment}",
                    sieve(row_by_lead, ARABIC_LETTERS, ARABIC_DIGITS))
        write_sieve(file, "scan_arabic_marks", f"The same: marks. {row_comment}", sieve(row_by_lead, ARABIC_MARKS, set()))
        write_sieve(file, "scan_latin", f"U+00C0 to U+017F: upper case, what is not for the kernels. {row_comment}",
                    sieve(row_by_lead, LATIN_UPPER, LATIN_ODD))
        write_sieve(file, "scan_general", "U+2000 to U+203F: punctuation, U+200C. Row: the upper half of the last byte.",
                    sieve(row_of_tail, GENERAL_PUNCTUATION, GENERAL_ZWNJ))
        # 0x60 is what else is left of D8 when it is shifted to the place of the row.
        write_signs(file, "scan_arabic_sign", "Marks of punctuation below U+0700", ARABIC_PUNCTUATION,
                    lambda c: 0x60 | row_by_lead(c))
        write_signs(file, "scan_general_sign", "The same of U+2000 to U+203F, those that rules tell from the others",
                    GENERAL_SIGNS, row_of_tail)
        file.write("\n/* Which bits of a byte are set, from the lowest up. */\n")
        file.write("static const uint8_t scan_bits[256][8] = {\n")
        for byte in range(256):
            own = [bit for bit in range(8) if byte >> bit & 1]
            file.write(f"\t{{{numbers(own + [0] * (8 - len(own)))}}},\n")
        file.write("};\n\n#endif\n")
    with open(os.path.join(sys.argv[1], "scan_codes.h"), "w", encoding="ascii") as file:
        write_codes(file)


if __name__ == "__main__":
    main()
