"""Cases as data: folders of articles with what is expected of them.

`split.toml` lists an article's passages as `role: how it begins`; `searches.toml` lists queries
with the citations expected, in order, and the reason; `options` are those of the search. The folder
`sample` is data/ itself.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from memory import index_at
from nutgraf import Searcher
from places import DATA, TESTS, TOP

CASES = TESTS / "cases"


def tables(name: str, key: str) -> list[Any]:
    return [
        pytest.param(path.parent, table, id=f"{path.parent.name}-{number}")
        for path in sorted(CASES.glob(f"*/{name}"))
        for number, table in enumerate(tomllib.loads(path.read_text("utf-8"))[key], start=1)
    ]


@cache
def searcher_of(folder: Path) -> Searcher:
    """Return a searcher of the articles of a case, which all its tests share."""
    index = index_at(TOP if folder.name == "sample" else folder)
    index.sync([DATA if folder.name == "sample" else folder])
    return Searcher(index)


@pytest.mark.parametrize(("folder", "case"), tables("split.toml", "article"))
def test_split(folder: Path, case: dict[str, Any]) -> None:
    hits = searcher_of(folder).article(case["id"])
    assert len(hits) == len(case["passages"])
    for hit, expected in zip(hits, case["passages"], strict=True):
        role, _, beginning = expected.partition(": ")
        assert (hit.role, hit.text[: len(beginning)]) == (role, beginning)
    known = {"title", "authors", "place", "source", "date"} & set(case)
    for name in known:
        found = getattr(hits[0], name)
        assert (list(found) if name == "authors" else found) == case[name], name
    for heading, numbers in case.get("headings", {}).items():
        assert [hit.number for hit in hits if hit.heading == heading] == numbers


@pytest.mark.parametrize(("folder", "case"), tables("searches.toml", "search"))
def test_search(folder: Path, case: dict[str, Any]) -> None:
    assert case["because"]
    options = case.get("options", {})
    results = searcher_of(folder).search(case["query"], limit=case.get("limit", 10), **options)
    assert [hit.citation for hit in results] == case["expect"], case["because"]
    if "total" in case:
        assert results.total == case["total"]
    if "more" in case:
        assert [hit.more for hit in results] == case["more"]
    if "marked" in case:
        marked = [[hit.text[start:end] for start, end in hit.spans] for hit in results]
        assert marked == case["marked"]
