#!/usr/bin/env python3
"""Writes src/gen/page.h: the style and the program of the pages that lafz view and lafz stats write.

usage: gen_page.py SOURCE_DIR GEN_DIR

SOURCE_DIR has the files listed below. Each text becomes a table of its lines, which are written one after the other
between <style> or <script> and their ends, and the hash by which the policy of the page names what lies between. The
files of a program are one function, so nothing of it can be seen from outside.
"""
import base64
import hashlib
import os
import sys

TEXTS = {
    "page_css": ["page.css"],
    "page_js": ["page_forms.js", "page_parts.js", "page_panel.js", "page_moving.js", "page_tools.js"],
    "report_css": ["report.css"],
}

BANNER = """/*
 * Style and program of the pages that lafz view and lafz stats write, and their hashes for the policy
 * of the page. Made by tools/gen_page.py from page.css, page_*.js and report.css in src/cli/view;
 * `make tables` makes it anew. Do not edit.
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


def read(source, names):
    """The text that the files make together."""
    text = ""
    for name in names:
        with open(os.path.join(source, name), encoding="utf-8", newline="") as file:
            text += file.read()
        check(name, text)
    if names[0].endswith(".js"):
        text = '"use strict";\n(() => {\n' + text + "})();\n"
    return text


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, gen = sys.argv[1:]
    out = [BANNER]
    for variable, names in TEXTS.items():
        text = read(source, names)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        out.append('\n#define %s_HASH "sha256-%s"\n\n' % (variable.upper(), digest))
        out.append("static const char *const %s[] = {\n" % variable)
        out.extend("\t%s,\n" % literal(line) for line in text.splitlines(keepends=True))
        out.append("\tNULL,\n};\n")
    with open(os.path.join(gen, "page.h"), "w", encoding="utf-8", newline="\n") as file:
        file.write("".join(out))


main()
