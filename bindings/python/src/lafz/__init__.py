"""Lafz: tokens, language runs and normal forms of text in Arabic and Latin script, mixed as people really write it.

    >>> import lafz
    >>> tokenizer = lafz.Tokenizer()
    >>> [t.norm for t in tokenizer.tokens("we don’t wait… كتاب")]
    ['we', 'don’t', 'wait', '…', 'كتاب']

`Tokenizer` has the options; `key` is the search key of any string. With Arrow: `Tokenizer.arrow`. Adapters for other
packages are modules of their own: `lafz.spacy`, `lafz.hf`, `lafz.sklearn`, `lafz.spark`.
"""

from ._core import Edit, Error, Run, Token, key
from ._core import rules_version as __rules_version__
from ._core import version as __version__
from ._languages import Language, languages
from ._tokenizer import COLUMNS, RUN_COLUMNS, Tokenizer

__all__ = [
    "COLUMNS",
    "RUN_COLUMNS",
    "Edit",
    "Error",
    "Language",
    "Run",
    "Token",
    "Tokenizer",
    "key",
    "languages",
    "__rules_version__",
    "__version__",
]
