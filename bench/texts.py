"""
The texts of the benchmark: a user's files or text made from corpora/, mixed text, hostile text. The
same every time. Used by run.py and linear.py.
"""
import os
import random

HOSTILE = {
    "alternating": "Latin and Arabic letters in turn, without a space",
    "marks": "letters with a hundred marks each",
    "links": "what looks like links, mentions, hashtags and e-mail, and is none",
    "endless": "one word without an end",
    "digits": "digits with every mark that may join them",
    "ill-formed": "random bytes, most of them no UTF-8",
    "initials": "single letters with full stops",
    "controls": "words with an invisible control behind each letter",
    "switching": "words of another language each time",
    "one-mark": "one mark, U+064B, without an end",
    "nested": "quotes and brackets, each inside the one before",
    "one-hashtag": "one hashtag without an end",
    "one-number": "one digit without an end",
    "one-link": "one link without an end",
    "nul": "NUL bytes",
    "pairs": "all sequences of two bytes, one after the other",
    "tables": "the ill-formed sequences of tables 3-8 to 3-11 of the Unicode Standard",
    "decoder": "what decoders get wrong: sequences of every length cut, too long, beyond the end, of surrogates",
    "zwnj": "a letter and U+200C in turn",
    "tatweel": "one tatweel without an end between two letters",
    "flags": "regional indicators without an end",
    "family": "emoji joined by U+200D without an end",
    "thai": "Thai letters without a space",
    "apostrophes": "letters and apostrophes in turn",
    "hyphens": "words joined by hyphens without an end",
    "spaces": "white space of every kind",
    "capitals": "capital letters that change their length",
    "hosts": "Arabic letters, digits and hyphens in turn, and the end of a host name",
}

# Code points written as bytes, well-formed or not.
TABLES = [bytes.fromhex(row) for row in ("c0afe080bff0818241", "eda080edbfbfedaf41", "f4919293ff4180bf42", "e180e2f09192f1bf41")]
DECODER = [bytes.fromhex(row) for row in (
    "80 bf 8080 80bf80 c0 e0 f0 f8 fc fe ff c2 df e0a0 efbf f09080 f48fbf c080 c1bf e08080 e09fbf f0808080 f08fbfbf f8808080af fc8080808080 "
    "f4908080 f7bfbfbf eda080 edafbf edb080 edbfbf eda080edb080 efbfbe efbfbf f48fbfbf c328 e28228 e228a1 f09028bc f028bc28").split()]
SPACES = [" ", "\t", "\u00A0", "\u2009", "\u3000", "\u2003", "\u1680", "\u202F", "\u205F"]

# U+0627 to U+0648, without those that differ by language.
ARABIC = [chr(cp) for cp in range(0x0627, 0x0649) if not 0x063B <= cp <= 0x0640]
MARKS = [chr(cp) for cp in range(0x064B, 0x0653)] + [chr(0x0301), chr(0x0308)]
CONTROLS = [chr(cp) for cp in (0x200C, 0x200D, 0x200E, 0x200F, 0x2066, 0x2069, 0x00AD, 0x061C)]
LATIN = [chr(cp) for cp in range(ord("a"), ord("z") + 1)]


def hostile_piece(name, choose):
    """A few bytes of hostile text."""
    if name == "alternating":
        return choose(LATIN) + choose(ARABIC)
    if name == "marks":
        return choose(ARABIC + LATIN) + "".join(choose(MARKS) for _ in range(100)) + choose(" \u0627")
    if name == "links":
        return choose(["http://", "www.", "@", "#", "a@b.", "://", ".com/", "?q=", "&", "//", "a.b", "_", "@@", "#x", "%20", " "])
    if name == "endless":
        return choose(LATIN)
    if name == "digits":
        return choose(list("0123456789") + list(".,:;/-+%'") + ["\u06F1", "\u0662", "\u066B", "\u066C"])
    if name == "initials":
        return choose(LATIN + ARABIC) + "."
    if name == "controls":
        return choose(ARABIC) + choose(CONTROLS) + choose(["", "", "", " "])
    if name == "switching":
        return choose(["the", "کتاب", "دی", "است", "ہے", "der", "les", "ئۇ", "ڪري", "لە", "bir", "και"]) + " "
    if name == "tables":
        return choose(TABLES)
    if name == "decoder":
        return choose(DECODER) + choose([b"", b"", b"a", b" "])
    if name == "zwnj":
        return choose(ARABIC) + "\u200C"
    if name == "thai":
        return chr(0x0E01 + choose(range(46)))
    if name == "apostrophes":
        return choose(LATIN) + choose(["'", "\u2019"])
    if name == "hyphens":
        return choose(LATIN) + choose(LATIN) + choose(["-", "-", "\u2010"])
    if name == "spaces":
        return choose(SPACES)
    if name == "capitals":
        return choose(["\u0130", "\u00DF", "I", "\u01C5", "\u1E9E", "A\u0301"])
    raise ValueError(name)


