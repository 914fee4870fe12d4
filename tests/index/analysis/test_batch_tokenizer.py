"""The tokenizer of batches: the words of `analyse`, whoever uses it and whatever interrupts it."""

import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH
from nutgraf import Article, Index, search
from nutgraf_index.analysis import batch_tokenizer
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.batch_tokenizer import GAP, Tokenizer
from nutgraf_index.analysis.compounds import compounds
from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.analysis.query_analyzer import query_analyzer_of, term_in
from nutgraf_index.analysis.words import word_hash
from scale import examples, size
from test_properties import TEXTS


def check(tokenizer: Tokenizer, fields: dict[str, list[str]]) -> None:
    """Compare with the analyser, text by text."""
    analyzer = tokenizer.analyzer
    analyse = analyzer.tokens
    found = tokenizer.tokenize(fields)
    words: dict[tuple[str, str], None] = {}
    for name, texts in fields.items():
        tokens = [analyse(text) for text in texts]
        numbers, lengths = found.tokens[name]
        assert lengths.tolist() == [len(of_text) for of_text in tokens]
        pairs = [(token.word, token.term) for of_text in tokens for token in of_text]
        assert list(map(found.words.at, numbers.tolist())) == pairs
        words |= dict.fromkeys(pairs)
        assert found.compounds[name] == [
            " ".join(sorted({one.term for one in compounds(text, of_text, analyzer)}))
            for text, of_text in zip(texts, tokens, strict=True)
        ]
    # Numbered as they come, whatever the tokenizer saw before.
    every = [("", ""), *words]
    for held in (found.words, pickle.loads(pickle.dumps(found.words))):
        assert list(map(held.at, range(len(held.numbers)))) == every
    assert found.hashes.tolist() == [word_hash(word) for word, _ in every]


@given(
    st.lists(TEXTS.filter(lambda text: GAP not in text), max_size=6),
    st.lists(TEXTS.filter(lambda text: GAP not in text), max_size=2),
)
def test_the_words_are_those_of_the_whole_texts(texts: list[str], titles: list[str]) -> None:
    tokenizer = Tokenizer(ENGLISH)
    for _ in ("new", "known"):
        check(tokenizer, {"text": texts, "title": titles})


# What chunks are made of, short and long, in every order: marks within, around and one after
# another, hyphens of all kinds, signs that end a word, bytes that stand for something of their own.
PARTS = st.sampled_from(
    [
        *"aZ9'.,’-_ \n\0\x7féß—“”…\u0301½中ก\ud800\u2010\u2011\xa0\ufeff",
        *("u.s", "U.S.", "'s", "1,000", ".5", "2.5", " ab\x01", "don't", "--", "10-12"),
        *("e-mail", "Anti", "war", "state-of-the-art", "abcdefgh"),
        *("-\n", "-\r\n  ", "\u2010\n> ", "\u00ad\n", "-\n and", "ernment", "\x02", "+", "\t"),
        *("10km", "1.5m", "USD", "5", "6:30", "p.m.", "m", "1,00,000", "1'000", "\u202f000", "5th"),
        *("&", "&amp;", "＆", "&eacute;", "&#39;", "&nbsp;", "&shy;", "&amp;lt;", ";", "&#45;"),
        *("*", "**", "*b*", "~~", "<em>", "</em>", "<wbr>", "\u200b", "\u200d", "\\_"),
        *("https://", "www.", "t.co/Ab", "pic.twitter.com/Ab", "?utm_source=x", "/", "?a=1&b="),
        *("d'Ivoire", "L’Oréal", "dell'", "Ph.D", "M.Sc.", "ll.b", "F-16s", "mid-90s", "16s"),
        *("737", "-800s", "g"),
        *("a" * 63, "a" * 64, "a" * 65, "b" * 130),
    ]
)


@given(st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=8), st.integers(1, 3))
def test_chunks_of_all_kinds_give_the_words_of_the_whole_texts(
    texts: list[str], piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_tokenizer, "_PIECE", piece)
        patch.setattr(batch_tokenizer, "_SLOTS", 2)
        tokenizer = Tokenizer(ENGLISH)
        for _ in ("new", "known"):
            check(tokenizer, {"text": [f"-{text}-" for text in texts]})


