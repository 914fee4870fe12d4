"""An index of several languages: each answers by its own words and statistics."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.qparser.default import QueryParser

from brute_ranking import Archive
from nutgraf import ArgumentError, Article, Index, Results, Searcher, SearchOptions, search, suggest
from nutgraf.results.fragment import hit_fragment
from scale import examples

TEXTS = {
    "en": "The minister dies in the old houses of Cologne.\n\nShe praised the water law.",
    "de": "Die Häuser der Stadt Köln sind alt, sagte die Ministerin.\n\nDas Wasser steigt.",
    "fr": "Les maisons de la ville et l'avenir des villages.\n\nLa ministre parle.",
    "ru": "Старые дома города стоят у реки.\n\nМинистр приехал вчера.",
    "tr": "Ankara'da eski evler yıkıldı.\n\nBakan konuştu.",
    "ar": "زار الوزير بيوت المدينة القديمة.\n\nارتفع الماء.",
    "he": 'צה"ל הודיע אתמול.\n\nהדו"ח של מנכ"ל החברה.',
    "zh": "今年的水污染治理取得进展。\n\nA股市场今天上涨,iPhone手机壳销量大增。\n\n北京 下雪。",
    "ja": "東京都に住んでいる人が増えた。\n\nカメラを買う。",
    "th": "กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย",
    "ko": "대한민국의 수도는 서울이다.\n\n서울에서 만나요.",
}


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory()
    index.add(Article(id=code, language=code, text=text) for code, text in TEXTS.items())
    return index


def found(query: str, index: Index, **options: Any) -> dict[str, list[str]]:
    """Return the marked texts of each hit, by citation."""
    return {
        hit.citation: [hit.text[start:end] for start, end in hit.spans]
        for hit in search(query, index, **options)
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("house", {"en#1": ["houses"]}),
        ("Haus", {"de#1": ["Häuser"]}),
        ("alte Stadt", {"de#1": ["Stadt", "alt"]}),
        ("Köln", {"de#1": ["Köln"]}),
        ("koln", {"de#1": ["Köln"]}),
        ("maison", {"fr#1": ["maisons"]}),
        ("avenir", {"fr#1": ["avenir"]}),
        ("городе", {"ru#1": ["города"]}),
        ("Ankara", {"tr#1": ["Ankara"]}),
        ("ev", {"tr#1": ["evler"]}),
        ("مدينة", {"ar#1": ["المدينة"]}),
        ('צה"ל', {"he#1": ['צה"ל']}),
        ('"צה"ל הודיע"', {"he#1": ['צה"ל', "הודיע"]}),
        ('=צה"ל', {"he#1": ['צה"ל']}),
        ("=צה״ל", {"he#1": ['צה"ל']}),
        ('דו"ח AND מנכ"ל', {"he#2": ['הדו"ח', 'מנכ"ל']}),
        ("وزير", {"ar#1": ["الوزير"]}),
        # The stem of "dies" is that of the German article "die", but in English
        ('"dies"', {"en#1": ["dies"]}),
        ("=die", {"de#1": ["die"]}),
        ("minist*", {"en#1": ["minister"], "de#1": ["Ministerin"], "fr#2": ["ministre"]}),
        # Runs of scripts without spaces
        ("水污染", {"zh#1": ["水污染"]}),
        ('"水污染"', {"zh#1": ["水污染"]}),
        ("=水污染", {"zh#1": ["水污染"]}),
        ('"污染进展"', {"zh#1": ["污染", "进展"]}),  # in no passage: its grams are searched
        ("污", {"zh#1": ["污"]}),
        ('"北京 下雪"', {"zh#3": ["北京", "下雪"]}),
        ("=北京下雪", {}),
        ("A股", {"zh#2": ["A股"]}),
        ("iPhone手机壳", {"zh#2": ["iPhone手机壳"]}),
        ("治理 NEAR/2 水污染", {"zh#1": ["水污染治理"]}),
        ("治理 ADJ/2 水污染", {}),
        ("-水污染 北京", {"zh#3": ["北京"]}),
        ("カメラ", {"ja#2": ["カメラ"]}),
        ("ｶﾒﾗ", {"ja#2": ["カメラ"]}),
        ("เมืองหลวง", {"th#1": ["เมืองหลวง"]}),
        ('"เมืองหลวง"', {"th#1": ["เมืองหลวง"]}),
        ("สวย", {}),
        ("서울", {"ko#1": ["서울"], "ko#2": ["서울"]}),
        ('"대한민국의 수도"', {"ko#1": ["대한민국의 수도"]}),
    ],
)
def test_words_are_found_in_their_language(
    query: str, wanted: dict[str, list[str]], index: Index
) -> None:
    hits = found(query, index, collapse=False)
    if query == '"대한민국의 수도"':
        hits = {citation: [" ".join(marked)] for citation, marked in hits.items()}
    assert hits == wanted


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("水污染治理", "水污 污染 染治 治理"),
        ("水污染^2", "水污^2 污染^2"),
        ("水污染 AND law", '"水污染" AND law'),
        ("+水污染 law", '+"水污染" law'),
        ("iPhone手机壳", "iPhone 手机 机壳"),
        ("2020年5月3日", "2020年5月3日"),
        ("กรุงเทพ", "กรุ รุง ุงเ งเท เทพ"),
        ("水", "水"),
    ],
)
def test_a_run_is_read_as_grams(query: str, understood: str, index: Index) -> None:
    results = search(query, index, require="any")
    assert results.query == understood
    again = search(results.query, index, require="any")
    assert (again.query, again.total) == (understood, results.total)


def test_a_run_that_no_passage_has_in_full(index: Index) -> None:
    (told,) = search("北京下雪", index).diagnostics
    assert told.message == "No passage has the whole query; 1 passage has parts of it."


def test_statistics_are_those_of_the_language() -> None:
    english = [
        Article(
            id=f"en{n}", language="en", text=f"Otters swim here {'again ' * (n % 4)}\n\nRivers."
        )
        for n in range(5)
    ]
    german = [
        Article(id=f"de{n}", language="de", text=f"Otters und Biber schwimmen {n} Mal im Fluss.")
        for n in range(9)
    ]
    index = Index.in_memory()
    index.add(english + german)
    archive = Archive(english, of_all=19)
    scores = archive.scores("otters swim")
    hits = search("otters swim", index, limit=None, collapse=False, language="en", require="any")
    assert len(hits) == 5
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.citation], abs=1e-9)
    (first, *_) = search("otters swim", index, language="en", explain=True).hits
    assert first.explanation is not None
    (part, *_) = first.explanation.parts
    factors = dict(part.factors)
    assert (factors["n"], factors["N"]) == (5, 19)


def test_deleted_passages_are_of_no_language() -> None:
    # A query without evidence is read in the language of the most passages, as in a new index.
    with Index.in_memory() as index:
        index.add(Article(id=f"en{n}", language="en", text="The houses.") for n in range(3))
        index.add(Article(id=f"de{n}", language="de", text="Die Häuser.") for n in range(4))
        assert index.snapshot().languages == ("de", "en")
        index.remove(["de0", "de1"])
        assert [reader.passages for reader in index.snapshot().readers] == [3, 4]
        assert index.snapshot().languages == ("en", "de")


def test_one_language_among_others_is_as_alone(index: Index) -> None:
    """Words that only one language has rank its passages as they would by themselves."""
    for code, text in TEXTS.items():
        alone = Index.in_memory(language=code)
        alone.add(Article(id=code, text=text))
        for query in text.split()[:4]:
            mixed = found(query, index, collapse=False, language=code)
            assert mixed == found(query, alone, collapse=False), (code, query)


@pytest.mark.parametrize("value", ["de", "DE", "German", "german", "deu-x"])
def test_the_filter_of_languages(value: str, index: Index) -> None:
    hits = found(f"language:{value}", index)
    assert [*hits] == ([] if value == "deu-x" else ["de#1", "de#2"])


def test_regions_are_of_their_language() -> None:
    index = Index.in_memory()
    index.add(
        Article(id=tag, language=tag, text="Otto Haus") for tag in ("de", "de-AT", "DE_ch", "en-GB")
    )
    asked = {
        query: sorted(hit.article for hit in search(query, index, collapse=False))
        for query in ("language:de", "lang:de", "language:de-AT", "language:en", "-language:de")
    }
    german = sorted(["de", "de-AT", "DE_ch"])
    assert asked == {
        "language:de": german,
        "lang:de": german,
        "language:de-AT": ["de-AT"],
        "language:en": ["en-GB"],
        "-language:de": ["en-GB"],
    }


def told(results: Results) -> list[str]:
    return [one.message for one in results.diagnostics]


def test_a_language_that_no_article_is_in() -> None:
    index = Index.in_memory()
    index.add([Article(id="1", language="de", text="Haus"), Article(id="2", text="The house.")])
    assert told(search("house language:fr", index)) == [
        "No article is in fr (French): the languages here are de (German), en (English)."
    ]
    assert told(search("house language:qqq", index)) == [
        "No article is in qqq: the languages here are de (German), en (English)."
    ]
    assert told(search("language:German", index)) == [
        "language:German is read as language:de here."
    ]


def test_the_option_says_the_language_of_the_query(index: Index) -> None:
    assert found("minist*", index, language="de") == {"de#1": ["Ministerin"]}
    assert found("minist*", index, language="German") == {"de#1": ["Ministerin"]}
    assert search("die Stadt", index, language="de").query == "die Stadt language:de"
    assert SearchOptions(language="pt_br").language == "pt-BR"
    for wrong in ("klingon", "xx", "", 3):
        with pytest.raises(ArgumentError) as caught:
            SearchOptions(language=wrong)  # type: ignore[arg-type]
        message = f"language must be the code or name of a language, not {wrong!r}; "
        assert str(caught.value).startswith(f"{message}the languages are ")
        assert " de, " in str(caught.value)


def test_passages_in_the_language_of_the_query_come_first() -> None:
    index = Index.in_memory()
    texts = {"en": "Otto Brandt of Varn.", "de": "Otto Brandt aus Varn."}
    index.add(Article(id=code, language=code, text=text) for code, text in texts.items())
    assert [hit.article for hit in search("wer ist Otto Brandt", index)] == ["de", "en"]
    assert [hit.article for hit in search("who is Otto Brandt", index)] == ["en", "de"]
    hits = search("wer ist Otto Brandt", index, explain=True).hits
    of_words = []
    for hit in hits:
        assert hit.explanation is not None
        of_words.append(sum(part.value for part in hit.explanation.parts[:2]))
    assert of_words[1] == pytest.approx(0.8 * of_words[0], rel=0.2)
    for hit in hits:
        assert hit.explanation is not None
        parts = sum(part.value for part in hit.explanation.parts)
        assert parts == pytest.approx(hit.score, abs=1e-9)


def test_neither_operators_nor_names_tell_the_language() -> None:
    """AND and NOT were taken as English words, and an author as French or German."""
    index = Index.in_memory()
    texts = {"en": "Otto Brandt of Varn.", "de": "Otto Brandt aus Varn."}
    index.add(
        Article(id=code, language=code, text=text, authors="Ida Der")
        for code, text in texts.items()
    )
    for plain, with_syntax in (
        ("Otto Brandt", "Otto NOT (fox OR hen) AND Brandt"),
        ("Otto Brandt", "Otto ADJ/3 Brandt by:der"),
        ("aus Brandt", "aus AND Brandt"),
    ):
        first = [hit.article for hit in search(plain, index)]
        assert [hit.article for hit in search(with_syntax, index)] == first, with_syntax
    assert search("wer title:der", index).query == "wer title:der"
    results = search('("Otto Varn aus" NOT fox) AND Brandt', index)
    again = search(results.query, index)
    assert (again.query, again.total) == (results.query, results.total)


def test_a_suggestion_without_a_language_is_read_as_if_it_was_typed() -> None:
    """It was counted in German, in which "of" is a word that counts."""
    index = Index.in_memory()
    texts = {"en": ["The war of the rivers.", "Rivers rise."], "de": ["Es war einmal."]}
    index.add(
        Article(id=f"{code}{i}", language=code, text=text)
        for code, several in texts.items()
        for i, text in enumerate(several)
    )
    (suggestion,) = search("of rivers language:de", index).suggestions
    assert (suggestion.kind, suggestion.query, suggestion.total) == ("filter", "of rivers", 2)
    assert search(suggestion.query, index, **suggestion.options).total == 2


def test_a_sign_for_and_tells_no_language() -> None:
    """It was the English word."""
    index = Index.in_memory()
    index.add(Article(id=code, language=code, text="Otto Brandt.") for code in ("de", "en"))
    for sign, first in (("&", "de"), ("＆", "de"), ("and", "en")):
        query = f"also Otto {sign} Brandt"
        hit = search(query, index, require="any", collapse=False).hits[0]
        assert hit.language == first, query


def test_added_accents_tell_no_language() -> None:
    """The query as understood was French for the word that was added."""
    index = Index.in_memory()
    texts = {"a": "Otto on strike.", "b": "Otto on holiday.", "c": "Otto à l’Élysée."}
    index.add(
        Article(id=id, language="fr" if id == "c" else "en", text=text)
        for id, text in texts.items()
    )
    results = search("Otto elysee for", index, require="any")
    assert results.query == 'Otto elysee for "élysée"^0.7'
    again = search(results.query, index, require="any")
    assert (again.query, again.total) == (results.query, results.total)
    assert [hit.score for hit in again] == [hit.score for hit in results]


def test_a_suggestion_without_the_language_option_is_counted_so() -> None:
    """It was counted in the language of the option, in which "the" and "of" count."""
    index = Index.in_memory()
    texts = "The war of the rivers.", "Rivers rise over the war.", "The minister is here."
    index.add(Article(id=str(i), language="en", text=text) for i, text in enumerate(texts))
    for query in ("the war", "of rivers", "minister the"):
        given: dict[str, Any] = {"language": "es", "require": "any"}
        (suggestion,) = search(query, index, **given).suggestions
        assert (suggestion.kind, suggestion.options) == ("filter", {"language": None})
        again = search(suggestion.query, index, **{**given, **suggestion.options})
        assert again.total == suggestion.total, query


def test_the_language_of_a_hit(index: Index) -> None:
    with Searcher(index) as searcher:
        (hit,) = searcher.search("بيوت").hits
        assert json.loads(json.dumps(hit.to_dict()))["language"] == "ar"
        assert '<div class="nutgraf-title" dir="auto">' in hit_fragment(hit)  # the id
        assert '<p class="nutgraf-text" lang="ar" dir="rtl"' in hit_fragment(hit)
        (hit,) = searcher.search("maison").hits
        assert '<p class="nutgraf-text" lang="fr" dir="ltr"' in hit_fragment(hit)


def test_words_are_completed_in_a_language(index: Index) -> None:
    assert [one.text for one in suggest("mini", index, language="de")] == ["Ministerin"]
    assert len(suggest("mini", index)) == 3
    assert [one.text for one in suggest("水", index)] == ["水污"]


def test_mistyped_words_are_corrected_in_each_language(index: Index) -> None:
    for typed, meant in (("Minsterin", "Ministerin"), ("maisoms", "maisons"), ("городв", "города")):
        results = search(typed, index)
        assert meant in {suggestion.query for suggestion in results.suggestions}, typed
    suggested = search("水污治", index, require="all").suggestions
    assert "spelling" not in {one.kind for one in suggested}


def test_whoosh_finds_words_of_each_language(index: Index) -> None:
    whoosh_index = index.as_whoosh()
    with whoosh_index.searcher() as searcher:
        parser = QueryParser("text", whoosh_index.schema)
        for query, wanted in (
            ("house", ["en"]),
            ("Köln", ["de"]),
            ("maison", ["fr"]),
            ("городе", ["ru"]),
            ("水污染", ["zh"]),
            ('"水污染"', ["zh"]),
            ("house OR maison", ["en", "fr"]),
            ("NOT house AND Wasser", ["de"]),
        ):
            hits = searcher.search(parser.parse(query), limit=None)
            assert sorted({hit["article"] for hit in hits}) == wanted, query


_PIECES = st.sampled_from(
    [
        *(
            "水污染",
            "北京",
            "A股",
            "東京都",
            "カメラ",
            "กรุงเทพ",
            "서울에서",
            "한국",
            "မြန်မာ",
            "ខ្មែរ",
            "ລາວ",
        ),
        *(
            "Häuser",
            "l'avenir",
            "Ankara'da",
            "İstanbul",
            "ısı",
            "городе",
            "الوزير",
            "הבית",
            "हिन्दी",
        ),
        *(
            "the",
            "die",
            "=",
            "~",
            "*",
            "?",
            "^2",
            " AND ",
            " OR ",
            " NEAR/2 ",
            '"',
            "(",
            ")",
            "-",
            "+",
        ),
        *(
            " ",
            " ",
            " ",
            "\u3000",
            "\u200b",
            "\u0301",
            "\u0e31",
            "ｶﾞ",
            "language:zh ",
            "title:",
            "½",
            "#",
        ),
        *("\ud800", "\x1f", "\U0001f680", "，", "。"),
    ]
)
QUERIES = st.one_of(st.text(max_size=20), st.lists(_PIECES, max_size=8).map("".join))


@examples(10, 100)
@given(QUERIES, QUERIES)
def test_any_text_in_any_script(query: str, text: str) -> None:
    """No text raises, and what is marked is in the text."""
    index = Index.in_memory()
    index.add(
        Article(id=code, language=code, text=f"{text} x") for code in ("en", "zh", "tr", "th")
    )
    try:
        results = search(query, index, require="any", collapse=False)
    except ValueError:
        return  # a filter without meaning
    for hit in results:
        edges = [0, *(edge for span in hit.spans for edge in span), len(hit.text)]
        assert edges == sorted(edges)
        assert all(start < end for start, end in hit.spans)
    search(results.query, index, explain=True, expand=True, variants=True, scope="article")
    for _ in (*results.suggestions, *suggest(query, index)):
        pass


def test_an_unknown_language_in_a_filter_names_the_nearest(index: Index) -> None:
    (told,) = search("language:Germn Haus", index).diagnostics
    assert told.message.startswith("No article is in germn: the languages here are ")
    assert told.suggestion == "language:de"
    assert search("language:Germn Haus", index).total == 0
    (told,) = search("language:sv Haus", index).diagnostics
    assert told.suggestion == ""


def test_a_language_in_an_empty_index() -> None:
    message = "No article is in de (German): the index is empty."
    assert told(search("language:de haus", Index.in_memory())) == [message]