# What is the same all the way: the first bytes, and what follows again and again.
SAME = {
    "one-mark": ("", "\u064B"),
    "one-hashtag": ("#", "a"),
    "one-number": ("", "1"),
    "one-link": ("http://a.af/", "a"),
    "nul": ("", "\0"),
    "tatweel": ("\u0628", "\u0640"),
    "flags": ("", "\U0001F1E6"),
    "family": ("\U0001F469", "\u200D\U0001F469"),
}


def hostile(name, size):
    """size bytes of hostile text, cut off wherever that is."""
    rng = random.Random(name)
    if name == "ill-formed":
        return rng.randbytes(size)
    if name in SAME:
        first, rest = (part.encode() for part in SAME[name])
        return (first + rest * (size // len(rest) + 1))[:size]
    if name == "pairs":
        once = bytes(byte for pair in range(65536) for byte in (pair >> 8, pair & 255))
        return (once * (size // len(once) + 1))[:size]
    if name == "nested":
        half = "\u00AB(\"[\u201C{" * (size // 18 + 1)
        return (half.encode()[: size // 2] + "}\u201D]\")\u00BB".encode() * (size // 18 + 1))[:size]
    if name == "hosts":
        end = ".com/"
        return ("\u06271\u0627-" * (size // 6)).encode()[: (size - len(end)) // 6 * 6] + end.encode()
    # A long stretch is as hostile as a longer one: it is repeated, which is faster.
    pieces = [hostile_piece(name, rng.choice) for _ in range(10000)]
    once = b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)
    return (once * (size // len(once) + 1))[:size]


def made_text(page, size):
    """Lines whose words follow each other as in the page: every word is followed by one that follows it there."""
    rng = random.Random(0)
    lines = [line.split() for line in page.splitlines() if line.strip()]
    firsts, behind = [], {}
    for words in lines:
        firsts.append(words[0])
        for word, after in zip(words, words[1:] + [None]):
            behind.setdefault(word, []).append(after)
    out, n = [], 0
    while n < size:
        words, word = [], rng.choice(firsts)
        while word is not None and len(words) < 200:
            words.append(word)
            word = rng.choice(behind[word])
        line = " ".join(words) + "\n"
        out.append(line)
        n += len(line.encode())
    return "".join(out).encode()


def enlarge(text, size):
    """The text as often as needed, whole lines, about size bytes."""
    if not text.endswith(b"\n"):
        text += b"\n"
    text = text * (size // len(text) + 1)
    return text[: text.find(b"\n", size - 1) + 1] or text


def paragraphs(text, n):
    """The text with n of its lines in each one, a blank between them."""
    lines = text.splitlines()
    return b"".join(b" ".join(lines[at : at + n]) + b"\n" for at in range(0, len(lines), n))


def mixed(texts, size):
    """Five lines of each text in turn, each five a paragraph."""
    lines = [text.splitlines(keepends=True) for text in texts]
    out, n, at = [], 0, 0
    while n < size:
        for each in lines:
            paragraph = b"".join(each[(at + k) % len(each)] for k in range(5)) + b"\n"
            out.append(paragraph)
            n += len(paragraph)
        at += 5
    return b"".join(out)


def texts_of_folder(folder):
    """Contents of the *.txt in a folder, by name without the ending."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt"):
            with open(os.path.join(folder, name), "rb") as file:
                found[name[:-4]] = file.read()
    return found


def texts_of_corpora(corpora, size):
    """Text made from the pages of one language."""
    return {
        tag: made_text(page.decode(), size)
        for tag, page in texts_of_folder(corpora).items()
        if not tag.startswith("mixed")
    }
