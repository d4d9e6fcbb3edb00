#!/usr/bin/env python3
"""Writes a WET file as Common Crawl has them, of any size, to standard output.

Usage: make_wet.py [--gzip] BYTES FILE...
The records are pieces of the files, again and again from other places and in other lengths (most of some kilobytes, one in 300
of up to a megabyte), each with an id, address and date of its own, until there are BYTES of them before compression. With
--gzip every record is a gzip member of its own. The same arguments give the same bytes.
"""
import random
import sys
import uuid
import zlib


def pieces(files, rng):
    texts = [open(name, encoding="utf-8").read() for name in files]
    while True:
        text = rng.choice(texts)
        size = int(rng.lognormvariate(8, 1)) if rng.random() > 1 / 300 else rng.randrange(200_000, 1_000_000)
        start = rng.randrange(len(text))
        while size > len(text) - start:
            text = text + "\n" + text
        yield text[start:start + size].encode("utf-8")


def record(kind, body, rng, fields=()):
    head = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2025-10-%02dT%02d:%02d:00Z"
            % (rng.randrange(1, 31), rng.randrange(24), rng.randrange(60)),
            f"WARC-Record-ID: <urn:uuid:{uuid.UUID(int=rng.getrandbits(128))}>", *fields, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


def gzip_member(data):
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def main(args):
    is_gzip = args[:1] == ["--gzip"]
    size, files = int(args[is_gzip]), args[is_gzip + 1:]
    rng = random.Random(7)
    out = sys.stdout.buffer
    data = record("warcinfo", b"isPartOf: made\r\n", rng, ["Content-Type: application/warc-fields"])
    written = 0
    for number, body in enumerate(pieces(files, rng)):
        out.write(gzip_member(data) if is_gzip else data)
        written += len(data)
        if written >= size:
            break
        data = record("conversion", body, rng, [f"WARC-Target-URI: https://example.org/{number}", "Content-Type: text/plain"])


if __name__ == "__main__":
    main(sys.argv[1:])
