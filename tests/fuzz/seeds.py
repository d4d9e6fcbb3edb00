"""
First inputs for the fuzzers, a folder each, from the project's own texts and tables and the test files of the Unicode
Standard, where they are installed.

usage: seeds.py SOURCE UCD_DIR FOLDER
"""
import bz2
import glob
import gzip
import json
import lzma
import os
import random
import re
import sys

# Options of fuzz_stream: the eight bytes before a document. tests/fuzz/fuzz_stream.c says what they mean.
PLAIN = bytes(8)
OPENED = [PLAIN, bytes([1, 0, 0, 0, 0, 1, 0, 1]), bytes([2, 0, 0, 0, 0, 2, 1, 2]), bytes([3, 0, 0, 0, 0, 9, 1, 3]),
          bytes([0, 0, 0x4F, 1, 0, 17, 0, 3]), bytes([9, 0, 16, 2, 3, 3, 1, 3]), bytes([18, 64, 32, 3, 1, 12, 0, 2]),
          bytes([0, 0, 0x80, 4, 0, 20, 1, 1]), bytes([6, 95, 0, 201, 40, 28, 0, 3]), bytes([27, 127, 0, 9, 0, 4, 1, 1]),
          bytes([0, 128, 0, 0, 0, 17, 0, 0]), bytes([10, 224, 0, 3, 0, 9, 1, 3])]

# The four bytes before a document of fuzz_text: a language, kernel and chunks, other options, a seed.
GUESSED = 224
TEXT = [bytes([i * 5 % 64, i % 32, 64 if i % 7 == 6 else 0, i]) for i in range(37)]


def save(folder, name, content):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def conformance(ucd):
    """The texts of the test files of UAX 15 and 29."""
    for path in sorted(glob.glob(ucd + "/auxiliary/*BreakTest.txt*") + glob.glob(ucd + "/NormalizationTest.txt*")):
        lines = bz2.open(path, "rt", encoding="utf-8") if path.endswith(".bz2") else open(path, encoding="utf-8")
        with lines:
            for line in lines:
                fields = line.split("#")[0].split(";")[0].replace("÷", " ").replace("×", " ").split()
                if fields and all(len(field) >= 4 and field.isalnum() for field in fields):
                    try:
                        yield "".join(chr(int(field, 16)) for field in fields).encode("utf-8")
                    except (ValueError, UnicodeEncodeError):
                        continue


def documents(source, ucd, choose):
    """Pages in pieces, the texts of the golden files, and lines of the conformance tests, 20 to an input."""
    for path in sorted(glob.glob(source + "/corpora/*.txt")):
        text = read(path)
        for size in (200, 1200):
            for _ in range(6):
                at = choose.randrange(max(1, len(text) - size))
                yield text[at:at + size]
    for path in sorted(glob.glob(source + "/tests/golden/*.txt")):
        yield read(path)[:3000]
    lines = list(conformance(ucd))
    choose.shuffle(lines)
    for i in range(0, min(len(lines), 2000), 20):
        yield b" ".join(lines[i:i + 20])


# Pages whose sentences short_lines takes, so many lines of one and then of the next.
ROWS = [("en",), ("fr",), ("de",), ("tr",), ("fa-IR",), ("ar",), ("ckb",), ("ug",), ("ur",), ("en", "fr"), ("fa-IR", "ar", "ps"),
        ("en", "fa-IR"), ("ur", "fa-IR"), ("fr", "de"), ("ckb", "ar", "ug")]