SCRIPTS = st.sampled_from(
    [
        *("schön", "schon", "Straße", "l'avion", "dell’arte", "aujourd’hui", "İstanbul’da", "ILIK"),
        *("Kur'an", "NATO’nun", "1990'da", "ёлка", "Ёлка", "љубав", "ljubav", "ştiinţă", "știință"),
        *("Σίσυφος", "ΟΔΟΣ", "προϊόν", "الكتاب", "وَالكِتَاب", "أحمد", "کتاب\u200cها", "وב", "והבית"),
        *(
            "هـــذا",
            "१२३",
            "٣٫٥",
            "१,२३,४५६",
            "क्षत्रिय",
            "கோயில்",
            "한국어를",
            "水污染",
            "水，污",
            "3，000",
        ),
        *(
            "。",
            "，",
            "、",
            "「",
            "」",
            "：",
            "（",
            "»",
            "«",
            "„",
            "،",
            "؟",
            "।",
            "۔",
            "・",
            "\u3000",
            "་",
        ),
        *(
            "ກຳ",
            "ที่",
            "น้ำ",
            "ខ្មែ\u200bរ",
            "မြန်မာ",
            "བོད་སྐད",
            "ｶﾞ",
            "ガ",
            "か\u3099",
            "Ａ．Ｂ．",
            "ﬁne",
            "٬",
        ),
        *(
            "ว" * 130,
            "д" * 65,
            "Süd-Ost",
            "по-\nрусски",
            "e-Mail",
            "¼",
            "½л",
            "đ",
            "ø",
            "\u0307",
            "ʼ",
        ),
        *" '’-.,\n",
        *(
            "iPhone手机",
            "2024年",
            "U.S.",
            "A",
            "I",
            "'s",
            "*b*",
            "\u200d",
            "\u200b",
            "\ud800",
            "&amp;",
        ),
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
@examples(5)
@given(st.lists(st.lists(SCRIPTS, max_size=10).map("".join), max_size=5))
def test_every_language_gives_the_words_of_the_whole_texts(language: str, texts: list[str]) -> None:
    tokenizer = Tokenizer(analyzer_of(language))
    for _ in ("new", "known"):
        check(tokenizer, {"text": texts})
    for text in texts:
        tokens = tokenizer.analyzer.tokens(text)
        assert all(0 <= token.start < token.end <= len(text) for token in tokens)
        assert tokenizer.analyzer.words(text) == [token.word for token in tokens]


@given(TEXTS | st.lists(PARTS | SCRIPTS, max_size=10).map("".join))
def test_the_words_of_a_text_stand_at_the_same_positions_in_all_languages(text: str) -> None:
    analyzers = [analyzer_of(code) for code in LANGUAGES]
    counts = {len(analyzer.tokens(text)) for analyzer in analyzers}
    assert len(counts) == 1
    query = query_analyzer_of("fr", tuple(LANGUAGES))
    for position, token in enumerate(query.tokens(text)):
        for number, analyzer in enumerate(analyzers):
            assert term_in(token.term, number) == analyzer.tokens(text)[position].term
    assert query.span(text) == counts.pop()
    assert all(0 <= look.distance < query.span(text) for look in query.row(text))


def test_a_gap_is_the_number_0() -> None:
    found = Tokenizer(ENGLISH).tokenize({"by": [f"Ann Roe {GAP} Bo", GAP, ""], "text": ["Bo"]})
    numbers, lengths = found.tokens["by"]
    assert (numbers.tolist(), lengths.tolist()) == ([1, 2, 0, 3, 0], [4, 1, 0])
    assert list(map(found.words.at, range(4))) == [(one, one) for one in ("", "ann", "roe", "bo")]
    assert found.tokens["text"][0].tolist() == [3]


def test_nothing_has_no_words() -> None:
    tokenizer = Tokenizer(ENGLISH)
    check(tokenizer, {"text": [], "title": ["", "\0", " -- "]})
    assert tokenizer.tokenize({}).words.at(0) == ("", "")


def test_many_chunks_and_long_ones_keep_their_numbers() -> None:
    # The table of chunks grows within a text, and between texts.
    tokenizer = Tokenizer(ENGLISH)
    words = [f"w{number}" for number in range(9000)]
    texts = [" ".join(words), "x" * 200_000 + " y", "a-b'" * 20_000, " ".join(reversed(words))]
    check(tokenizer, {"text": texts[:2], "title": texts[2:]})
    check(tokenizer, {"text": texts[::-1]})


def test_an_interruption_leaves_no_words_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tokenizer outlives a write. Numbers given by halves made later indexes wrong.
    tokenizer = Tokenizer(ENGLISH)
    monkeypatch.setattr("nutgraf_index.indexing.workers.tokenizer_of", lambda _: tokenizer)
    index = Index.in_memory()
    with monkeypatch.context() as patch:
        patch.setattr(batch_tokenizer, "compounds_as_read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.add([Article(id="a", text="One otter can't swim.", title="An otter")])
    words = ["two", "heron", "stand", "by"]
    index.add(Article(id=word, text=word) for word in words)
    for word in words:
        assert [hit.article for hit in search(word, index)] == [word]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_threads_write_to_indexes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    # They mixed up each other's words: a search found other articles, or none.
    monkeypatch.setattr("nutgraf_index.analysis.batch_tokenizer._MOST_CHUNKS", 50)
    wrong: list[object] = []

    def write(thread: int) -> None:
        try:
            for turn in range(size(3, 8)):
                words = [f"t{thread}r{turn}w{number}x" for number in range(400)]
                with Index.in_memory() as index:
                    index.add(Article(id=word, text=word) for word in words)
                    for word in words[::20]:
                        if [hit.article for hit in search(word, index)] != [word]:
                            wrong.append(word)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
