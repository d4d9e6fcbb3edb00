import pytest

import lafz
from conftest import need

pa = need("pyarrow")

TEXTS = ["hello world. Again", "کابل کې نن ۱۲۴", None, "", "كتاب خوبي است", "x" * 50]


def rows(tokenizer, texts, columns):
    return [
        None if text is None else [{c: getattr(t, c) for c in columns} for t in tokenizer.tokens(text)] for text in texts
    ]


def plain(array):
    """Rows of Python objects, flags as the numbers that Arrow has."""
    array.validate(full=True)
    return array.to_pylist()


@pytest.mark.parametrize("names", [False, True])
def test_all_columns_as_tokens_have_them(tokenizer, names):
    columns = [c for c in lafz.COLUMNS if c not in ("flags", "confidence")]
    array = tokenizer.arrow(pa.array(TEXTS), columns, names=names)
    assert plain(array) == rows(tokenizer, TEXTS, columns)
    assert pa.types.is_dictionary(array.type.value_type.field("lang").type) is not names


def test_confidence_and_flags(tokenizer):
    (row,) = plain(tokenizer.arrow(pa.array(["don’t go"]), ["flags", "confidence"]))
    tokens = tokenizer.tokens("don’t go")
    assert [t["flags"] for t in row] == [2, 0]
    assert [t["confidence"] for t in row] == [t.confidence for t in tokens]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view(), pa.binary_view()]
)
def test_every_layout_of_texts(tokenizer, kind):
    columns = ["norm", "byte_start", "byte_end"]
    texts = pa.array(TEXTS).cast(kind)
    assert plain(tokenizer.arrow(texts, columns)) == rows(tokenizer, TEXTS, columns)


def test_slices_and_chunks(tokenizer):
    texts = pa.array(TEXTS * 3)
    columns = ["surface"]
    assert plain(tokenizer.arrow(texts[2:9], columns)) == rows(tokenizer, (TEXTS * 3)[2:9], columns)
    chunked = pa.chunked_array([texts[:4], texts[4:4], texts[4:]])
    result = tokenizer.arrow(chunked, columns)
    assert isinstance(result, pa.ChunkedArray) and plain(result) == rows(tokenizer, TEXTS * 3, columns)
    assert plain(tokenizer.arrow(pa.chunked_array([], pa.string()), columns)) == []
    assert plain(tokenizer.arrow(pa.array([], pa.string()), columns)) == []
    assert plain(tokenizer.arrow(pa.nulls(20, pa.string()), columns)) == [None] * 20


def test_binary_keeps_ill_formed_bytes(tokenizer):
    (row,) = plain(tokenizer.arrow(pa.array([b"a \xff b"]), ["surface", "norm", "key"]))
    assert [t["surface"] for t in row] == [b"a", b"\xff", b"b"]
    assert [t["norm"] for t in row] == ["a", "\ufffd", "b"]


def test_runs(tokenizer, page):
    columns = ["text", "start", "end", "byte_start", "byte_end", "script", "lang", "confidence"]
    (row,) = plain(tokenizer.arrow_runs(pa.array([page]), columns))
    assert row == [{c: getattr(r, c) for c in columns} for r in tokenizer.runs(page)]
    (counted,) = plain(tokenizer.arrow_runs(pa.array([page]), ["tokens"]))
    assert sum(r["tokens"] for r in counted) == len(tokenizer.tokens(page))


def test_documents_have_language_and_sentences(tokenizer):
    texts = ["زما نوی کتاب ډېر ښه دی.", "This is a plain English text. It has two.", "12 + 3", None]
    documents = plain(tokenizer.arrow_documents(pa.array(texts), ["norm"]))
    assert [(d["lang"], d["sents"]) for d in documents] == [("ps", 1), ("en", 2), ("und", 1), ("und", 0)]
    assert documents[3]["tokens"] is None


def test_what_is_wrong_is_refused(tokenizer):
    for wrong in (pa.array([1]), pa.array(["a"]).dictionary_encode(), pa.array([["a"]])):
        with pytest.raises(TypeError, match="strings or binaries"):
            tokenizer.arrow(wrong)
    for columns in (["no"], ["norm", "norm"], ["text"]):
        with pytest.raises(ValueError, match="columns are of"):
            tokenizer.arrow(pa.array(["a"]), columns)
    with pytest.raises(lafz.Error):
        lafz.Tokenizer(on_invalid="fail").arrow(pa.array([b"\xff"]))
    with pytest.raises(AttributeError):
        tokenizer.arrow(["a"])


def test_result_outlives_everything_else():
    array = lafz.Tokenizer().arrow(pa.array(TEXTS), ["norm", "lang"]).flatten().field("norm")
    assert array.to_pylist()[:2] == ["hello", "world"]


def test_many_rows(tokenizer):
    texts = [f"word{i} کتاب" for i in range(5000)]
    lengths = tokenizer.arrow(pa.array(texts), ["surface", "kind"]).value_lengths()
    assert lengths.to_pylist() == [len(tokenizer.tokens(text)) for text in texts]