# Lines that hold more than most, in both scripts.
ODD_LINES = {
    "Latn": ["C’est vrai ! Il vient.", "Dit-il que l'avant-garde vient ?", "Il dit oui. Elle dit non.", "Ah... oui...",
             "Un soixante-dix-huit d’or.", "He went. She came.", "It was well - or so - known: all saw it.", "So it was...",
             'Mr. Smith said "No." Then he left.', "A non-stop one.", "Il dit\u00a0: «\u00a0Non\u00a0!\u00a0» et partit\u00a0; elle aussi.",
             "Il a 17 ans (ou 18), dit-on.", "« Oui », dit-elle. Elle vint.", "M. Dupont – un ami – vint. Il rit.", 'Er sagte: "Nein." Sie ging.',
             "L’an 1999, p. ex. en mai.", "A-t-il dit où ?... Non."],
    "Arab": ["او گفت: «نه.» و رفت.", "در ۱۲ روز \"آمد\"؛ رفت.", "كتاب علي را مي‌خوانم.", "در‌ خانه\u200f، خانهٔ ما.", "آمد. رفت! ماند؟ نه.",
             ". آمد", "نه...", "به‌كارهێنانی ده‌نگ.", "ئەوە به‌ كوردى بوو. باش بوو.", "ئۇ كەلدى، مەن كەتتىم.", "«كەل!» دېدى. ئۇ كەلدى؛ كەتتى.",
             "- كەل، - دېدى ئۇ: بار.", "قال: “لا”. أو نعم؟ أو لا.", "۱۲ نفر آمدند: زن و مرد"],
}
MIXED = ("en", "fa-IR", "fr", "ar", "tr", "ur", "de", "ug", "ckb", "ps")
# Pages that are read with their language set, too, and its number in fuzz_text.
LANGUAGES = {"fa-IR": 2, "ar": 3, "ur": 4, "ug": 5, "ckb": 7, "en": 16, "fr": 17, "de": 18}


def odd_line(name, choose):
    return choose.choice(ODD_LINES["Latn" if name in ("en", "fr", "de", "tr") else "Arab"])


def short_lines(source, choose):
    """Documents of several regions, a sentence a line, most of which are told to be plain by their bytes: names and text."""
    for names in ROWS + [MIXED, MIXED]:
        pages = []
        for name in names:
            text = read(f"{source}/corpora/{name}.txt").decode("utf-8")
            lines = [line for line in re.split(r"\n|(?<=[.؟?!۔]) ", text) if re.fullmatch(r"[\w’' ،,-]+[.؟?!۔]", line)]
            pages.append((name, lines))
        lines = []
        while sum(map(len, lines)) < 40000:
            for name, page in pages:
                lines += (odd_line(name, choose) if choose.random() < 0.1 else choose.choice(page) for _ in range(choose.choice((3, 30))))
        yield names, "\n".join(lines).encode("utf-8") + b"\n"


ENCODINGS = ("utf-8 cp1256 iso8859_6 utf-16 utf-16le utf-16be utf-32 utf-32le utf-7 cp1252 latin-1 cp1254 cp864 cp424 gb18030 "
             "shift_jis iso2022_jp iso2022_kr euc_kr big5 hz").split()


def encoded(source, choose):
    """Pieces of pages in other encodings; their place in fuzz_encoding is their place in the list."""
    pages = [read(path).decode("utf-8") for path in sorted(glob.glob(source + "/corpora/*.txt"))]
    pages += ["\u65e5\u672c\u8a9e\u306e\u30c6\u30b9\u30c8 abc\n\u4e2d\u6587\u3002", "\ud55c\uad6d\uc5b4 one two\n"]
    for number, name in enumerate(ENCODINGS):
        for page in [choose.choice(pages) for _ in range(3)] + pages[-2:]:
            at = choose.randrange(max(1, len(page) - 200))
            yield bytes([number, choose.randrange(27), choose.choice((0, 9)), choose.randrange(256)]) + \
                page[at:at + 200].encode(name, "replace")


SPLIT = b"\n\x1e\n"  # between the files of fuzz_filter

