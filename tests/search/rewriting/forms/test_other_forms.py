"""Other forms of numbers with a unit, designations, abbreviations and names find each other."""

from collections.abc import Iterable

import pytest

from nutgraf import Article, Hit, Index, Results, Searcher
from nutgraf.query.leaves import words_of
from nutgraf.rewriting.forms import other_forms
from nutgraf.rewriting.forms.amounts import amount_of
from nutgraf.rewriting.forms.units import units_of
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.languages.registry import LANGUAGES

FILLING = ["Nothing of the kind was said in the town.", "The town was quiet in the 7 days before."]


def found(query: str, texts: Iterable[str], of: str = "en", **options: object) -> Results:
    with Index.in_memory() as index:
        index.add(
            [
                Article(id=f"{n}", text=f"Then {text} was mentioned in town {n}.", language=of)
                for n, text in enumerate(texts)
            ]
            + [Article(id=f"x{n}", text=text, language="en") for n, text in enumerate(FILLING)]
        )
        with Searcher(index) as searcher:
            return searcher.search(query, collapse=False, **options)  # type: ignore[arg-type]


def ranked(hit: Hit) -> tuple[str, float]:
    return hit.citation, hit.score


@pytest.mark.parametrize(
    "forms",
    [
        "$1.5 billion|$1.5bn|1.5 billion dollars|US$1.5 billion|$1.5B|USD 1.5bn",
        "1.5 million|1.5m|1.5mn|1.5 mln",
        "5 percent|5 per cent|5%|5 pct|five percent|five per cent",
        "5km|5 km|5 kilometres|5 kilometers|five kilometers",
        "60mph|60 mph|60 miles per hour",
        "20°C|20 degrees Celsius|20 °C|20C",
        "€50|50 €|50 euros|EUR 50",
        "£3|3 pounds|three pounds|GBP 3",
        "3pm|3 p.m.|3 PM",
        "F35|F-35|F 35",
        "COVID 19|Covid19|COVID-19",
        "St. Louis|Saint Louis|St Louis",
        "Mt. Everest|Mount Everest",
        "Dr. Smith|Doctor Smith",
        "Art. 5|Article 5",
        "Sept. 11|September 11",
        "War II|War 2|War Two",
        "O Brien|O'Brien|O’Brien|OBrien",
        "D Souza|D'Souza",
        "Al Jazeera|Al-Jazeera|AlJazeera",
        "Mc Donald|McDonald",
        "De Blasio|de Blasio|deBlasio|DeBlasio",
    ],
)
def test_forms_find_each_other(forms: str) -> None:
    texts = forms.split("|")
    for query in texts:
        results = found(query, texts)
        shown = {hit.article for hit in [*results][: results.total]}
        assert shown == {str(n) for n in range(len(texts))}, (query, results.query)
        again = found(results.query, texts)
        assert again.total == results.total, (query, results.query, again.query)
        assert [hit.score for hit in [*again][: again.total]] == [
            hit.score for hit in [*results][: results.total]
        ]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("5 percent", '(5 AND percent)^0.7 OR "5 percent" OR "5%"^1.576'),
        ("5%", '5% OR "5 percent"^0.444'),
        ("+5 +percent", '(5 AND percent)^0.7 OR "5 percent" OR "5%"^1.576'),
        ('"5 percent"', '"5 percent"'),
        ("=5 =percent", "=5 =percent"),
        ('"5%"', '"5%"'),
        ("=5%", "=5%"),
        ("5 NEAR/2 percent", "5 NEAR/2 percent"),
        ("town -5%", "town NOT 5%"),
        ("7 percent", "7 percent"),
        ("5", "5"),
    ],
)
def test_what_is_typed_as_written_has_no_other_forms(query: str, read: str) -> None:
    results = found(query, ["5 percent", "5%"], require="all" if query[0] == "+" else "auto")
    assert results.query == read


def test_the_words_as_typed_come_first_and_words_apart_last() -> None:
    texts = ["5 stores in percent", "5 per cent", "5%", "5 percent"]
    assert [hit.article for hit in found("5 percent", texts)][:4] == ["3", "2", "1", "0"]
    hits = found("town mentioned then 5 percent", texts)
    assert hits[0].article == "3"


def test_an_amount_right_after_another_has_its_own_forms() -> None:
    results = found("5km 10km", ["5 kilometres, 10 kilometres", "5km 10km", "5km"])
    assert results.query == '(5km OR "5 kilometres"^0.514) (10km OR "10 kilometres"^0.542)'
    assert results.total == 2


def test_other_forms_are_highlighted() -> None:
    texts = ["$1.5bn", "1.5 billion dollars", "$1.5 billion"]
    results = found("$1.5 billion", texts)
    marked = {hit.article: [hit.text[start:end] for start, end in hit.spans] for hit in results}
    assert marked == {
        "0": ["$1.5bn"],
        "1": ["1.5", "billion", "dollars"],
        "2": ["$1.5", "billion"],
    }


def test_a_form_that_is_deleted_or_hidden_is_no_form() -> None:
    with Index.in_memory() as index:
        index.add(Article(id="a", text="It grew 5%.", language="en"))
        index.add(Article(id="b", text="It grew 5 percent.", language="en"))
        index.add(Article(id="c", text="It grew 5 pct.", language="en"))
        with Searcher(index) as searcher:
            assert "pct" in searcher.search("5 percent").query
        index.remove("c")
        with Searcher(index) as searcher:
            assert "pct" not in searcher.search("5 percent").query


