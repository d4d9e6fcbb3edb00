import pickle

import pytest

import lafz
from conftest import need

TEXT = " we don’t  wait… \n كتاب خوبي است که مي خوانم. Next one."


def test_spacy(tmp_path):
    spacy = need("spacy")
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "lafz.Tokenizer.v1"}}})
    doc = nlp(TEXT)
    assert doc.text == TEXT
    words = [t.text for t in doc if not t.is_space]
    assert words == [t.surface for t in lafz.Tokenizer().tokens(TEXT)]
    assert [t.norm_ for t in doc if t.text == "خوبي"] == ["خوبی"]
    assert [span.label_ for span in doc.spans["lafz"]] == ["en", "fa", "en"]
    assert [sent.text.strip() for sent in doc.sents][-1] == "Next one."
    assert [d.text for d in nlp.pipe(["a b", "", "\n"])] == ["a b", "", "\n"]
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert [t.norm_ for t in again(TEXT)] == [t.norm_ for t in doc]


def test_spacy_keeps_every_page(page):
    spacy = need("spacy")
    import lafz.spacy

    nlp = spacy.blank("xx")
    nlp.tokenizer = lafz.spacy.SpacyTokenizer(nlp.vocab, norm="norm")
    doc = nlp(page)
    assert doc.text == page and len(list(doc.sents)) > 0


def encode(view, text, normalizer=None):
    tokenizers = need("tokenizers")
    import lafz.hf

    model = tokenizers.models.WordLevel({"[UNK]": 0}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.PreTokenizer.custom(lafz.hf.PreTokenizer(view))
    if normalizer:
        tokenizer.normalizer = tokenizers.normalizers.Normalizer.custom(normalizer)
    return tokenizer


@pytest.mark.parametrize("view", ["surface", "norm", "key"])
def test_tokenizers_offsets_are_those_of_tokens(view):
    expected = lafz.Tokenizer().tokens(TEXT)
    tokenizer = encode(view, TEXT)
    assert tokenizer.encode(TEXT).offsets == [(t.start, t.end) for t in expected]
    parts = tokenizer.pre_tokenizer.pre_tokenize_str(TEXT)
    assert [part for part, _ in parts] == [getattr(t, view) for t in expected]


def test_tokenizers_offsets_on_pages(page):
    expected = lafz.Tokenizer().tokens(page)
    for view in ("surface", "key"):
        offsets = encode(view, page).encode(page).offsets
        assert len(offsets) == len(expected)
        for (start, end), token in zip(offsets, expected):
            assert token.start <= start < end <= token.end


def test_tokenizers_normalizer(page):
    need("tokenizers")
    import lafz.hf

    tokenizer = encode("surface", page, lafz.hf.Normalizer())
    assert tokenizer.normalizer.normalize_str(page) == lafz.Tokenizer().normalize(page)
    text = "كتاب ﻻ ا کتــاب a\u0301"
    assert tokenizer.normalizer.normalize_str(text) == lafz.Tokenizer().normalize(text)
    encoded = tokenizer.encode("اين كتاب ﻻ خوبي است")
    assert ["اين كتاب ﻻ خوبي است"[a:b] for a, b in encoded.offsets] == ["اين", "كتاب", "ﻻ", "خوبي", "است"]


def test_sklearn():
    text = need("sklearn.feature_extraction.text")
    from sklearn.base import clone

    import lafz.sklearn

    analyzer = lafz.sklearn.Analyzer(ngrams=(1, 2))
    assert analyzer("كتاب Book. ۱۲") == ["کتاب", "book", "کتاب book", "12"]
    vectorizer = clone(text.TfidfVectorizer(analyzer=pickle.loads(pickle.dumps(analyzer))))
    matrix = vectorizer.fit_transform(["كتاب خوب", "کتاب خوب", "something else"]).toarray()
    assert (matrix[0] == matrix[1]).all() and (matrix[0] != matrix[2]).any()
    with pytest.raises(ValueError):
        lafz.sklearn.Analyzer("nonsense")
    with pytest.raises(ValueError):
        lafz.sklearn.Analyzer(ngrams=(2, 1))
