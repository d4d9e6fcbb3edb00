#!/usr/bin/env python3
"""usage: gold.py [--check] PAGE.txt...

Turns gold written by hand into gold by machine: reads PAGE.txt and PAGE.gold.tsv beside it and writes
PAGE.gold.jsonl, a sentence a line in the schema of `lafz -f jsonl` without key and confidence. corpora/README.md
describes the notation. With --check nothing is written; the file must be there already with the same bytes.

Stops with a message and exit status 1 at the first thing that is wrong: surfaces that do not rebuild the page with
gaps alone between them, a sentence that crosses a line end, a paragraph mark that is not at a paragraph, a norm that
is not NFC, a flag that the surface contradicts, a token outside the run it must join. The same inputs give the same bytes.
"""
import json
import os
import sys
import unicodedata

KINDS = "word number punct symbol emoji url email mention hashtag time date other".split()
FLAGS = "abbreviation contraction repaired cut bidi mixed upper zwnj ordinal version ip phone".split()
SCRIPT_OF_LANG = {**dict.fromkeys("ps fa ar ur ug sd ckb".split(), "Arab"), **dict.fromkeys("en fr de tr".split(), "Latn")}

ZWNJ = "\u200c"
TATWEEL = "\u0640"
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
CONTROLS = BIDI | set("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff")
LINE_ENDS = set("\n\r\v\f\u0085\u2028\u2029")


class GoldError(Exception):
    """The gold is wrong; the text says where."""


def scripts(surface):
    """ISO 15924 tags of the letters of a token, in the order they come. Tatweel is no letter."""
    found = []
    for char in surface:
        if unicodedata.category(char)[0] != "L" or char == TATWEEL:
            continue
        name = unicodedata.name(char)
        tag = "Arab" if name.startswith("ARABIC") else "Latn" if name.startswith("LATIN") else None
        if tag is None:
            raise GoldError(f"U+{ord(char):04X} {name}: neither an Arabic nor a Latin letter")
        if tag not in found:
            found.append(tag)
    return found


def is_opening(surface, straight_quotes):
    """Whether a token opens something: then it belongs to what follows. The second of two straight quotes closes."""
    if surface == '"':
        return straight_quotes % 2 == 0
    return unicodedata.category(surface[0]) in ("Ps", "Pi")


def read_rows(path):
    """Sentences of a .gold.tsv: (begins a paragraph, [(surface, kind, lang, norm, flags)])."""
    sentences, tokens, par = [], [], False
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    if lines.pop() != "":
        raise GoldError(f"{path}: no line end at the end")
    for number, line in enumerate(lines + [""], 1):
        if line == "%par":
            if tokens or par:
                raise GoldError(f"{path}:{number}: %par inside a sentence")
            par = True
        elif line == "":
            if not tokens:
                raise GoldError(f"{path}:{number}: a sentence without tokens")
            sentences.append((par, tokens))
            tokens, par = [], False
        else:
            cells = line.split("\t")
            if not 3 <= len(cells) <= 5 or cells[-1] == "" or cells[0] == "":
                raise GoldError(f"{path}:{number}: not surface, kind, lang, norm, flags")
            surface, kind, lang, norm, flags = cells + [""] * (5 - len(cells))
            tokens.append((surface, kind, lang, norm or surface, flags.split(",") if flags else []))
            try:
                check_row(surface, kind, lang, norm, tokens[-1][4])
            except GoldError as error:
                raise GoldError(f"{path}:{number}: {error}") from None
    return sentences


def check_row(surface, kind, lang, norm, flags):
    """What can be said of a row by itself."""
    letters = scripts(surface)
    if kind not in KINDS:
        raise GoldError(f"no kind {kind}")
    if lang != "und" and lang not in SCRIPT_OF_LANG:
        raise GoldError(f"no language {lang}")
    if any(flag not in FLAGS for flag in flags) or flags != sorted(set(flags), key=FLAGS.index):
        raise GoldError(f"flags {flags}: unknown, doubled or not in the order of lafz.h")
    if norm == surface:
        raise GoldError("norm repeats the surface")
    if not unicodedata.is_normalized("NFC", norm or surface) or any(char in CONTROLS - {ZWNJ, "\u200d"} for char in norm or surface):
        raise GoldError("norm is not NFC or keeps a control")
    if kind == "word" and lang != "und" and letters != [SCRIPT_OF_LANG[lang]]:
        raise GoldError(f"a word in {letters} cannot be {lang}")
    if kind == "word" and not letters:
        raise GoldError("a word without letters")
    upper = kind == "word" and any(char.isupper() for char in surface) and not any(char.islower() for char in surface)
    for flag, is_set in (("zwnj", ZWNJ in surface), ("bidi", any(char in BIDI for char in surface)), ("upper", upper),
                         ("mixed", kind in ("word", "hashtag") and len(letters) > 1)):
        if is_set != (flag in flags):
            raise GoldError(f"flag {flag} should {'' if is_set else 'not '}be set")


