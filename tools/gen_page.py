#!/usr/bin/env python3
"""Writes src/gen/page.h: the style and the program of the pages that lafz view and lafz stats write.

usage: gen_page.py SOURCE_DIR GEN_DIR

SOURCE_DIR has page.css, page.js and report.css. Each becomes a table of its lines, which are written one after the other
between <style> or <script> and their ends, and the hash by which the policy of the page names what lies between.
"""
import base64
import hashlib
import os
import sys

FILES = ["page.css", "page.js", "report.css"]

BANNER = """/*
 * Style and program of the pages that lafz view and lafz stats write, and their hashes for the policy
 * of the page. Made by tools/gen_page.py from the files of the same names in src/cli/view; `make
 * tables` makes it anew. Do not edit.
 */
"""


def literal(line):
    """A string of C for a line of ASCII."""
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def check(name, text):
    """The text can end neither its own element nor, by a comment, hide that end."""
    if not text.isascii():
        sys.exit("%s: only ASCII; write \\u escapes" % name)
    for part in ("</", "<!--"):
        if part in text:
            sys.exit("%s: has %s in it" % (name, part))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, gen = sys.argv[1:]
    out = [BANNER]
    for name in FILES:
        with open(os.path.join(source, name), encoding="utf-8", newline="") as file:
            text = file.read()
        check(name, text)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        variable = name.replace(".", "_")
        out.append('\n#define %s_HASH "sha256-%s"\n\n' % (variable.upper(), digest))
        out.append("static const char *const %s[] = {\n" % variable)
        out.extend("\t%s,\n" % literal(line) for line in text.splitlines(keepends=True))
        out.append("\tNULL,\n};\n")
    with open(os.path.join(gen, "page.h"), "w", encoding="utf-8", newline="\n") as file:
        file.write("".join(out))


main()
