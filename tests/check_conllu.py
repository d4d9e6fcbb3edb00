"""Reads what lafz -f conllu has written of one file, and tells the first thing that is not as doc/output.md says.

usage: check_conllu.py SOURCE CONLLU JSONL

JSONL is the same file by lafz -f jsonl with the same options: tokens, their places, norms, keys, kinds and languages must be
the same, and with --mwt their words. Every byte of SOURCE must be found again in forms, Surface=, SpacesBefore= and
SpacesAfter=, but for what follows the first line end behind the last token. Standard library only.
"""

import json
import re
import sys
import unicodedata

ESCAPES = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}
ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))", re.DOTALL)


def unescape(value):
    def one(match):
        code = match.group(1) or match.group(2)
        return chr(int(code, 16)) if code else ESCAPES[match.group(3)]

    assert not re.search(r"[\s|]", value), value
    return ESCAPE.sub(one, value)


def nfc(text):
    return unicodedata.normalize("NFC", text)


def visible(text):
    """The form of a surface: white space at its borders or in rows and controls are shown by symbols."""
    out, was_space = "", True
    for i, char in enumerate(text):
        is_space = char.isspace() and char >= " "
        if char < " " or char == "\x7f":
            out += chr(0x2421 if char == "\x7f" else 0x2400 + ord(char))
        elif is_space and (was_space or i + 1 == len(text)):
            out += "\u2420"
        else:
            out += char
        was_space = is_space
    return out


def misc_of(column):
    if column == "_":
        return {}
    pairs = [pair.split("=", 1) for pair in column.split("|")]
    misc = dict(pairs)
    assert len(misc) == len(pairs), column
    return misc


def range_of(value):
    start, end = value.split(":")
    assert int(start) < int(end), value
    return int(start), int(end)


class Checker:
    def __init__(self, source, jsonl):
        self.source = source
        self.tokens = [token for line in jsonl for token in json.loads(line)["tokens"]]
        self.at = 0  # bytes of source that were found again
        self.after = None  # what stands behind the last token; None: nothing was said of it
        self.n = 0
        self.ids = set()
        self.sentences = 0

    def decode(self, start, end):
        return self.source[start:end].decode("utf-8", errors="replace")

    def gap(self, start, before, may_touch):
        gap = self.decode(self.at, start)
        if self.n == 0:
            assert gap == before, (gap, before)
        elif self.after is None:
            assert gap == " " + before or (may_touch and gap == before), (gap, before)
        else:
            assert gap == self.after + before, (gap, self.after, before)

    def token(self, form, misc, may_touch):
        start, end = range_of(misc["ByteRange"])
        surface = self.decode(start, end)
        assert form == visible(nfc(surface)), (form, surface)
        assert ("Surface" in misc) == (form != surface), misc
        if "Surface" in misc:
            assert unescape(misc["Surface"]) == surface, misc
        self.gap(start, unescape(misc.get("SpacesBefore", "")), may_touch)
        self.at = end
        self.after = None
        if "SpaceAfter" in misc:
            assert misc["SpaceAfter"] == "No" and "SpacesAfter" not in misc, misc
            self.after = ""
        elif "SpacesAfter" in misc:
            self.after = unescape(misc["SpacesAfter"])
            assert self.after not in ("", " "), misc
        token = self.tokens[self.n]
        self.n += 1
        assert (start, end) == (token["start"], token["end"]), (misc, token)
        assert range_of(misc["TokenRange"]) == (token["cstart"], token["cend"]), (misc, token)
        for name, key in (("Lang", "lang"), ("Kind", "kind"), ("Norm", "norm"), ("Key", "key")):
            assert unescape(misc[name]) == token[key], (name, misc, token)
        return token

    def words(self, words, token, misc):
        assert [word[1] for word in words] == [visible(nfc(form)) for form in token["words"]], (words, token)
        start, end = range_of(misc["ByteRange"])
        cstart, cend = range_of(misc["TokenRange"])
        places = [misc_of(word[9]) for word in words]
        if places[0] == {}:
            assert not any(places), words
            return
        for word, place in zip(words, places):
            assert list(place) == ["TokenRange", "ByteRange"], word
            assert range_of(place["ByteRange"])[0] == start and range_of(place["TokenRange"])[0] == cstart, word
            start, cstart = range_of(place["ByteRange"])[1], range_of(place["TokenRange"])[1]
            assert visible(nfc(self.decode(*range_of(place["ByteRange"])))) == word[1], word
        assert (start, cstart) == (end, cend), words

    def comments(self, lines):
        keys = [line.split("=")[0].rstrip() for line in lines]
        want = ["# sent_id", "# text"]
        if self.sentences == 0:
            want = ["# newdoc id", "# newpar"] + want
        elif len(lines) > 2:
            want = ["# newpar"] + want
        assert keys == want, lines
        sent_id = lines[-2].split(" = ", 1)[1]
        assert re.fullmatch(r"\S+:[0-9]+", sent_id) and "/" not in sent_id and sent_id not in self.ids, sent_id
        self.ids.add(sent_id)
        if len(lines) > 2 and self.sentences > 0:
            assert self.after not in ("",), "a paragraph begins right behind a token"
        return lines[-1].split(" = ", 1)[1]

    def sentence(self, lines):
        n_comments = sum(line.startswith("# ") for line in lines)
        text = self.comments(lines[:n_comments])
        rows = [line.split("\t") for line in lines[n_comments:]]
        assert rows and all(len(row) == 10 and row[2:9] == ["_"] * 7 for row in rows), rows
        made, next_id, i, is_joined = "", 1, 0, True
        while i < len(rows):
            row = rows[i]
            first, _, last = row[0].partition("-")
            misc = misc_of(row[9])
            assert int(first) == next_id, row
            has_space = made != "" and not is_joined
            made += (" " if has_space else "") + row[1]
            token = self.token(row[1], misc, has_space)
            is_joined = "SpaceAfter" in misc
            i += 1
            if last:
                n = int(last) - int(first) + 1
                assert n == len(token["words"]), row
                words = rows[i : i + n]
                assert [word[0] for word in words] == [str(next_id + k) for k in range(n)], words
                self.words(words, token, misc)
                i += n
                next_id += n
            else:
                assert not token.get("words"), row
                next_id += 1
        assert made == text, (made, text)
        self.sentences += 1

    def finish(self):
        assert self.n == len(self.tokens), (self.n, len(self.tokens))
        rest = self.decode(self.at, len(self.source))
        assert rest.startswith(self.after or "") and not rest.strip("\u200b\u200e\u200f\u202a\u202c\ufeff \t\r\n\v\f\x85"
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2009\u2028\u2029\u3000\u061c\u200c\u200d\u2066\u2069\u00ad\u2060"), rest


def main():
    source, conllu, jsonl = (open(name, "rb").read() for name in sys.argv[1:4])
    text = conllu.decode("utf-8")
    assert "\r" not in text and (text == "" or text.endswith("\n\n"))
    assert all(nfc(line) == line for line in text.split("\n")), "not NFC"
    checker = Checker(source, jsonl.splitlines())
    for block in text.split("\n\n")[:-1]:
        checker.sentence(block.split("\n"))
    checker.finish()
    print(checker.sentences, "sentences", checker.n, "tokens")


main()
