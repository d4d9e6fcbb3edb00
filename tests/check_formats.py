"""Reads compact jsonl, vrt, spans or an Arrow stream and compares it with plain jsonl of the same input.

Usage: check_formats.py compact|vrt|spans|arrow JSONL OUTPUT [SOURCE]
JSONL is `lafz -f jsonl`, OUTPUT what is checked. VIEW (environment) is the --view of vrt; SOURCE is the text itself, for the
offsets of spans made with --utf16. Ends with 0, 1 (a difference, told on standard output) or 77 (no pyarrow).
"""
import json
import os
import sys

KINDS = "word number punct symbol emoji url email mention hashtag time date other space".split()
FLAGS = "abbreviation contraction repaired cut bidi mixed upper zwnj ordinal version ip phone".split()


class Wrong(Exception):
    pass


def want(expected, actual, where):
    if expected != actual:
        raise Wrong(f"{where}: expected {expected!r}, found {actual!r}")


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")[:-1]


def sentences(path):
    return [json.loads(line) for line in lines(path)]


# ---- Compact ----

def check_compact(plain, path):
    found = lines(path)
    want(len(plain), len(found), "lines")
    for number, (full, line) in enumerate(zip(plain, found), 1):
        short = json.loads(line)
        before = {}
        for token in short["tokens"]:
            for key in "norm", "key":
                if token.get(key) == token["surface"]:
                    raise Wrong(f"line {number}: {key} could be left out")
                token.setdefault(key, token["surface"])
            if token.get("flags") == []:
                raise Wrong(f"line {number}: flags could be left out")
            token.setdefault("flags", [])
            for key in "script", "lang", "run", "confidence":
                if key in token and token[key] == before.get(key):
                    raise Wrong(f"line {number}: {key} could be left out")
                token.setdefault(key, before.get(key))
            before = token
        want(full, short, f"line {number}")


# ---- Vertical text ----

def plain_xml(text):
    out = []
    for ch in text:
        out.append(chr(0x2421) if ch == "\x7f" else chr(0x2400 + ord(ch)) if ord(ch) < 0x20 else ch)
    return "".join(out)


def unescape(text):
    at = 0
    out = []
    while at < len(text):
        ch = text[at]
        if ch in '<>"' or ord(ch) < 0x20:
            raise Wrong(f"not escaped: {text!r}")
        if ch != "&":
            out.append(ch)
            at += 1
            continue
        end = text.index(";", at)
        out.append({"amp": "&", "lt": "<", "gt": ">", "quot": '"'}[text[at + 1:end]])
        at = end + 1
    return "".join(out)


def read_vrt(path):
    """Yields (doc, number of paragraph, number of sentence, is glued, columns) for each token."""
    opened = []
    doc, par, sent, glued = None, -1, -1, False
    for number, line in enumerate(lines(path), 1):
        if not line.startswith("<"):
            want(["doc", "p", "s"], opened, f"line {number}: open tags")
            yield doc, par, sent, glued, [unescape(column) for column in line.split("\t")]
            glued = False
        elif line == "<g/>":
            if glued or opened[:2] != ["doc", "p"]:
                raise Wrong(f"line {number}: <g/>")
            glued = True
        elif line.startswith("</"):
            want(f"</{opened.pop()}>", line, f"line {number}")
        elif line.startswith('<doc id="') and line.endswith('">'):
            want([], opened, f"line {number}: open tags")
            opened.append("doc")
            doc, par, sent = unescape(line[9:-2]), -1, -1
        elif line == "<p>":
            want(["doc"], opened, f"line {number}: open tags")
            opened.append("p")
            par += 1
        elif line == "<s>":
            want(["doc", "p"], opened, f"line {number}: open tags")
            opened.append("s")
            sent += 1
        else:
            raise Wrong(f"line {number}: {line}")
    want([], opened, "open tags at the end")


def check_vrt(plain, path):
    view = os.environ.get("VIEW", "norm")
    expected = []
    doc, last_doc, par, sent, end, last_par = None, None, -1, -1, -1, None
    for sentence in plain:
        is_first = True
        for token in sentence["tokens"]:
            if token[view] == "":
                continue
            if is_first:
                if sentence["doc"] != last_doc or sentence["sent"] == 0 and sent > 0 and token["start"] < end:
                    par, sent, end, last_par, last_doc = -1, -1, -1, None, sentence["doc"]
                par += sentence["par"] != last_par
                sent += 1
                last_par = sentence["par"]
                is_first = False
            columns = [token[view], token["surface"], token["norm"], token["key"]]
            columns = [plain_xml(text) for text in columns] + [token["kind"], token["lang"], token["script"]]
            expected.append((plain_xml(sentence["doc"]), par, sent, token["start"] == end, columns))
            end = token["end"]
    found = list(read_vrt(path))
    for number, (one, other) in enumerate(zip(expected, found)):
        want(one, other, f"token {number}")
    want(len(expected), len(found), "tokens")


