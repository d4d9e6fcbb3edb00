import gc
import io
import pickle
import random
import threading

import pytest

import lafz

TWEET = "کابل کې نن ۱۲۴ پيلوټان راغلل. د «وزارت امور خارجه» په وينا @MoFA_af: we don’t wait… example.af/news"


def test_a_token_has_all_its_fields(tokenizer):
    token = tokenizer.tokens("😀 don’t")[1]
    assert token.surface == "don’t" and token.norm == "don’t" and token.key == "don't"
    assert (token.start, token.end, token.byte_start, token.byte_end) == (2, 7, 5, 12)
    assert (token.kind, token.script) == ("word", "Latn")
    assert token.flags == ("contraction",)
    assert (token.par, token.sent, token.run) == (0, 0, 0)
    assert 0 <= token.confidence <= 1


def test_same_tokens_as_the_filter(tokenizer, filtered, page):
    tokens = iter(tokenizer.tokens(page))
    n = 0
    for sentence in filtered(page.encode(), "-f", "jsonl"):
        for theirs in sentence["tokens"]:
            ours = next(tokens)
            assert (ours.byte_start, ours.byte_end) == (theirs["start"], theirs["end"])
            assert (ours.surface, ours.norm, ours.key) == (theirs["surface"], theirs["norm"], theirs["key"])
            assert (ours.kind, ours.lang, ours.script) == (theirs["kind"], theirs["lang"], theirs["script"])
            assert ours.confidence == pytest.approx(theirs["confidence"], abs=0.0006)
            assert list(ours.flags) == theirs["flags"]
            assert (ours.sent, ours.run) == (sentence["sent"], theirs["run"])
            n += 1
    assert n > 0 and next(tokens, None) is None


def test_offsets_lead_to_the_source(tokenizer, page):
    data = page.encode()
    for token in tokenizer.tokens(page):
        assert page[token.start : token.end] == token.surface
        assert data[token.byte_start : token.byte_end].decode() == token.surface


def test_longer_tokens_come_in_pieces():
    word = "\u06a9\u0650" * 17
    (whole,) = lafz.Tokenizer().tokens(word)
    pieces = lafz.Tokenizer(max_token=66).tokens(word)
    assert [len(t.surface) for t in pieces] == [32, 2] and all(t.flags == ("cut",) for t in pieces)
    assert "".join(t.surface for t in pieces) == whole.surface and whole.flags == ()


def test_gaps_and_tokens_rebuild_the_text(page):
    assert "".join(t.surface for t in lafz.Tokenizer(gaps=True).tokens(page)) == page


def test_normalize_is_what_the_edits_say(tokenizer, page):
    pieces, at = [], 0
    for edit in tokenizer.edits(page):
        assert page[edit.start : edit.end] == edit.source and edit.rules
        pieces += [page[at : edit.start], edit.text]
        at = edit.end
    assert "".join(pieces) + page[at:] == tokenizer.normalize(page)


def test_normalize(tokenizer):
    assert tokenizer.normalize("كتاب خوبي است كه مي‌خوانم.") == "کتاب خوبی است که می‌خوانم."
    assert tokenizer.normalize("كتاب خوبي است كه مي‌خوانم.".encode()) == "کتاب خوبی است که می‌خوانم.".encode()
    assert tokenizer.normalize("") == "" and tokenizer.normalize(b"") == b""


def test_runs_and_sentences(tokenizer):
    assert [(r.lang, r.text) for r in tokenizer.runs(TWEET)] == [
        ("ps", "کابل کې نن ۱۲۴ پيلوټان راغلل. د"),
        ("fa", "«وزارت امور خارجه»"),
        ("ps", "په وينا @MoFA_af:"),
        ("en", "we don’t wait… example.af/news"),
    ]
    assert all(TWEET[r.start : r.end] == r.text for r in tokenizer.runs(TWEET))
    assert [len(s) for s in tokenizer.sentences("One two. Three.")] == [3, 2]


def test_chunks_do_not_matter(tokenizer, page):
    data = page.encode()
    whole = tokenizer.tokens(page)
    rng = random.Random(1)
    cuts = sorted(rng.sample(range(len(data)), 50))
    chunks = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)])]
    assert list(tokenizer.read(chunks)) == whole
    assert list(tokenizer.read(io.BytesIO(data))) == whole


def test_a_file_is_read_by_its_path(tokenizer, tmp_path):
    path = tmp_path / "tweet.txt"
    path.write_text(TWEET, encoding="utf-8")
    assert list(tokenizer.read(path)) == list(tokenizer.read(str(path))) == tokenizer.tokens(TWEET)
    with pytest.raises(FileNotFoundError):
        next(tokenizer.read(tmp_path / "none"))


def test_key():
    assert lafz.key("كتابِ") == lafz.key("کتاب") and lafz.key(b"ABC") == "abc" and lafz.key("") == ""
    assert lafz.key("پ" * 100_000) == "پ" * 100_000
    with pytest.raises(UnicodeEncodeError):
        lafz.key("a\ud800")


