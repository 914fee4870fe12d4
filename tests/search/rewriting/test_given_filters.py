"""Filters that are given as arguments find what the filters of the query language find."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from nutgraf import ArgumentError, Article, Index, Searcher, SearchOptions, search
from nutgraf.query.parser import parse
from nutgraf.rewriting.given_filters import with_given_filters
from nutgraf_index.analysis.analyzer import analyzer_of

# Arguments, and the filters that are typed instead of them.
FILTERS: list[tuple[dict[str, Any], str]] = [
    ({"by": "Ann Lee"}, 'by:"Ann Lee"'),
    ({"by": ["Lee", "Ray"]}, "(by:lee OR by:ray)"),
    ({"by": 'Ann "Annie" Lee'}, 'by:"Ann Annie Lee"'),
    ({"source": "AA"}, "source:aa"),
    ({"place": ("Varn", "Ellery")}, "(place:varn OR place:ellery)"),
    ({"after": "2020"}, "date:2020.."),
    ({"after": datetime.date(2019, 5, 6)}, "date:2019-05-06.."),
    ({"before": datetime.datetime(2019, 5, 6, 12)}, "date:..2019-05-06"),
    ({"before": "Jan. 5, 2020"}, "date:..2020-01-05"),
    ({"after": 2019, "before": "2019-12"}, "date:2019..2019-12"),
    ({"after": ["2020", "2019-06"]}, "date:2019-06.."),
    ({"after": "last year"}, 'date:"last year"..today OR date:today..'),
    ({"by": "lee", "source": "aa", "before": "2020"}, "by:lee source:aa date:..2020"),
]
QUERIES = ["otter", "flood OR trees", "-flood", "otter AND flood", '"otter floods"', "+otter flood"]
QUERIES += [
    "by:lee OR by:ray",
    "(by:lee OR title:news) otter",
    "role:byline",
    "otter NEAR/3 garden",
]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    lee: dict[str, Any]
    ray: dict[str, Any]
    lee, ray = {"authors": "Ann Lee", "place": "Varn"}, {"authors": "Bo Ray", "place": "Ellery"}
    with Index.in_memory() as index:
        index.add(
            [
                Article(
                    id="a", text="A flood by the otter.", source="AA", date="2019-05-06", **lee
                ),
                Article(id="b", text="Otter floods the garden.", date="2020-01-05", **ray),
                Article(id="c", text="The otter and trees.", title="News"),
                Article(id="d", text="By Ann Annie Lee\n\nTrees\n\nOtters flood.", date="2019"),
            ]
        )
        yield index


def found(query: str, index: Index, **options: Any) -> list[tuple[str, float]]:
    results = search(query, index, limit=None, require="any", **options)
    return [(hit.citation, hit.score) for hit in results]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("given", "typed"), FILTERS, ids=lambda value: str(value)[:30])
def test_arguments_find_what_typed_filters_find(
    index: Index, query: str, given: dict[str, Any], typed: str
) -> None:
    everything = dict(found(query, index))
    restricted = dict(found(query, index, **given))
    assert restricted.keys() == dict(found(f"({query}) ({typed})", index)).keys()
    # As the filter alone restricts, no score changes; but a phrase may stand only elsewhere.
    assert '"' in query or restricted.items() <= everything.items()


@pytest.mark.parametrize(("given", "typed"), FILTERS, ids=lambda value: str(value)[:30])
def test_an_empty_query_finds_all_that_meets_them(
    index: Index, given: dict[str, Any], typed: str
) -> None:
    results = search("", index, **given)
    assert [hit.citation for hit in results] == [citation for citation, _ in found(typed, index)]
    assert results.diagnostics == ()
    assert results.query


@pytest.mark.parametrize(
    "query", ['"otter', "otter)", "((otter", "otter ~ ^", "otter\\", "-", "?!"]
)
def test_no_query_text_can_undo_a_filter(index: Index, query: str) -> None:
    for hit in search(query, index, by="Ray"):
        assert hit.authors == ("Bo Ray",)
    assert {hit.article for hit in search(f"{query} OR flood", index, by="Ray")} <= {"b"}


def test_the_query_as_understood_has_the_filters_and_can_be_searched_again(index: Index) -> None:
    for query in ["", *QUERIES]:
        for given, _ in FILTERS:
            results = search(query, index, **given)
            again = search(results.query, index)
            assert [hit.citation for hit in again] == [hit.citation for hit in results]
            assert again.query == results.query


def test_all_doors_take_them(index: Index) -> None:
    with Searcher(index) as searcher:
        assert searcher.search("otter", by="ray").total == 1
        totals = [answer.total for answer in searcher.search_many(["otter", ""], by="ray")]  # type: ignore[union-attr]
    assert totals == [1, 1]
    options = SearchOptions(by="ray", after=2020)
    assert search("otter", index, **options.keywords()).query == "otter by:ray date:2020.."


def test_what_is_suggested_holds_without_the_arguments(index: Index) -> None:
    (suggestion, *_) = search("otters garden", index, by="Rey", require="all").suggestions
    assert (suggestion.query, suggestion.options) == ("otters AND garden by:ray", {"by": None})
    again = search(suggestion.query, index, **{"by": "Rey", "require": "all", **suggestion.options})
    assert again.total == suggestion.total == 1


def test_relative_dates_are_those_of_the_day_of_the_search() -> None:
    options = SearchOptions(after="last week", before="yesterday")
    query = with_given_filters(
        parse("otter"), options, analyzer_of("en"), lambda: datetime.date(2020, 1, 10)
    )
    assert str(query) == "otter date:2019-12-30.. date:..2020-01-09"


_DATE = 'must be a date, or a text such as "2020-01-12", "2020" or "last week", or several, not '


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"by": ""}, "by must be a text with a word, or several, not ''"),
        ({"by": "?!"}, "by must be a text with a word, or several, not '?!'"),
        ({"by": []}, "by must be a text with a word, or several, not none: leave it out for all"),
        ({"by": 5}, "by must be a text with a word, or several, not 5"),
        ({"by": b"Lee"}, "by must be a text with a word, or several, not b'Lee'"),
        ({"source": ["AA", None]}, "source must be a text with a word, or several, not None"),
        ({"place": {"Varn": 1}}, "place must be a text with a word, or several, not {'Varn': 1}"),
        ({"after": "soon"}, f"after {_DATE}'soon'"),
        ({"after": "2019..2020"}, f"after {_DATE}'2019..2020'"),
        ({"before": ""}, f"before {_DATE}''"),
        ({"before": True}, f"before {_DATE}True"),
        ({"before": 1_578_787_200}, f"before {_DATE}1578787200"),
        ({"after": "2020", "before": "2019"}, "after, 2020, is later than before, 2019: swap them"),
    ],
    ids=str,
)
def test_what_is_no_filter(index: Index, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        search("otter", index, **given)
    assert str(caught.value) == message


def test_given_filters_are_fields_of_the_query() -> None:
    options = SearchOptions(by="Lee", after=2019, language="de")
    query = with_given_filters(parse("otter source:AA"), options, analyzer_of("en"))
    assert query.fields == {"by", "date", "language", "source"}
