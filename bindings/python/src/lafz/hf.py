"""A pre-tokenizer and a normalizer for the package tokenizers of Hugging Face; both keep the way back to the text.

    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    tokenizer.pre_tokenizer = pre_tokenizers.PreTokenizer.custom(lafz.hf.PreTokenizer())
    tokenizer.normalizer = normalizers.Normalizer.custom(lafz.hf.Normalizer())

That package cannot save a tokenizer with parts made in Python: set them again after loading, and take them off before
saving.
"""

from __future__ import annotations

from typing import Any

from tokenizers import NormalizedString, PreTokenizedString

from ._tokenizer import Tokenizer

_PRIVATE = range(0xF0000, 0x10FFFE)


def _rewrite(text: NormalizedString, source: str, pieces: dict[int, str]) -> None:
    """Replaces characters of a text by strings: pieces by their index in source, which is the text."""
    # A NormalizedString can only be changed a character at a time, so one that becomes several becomes one that stands
    # for them first, and one that goes becomes one that is then taken out.
    used = set(source).union(*pieces.values())
    free = (chr(c) for c in _PRIVATE if chr(c) not in used)
    gone = next(free)
    marks: dict[str, str] = {}
    at: dict[int, str] = {}
    for i, piece in pieces.items():
        if len(piece) > 1 and piece not in marks:
            marks[piece] = next(free)
        at[i] = marks[piece] if len(piece) > 1 else piece or gone
    index = iter(range(len(source)))
    text.map(lambda c: at.get(next(index), c))
    text.filter(lambda c: c != gone)
    for piece, mark in marks.items():
        text.replace(mark, piece)


def _pieces(source: str, wanted: str) -> dict[int, str]:
    """What becomes of each character of source, which is not empty, if it becomes wanted."""
    shorter = min(len(source), len(wanted))
    first = 0
    while first < shorter and source[first] == wanted[first]:
        first += 1
    last = 0
    while last < shorter - first and source[-1 - last] == wanted[-1 - last]:
        last += 1
    if first + last == len(source):  # something was put in: it goes to the character before it
        first, last = (first - 1, last) if first else (0, last - 1)
    n = len(source) - first - last
    middle = wanted[first : len(wanted) - last]
    return {first + i: middle[i * len(middle) // n : (i + 1) * len(middle) // n] for i in range(n)}


class PreTokenizer:
    """Splits at the borders of tokens; what lies between them is left out.

    view: what becomes of each token: "surface" (as it is), "norm" or "key".
    options: those of `lafz.Tokenizer`.
    """

    def __init__(self, view: str = "surface", **options: Any) -> None:
        if view not in ("surface", "norm", "key"):
            raise ValueError(f"view is surface, norm or key, not {view!r}")
        self._view = view
        self._tokenizer = Tokenizer(**options)

    def pre_tokenize(self, pretok: PreTokenizedString) -> None:
        pretok.split(self._split)

    def _split(self, _: int, text: NormalizedString) -> list[NormalizedString]:
        parts = []
        source = str(text.normalized)
        for token in self._tokenizer.tokens(source):
            surface = source[token.start : token.end]
            wanted = surface if self._view == "surface" else getattr(token, self._view)
            if not wanted:
                continue
            part = text[token.start : token.end]
            if wanted != surface:
                _rewrite(part, surface, _pieces(surface, wanted))
            parts.append(part)
        return parts


class Normalizer:
    """Normalises the text as `lafz.Tokenizer.normalize` does; offsets of what comes after still lead to the original.

    options: those of `lafz.Tokenizer`.
    """

    def __init__(self, **options: Any) -> None:
        self._tokenizer = Tokenizer(**options)

    def normalize(self, text: NormalizedString) -> None:
        source = str(text.normalized)
        pieces: dict[int, str] = {}
        for edit in self._tokenizer.edits(source):
            pieces[edit.start] = edit.text
            pieces.update(dict.fromkeys(range(edit.start + 1, edit.end), ""))
        if pieces:
            _rewrite(text, source, pieces)