# Command lines of fuzz_filter, each with the kind of file it reads.
LINES = """
    text:
    text:-f tsv
    text:-f tsv --gaps -
    text:-f jsonl
    text:-f jsonl --explain --value --mwt
    text:-f jsonl --compact --value
    text:-f jsonl --compact in in2
    text:-f jsonl --gaps -p nfc
    text:-f conllu --mwt
    text:-f conllu --unwrap in
    text:-f vrt
    text:-f vrt --view key
    text:-f spans
    text:-f spans --utf16 --max-segment 64
    text:-f arrow --gaps
    text:-f text --digits ascii --lower --strip-marks --unify-punct --zwnj drop
    text:runs
    text:runs -f jsonl
    text:normalize
    text:normalize --map m -o n in
    text:normalize --map m -o n --lower --digits native --strip-marks -l ps in
    text:normalize -p nfc --map m -o n in
    text:normalize -p none --on-invalid drop
    text:key
    text:count
    text:count -f jsonl --top 5 --kinds word,number --view surface
    text:count --memory 1M
    text:stats
    text:stats -f json
    text:languages
    text:--help
    text:--version
    text:-l ps,fa,en --fold-confidence 0.5
    text:--fold ps-inner-yeh -l ps --max-segment 100
    text:-p in2 -f tsv in
    text:--rules search -f tsv
    text:--rules uax29 -f jsonl
    text:-e windows-1256 -f tsv
    text:-e UTF-16 -f jsonl
    text:-e nosuch
    text:--only-lang ps,en --min-confidence 0.7 -f tsv
    text:--drop-kind url,punct --mask-kind email=X,number=0 -f jsonl
    text:--split-by-lang -o out.txt
    text:--split-by-lang -o out-%s.txt
    text:--split-by-lang -f jsonl -o out-%s.jsonl.gz in in2
    text:--split-by-lang -f tsv -o out-%s.tsv in in.jsonl
    text:--shard-size 100 -f jsonl -o out.jsonl in in2
    text:--shard-size 100 -f jsonl -o out-%03d.jsonl in in2
    text:--shard-size 100 -f tsv -o out-%d.tsv.gz in in2
    text:--shard-size 900 -f jsonl --compact -o out-%d.jsonl in in2
    text:--shard-size 200 -f arrow -o out-%d.arrow in in2
    text:--shard-size 100 -f conllu --unwrap -o out-%d.conllu in in2 in3
    text:--shard-size 100 --resume -f tsv -o out-%d.tsv.gz in in2
    text:--shard-size 100 -o in%d in2
    many:count --memory 64K
    many:count --memory 64K --top 3 -f jsonl
    many:-f tsv --only-lang en
    long:-f tsv
    long:-f conllu --unwrap
    long:-f text --on-invalid fail
    long:stats
    text:-o out.gz
    text:-o out.zst -f tsv
    text:-o out.xz -f tsv
    text:-r .
    text:-f jsonl -r . -o out
    text:--on-invalid fail
    text:nosuchfile in
    text:-q
    text:--read-size 3 -j 2
    text:--max-segment 1
    jsonl:-i jsonl
    jsonl:-f jsonl in.jsonl
    jsonl:-i jsonl --field a.b --id-field meta.id --keep-fields -f jsonl
    jsonl:-i jsonl --on-error fail
    jsonl:-i jsonl --max-record 60 -f tsv
    jsonl:normalize -i jsonl --keep-fields
    jsonl:normalize -i jsonl -f text
    jsonl:stats in.jsonl
    jsonl:count in.jsonl
    jsonl:-f conllu in.jsonl
    jsonl:-f spans in.jsonl
    jsonl:-f vrt in.jsonl
    jsonl:-f arrow in.jsonl
    jsonl:runs in.jsonl
    jsonl:--split-by-lang -f jsonl -o out-%s in.jsonl
    jsonl:--shard-size 300 -f jsonl -o out-%d.jsonl in.jsonl
    warc:--shard-size 100 -f tsv -o out-%d.tsv in.wet
    conllu:--shard-size 100 -f text -o out-%d.txt in.conllu
    text:-f vrt -f conllu --mwt --compact
    text:--kinds word
    text:runs -f text
    text:stats -f tsv
    text:count -f json
    text:key -f tsv
    text:languages in
    text:normalize -f tsv
    text:--explain
    text:--value
    text:--mwt
    text:--compact
    text:--utf16
    text:--keep-fields
    text:--map m
    text:verify in
    text:verify -f tsv in in2 in3
    text:-e utf-16 normalize --map m
    text:--shard-size 100 stats -o a-%d
    text:--language xx
    text:--digits x
    text:--fold nosuch
    text:-p nosuch
    text:--read-size 0
    text:--drop-kind x
    text:--mask-kind x
    text:--only-lang xx
    text:--output=
    text:--field
    text:--lower=1
    conllu:-i conllu
    conllu:in.conllu -f conllu
    conllu:-f jsonl in.conllu
    conllu:-i conllu --on-error fail
    warc:-i warc
    warc:in.wet -f jsonl
    warc:in.wet -f conllu
    warc:-i warc -f tsv --max-record 80
    warc:-i warc --on-error fail
    warc:stats -i warc
    gzip:
    gzip:-f jsonl -e windows-1256
    gzip_jsonl:-i jsonl -f jsonl
    gzip_warc:-i warc -f jsonl
    xz:-f tsv
    bz2:
    zstd:
    lz4:
    map:verify in in2 in3
    map:verify -
""".strip().split("\n")


