from typing import Any

version: str
rules_version: str

class Error(ValueError):
    """A text that cannot be read."""

    offset: int
    """The byte of the document that the failure belongs to."""

class Token(tuple[Any, ...]):
    """A token of a text. Characters are code points, as in str; numbers count from 0 in the text."""

    @property
    def surface(self) -> str:
        """The source itself; ill-formed bytes as U+FFFD."""
    @property
    def norm(self) -> str:
        """Right spelling in the letters of its run's language."""
    @property
    def key(self) -> str:
        """Search key, independent of the language."""
    @property
    def start(self) -> int:
        """Index of its first character in the text."""
    @property
    def end(self) -> int:
        """Index behind its last character."""
    @property
    def byte_start(self) -> int:
        """Offset of its first byte in the text as UTF-8, or in the bytes that were given."""
    @property
    def byte_end(self) -> int:
        """Offset behind its last byte."""
    @property
    def kind(self) -> str:
        """word number punct symbol emoji url email mention hashtag time date other, or space for a gap."""
    @property
    def script(self) -> str:
        """ISO 15924 tag of its letters; Zyyy if it has none."""
    @property
    def lang(self) -> str:
        """BCP 47 tag of its run; und if no language is sure."""
    @property
    def confidence(self) -> float:
        """Of the run's language, 0 to 1."""
    @property
    def flags(self) -> tuple[str, ...]:
        """What is worth knowing about it: abbreviation, contraction, repaired, cut, bidi, mixed, upper, zwnj ..."""
    @property
    def par(self) -> int:
        """Number of its paragraph."""
    @property
    def sent(self) -> int:
        """Number of its sentence."""
    @property
    def run(self) -> int:
        """Number of its run."""

class Run(tuple[Any, ...]):
    """A row of neighbouring tokens of one script and one language in a line."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def byte_start(self) -> int: ...
    @property
    def byte_end(self) -> int: ...
    @property
    def script(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def confidence(self) -> float: ...

class Edit(tuple[Any, ...]):
    """A place where norm differs from the source."""

    @property
    def source(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def byte_start(self) -> int: ...
    @property
    def byte_end(self) -> int: ...
    @property
    def rules(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def kind(self) -> str: ...

class Streams:
    def __new__(
        cls,
        languages: tuple[str, ...],
        folds: tuple[str, ...],
        tables: bytes | None,
        encoding: str | None,
        want: int,
        rules: int,
        profile: int,
        on_invalid: int,
        digits: int,
        switches: int,
        max_segment: int,
        max_token: int,
        fold_confidence: float,
        /,
    ) -> Streams: ...
    def tokens(self, text: str | bytes, /) -> list[Token]: ...
    def runs(self, text: str | bytes, /) -> list[Run]: ...
    def edits(self, text: str | bytes, /) -> list[Edit]: ...
    def normalize(self, text: str | bytes, /) -> str | bytes: ...
    def reader(self) -> Reader: ...
    def table(
        self, schema: object, array: object, names: tuple[str, ...], are_runs: bool, has_names: bool, /
    ) -> tuple[object, object]: ...

class Reader:
    def feed(self, chunk: str | bytes, /) -> list[Token]: ...
    def finish(self) -> list[Token]: ...

def key(text: str | bytes, /) -> str:
    """The search key of a string: the same for every language, and the same as the key of a token with this surface."""

def languages() -> list[tuple[str, str, int, int, str]]: ...
