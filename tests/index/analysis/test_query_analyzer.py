"""Grams, rows of lookups, and the analyser of several languages."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.analysis.analyzer import Analyzer, Lookup, analyzer_of
from nutgraf_index.analysis.query_analyzer import QueryAnalyzer, query_analyzer_of, term_in
from nutgraf_index.analysis.words import gram_size

# Stop words and words stemmed as these, spellings, plurals, letters of Turkish, long words.
_TYPED = (
    "Orly or willing will",
    "Manchester manche tonnes ton",
    "colours Policemen MPs children",
    "YILLARI KIZLARI",
    "https www",
    "http",
    "n" * 64,
    "N" * 65,
    "n" * 200,
    "a" * 40 + "  " + "t" * 40,
    " the  who ",
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("水污染", "水污 污染 染"),
        ("東京タワー", "東京 京タ タワ ワー ー"),
        ("人々", "人々 々"),
        ("한국어를", "한국 국어 어를 를"),
        ("น้ำท่วม", "น้ำ ้ำท ำท่ ท่ว ่วม วม ม"),
        ("水、污。染", "水 污 染"),
        ("iPhone手机5", "iphone 手机 机 5"),
        ("ខ្មែ\u200bរ", "ខ្ម ្មែ មែរ ែរ រ"),
        ("བོད་སྐད", "བོད ོདས དསྐ སྐད ྐད ད"),
        ("ｶﾞｲﾄﾞ", "ガイ イド ド"),
        ("2024年", "2024 年"),
        ("中ไท", "中 ไท ท"),
    ],
)
def test_grams_stand_at_each_character(text: str, words: str) -> None:
    tokens = analyzer_of("en").tokens(text)
    assert " ".join(token.word for token in tokens) == words
    assert all(token.term == token.word for token in tokens if gram_size(token.word[0]))


@pytest.mark.parametrize(
    "analyzer",
    [
        *map(analyzer_of, ("en", "de", "fr", "nl", "tr", "zh", "und")),
        query_analyzer_of("en", ("en", "de", "tr")),
        query_analyzer_of("zh", ("fr", "zh")),
    ],
)
@given(st.text("aeimnrstuAIST ", max_size=80) | st.sampled_from(_TYPED))
def test_a_text_of_letters_is_asked_as_its_tokens(analyzer: Analyzer, text: str) -> None:
    tokens = analyzer.tokens(text)
    row = tuple(Lookup(token.word, token.term, i) for i, token in enumerate(tokens))
    asked = analyzer.asked(text)
    assert (asked.span, asked.row, asked.terms) == (
        len(tokens),
        row,
        tuple(token.term for token in tokens),
    )
    is_lone = len(tokens) == 1
    assert asked.lone_word == (tokens[0].word if is_lone else "")
    assert asked.is_stop_word == (is_lone and analyzer.is_stop_word(tokens[0].word))


def test_a_gram_has_the_span_of_its_first_character() -> None:
    text = "das 水 污染!"
    assert [text[token.start : token.end] for token in analyzer_of("de").tokens(text)] == [
        "das",
        "水",
        "污",
        "染",
    ]


def test_what_is_looked_up_of_a_phrase() -> None:
    row = analyzer_of("und").row
    assert row("水污染 law") == (
        Lookup("水污", "水污", 0, 2),
        Lookup("污染", "污染", 1, 2),
        Lookup("law", "law", 3),
    )
    assert row("水 法") == (Lookup("水", "水", 0, 1, True), Lookup("法", "法", 1, 1, True))
    assert row("ไท") == (Lookup("ไท", "ไท", 0, 2, True),)
    assert [look.distance for look in row("น้ำท่วม x")] == [0, 1, 2, 3, 4, 7]
    assert row("an otter") == (Lookup("an", "an", 0), Lookup("otter", "otter", 1))
    assert row("—") == ()


def test_runs_without_spaces() -> None:
    analyzer = analyzer_of("zh")
    assert [analyzer.is_unspaced(text) for text in ("水", "水 污", "a水", "a", "")] == [
        *(True, True),
        *(False, False, False),
    ]
    assert analyzer.span("iPhone手机 13") == 4


def test_a_gram_may_be_a_stop_word() -> None:
    chinese, thai = analyzer_of("zh"), analyzer_of("th")
    assert [chinese.asked(text).lone_word for text in ("什么", "水", "水污染", "水 污")] == [
        *("什么", "水"),
        *("", ""),
    ]
    assert chinese.asked("什么").is_stop_word
    assert not chinese.asked("污染").is_stop_word
    assert thai.asked("ไหน").is_stop_word
    assert thai.asked("อะไร").lone_word == ""


def test_a_query_in_several_languages_has_the_terms_of_each() -> None:
    analyzer = query_analyzer_of("de", ("en", "de", "en-GB"))
    assert isinstance(analyzer, QueryAnalyzer)
    assert (analyzer.language.code, analyzer.languages) == ("de", ("en", "de"))
    (token,) = analyzer.tokens("Häuser")
    assert (token.word, token.start, token.end) == ("hauser", 0, 6)
    assert [term_in(token.term, number) for number in (0, 1)] == ["hauser", "haus"]
    assert [term_in(term, 1) for term in analyzer.terms("die Häuser")] == ["die", "haus"]
    assert [term_in(term, 0) for term in analyzer.stems(["houses"])] == ["hous"]
    assert analyzer.is_stop_word("die")
    assert term_in("plain", 1) == "plain"
    assert pickle.loads(pickle.dumps(analyzer)) is analyzer


def test_a_query_in_one_language_has_the_analyser_of_the_language() -> None:
    assert query_analyzer_of("en", ("en",)) is analyzer_of("en")
    assert query_analyzer_of("en", ()) is analyzer_of("en")
    # Searched in German words, though the query is said to be in English.
    assert isinstance(query_analyzer_of("en", ("de",)), QueryAnalyzer)
