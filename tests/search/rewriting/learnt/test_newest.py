"""Words that ask for the newest articles, told from names and from syntax."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from nutgraf import Article, Diagnostic, Index, Results, Searcher, search


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    with Index.in_memory(language="en") as index:
        for day in range(1, 31):
            text = f"Iran said on Monday that it would sign. The news was welcome. Case {day}."
            index.add(Article(id=f"iran-{day}", text=text, date=datetime.date(2020, 1, day)))
        for number in range(4):
            text = (
                f"Fox News saw it. A news conference was held. USA Today wrote of a poll {number}."
            )
            index.add(Article(id=f"fox-{number}", text=text))
        index.add(Article(id="fox", text="A fox ate. The latest poll. A breaking wave."))
        with Searcher(index) as searcher:
            yield searcher


def told(results: Results) -> Diagnostic | None:
    one = [diagnostic for diagnostic in results.diagnostics if diagnostic.kind == "newest"]
    assert len(one) <= 1
    return one[0] if one else None


@pytest.mark.parametrize(
    ("query", "words", "rest"),
    [
        ("latest iran", "latest is searched as a word", "iran"),
        ("Latest Iran", "Latest is searched as a word", "Iran"),
        ("iran news", "news is searched as a word", "iran"),
        ("latest news iran", "latest and news are searched as words", "iran"),
        ("latest iran news", "latest and news are searched as words", "iran"),
        ("LATEST IRAN NEWS", "LATEST and NEWS are searched as words", "IRAN"),
        ("breaking news, iran", "breaking news is searched as words", "iran"),
        ("newest iran", "newest is searched as a word", "iran"),
        ("most recent iran", "recent is searched as a word", "iran"),
        ("what is the latest on iran?", "latest is searched as a word", "iran"),
        ("latest fox news", "latest is searched as a word", "fox news"),
        ("latest poll iran", "latest is searched as a word", "poll iran"),  # once in the archive
        ("(iran OR fox) latest", "latest is searched as a word", "iran OR fox"),
        ("latest case:", "latest is searched as a word", "case"),
        ("news", "news is searched as a word", "news"),
        ("iran tonight", "tonight is searched as a word", "iran"),
    ],
)
def test_what_asks_for_the_newest(query: str, words: str, rest: str, searcher: Searcher) -> None:
    results = searcher.search(query)
    diagnostic = told(results)
    assert diagnostic is not None
    assert diagnostic.message == f"{words}; --sort -date puts the newest articles first."
    assert diagnostic.suggestion == ""
    found = query[diagnostic.start : diagnostic.end].lower().split()
    assert {found[0].strip(","), found[-1].strip(",")} <= {*words.lower().split()}
    (suggestion,) = (one for one in results.suggestions if one.kind == "newest")
    assert (suggestion.query, suggestion.options) == (rest, {"sort": "-date"})
    again = searcher.search(suggestion.query, **suggestion.options)
    assert again.total == suggestion.total > 0
    dates = [hit.date for hit in again[: again.total]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("query", "words", "date"),
    [
        ("iran today", "today is searched as a word", "date:today"),
        ("yesterday's iran", "yesterday is searched as a word", "date:yesterday"),
        ("iran this week", "this week is searched as words", 'date:"this week"'),
        ("iran last month", "last month is searched as words", 'date:"last month"'),
        ("iran in the past 7 days", "past 7 days is searched as words", 'date:"past 7 days"'),
        ("iran news last year", "news and last year are searched as words", 'date:"last year"'),
    ],
)
def test_relative_dates_are_also_told_as_filters(
    query: str, words: str, date: str, searcher: Searcher
) -> None:
    results = searcher.search(query)
    diagnostic = told(results)
    assert diagnostic is not None
    assert diagnostic.suggestion == date
    assert diagnostic.message == (
        f"{words}; --sort -date puts the newest articles first, and {date} finds only those of "
        "that time."
    )
    assert searcher.search(f"iran {date}").query.startswith("iran date:")


@pytest.mark.parametrize(
    "query",
    [
        *("iran", "iran new poll", "last case", "iran this", "newspapers", ""),
        *('"latest" iran', '"iran news"', "=latest iran", "+latest iran", "iran -news"),
        *("iran AND latest", "latest OR iran", "news NEAR/3 iran", "latest^2 iran", "lates* iran"),
        *("date:today iran", "by:news iran", "title:latest iran"),
        *(
            "iran Fox News",
            "Fox News",
            "fox news",
            "USA Today",
            "usa today",
            "news conference iran",
        ),
        "The minister said today that the talks with Iran would go on",
    ],
)
def test_what_does_not(query: str, searcher: Searcher) -> None:
    results = searcher.search(query)
    assert told(results) is None
    assert not [one for one in results.suggestions if one.kind == "newest"]


@pytest.mark.parametrize(
    "options", [{"sort": "date"}, {"sort": "-date"}, {"sort": "path"}, {"recent": "30d"}]
)
def test_another_order_is_told_nothing(options: Any, searcher: Searcher) -> None:
    results = searcher.search("latest iran", **options)
    assert told(results) is None
    assert not [one for one in results.suggestions if one.kind == "newest"]


def test_an_archive_without_dates_is_told_nothing() -> None:
    with Index.in_memory(language="en") as index:
        index.add(Article(id="a", text="The latest otter."))
        assert told(search("latest otter", index)) is None
        index.add(Article(id="b", text="The first otter.", date=2020))
        assert told(search("latest otter", index)) is not None
        index.remove("b")
        assert told(search("latest otter", index)) is None


@pytest.mark.parametrize(
    ("language", "query", "word"),
    [
        ("de", "neueste Nachrichten Otter", "neueste"),
        ("fr", "loutres aujourd’hui", "aujourd’hui"),
        ("es", "últimas noticias nutria", "últimas and noticias"),
        ("it", "notizie lontra", "notizie"),
        ("pt", "lontra hoje", "hoje"),
        ("nl", "laatste nieuws otter", "laatste and nieuws"),
    ],
)
def test_other_languages_have_words_of_their_own(language: str, query: str, word: str) -> None:
    with Index.in_memory() as index:
        text = "Otter, loutre, nutria, lontra."
        index.add(Article(id="a", text=text, language=language, date=2020))
        diagnostic = told(search(query, index))
        assert diagnostic is not None
        assert diagnostic.message.startswith(f"{word} ")
        assert told(search("latest otter", index)) is None


def test_many_queries_have_the_diagnostic_too(searcher: Searcher) -> None:
    (results,) = searcher.search_many(["latest iran"])
    assert isinstance(results, Results)
    assert told(results) is not None
