"""Hits and results are dumped by what web frameworks and data frames rely on.

FastAPI, pydantic, Flask and pandas take the fields of a dataclass: their names, types and values.
"""

import copy
import dataclasses
import json
import pickle
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from nutgraf import Article, Hit, Index, Results, Searcher, search
from nutgraf.results import hits


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(
            [
                Article(
                    id="memo",
                    text="Otters are back in the river.\n\nOtters eat fish.",
                    title="Otters",
                    authors="Ann Lee",
                    metadata={"desk": ["foreign", {"page": 5}]},
                ),
                Article(id="brief", text="Otters are back in the river."),
            ]
        )
        yield index


FIELDS = [
    *("citation", "article", "number", "role", "heading", "title", "authors", "date", "place"),
    *("source", "language", "url", "path", "line", "start", "end", "text", "score", "more"),
    *(
        "near_duplicates",
        "page",
        "page_end",
        "element",
        "metadata",
        "breaks",
        "explanation",
        "spans",
        "title_spans",
        "missing",
        "snippet",
    ),
]


def test_the_fields_of_a_hit_are_its_public_properties(index: Index) -> None:
    (hit, *_) = search("otters lake", index, explain=True)
    dumped = dataclasses.asdict(hit)
    assert [*dumped] == FIELDS == [field.name for field in dataclasses.fields(Hit)]
    assert (dumped["spans"], dumped["missing"]) == (((0, 6),), ("lake",))
    assert json.loads(json.dumps(dumped))["metadata"] == hit.metadata
    record = hit.to_dict()
    assert {*record} == {*dumped, "schema", "pointer"} - {"breaks"}  # which this hit has not
    assert json.loads(json.dumps(dumped["spans"])) == record["spans"]


def test_the_fields_of_results_are_their_public_properties(index: Index) -> None:
    results = search('otter "rivr', index, require="all")
    dumped = dataclasses.asdict(results)
    assert [*dumped] == [
        *("hits", "total", "query", "diagnostics", "articles", "further", "counts", "suggestions")
    ]
    assert dumped["counts"] == {"otter": 3, "rivr": 0}
    assert dumped["suggestions"][0]["query"] == "otter AND river"
    assert dumped["diagnostics"][0]["kind"] == "unclosed-quote"
    json.dumps(dumped)


def test_results_as_a_dict(index: Index) -> None:
    results = search("otters", index)
    assert results.to_dict() == {
        "schema": 2,
        "query": "otters",
        "total": 3,
        "further": 0,
        "articles": None,
        "hits": [hit.to_dict() for hit in results],
        "diagnostics": [],
        "counts": {"otters": 3},
        "suggestions": [],
    }
    few = search('otter "rivr', index, require="all", group=True).to_dict()
    assert (few["total"], few["articles"], few["hits"]) == (0, 0, [])
    assert few["counts"] == {"otter": 3, "rivr": 0}
    assert few["suggestions"][0] == {
        "kind": "spelling",
        "query": "otter AND river",
        "options": {},
        "total": 2,
        "words": {"rivr": 0},
    }
    assert few["diagnostics"][0].keys() == {"kind", "message", "start", "end", "suggestion"}
    assert json.loads(json.dumps(few)) == few


@pytest.mark.parametrize("kind", [Hit, Results])
def test_all_types_of_fields_can_be_resolved(kind: type) -> None:
    # pydantic and FastAPI resolve them where they make a schema.
    hints = typing.get_type_hints(kind, vars(hits))
    names = {field.name for field in dataclasses.fields(kind)}
    assert names <= hints.keys()
    assert not [name for name in names if hints[name] is Any or name.startswith("_")]


def test_a_hit_is_made_again_from_its_fields(index: Index) -> None:
    for hit in search("otters lake", index, explain=True):
        values = {field.name: getattr(hit, field.name) for field in dataclasses.fields(Hit)}
        assert Hit(**values) == hit
        assert dataclasses.replace(hit) == hit
        assert dataclasses.replace(hit, score=1.5).spans == hit.spans
        assert hash(Hit(**values)) == hash(hit)


@pytest.mark.parametrize("query", ["otters lake", "ottrs"])
def test_copies_are_equal_and_hold_nothing_of_the_index(index: Index, query: str) -> None:
    results = search(query, index, explain=True)
    for again in (copy.copy(results), copy.deepcopy(results), pickle.loads(pickle.dumps(results))):
        assert again == results
        assert (again.counts, again.suggestions) == (results.counts, results.suggestions)
        assert [hit.snippet for hit in again] == [hit.snippet for hit in results]
    data = pickle.dumps(search(query, index))
    assert b"Origin" not in data
    assert b"Snapshot" not in data


def test_what_is_no_field_is_no_attribute(index: Index) -> None:
    results = search("otters", index)
    for thing in (results, results[0]):
        assert not hasattr(thing, "marks")
        with pytest.raises(AttributeError, match="object has no attribute 'nothing'"):
            _ = thing.nothing


def test_highlights_are_computed_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    (hit, *_) = search("otters", index)
    assert hit.spans is hit.spans
    with Searcher(index) as searcher:
        passage = searcher.passage("memo#2")
    assert (passage.spans, passage.title_spans, passage.missing) == ((), (), ())
    assert passage.snippet == (0, len(passage.text))


def test_they_show_what_they_are(index: Index) -> None:
    results = search("otters", index, limit=1)
    assert repr(results) == "<Results for 'otters': 1 of 3 passages: memo#1>"
    assert repr(search("zebra", index)) == "<Results for 'zebra': 0 of 0 passages>"
    grouped = search("fish", index, group=True)
    assert repr(grouped) == "<Results for 'fish': 1 of 1 passage in 1 article: memo#2>"
    assert repr(search("fish", index)[0]).startswith("<Hit 'memo#2', score ")
    assert repr(search("fish", index)[0]).endswith(": 'Otters eat fish.'>")
    index.add(
        Article(id=number, text=f"Zebra {'x' * 100} \x1b[31m {number}.") for number in range(9)
    )
    several = search("zebra", index, collapse=False)
    assert repr(several) == "<Results for 'zebra': 9 of 9 passages: 0#1, 1#1, 2#1, 3#1, 4#1, …>"
    assert "\x1b" not in repr(several[0])
    assert len(repr(several[0])) < 120


def test_a_page_is_never_more_than_its_whole() -> None:
    with Index.in_memory() as index:
        texts = ("Otter ferry.", "Otter.", "Ferry.", "A ferry and an otter. Ashore.")
        index.add(Article(id=number, text=text) for number, text in enumerate(texts))
        results = search("otter ferry", index)
        assert (len(results), results.total, results.further) == (4, 2, 2)
        assert results.summary == "'otter ferry': 4 of 4 passages, 2 with all of the words"
        grouped = search("otter ferry", index, group=True)
        assert grouped.summary == (
            "'otter ferry': 4 of 4 passages, 2 in 2 articles with all of the words"
        )
        assert search("otter ferry", index, limit=None).summary == "'otter ferry': 2 of 2 passages"