def check_runs(line):
    """The tokens of one line: what is no word belongs to the run before it, an opening mark to what it opens."""
    langs = [row[2] for row in line]
    first_word = next((row[2] for row in line if row[1] == "word"), "und")
    straight_quotes = 0
    for i, (surface, kind, lang, _, _) in enumerate(line):
        opens = kind == "punct" and is_opening(surface, straight_quotes)
        straight_quotes += surface == '"'
        if kind == "word":
            continue
        expected = langs[i - 1] if i > 0 else first_word
        if opens and i + 1 < len(line):
            expected = langs[i + 1]
        if lang != expected:
            raise GoldError(f"{surface} in “{' '.join(row[0] for row in line)}” should be in the run of {expected}")


def gold(page):
    """The lines of PAGE.gold.jsonl."""
    doc = os.path.basename(page)
    with open(page, encoding="utf-8", newline="") as file:
        text = file.read()
    byte_at = [0]
    for char in text:
        byte_at.append(byte_at[-1] + len(char.encode("utf-8")))
    at, par, run = 0, -1, -1
    line, out = [], []
    for sent, (begins_par, rows) in enumerate(read_rows(page[:-len(".txt")] + ".gold.tsv")):
        tokens = []
        for i, (surface, kind, lang, norm, flags) in enumerate(rows):
            start = text.find(surface, at)
            gap = text[at:start]
            if start < 0 or any(not char.isspace() and char not in CONTROLS for char in gap):
                raise GoldError(f"{doc}, character {at}: the page goes on with {text[at:at + 20]!r}, the gold with {surface!r}")
            ends = sum(char in LINE_ENDS for char in gap)
            if i > 0 and ends:
                raise GoldError(f"{doc}, character {start}: sentence {sent} crosses a line end")
            if i == 0 and begins_par != (sent == 0 or "\n" in gap.replace("\n", "", 1)):
                raise GoldError(f"{doc}, character {start}: sentence {sent}: %par does not agree with the page's blank lines")
            if i == 0 and begins_par:
                par += 1
            if ends or sent == i == 0:
                check_runs(line)
                line = []
            if not line or line[-1][2] != lang:
                run += 1
            line.append(rows[i])
            at = start + len(surface)
            tokens.append({"start": byte_at[start], "end": byte_at[at], "cstart": start, "cend": at, "surface": surface,
                           "norm": norm, "kind": kind, "script": (scripts(surface) or ["Zyyy"])[0], "lang": lang, "run": run,
                           "flags": flags})
        out.append(json.dumps({"doc": doc, "par": par, "sent": sent, "start": tokens[0]["start"], "end": tokens[-1]["end"],
                               "cstart": tokens[0]["cstart"], "cend": tokens[-1]["cend"], "tokens": tokens},
                              ensure_ascii=False, separators=(",", ":")) + "\n")
    check_runs(line)
    if any(not char.isspace() and char not in CONTROLS for char in text[at:]):
        raise GoldError(f"{doc}, character {at}: the gold ends before the page: {text[at:at + 20]!r}")
    return "".join(out)


def main():
    pages = sys.argv[1:]
    check = pages[:1] == ["--check"]
    pages = pages[check:]
    if not pages or any(not page.endswith(".txt") for page in pages):
        sys.exit(__doc__.split("\n")[0])
    for page in pages:
        target = page[:-len(".txt")] + ".gold.jsonl"
        try:
            made = gold(page)
            if check:
                with open(target, encoding="utf-8", newline="") as file:
                    if file.read() != made:
                        raise GoldError(f"{target}: not what its sources give; run gold.py without --check")
            else:
                with open(target, "w", encoding="utf-8", newline="") as file:
                    file.write(made)
        except (GoldError, OSError, UnicodeDecodeError) as error:
            sys.exit(f"gold.py: {error}")


if __name__ == "__main__":
    main()
