"""At most some passages of an article are hits: those that come first in the whole order."""

import re
from collections import Counter
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated import ARTICLES, QUERIES
from nutgraf import ArgumentError, Article, Hit, Index, Searcher, SearchOptions, search
from scale import examples

SORTS = st.sampled_from(["score", "score", "date", "-date", "path"])
SCOPES = st.sampled_from(["passage", "passage", "article", "window:2"])
WORDS = st.lists(st.sampled_from(["alfa", "bravo", "charlie"]), min_size=1, max_size=5)
LONG = st.lists(st.lists(WORDS, min_size=8, max_size=40), min_size=1, max_size=6).map(
    lambda drawn: [
        Article(
            id=f"{number * 5 % 7}",
            path=f"{number % 2}.txt",
            date="2020" if number % 2 else "",
            text="\n".join(" ".join(words) + "." for words in lines),
        )
        for number, lines in enumerate(drawn)
    ]
)
ASKED = st.sampled_from(["alfa", "alfa bravo", "alfa bravo charlie", "alf* -charlie", "alfa^2 br*"])


def kept(hits: list[Hit], most: int) -> list[Hit]:
    """Return the hits without those that are one too many of their article."""
    seen: Counter[str] = Counter()
    first = []
    for hit in hits:
        seen[hit.article] += 1
        if seen[hit.article] <= most:
            first.append(hit)
    return first


@examples(12)
@given(
    st.one_of(st.tuples(ARTICLES, QUERIES), *[st.tuples(LONG, ASKED)] * 2),
    SORTS,
    SCOPES,
    st.sampled_from(["auto", "any", "all"]),
    st.booleans(),
    st.integers(1, 4),
    st.tuples(st.integers(0, 12), st.integers(0, 40)),
)
def test_the_hits_are_the_first_of_each_article_in_the_whole_order(
    drawn: tuple[list[Article], str],
    sort: str,
    scope: str,
    require: str,
    collapse: bool,
    most: int,
    page: tuple[int, int],
) -> None:
    articles, query = drawn
    options: dict[str, Any] = {
        "sort": sort,
        "scope": scope,
        "require": require,
        "collapse": collapse,
    }
    limit, offset = page
    orders = []
    for segments in (1, 3):
        with Index.in_memory(language="en") as index:
            for at in range(segments):
                index.add(articles[at::segments])
            with Searcher(index) as searcher:
                searched = partial(searcher.search, query, **options)
                whole = searched(limit=1000)
                expected = kept(list(whole), most)
                hits = searched(limit=1000, per_article=most)
                orders.append([(hit.citation, hit.score) for hit in hits])
                assert orders[-1] == [(hit.citation, hit.score) for hit in expected]
                assert (hits.total, hits.further) == (whole.total, whole.further)
                part = searched(limit=limit, offset=offset, per_article=most)
                assert list(part) == list(hits)[offset : offset + limit]
                assert part.total == whole.total

                every = searched(limit=1000, collapse=False)  # all that match, narrow first
                narrow = Counter(hit.article for hit in every[: every.total])
                wide = Counter(hit.article for hit in every)
                complete = {hit.citation for hit in every[: every.total]}
                for hit in hits:
                    of_article = narrow if hit.citation in complete else wide
                    assert hit.more == of_article[hit.article] - 1, hit
    assert orders[0] == orders[1]


def test_one_article_does_not_fill_the_page() -> None:
    text = "\n".join(f"Of the election, {'as I said, ' * (n % 5)}part {n}." for n in range(60))
    others = [Article(id=f"b{n}", text="The election is over and so on and on.") for n in range(3)]
    with Index.in_memory(language="en") as index:
        index.add([Article(id="a", title="Election", text=text), *others])
        assert {hit.article for hit in search("election", index)} == {"a"}
        hits = search("election", index, per_article=2, collapse=False)
        assert [hit.article for hit in hits] == ["a", "a", "b0", "b1", "b2"]
        assert [hit.more for hit in hits] == [59, 59, 0, 0, 0]
        assert hits.total == 63
        assert not search("election", index, per_article=2, collapse=False, offset=5)


def test_passages_of_the_pages_before_count() -> None:
    texts = {
        "a": "Grain silo.\nA grain.\nThe silo.\nOf silos.",
        "b": "A silo.\nOf grain and so on.",
    }
    with Index.in_memory(language="en") as index:
        index.add([Article(id=id, text=text) for id, text in texts.items()])
        hits = search("grain silo", index, per_article=2, collapse=False)
        assert (hits.total, hits.further) == (1, 5)
        assert Counter(hit.article for hit in hits) == {"a": 2, "b": 2}
        assert hits[0].citation == "a#1"
        pages = [
            hit
            for offset in range(5)
            for hit in search(
                "grain silo", index, per_article=2, collapse=False, limit=1, offset=offset
            )
        ]
        assert [hit.citation for hit in pages] == [hit.citation for hit in hits]


@pytest.mark.parametrize("value", [0, -1, True, 1.5, "2", [1]])
def test_a_number_that_is_none(value: Any) -> None:
    message = f"per_article must be a whole number, 1 or more, not {value!r}"
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        SearchOptions(per_article=value)


def test_group_and_per_article_exclude_each_other() -> None:
    message = "group returns one passage of each article: leave out per_article or group"
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        SearchOptions(group=True, per_article=1)


def test_explanations_know_which_passages_were_rescored() -> None:
    """A hit that moves up, since its article's others are left out, was not rescored."""
    many = "\n\n".join(f"Otter rivers otter rivers n{number}." for number in range(30))
    few = "\n\n".join(f"An otter in the wide rivers of the land {number}." for number in range(3))
    with Index.in_memory(language="en") as index:
        index.add([Article(id="a", text=many), Article(id="b", text=few)])
        hits = search("otter rivers", index, require="any", per_article=2, explain=True)
        assert [hit.article for hit in hits] == ["a", "a", "b", "b"]
        for hit in hits:
            assert hit.explanation is not None
            parts = sum(part.value for part in hit.explanation.parts)
            assert parts == pytest.approx(hit.score, rel=1e-9)
