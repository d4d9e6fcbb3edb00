"""Tokenizer: the options, and what can be done with a text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, overload

from . import _core

if TYPE_CHECKING:
    import pyarrow

COLUMNS = (
    "surface norm key start end byte_start byte_end kind script lang confidence flags par sent run".split()
)
"""Columns that a token can have in an Arrow array."""

RUN_COLUMNS = "text start end byte_start byte_end script lang confidence tokens".split()
"""Columns that a run can have in an Arrow array."""

_NORM, _KEY, _CHARS, _RUNS, _SENTS, _GAPS, _EDITS = 1, 2, 4, 8, 16, 32, 64
_RULES = {"default": 0, "search": 1, "uax29": 2}
_PROFILES = {"standard": 0, "nfc": 1, "none": 2}
_ON_INVALID = {"replace": 0, "drop": 1, "fail": 2}
_DIGITS = {"keep": 0, "ascii": 1, "native": 2}
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHUNK = 1 << 16


def _choice(name: str, value: str, choices: dict[str, int]) -> int:
    try:
        return choices[value]
    except KeyError:
        raise ValueError(f"{name} is one of {', '.join(choices)}, not {value!r}") from None


def _strings(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(value.split(",")) if isinstance(value, str) else tuple(value)


def _clean(text: str | bytes) -> str | bytes:
    """A str without lone surrogates, which UTF-8 cannot write: U+FFFD for each, so that indices stay."""
    if isinstance(text, str) and not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return _SURROGATE.sub("\ufffd", text)
    return text


class Tokenizer:
    """Splits text into tokens, and normalises them.

    language: a BCP 47 tag sets the language of all words in its script; several (a list, or joined by commas) are the
        only candidates; None: all that Lafz knows.
    profile: "standard", "nfc", "none", or the path of a file with tables of one's own.
    rules: "default"; "search": borders do not depend on a guessed language; "uax29".
    digits: "keep", "ascii", "native". lower, strip_marks, unify_punct, drop_zwnj: switches of profile "standard".
    folds: names of rules that are off by default.
    gaps: white space between tokens as tokens of the kind "space".
    unwrap: a segment is a paragraph, not a line.
    on_invalid: "replace", "drop" or "fail": what stands in norm for ill-formed bytes.
    max_segment: bytes of the longest piece of a line that is worked on as one; 0: 65536.
    max_token: bytes of the longest token, 64 or more; pieces of longer ones have the flag "cut". 0: as long as a piece
        of a line.
    fold_confidence: runs below it get only the folds that all languages share.
    encoding: of bytes that are given; a name that ICU knows. None: UTF-8. A str has none.

    Raises ValueError for an option with a wrong value. Any number of threads may use one tokenizer: every call works
    without the interpreter's lock. It can be pickled.
    """

    def __init__(
        self,
        language: str | Sequence[str] | None = None,
        *,
        profile: str | os.PathLike[str] = "standard",
        rules: str = "default",
        digits: str = "keep",
        lower: bool = False,
        strip_marks: bool = False,
        unify_punct: bool = False,
        drop_zwnj: bool = False,
        folds: Iterable[str] | None = None,
        gaps: bool = False,
        unwrap: bool = False,
        on_invalid: str = "replace",
        max_segment: int = 0,
        max_token: int = 0,
        fold_confidence: float = 0.9,
        encoding: str | None = None,
    ) -> None:
        tables = None
        if str(profile) not in _PROFILES:
            tables = Path(profile).read_bytes()
        self._encoding = encoding
        self._gaps = _GAPS if gaps else 0
        self._options: tuple[Any, ...] = (
            _choice("rules", rules, _RULES),
            0 if tables is not None else _PROFILES[str(profile)],
            _choice("on_invalid", on_invalid, _ON_INVALID),
            _choice("digits", digits, _DIGITS),
            unwrap | strip_marks << 1 | unify_punct << 2 | lower << 3 | drop_zwnj << 4,
            max_segment,
            max_token,
            fold_confidence,
        )
        self._before = (_strings(language), _strings(folds), tables)
        self._made: dict[tuple[int, str | None], _core.Streams] = {}
        self._streams(_NORM | _KEY | _CHARS | _RUNS | _SENTS | self._gaps, encoding)

    def _streams(self, want: int, encoding: str | None) -> _core.Streams:
        made = self._made.get((want, encoding))
        if made is None:
            made = self._made[want, encoding] = _core.Streams(*self._before, encoding, want, *self._options)
        return made

    def _for(self, text: str | bytes, want: int) -> _core.Streams:
        return self._streams(want, None if isinstance(text, str) else self._encoding)

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "_made"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _made={})

    # ---- Whole texts ----

    def tokens(self, text: str | bytes) -> list[_core.Token]:
        """The tokens of a text. Lone surrogates in a str are taken for U+FFFD."""
        want = _NORM | _KEY | _CHARS | _RUNS | _SENTS | self._gaps
        return self._for(text, want).tokens(_clean(text))

    __call__ = tokens

    def sentences(self, text: str | bytes) -> Iterator[list[_core.Token]]:
        """The tokens of a text, a list a sentence."""
        sentence: list[_core.Token] = []
        for token in self.tokens(text):
            if sentence and token.sent != sentence[0].sent:
                yield sentence
                sentence = []
            sentence.append(token)
        if sentence:
            yield sentence

    def runs(self, text: str | bytes) -> list[_core.Run]:
        """The language runs of a text."""
        return self._for(text, _CHARS | _RUNS).runs(_clean(text))

    @overload
    def normalize(self, text: str) -> str: ...
    @overload
    def normalize(self, text: bytes) -> bytes: ...
    def normalize(self, text: str | bytes) -> str | bytes:
        """The text itself, normalised, its white space included; of bytes bytes, in UTF-8."""
        return self._for(text, _NORM).normalize(_clean(text))

    def edits(self, text: str | bytes) -> list[_core.Edit]:
        """Why the normalised text differs: the text with each span replaced by the edit's text is `normalize(text)`.

        Raises ValueError for bytes in another encoding than UTF-8.
        """
        if isinstance(text, bytes) and self._encoding is not None:
            raise ValueError("edits are for UTF-8")
        return self._for(text, _NORM | _EDITS).edits(_clean(text))

    # ---- Documents in chunks ----

    def read(self, source: str | os.PathLike[str] | BinaryIO | Iterable[bytes]) -> Iterator[_core.Token]:
        """The tokens of one document of any size, as it is read: the path of a file, a file open for bytes, or an
        iterable of chunks of bytes. Memory stays the same whatever its size."""
        if isinstance(source, (str, os.PathLike)):
            with open(source, "rb") as file:
                yield from self.read(file)
            return
        reader = self._streams(_NORM | _KEY | _CHARS | _RUNS | _SENTS | self._gaps, self._encoding).reader()
        chunks = iter(lambda: source.read(_CHUNK), b"") if hasattr(source, "read") else source
        for chunk in chunks:
            yield from reader.feed(chunk)
        yield from reader.finish()

    # ---- Arrow ----

    def arrow(
        self,
        texts: Any,
        columns: Sequence[str] = ("surface", "norm", "key", "start", "end", "kind", "lang", "sent"),
        *,
        names: bool = False,
    ) -> pyarrow.Array | pyarrow.ChunkedArray:
        """The tokens of each text of an Arrow array: a list<struct> with these columns (`COLUMNS` has all).

        texts: an array or chunked array of strings or binaries, of pyarrow or anything that has `__arrow_c_array__`;
        it is read where it lies. A null gives a null. Offsets are within the text. kind, script and lang are a
        dictionary, or strings with names=True. Of binaries surface is binary, since it need not be UTF-8. Raises
        OverflowError where a column would hold 2^31 bytes or more: give smaller arrays.
        """
        return self._parts(texts, columns, COLUMNS, False, names, "tokens")

    def arrow_runs(
        self,
        texts: Any,
        columns: Sequence[str] = ("text", "start", "end", "script", "lang", "confidence"),
        *,
        names: bool = False,
    ) -> pyarrow.Array | pyarrow.ChunkedArray:
        """The language runs of each text, in the same manner (`RUN_COLUMNS` has all columns)."""
        return self._parts(texts, columns, RUN_COLUMNS, True, names, "runs")

    def arrow_documents(
        self,
        texts: Any,
        columns: Sequence[str] = ("surface", "norm", "key", "start", "end", "kind", "lang", "sent"),
        *,
        runs: bool = False,
        names: bool = False,
    ) -> pyarrow.Array | pyarrow.ChunkedArray:
        """A struct for each text: its tokens (or runs), `lang`, the language that most bytes of its words are in (und
        without words, or if no language is sure), and `sents`, how many sentences it has."""
        return self._parts(texts, columns, RUN_COLUMNS if runs else COLUMNS, runs, names, None)

    def _parts(
        self,
        texts: Any,
        columns: Sequence[str],
        allowed: Sequence[str],
        runs: bool,
        names: bool,
        field: str | None,
    ) -> pyarrow.Array | pyarrow.ChunkedArray:
        import pyarrow

        for i, name in enumerate(columns):
            if name not in allowed or name in columns[:i]:
                raise ValueError(f"columns are of {', '.join(allowed)}, each at most once; not {name!r}")

        def part(array: Any) -> pyarrow.Array:
            schema, values = array.__arrow_c_array__()
            want = _RUNS | _SENTS | self._gaps
            want |= _CHARS if "start" in columns or "end" in columns else 0
            want |= (_NORM if "norm" in columns else 0) | (_KEY if "key" in columns else 0)
            capsules = self._streams(want, None).table(schema, values, tuple(columns), runs, names)
            result = pyarrow.Array._import_from_c_capsule(*capsules)
            return result.field(field) if field else result

        if self._encoding is not None:
            raise ValueError("Arrow arrays are in UTF-8")
        if isinstance(texts, pyarrow.ChunkedArray):
            empty = pyarrow.array([], texts.type)
            return pyarrow.chunked_array([part(chunk) for chunk in texts.chunks] or [part(empty)])
        return part(texts)
