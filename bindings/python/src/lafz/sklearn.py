"""An analyzer for the vectorizers of scikit-learn.

    from sklearn.feature_extraction.text import TfidfVectorizer
    import lafz.sklearn
    vectorizer = TfidfVectorizer(analyzer=lafz.sklearn.Analyzer())
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._tokenizer import Tokenizer

CONTENT = ("word", "number", "hashtag", "mention", "emoji", "email", "url", "time", "date")
"""The kinds that carry content: all but punctuation, symbols and what is ill-formed."""


class Analyzer:
    """Turns a document, a str or bytes, into a list of features.

    view: "key" (spellings of one word meet, case is folded), "norm" or "surface".
    kinds: the kinds of tokens that count.
    ngrams: (least, most) words of a feature, joined by spaces; they never cross a sentence.
    options: those of `lafz.Tokenizer`; rules is "search" by default, so that features do not depend on a guess.
    """

    def __init__(
        self,
        view: str = "key",
        kinds: Iterable[str] = CONTENT,
        ngrams: tuple[int, int] = (1, 1),
        **options: Any,
    ) -> None:
        if view not in ("surface", "norm", "key"):
            raise ValueError(f"view is surface, norm or key, not {view!r}")
        least, most = ngrams
        if not 1 <= least <= most:
            raise ValueError(f"ngrams is a pair of numbers, 1 <= least <= most, not {ngrams!r}")
        self.view = view
        self.kinds = frozenset(kinds)
        self.ngrams = ngrams
        self.tokenizer = Tokenizer(**{"rules": "search", **options})

    def __call__(self, document: str | bytes) -> list[str]:
        least, most = self.ngrams
        features: list[str] = []
        for sentence in self.tokenizer.sentences(document):
            words = [getattr(t, self.view) for t in sentence if t.kind in self.kinds]
            for n in range(least, most + 1):
                features += (" ".join(words[i : i + n]) for i in range(len(words) - n + 1))
        return features
