"""What is told of a hit: its properties without the index, and the words that it lacks."""

import gc
import mmap
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from nutgraf import Article, Hit, Index, Searcher, search
from nutgraf_index.segment.file import SegmentFile
from scale import size


def articles() -> list[Article]:
    places = ("Varn", "Ellery", "Varn", "\ud800")
    return [
        Article(
            id=f"memo {number}",
            title=f"News {number % 2}",
            authors=("Ann Lee", "Bo Räy")[: number % 3],
            date=f"202{number}",
            place=place,
            metadata={"desk": number} if number else {},
            text="Otters are back.\n\n## Rivers\n\nThe otters eat fish there, they say.",
            format="markdown",
            language="en",
        )
        for number, place in enumerate(places)
    ]


def reachable(hit: Hit) -> set[type]:
    """Return the types of all objects that a hit refers to, those of the code aside."""
    seen: dict[int, object] = {}
    todo: list[object] = [hit]
    while todo:
        value = todo.pop()
        if id(value) not in seen and not isinstance(value, type | ModuleType | FunctionType):
            seen[id(value)] = value
            todo += gc.get_referents(value)
            if isinstance(value, memoryview) and value.obj is not None:
                todo.append(value.obj)
    return {*map(type, seen.values())}


def test_properties_need_no_index(tmp_path: Path) -> None:
    folder = tmp_path / "x.nutgraf"
    with Index.open(folder, create=True) as index:
        index.add(articles())
    queries = "otters", "title:news", "otters role:body date:2021..", "otters place:varn"
    for query in queries:
        with Searcher(folder) as searcher:
            read_at_once = [hit.to_dict() for hit in searcher.search(query, collapse=False)]
        with Searcher(folder) as searcher:
            hits = searcher.search(query, collapse=False).hits
            passages = searcher.article("memo 1")
        assert len(hits) > 2
        for hit in [*hits, *passages][:: size(5, 1)]:
            assert not {SegmentFile, mmap.mmap} & reachable(hit)
        copy = tmp_path / "copy"
        shutil.move(folder, copy)
        assert [hit.to_dict() for hit in hits] == read_at_once
        assert [passage.title for passage in passages] == ["News 1"] * len(passages)
        assert [passage.heading for passage in passages][-1] == "Rivers"
        shutil.move(copy, folder)


def test_what_nobody_asks_for_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    from nutgraf.results.origin import Origin

    asked: list[str] = []
    decoded = Origin._decoded

    def noted(origin: Origin, name: str) -> Sequence[Any]:
        asked.append(name)
        return decoded(origin, name)

    monkeypatch.setattr(Origin, "_decoded", noted)
    with Index.in_memory() as index:
        index.add(articles())
        hits = search("otters", index, collapse=False).hits
    assert {(hit.citation, hit.text[:6], hit.number) for hit in hits} > {("memo 0#1", "Otters", 1)}
    assert not asked
    assert {hit.title for hit in hits} == {"News 0", "News 1"}
    assert [*dict.fromkeys(hit.place for hit in hits)] == ["Varn", "Ellery", "\ud800"]
    assert asked == ["title", "place"]  # once for all hits


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("port storm", ()),
        ("ferry port zebra ferry", ("ferry", "zebra")),
        ('"the port" "zebra crossing"', ('"zebra crossing"',)),
        ('"shut zebra" "port storm"', ("zebra",)),
        ("+port -zebra ferr* prot~ =Port", ("ferr*", "=Port")),
        ("port OR (ferry AND storm)", ("ferry",)),
        ("storm OR (port NEAR/2 ferry)", ("ferry",)),
        ("port date:..2030 harbour^2", ("harbour",)),
        ("news port", ()),  # what the title says is not missing
    ],
)
def test_missing(query: str, missing: tuple[str, ...]) -> None:
    with Index.in_memory() as index:
        article = Article(id="a", title="News", date="2020", text="A storm shut the port.")
        index.add([article])
        (hit,) = search(query, index)
        assert hit.missing == missing
        assert hit.to_dict()["missing"] == list(missing)


def test_missing_in_a_wider_scope() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="A storm came.\nThe port was shut.")])
        results = search("port AND storm", index, scope="article")
        assert {hit.citation: hit.missing for hit in results} == {
            "a#1": ("port",),
            "a#2": ("storm",),
        }
