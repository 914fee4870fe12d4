"""The order, the numbers and the context of hits on a terminal."""

from collections.abc import Iterator

import pytest

from nutgraf import Article, Index, Searcher
from nutgraf.cli.terminal.page import arranged

LONG = (
    "A note on otters, and on much else in the valley and on the coast.\n\n"
    "The otters of the river are many now."
)
WITH_LEAD = "Otters return\n\nBy Ann Lee\n\nVARN (VP) -- The animals swim.\n\nThey eat fish.\n"


@pytest.fixture
def searcher() -> Iterator[Searcher]:
    with Index.in_memory() as index:
        index.add(
            [
                Article(id="a", title="Otters return", text=WITH_LEAD),
                Article(id="b", text=LONG),
            ]
        )
        with Searcher(index) as searcher:
            yield searcher


def test_the_lead_stands_below_a_headline(searcher: Searcher) -> None:
    assert [hit.role for hit in searcher.article("a")] == ["headline", "byline", "lead", "body"]
    results = searcher.search("return")
    (group,) = arranged(searcher, results, 0, 0, first=1, together=True)
    assert [hit.citation for hit in group.after] == ["a#3"]
    # Not twice, where it is asked for or a hit itself.
    (group,) = arranged(searcher, results, 0, 2, first=1, together=True)
    assert [hit.citation for hit in group.after] == ["a#2", "a#3"]
    both = arranged(searcher, searcher.search("return animals"), 0, 0, first=1, together=True)
    assert {group.hit.citation: len(group.after) for group in both} == {"a#1": 0, "a#3": 0}


def test_without_a_lead_the_body_stands_below(searcher: Searcher) -> None:
    from dataclasses import replace

    passages = [replace(hit, role="body") if hit.role == "lead" else hit
                for hit in searcher.article("a")]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Searcher, "article", lambda *_: passages)
        (group,) = arranged(searcher, searcher.search("return"), 0, 0, first=1, together=True)
        assert [hit.citation for hit in group.after] == ["a#3"]
        patch.setattr(Searcher, "article", lambda *_: passages[:2])
        (group,) = arranged(searcher, searcher.search("return"), 0, 0, first=1, together=True)
        assert group.after == []


def test_numbers_go_on_from_the_first(searcher: Searcher) -> None:
    results = searcher.search("otters river many")
    ranked = [hit.citation for hit in results]
    assert ranked == ["b#2", "a#1", "b#1"]
    for together, shown in ((False, ranked), (True, ["b#2", "b#1", "a#1"])):
        groups = arranged(searcher, results, 0, 0, first=11, together=together)
        assert [(group.number, group.hit.citation) for group in groups] == list(
            enumerate(shown, 11)
        )