def test_surrogates_and_nul_and_ill_formed(tokenizer):
    tokens = tokenizer.tokens("a\x00b \ud83d\ude00 c")
    assert tokens[-1].surface == "c" and tokens[-1].start == 7
    token = tokenizer.tokens(b"a \xff\xfe b")[1]
    assert token.surface == "\ufffd\ufffd"[: token.end - token.start] and "repaired" in token.flags
    with pytest.raises(lafz.Error) as failure:
        lafz.Tokenizer(on_invalid="fail").tokens(b"abc \xff")
    assert failure.value.offset == 4


def test_an_error_does_not_spoil_the_tokenizer():
    tokenizer = lafz.Tokenizer(on_invalid="fail")
    for _ in range(3):
        with pytest.raises(lafz.Error):
            tokenizer.tokens(b"\xff")
        assert tokenizer.tokens("abc")[0].surface == "abc"


def test_encoding():
    text = "سلام دنیا"
    tokens = lafz.Tokenizer(encoding="UTF-16LE").tokens(text.encode("utf-16-le"))
    assert [(t.surface, t.byte_start, t.byte_end) for t in tokens] == [("سلام", 0, 8), ("دنیا", 10, 18)]
    assert lafz.Tokenizer(encoding="UTF-16LE").tokens(text) == lafz.Tokenizer().tokens(text)
    with pytest.raises(ValueError):
        lafz.Tokenizer(encoding="UTF-16LE").edits(b"")


@pytest.mark.parametrize(
    "options",
    [
        {"language": "xx"},
        {"language": ["ps", "xx"]},
        {"rules": "no"},
        {"profile": "/nonexistent/profile"},
        {"digits": "no"},
        {"on_invalid": "no"},
        {"encoding": "no-such-encoding"},
        {"folds": ["no-such-fold"]},
        {"max_segment": 1},
        {"max_token": 63},
        {"max_token": (1 << 24) + 1},
        {"language": ["ps"] * 33},
    ],
)
def test_wrong_options_are_refused(options):
    with pytest.raises((ValueError, FileNotFoundError)):
        lafz.Tokenizer(**options)


def test_wrong_types_are_refused(tokenizer):
    for wrong in (None, 1, ["a"], bytearray(b"a")):
        with pytest.raises(TypeError):
            tokenizer.tokens(wrong)


def test_options_do_what_they_say(tmp_path):
    assert lafz.Tokenizer("fa", digits="ascii").normalize("۱۲") == "12"
    assert lafz.Tokenizer("tr", lower=True).normalize("IŞIK") == "ışık"
    assert lafz.Tokenizer("ar", strip_marks=True).normalize("مُدَّت") == "مدت"
    assert lafz.Tokenizer("ps", folds=["ps-inner-yeh"]).normalize("پيل") == "پیل"
    assert lafz.Tokenizer("fa", drop_zwnj=True).normalize("می‌خوانم") == "میخوانم"
    assert lafz.Tokenizer(unify_punct=True).normalize("“a”") == '"a"'
    assert lafz.Tokenizer(profile="none").normalize("e\u0301") == "e\u0301"
    assert lafz.Tokenizer(profile="nfc").normalize("e\u0301") == "\u00e9"
    assert {t.lang for t in lafz.Tokenizer("ps,fa").tokens("کتاب")} <= {"ps", "fa", "und"}
    bad = tmp_path / "bad.tables"
    bad.write_text("nonsense\n")
    with pytest.raises(ValueError, match="line 1"):
        lafz.Tokenizer(profile=bad)


def test_pickle_keeps_the_options():
    tokenizer = pickle.loads(pickle.dumps(lafz.Tokenizer("fa", digits="ascii", gaps=True)))
    assert [t.norm for t in tokenizer.tokens("۱ ۲")] == ["1", " ", "2"]


def test_many_threads_share_one_tokenizer(tokenizer, page):
    expected = tokenizer.tokens(page)
    wrong = []

    def work():
        for _ in range(5):
            if tokenizer.tokens(page) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_reader_that_is_left_gives_its_stream_back(tokenizer):
    for _ in range(20):
        iterator = tokenizer.read([b"one two", b"three"])
        next(iterator, None)
        del iterator
    gc.collect()
    assert [t.surface for t in tokenizer.read([b"a b", b"c"])] == ["a", "bc"]


def test_memory_stays_the_same(tokenizer):
    import resource

    text = TWEET * 50
    tokenizer.tokens(text)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(200):
        tokenizer.tokens(text)
        tokenizer.runs(text)
        tokenizer.edits(text)
        tokenizer.normalize(text)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


def test_languages():
    tags = {language.tag: language for language in lafz.languages()}
    assert tags["ps"].name == "Pashto" and tags["ps"].script == "Arab" and "detected" in tags["ps"].support
    assert "letters" in tags["ps"].evidence and len(tags) > 20