def test_a_sign_of_a_frequent_number_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["5 percent", "five percent", "5%", "5%", "5 towns"]
    results = found("5 percent", texts)
    assert "left-out" not in [diagnostic.kind for diagnostic in results.diagnostics]
    assert results.total == 4
    monkeypatch.setattr(other_forms, "_MOST_READ_OF_FEW", 3)
    results = found("5 percent", texts)
    assert results.query == '(5 AND percent)^0.7 OR "5 percent" OR "five percent"^0.613'
    (diagnostic,) = results.diagnostics
    assert (diagnostic.kind, diagnostic.start, diagnostic.end) == ("left-out", 0, 9)
    assert diagnostic.message == (
        "5% is not searched for 5 percent, since many passages have the number; "
        'to search it, write "5 percent" OR 5%.'
    )
    assert found(diagnostic.suggestion, texts).total == 4
    # In a large archive, fewer texts are read.
    monkeypatch.setattr(other_forms, "_MOST_READ_OF_FEW", 3_000)
    monkeypatch.setattr(other_forms, "_FEW_PASSAGES", 6)
    monkeypatch.setattr(other_forms, "_MOST_READ", 4)
    assert found("5 percent", texts).total == 4
    monkeypatch.setattr(other_forms, "_MOST_READ", 3)
    assert found("5 percent", texts).total == 2


def test_a_row_that_stands_nowhere_is_not_among_its_forms() -> None:
    texts = ["10 per cent", "10%", "of ten in a percent"]
    results = found("ten percent", texts)
    assert results.query.startswith('(ten AND percent)^0.7 OR "')
    assert '"ten percent"' not in results.query
    assert found(results.query, texts).total == results.total == 3


def test_a_form_that_the_filters_leave_out_is_no_form() -> None:
    with Index.in_memory() as index:
        index.add(
            Article(id=f"{n}", text=f"It was {text}.", authors=[author], language="en")
            for n, (author, text) in enumerate(
                [
                    ("Ann Lee", "5 percent and JPMorgan"),
                    ("Ann Lee", "5 towns, one a cent and a Morgan"),
                    ("Bo Ek", "5 per cent, 5% and J.P. Morgan"),
                    ("Ann Lee", "five percent"),
                ]
            )
        )
        with Searcher(index) as searcher:
            for query in ("5 percent by:lee", "JPMorgan by:lee", "JPMorgan by:ek", "5% by:ek"):
                results = searcher.search(query)
                again = searcher.search(results.query)
                hits, others = [*results][: results.total], [*again][: again.total]
                assert list(map(ranked, others)) == list(map(ranked, hits)), again.query
            results = searcher.search("5 percent", by="lee")
            assert '"five percent"' in results.query
            assert "5%" not in results.query
            assert "5%" in searcher.search("5 percent").query


def test_forms_are_those_of_the_languages_that_are_searched() -> None:
    articles = [
        Article(id="a", text="They grew 3 percent, of 1 percent, of 1.5 million.", language="en"),
        Article(id="b", text="Es waren 3 Prozent, drei Prozent und 1,5 Mio.", language="de"),
        Article(id="c", text="The percent was one, not 3, and not drei.", language="en"),
    ]
    with Index.in_memory() as index:
        index.add(articles)
        with Searcher(index) as searcher:
            assert "Prozent" in searcher.search("3 percent").query
            for query in ("3 percent language:en", "3 percent"):
                results = searcher.search(query, language="en")
                assert "Prozent" not in results.query, results.query
                again = searcher.search(results.query)
                assert list(map(ranked, again)) == list(map(ranked, results)), again.query


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pt", "sv", "tr", "ru"])
def test_a_form_of_a_unit_begins_as_its_term_does(language: str) -> None:
    analyzer = analyzer_of(language)
    for unit in units_of(frozenset(LANGUAGES)):
        texts = [f"7 {form}" for form in unit.after if form[0].isalnum()]
        for text in (*texts, *(f"7{sign}" for sign in unit.signs)):
            nodes = [node for word in text.split() if (node := words_of(word, analyzer))]
            assert amount_of(nodes, analyzer, frozenset(LANGUAGES)) == text, (language, text)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", "1,5 Milliarden|1,5 Mrd."),
        ("de", "5 Prozent|5%|5 %"),
        ("fr", "5 milliards|5 Mds"),
        ("es", "5 millones|5 M"),
    ],
)
def test_units_of_other_languages(language: str, forms: str) -> None:
    texts = forms.split("|")
    for query in texts:
        results = found(query, texts, language, language=language)
        assert results.total == len(texts), (query, results.query)


def test_a_billion_is_that_of_the_language() -> None:
    assert found("5 Billionen", ["5 Billionen", "5 bn"], "de").total == 1
    assert found("5 billion", ["5 billion", "5 bn"]).total == 2


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("car pet", ["car pet", "carpet"]),
        ("5 otters", ["5 otters", "five otters"]),
        ("St", ["St", "Saint"]),
        ("I ran", ["I ran", "IRAN SIGNED"]),
        ("$5 km", ["$5 km", "5 kilometres"]),
    ],
)
def test_no_other_forms(query: str, texts: list[str]) -> None:
    results = found(query, texts)
    assert results.total == 1, results.query


def test_the_pronoun_before_a_sum_is_no_country() -> None:
    texts = ["they gave us $5", "they asked for $5"]
    assert str(found("US $5", texts).query) != "US $5"
    results = found("us $5", texts, require="all")
    assert (str(results.query), results.total) == ("us AND $5", 1)