def record(text, **fields):
    return json.dumps({"text": text, **fields}, ensure_ascii=False)


def warc_record(kind, text, more=""):
    body = text.encode("utf-8")
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://a.af/\r\n" \
           f"WARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: text/plain\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode("ascii") + body + b"\r\n\r\n"


def files(source):
    """A file of each kind."""
    pages = {name: read(f"{source}/corpora/{name}.txt").decode("utf-8") for name in ("ps", "fa-IR", "en", "mixed-1", "ur")}
    text = "\n".join(page[:150] for page in pages.values()) + "\x01 \ufffd @ab #c 12:30 a@b.co don't 1,5 21st\n\n"
    jsonl = "\n".join([record(pages["ps"][:90], id="a", n=1, o={"x": [1, None, True]}),
                       record(pages["en"][:90], a={"b": "one. two"}, meta={"id": 5}), '{"a":{"b":"x\\ud800\\u0000y"}}', "[1]",
                       '{"text":5}', "", '{"text":"\\u0627\\n' + "z" * 80 + '"}', '{"text":'])
    conllu = "# newdoc id = d\n# newpar\n# text = " + pages["en"][:60].replace("\n", " ") + \
             "\n1\tOne\t_\t_\t_\t_\t_\t_\t_\t_\n\n# text = two\n1-2\tx\n\n1\tOne\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n# newdoc\n# text = a\n"
    warc = warc_record("warcinfo", "a: b") + warc_record("conversion", pages["ps"][:80]) + \
        warc_record("response", "HTTP/1.1 200\r\n\r\n<p>") + warc_record("resource", "one two", "X: y\r\n  z\r\n") + b"WARC/1.0\r\nContent-Length: 99999\r\n\r\nx"
    text, jsonl, conllu = text.encode("utf-8"), jsonl.encode("utf-8"), conllu.encode("utf-8")
    made = {"text": text, "jsonl": jsonl, "conllu": conllu, "warc": warc, "gzip": gzip.compress(text[:300], mtime=0),
            "gzip_jsonl": gzip.compress(jsonl, mtime=0), "gzip_warc": gzip.compress(warc, mtime=0) + gzip.compress(warc, mtime=0)[:60],
            "xz": lzma.compress(text[:300]), "bz2": bz2.compress(text[:300]), "zstd": b"\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00a\x99\xe9\xd8\x51",
            "lz4": b"\x04\x22\x4d\x18\x64\x40\xa7\x01\x00\x00\x80a\x00\x00\x00\x00",
            "map": b"a\xd9\x8ab" + SPLIT + b"a\xdb\x8cb" + SPLIT + b'{"start":1,"end":3,"norm_start":1,"norm_end":3,"source":"\\u064a","text":"\\u06cc"}\n'}
    made["many"] = " ".join(chr(97 + i // 676 % 26) + chr(97 + i // 26 % 26) + chr(97 + i % 26) for i in range(12000)).encode("ascii")
    made["long"] = ("\n".join(pages.values()) + "\n\n").encode("utf-8") * 40
    made["long"] = made["long"][:330000] + b"\n\xff end\n"
    made["text"] += SPLIT + read(source + "/src/norm/ps.fold")[-400:]
    return made


# What mutation alone would hardly find: characters and words that some rule looks for.
WORDS = """
    U+0640 U+064B U+064E U+0651 U+0652 U+0653 U+0654 U+0655 U+0670 U+06E5 U+0610 U+08F0 U+200C U+200D U+200E U+200F U+061C U+00AD
    U+200B U+2060 U+FEFF U+202B U+202C U+2067 U+2069 U+034F U+180E U+FEFB U+FEE9 U+FEEB U+FBFF U+FDF2 U+FDFA U+FC60 U+FE76 U+FE73
    U+FB8F U+0647 U+06C1 U+06BE U+06D5 U+06C0 U+06C2 U+0629 U+06C3 U+0643 U+06A9 U+064A U+06CC U+0649 U+06D0 U+06CD U+0626 U+06D2
    U+0621 U+0623 U+0627 U+0644 U+06FD U+06FE U+0661 U+06F1 U+066B U+066C U+066A U+060C U+061B U+061F U+06D4 U+0600 U+06DD U+08E2
    U+00A0 U+2009 U+3000 U+0085 U+2028 U+2029 U+2019 U+201C U+201D U+00AB U+00BB U+2026 U+2014 U+0130 U+0131 U+00DF U+0301 U+0327
    U+0338 U+212B U+0439 U+0E01 U+4E2D U+30AB U+AC00 U+11A8 U+0958 U+F900 U+0F73 U+1D15E U+10400 U+1F600 U+1F3FD U+FE0F U+FE0E
    U+1F1E6 U+20E3 U+E0067 U+10FFFF U+0378 U+FFF9 U+E000 U+0345 U+0F71
    http:// https://a.af/b www.a.com a@b.co @ab #ab_c U.S. Dr. l' d' don't n't 21st 1950s 17:29 2025-09-21 12/08/2021 1.2.3.4 +93
    3,000.50 1.234.567 $ % :-) ... !!! -- e.g. zum du nella cannot == ://
""".split()
PARTS = ["\\xD8", "\\xE2\\x80", "\\xF0\\x9F", "\\xED\\xA0\\x80", "\\xFF", "\\xC0\\xAF", "\\xF4\\x90", "\\x00", "\\x0D\\x0A", "\\x0A\\x0A"]


def dictionary():
    for word in WORDS:
        text = chr(int(word[2:], 16)) if word.startswith("U+") else word
        yield "".join(f"\\x{byte:02X}" for byte in text.encode("utf-8"))
    yield from PARTS


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.strip())
    source, ucd, out = sys.argv[1:]
    choose = random.Random(1)
    for i, text in enumerate(documents(source, ucd, choose)):
        save(out + "/stream", f"{i:04}", OPENED[i % len(OPENED)] + text)
        save(out + "/key", f"{i:04}", bytes([0, i % 256]) + text[:400])
        save(out + "/text", f"{i:04}", TEXT[i % len(TEXT)] + text)
    for i, (names, text) in enumerate(short_lines(source, random.Random(2))):
        for kernel in (2, 3):  # AVX2 and AVX-512, where there are four
            save(out + "/text", f"lines-{i:02}-{kernel}", bytes([GUESSED, kernel, 0, i]) + text)
            if len(names) == 1 and names[0] in LANGUAGES:
                save(out + "/text", f"lines-{i:02}-{kernel}-set", bytes([LANGUAGES[names[0]], kernel, 0, i]) + text)
    for i, text in enumerate(encoded(source, choose)):
        save(out + "/encoding", f"{i:04}", text)
    made = files(source)
    for i, line in enumerate(LINES):
        kind, args = line.strip().split(":", 1)
        save(out + "/filter", f"{i:04}", args.encode("ascii") + b"\n" + made[kind])
    for i, path in enumerate(sorted(glob.glob(source + "/src/norm/*.fold"))):
        page = read(source + "/corpora/" + ("fa-IR" if i % 2 else "ps") + ".txt")[:300]
        save(out + "/tables", os.path.basename(path), bytes([i]) + read(path) + b"\0" + page)
    options = sorted({word for line in LINES for word in line.strip().split(":", 1)[1].split()})
    words = ['WARC/1.0', 'Content-Length: ', 'WARC-Type: conversion', '{\\"text\\":\\"', '# text = ', '# newdoc id = ', '\\\\ud800']
    save(out, "filter.dict", "".join(f'"{word}"\n' for word in options + words).encode("ascii"))
    save(out, "text.dict", "".join(f'"{word}"\n' for word in dictionary()).encode("ascii"))


main()