# ---- Spans ----

def units(source):
    """The UTF-16 offset of each character of a decoded text, and of its end."""
    offsets = [0]
    for ch in source:
        offsets.append(offsets[-1] + (2 if ord(ch) > 0xFFFF else 1))
    return offsets


def join_lines(path):
    """Documents: lines with one id that follow each other are one."""
    joined = []
    for line in lines(path):
        record = json.loads(line)
        want(["id", "attributes"], list(record), "keys")
        if joined and joined[-1][0] == record["id"]:
            for key, spans in record["attributes"].items():
                joined[-1][1].setdefault(key, []).extend(spans)
        else:
            joined.append((record["id"], record["attributes"]))
    return joined


def check_spans(plain, path, source):
    offsets = units(open(source, "rb").read().decode("utf-8", "replace")) if source else None

    def span(first, last, value):
        row = [first["cstart"], last["cend"], value, first["start"], last["end"]]
        return row + [offsets[row[0]], offsets[row[1]]] if offsets else row

    expected = {}
    runs = {}
    for sentence in plain:
        attributes = expected.setdefault(sentence["doc"], {"lafz__tokens": [], "lafz__sentences": []})
        tokens = sentence["tokens"]
        if not tokens:
            continue
        attributes["lafz__tokens"] += [span(t, t, KINDS.index(t["kind"])) for t in tokens]
        attributes["lafz__sentences"].append(span(tokens[0], tokens[-1], len(tokens)))
        for token in tokens:
            runs.setdefault((sentence["doc"], token["run"]), []).append(token)
    for (doc, _), tokens in runs.items():
        first = tokens[0]
        row = span(first, tokens[-1], first["confidence"])
        expected[doc].setdefault("lafz__runs_" + first["lang"], []).append(row)
    found = join_lines(path)
    for doc, attributes in found:
        for name in attributes.keys() | expected.get(doc, {}).keys():
            rows = zip(expected.get(doc, {}).get(name, []), attributes.get(name, []))
            for number, (one, other) in enumerate(rows):
                want(one, other, f"{doc}: {name}, row {number}")
    nothing = {"lafz__tokens": [], "lafz__sentences": []}
    want(len(found), len(dict(found)), "documents with a name of their own")
    for doc, attributes in found:
        want(expected.pop(doc, nothing), attributes, doc)
    want({}, expected, "documents left")


# ---- Arrow ----

def check_arrow(plain, path):
    try:
        import pyarrow
        import pyarrow.ipc
    except ImportError:
        print("pyarrow is not there")
        sys.exit(77)
    table = pyarrow.ipc.open_stream(open(path, "rb")).read_all()
    table.validate(full=True)
    types = {field.name: str(field.type) for field in table.schema}
    text = dict.fromkeys("doc surface norm key kind script lang".split(), "string")
    numbers = dict.fromkeys("par sent run".split(), "uint32") | dict.fromkeys("start end cstart cend".split(), "uint64")
    want(text | numbers | {"flags": "uint16", "confidence": "float"}, types, "types")
    rows = table.to_pylist()
    at = 0
    for sentence in plain:
        for token in sentence["tokens"]:
            if at == len(rows):
                raise Wrong("rows are missing")
            row = rows[at]
            at += 1
            row["flags"] = [name for bit, name in enumerate(FLAGS) if row["flags"] >> bit & 1]
            if abs(row["confidence"] - token["confidence"]) > 0.0006:
                raise Wrong(f"row {at}: confidence {row['confidence']}")
            row["confidence"] = token["confidence"]
            full = dict(token, doc=sentence["doc"], par=sentence["par"], sent=sentence["sent"])
            want(full, row, f"row {at}")
    want(len(rows), at, "rows")


def main():
    what, plain, path = sys.argv[1:4]
    plain = sentences(plain)
    try:
        if what == "compact":
            check_compact(plain, path)
        elif what == "vrt":
            check_vrt(plain, path)
        elif what == "spans":
            check_spans(plain, path, sys.argv[4] if len(sys.argv) > 4 else None)
        else:
            check_arrow(plain, path)
    except Wrong as wrong:
        print(wrong)
        return 1
    return 0


sys.exit(main())
