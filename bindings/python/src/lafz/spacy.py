"""A tokenizer for spaCy pipelines.

    import spacy
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "lafz.Tokenizer.v1"}}})

or, for a pipeline that is there: ``nlp.tokenizer = lafz.spacy.SpacyTokenizer(nlp.vocab)``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from ._tokenizer import Tokenizer

SPANS = "lafz"
"""The key in ``doc.spans`` under which the language runs are; the label of each is its language."""


class SpacyTokenizer:
    """Makes a `Doc` of a text. Its tokens are those of Lafz, and white space as spaCy has it: one space belongs to the
    token before it, what is left over is a token. ``doc.text`` is the text.

    norm: which view becomes `Token.norm_`: "key", which is folded in case as spaCy's own is, or "norm".
    sentences: whether tokens that begin a sentence say so.
    runs: whether language runs become a group of spans.
    options: those of `lafz.Tokenizer`.
    """

    def __init__(
        self, vocab: Vocab, *, norm: str = "key", sentences: bool = True, runs: bool = True, **options: Any
    ) -> None:
        if norm not in ("norm", "key"):
            raise ValueError(f"norm is norm or key, not {norm!r}")
        self.vocab = vocab
        self._settings = {"norm": norm, "sentences": sentences, "runs": runs, **options}
        self._norm, self._sentences, self._runs = norm, sentences, runs
        self._tokenizer = Tokenizer(**options, gaps=True)

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        norms: list[str] = []
        first_of: dict[int, int] = {}  # sentence: its first word
        runs: list[tuple[int, int, str]] = []
        run = -1
        for token in self._tokenizer.tokens(text):
            surface = text[token.start : token.end]
            if token.kind == "space":
                if words and not spaces[-1] and surface.startswith(" "):
                    spaces[-1] = True
                    surface = surface[1:]
                if not surface:
                    continue
            else:
                first_of.setdefault(token.sent, len(words))
                if token.run != run:
                    run = token.run
                    runs.append((len(words), len(words), token.lang))
                runs[-1] = (runs[-1][0], len(words) + 1, token.lang)
            words.append(surface)
            spaces.append(False)
            norms.append(getattr(token, self._norm) if token.kind != "space" else surface)
        starts = set(first_of.values()) | {0}
        doc = Doc(
            self.vocab,
            words=words,
            spaces=spaces,
            sent_starts=[i in starts for i in range(len(words))] if self._sentences else None,
        )
        for word, norm in zip(doc, norms):
            if word.norm_ != norm:
                word.norm_ = norm
        if self._runs:
            doc.spans[SPANS] = [Span(doc, start, end, label=lang) for start, end, lang in runs]
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """A `Doc` for each text."""
        return map(self, texts)

    # ---- What spaCy asks of a tokenizer that is saved with its pipeline ----

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return json.dumps(self._settings).encode()

    def from_bytes(self, settings: bytes, *, exclude: Iterable[str] = ()) -> SpacyTokenizer:
        self.__init__(self.vocab, **json.loads(settings))  # type: ignore[misc]
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SpacyTokenizer:
        return self.from_bytes(Path(path).read_bytes())


def create(
    language: str | None = None,
    norm: str = "key",
    rules: str = "default",
    sentences: bool = True,
    runs: bool = True,
) -> Callable[[Language], SpacyTokenizer]:
    """What ``lafz.Tokenizer.v1`` in a pipeline's configuration makes."""

    def make(nlp: Language) -> SpacyTokenizer:
        return SpacyTokenizer(nlp.vocab, language=language, norm=norm, rules=rules, sentences=sentences, runs=runs)

    return make
