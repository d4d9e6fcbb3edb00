"""The languages that Lafz knows."""

from typing import NamedTuple

from . import _core

_SUPPORT = {1: "detected", 2: "folded", 4: "protected"}
_EVIDENCE = {1: "words", 2: "letters", 4: "harakat"}


class Language(NamedTuple):
    """A language: tag (BCP 47), script (ISO 15924), English name, what Lafz does for it and what it is told by."""

    tag: str
    script: str
    name: str
    support: tuple[str, ...]
    evidence: tuple[str, ...]


def _names(bits: int, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(name for bit, name in names.items() if bits & bit)


def languages() -> list[Language]:
    """All languages, und first."""
    return [
        Language(tag, script, name, _names(support, _SUPPORT), _names(evidence, _EVIDENCE))
        for tag, script, support, evidence, name in _core.languages()
    ]
