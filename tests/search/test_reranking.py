"""Hits in the order of a function of the caller, against the blend worked out by hand."""

import asyncio
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from statistics import fmean, pstdev
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import ArgumentError, Article, Hit, Index, Searcher, SearchOptions, search
from nutgraf.reranking import scores_by
from scale import examples

BEST = 100
WORDS = ("alfa", "bravo", "charlie", "delta")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
ARCHIVES = st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=45)
QUERIES = st.sampled_from(["alfa bravo", "alfa bravo charlie delta", "delta", "-zulu", "zulu"])
WEIGHTS = st.sampled_from([0, 0.25, 0.5, 1])


class Toy:
    """Scores a hit by a table of the lengths of texts, and keeps what it was asked for."""

    def __init__(self, table: Sequence[float]) -> None:
        self.table = table
        self.asked: list[tuple[str, tuple[Hit, ...]]] = []

    def __call__(self, query: str, hits: Sequence[Hit]) -> list[float]:
        assert isinstance(hits, tuple)
        self.asked.append((query, hits))
        return [self.table[len(hit.text) % len(self.table)] for hit in hits]


def index_of(archive: list[list[str]], segments: int = 1) -> Index:
    index = Index.in_memory(language="en")
    articles = [
        Article(id=f"{number * 7 % 47:02}", text="\n".join(f"{text}." for text in texts))
        for number, texts in enumerate(archive)
    ]
    for at in range(segments):
        index.add(articles[at::segments])
    return index


def standard(values: list[float]) -> list[float]:
    spread = pstdev(values) if len({*values}) > 1 else 0
    return [(value - fmean(values)) / spread if spread else 0 for value in values]


def blended(hits: Sequence[Hit], given: list[float], weight: float) -> list[tuple[str, float]]:
    """Return the citations of hits in their new order, with their new scores."""
    own = [hit.score for hit in hits]
    unit = pstdev(own) if len({*own}) > 1 else 1
    scores = [
        fmean(own) + unit * ((1 - weight) * one + weight * other)
        for one, other in zip(standard(own), standard(given), strict=True)
    ]
    order = sorted(
        range(len(hits)),
        key=lambda at: (-round(scores[at], 9), hits[at].article, hits[at].number),
    )
    return [(hits[at].citation, scores[at]) for at in order]


@examples(16)
@given(
    ARCHIVES,
    QUERIES,
    WEIGHTS,
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5),
    st.fixed_dictionaries(
        {
            "group": st.booleans(),
            "collapse": st.booleans(),
            "require": st.sampled_from(["auto", "any", "all"]),
            "explain": st.booleans(),
        }
    ),
    st.tuples(st.integers(0, 130), st.one_of(st.none(), st.integers(0, 130))),
)
def test_the_best_hundred_are_in_the_order_of_the_blend(
    archive: list[list[str]],
    query: str,
    weight: float,
    table: list[float],
    options: dict[str, Any],
    page: tuple[int, int | None],
) -> None:
    toy = Toy([round(value, 3) for value in table])
    offset, limit = page
    for segments in (1, 4):
        with index_of(archive, segments) as index, Searcher(index) as searcher:
            plain = searcher.search(query, limit=None, **options)
            searched = partial(searcher.search, query, rerank=toy, rerank_weight=weight, **options)
            toy.asked.clear()
            whole = searched(limit=None)
            best = plain[:BEST]
            expected = blended(best, toy(query, best), weight)
            # Whatever the page, the function gets the same hits, with the scores of the search.
            some = searched(limit=limit, offset=offset)
            for asked, hits in toy.asked:
                assert asked == query
                assert hits == best
            assert len(toy.asked) == 1 + (len(best) > 1) * (1 + bool(some))
            found = [(hit.citation, hit.score) for hit in whole]
            assert [score for _, score in found[:BEST]] == pytest.approx(
                [score for _, score in expected], abs=1e-9
            )
            assert [{*found} for found in levels(found[:BEST])] == [
                {*expected} for expected in levels(expected)
            ]
            # The others follow in the order of the search.
            assert list(whole)[BEST:] == list(plain)[BEST:]
            assert (
                list(some)[: len(whole)]
                == list(whole)[offset:][:limit]
                + list(searcher.search(query, limit=limit, offset=offset, **options))[
                    len(list(whole)[offset:][:limit]) :
                ]
            )
            assert (some.total, some.articles) == (plain.total, plain.articles)
            for hit in whole:
                assert (hit.explanation is not None) == options["explain"]
                if hit.explanation:
                    parts = sum(part.value for part in hit.explanation.parts)
                    assert hit.score == hit.explanation.value == pytest.approx(parts, abs=1e-9)


def levels(found: list[tuple[str, float]]) -> list[list[str]]:
    """Return the citations in groups of those whose scores are equal but for rounding."""
    groups: list[list[str]] = []
    before = None
    for citation, score in found:
        if before is None or abs(before - score) > 1e-7:
            groups.append([])
        groups[-1].append(citation)
        before = score
    return groups


@pytest.fixture
def river() -> Index:
    index = Index.in_memory(language="en")
    texts = {"long": "Otters swim in the wide river.", "mid": "An otter swims.", "short": "Otter."}
    for age, (id, text) in enumerate(texts.items()):
        index.add(Article(id=id, title=id, text=text, date=date.today() - timedelta(age * 100)))
    return index


def shortest(query: str, hits: Sequence[Hit]) -> list[int]:
    return [-len(hit.text) for hit in hits]


def longest(query: str, hits: Sequence[Hit]) -> list[int]:
    return [len(hit.text) for hit in hits]


def found(index: Index, query: str = "otter", **options: Any) -> list[str]:
    return [hit.article for hit in search(query, index, **options)]


def test_the_weight_decides_which_order_counts_more(river: Index) -> None:
    assert found(river) == ["short", "mid", "long"]
    assert found(river, rerank=shortest) == ["short", "mid", "long"]
    assert found(river, rerank=longest, rerank_weight=1) == ["long", "mid", "short"]
    assert found(river, rerank=longest, rerank_weight=0) == ["short", "mid", "long"]
    assert found(river, rerank=longest, rerank_weight=0.9) == ["long", "mid", "short"]
    assert found(river, rerank=longest, rerank_weight=0.1) == ["short", "mid", "long"]


def test_a_function_has_all_of_a_hit_at_hand(river: Index) -> None:
    seen = {}

    def rerank(query: str, hits: Sequence[Hit]) -> list[float]:
        for hit in hits:
            seen[hit.citation] = hit.title, hit.text, [hit.text[a:b] for a, b in hit.spans]
        return [hit.score for hit in hits]

    hits = search("otter", river, rerank=rerank)
    assert seen["mid#1"] == ("mid", "An otter swims.", ["otter"])
    assert [hit.score for hit in hits] == pytest.approx(
        [hit.score for hit in search("otter", river)]
    )


def test_passages_with_some_of_the_words_stay_behind_those_with_all(river: Index) -> None:
    toy = Toy([0])
    plain = search("otter swims", river)
    hits = search("otter swims", river, rerank=toy)
    assert (
        [hit.article for hit in hits] == [hit.article for hit in plain] == ["mid", "long", "short"]
    )
    assert [hit.article for hit in toy.asked[0][1]] == ["mid", "long"]
    assert (hits.total, hits.further) == (plain.total, plain.further) == (2, 1)
    assert found(river, "otter swims", rerank=longest, rerank_weight=1) == ["long", "mid", "short"]
    # If no passage has all words, all that are found are reranked.
    assert found(river, "otter lake", rerank=longest, rerank_weight=1) == ["long", "mid", "short"]


def test_scores_decay_before_they_are_blended(river: Index) -> None:
    toy = Toy([0])
    hits = search("otter", river, recent="30d", rerank=toy)
    assert list(toy.asked[0][1]) == list(search("otter", river, recent="30d"))
    assert [hit.article for hit in hits] == ["long", "mid", "short"]
    assert found(river, recent="30d", rerank=shortest, rerank_weight=1) == ["short", "mid", "long"]


@pytest.mark.parametrize("query", ["wide", "zulu", ""])
def test_fewer_than_two_hits_are_not_reranked(query: str, river: Index) -> None:
    toy = Toy([float("nan")])
    assert list(search(query, river, rerank=toy)) == list(search(query, river))
    assert not toy.asked


def test_equal_scores_leave_the_order(river: Index) -> None:
    for value in (0, 0.1, -3e300):
        assert found(river, rerank=Toy([value])) == ["short", "mid", "long"]
    # Equal scores of the search leave it to the function; equal in both, the citation decides.
    assert found(river, "-zulu", rerank=longest) == ["long", "mid", "short"]
    assert (
        found(river, "-zulu", rerank=Toy([1])) == found(river, "-zulu") == ["long", "mid", "short"]
    )


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1e9, 1e300])
def test_the_unit_of_the_scores_does_not_matter(unit: float, river: Index) -> None:
    def rerank(query: str, hits: Sequence[Hit]) -> list[float]:
        return [unit * len(hit.text) for hit in hits]

    one, other = (search("otter", river, rerank=given) for given in (longest, rerank))
    assert [hit.citation for hit in one] == [hit.citation for hit in other]
    assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other])


@pytest.mark.parametrize("form", [list, tuple, iter, np.array, lambda scores: np.float32(scores)])
def test_scores_in_other_types(form: Callable[[list[float]], Any], river: Index) -> None:
    def rerank(query: str, hits: Sequence[Hit]) -> Any:
        return form([float(len(hit.text)) for hit in hits])

    assert found(river, rerank=rerank, rerank_weight=1) == ["long", "mid", "short"]


COUNT = "rerank returned {} scores for 3 hits: it must return one for each hit, in their order"
NONE = "rerank returned {}: it must return a list of 3 numbers, one for each hit"
NUMBER = "rerank returned {} as the score of {}: it must return a finite number for each hit"


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ([1, 2], COUNT.format(2)),
        ([], COUNT.format(0)),
        (range(1200), COUNT.format("1,200")),
        (None, NONE.format(None)),
        (0.5, NONE.format(0.5)),
        ("abc", NONE.format("'abc'")),
        ([1, float("nan"), 3], NUMBER.format("nan", "'mid#1'")),
        ([1, 2, float("-inf")], NUMBER.format("-inf", "'long#1'")),
        (["0.5", 2, 3], NUMBER.format("'0.5'", "'short#1'")),
        ([1, None, 3], NUMBER.format(None, "'mid#1'")),
        ([1, 1j, 3], NUMBER.format("1j", "'mid#1'")),
        ([1, 10**400, 3], NUMBER.format(f"1{'0' * 17}...{'0' * 19}", "'mid#1'")),
    ],
)
def test_scores_that_are_none(returned: Any, message: str, river: Index) -> None:
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        search("otter", river, rerank=lambda query, hits: returned)


def test_what_the_function_raises_is_raised(river: Index) -> None:
    class Overload(Exception):
        pass

    def rerank(query: str, hits: Sequence[Hit]) -> list[float]:
        raise Overload(query)

    with pytest.raises(Overload, match=r"^otter$"):
        search("otter", river, rerank=rerank)
    with Searcher(river) as searcher, pytest.raises(Overload, match=r"^otter$"):
        list(searcher.search_many(["otter"], rerank=rerank))


async def waiting(query: str, hits: Sequence[Hit]) -> list[float]:
    return [0.0] * len(hits)


class Waiting:
    async def __call__(self, query: str, hits: Sequence[Hit]) -> list[float]:
        return [0.0] * len(hits)


@pytest.mark.parametrize("rerank", [waiting, Waiting()])
def test_a_coroutine_function_is_none(rerank: Any, river: Index) -> None:
    with pytest.raises(ArgumentError, match=r"is a coroutine function: wrap it in one that calls "):
        search("otter", river, rerank=rerank)
    wrapped = search("otter", river, rerank=lambda *asked: asyncio.run(rerank(*asked)))
    assert [hit.article for hit in wrapped] == ["short", "mid", "long"]


@pytest.mark.parametrize("rerank", ["minilm", 1, [shortest], True])
def test_what_is_no_function(rerank: Any, river: Index) -> None:
    with pytest.raises(ArgumentError) as raised:
        search("otter", river, rerank=rerank)
    assert str(raised.value).startswith(
        "rerank must be a function of the query and a tuple of hits that returns their scores, not "
    )


@pytest.mark.parametrize("weight", [-0.1, 1.1, "0.5", None, True, float("nan"), float("inf")])
def test_a_weight_that_is_none(weight: Any, river: Index) -> None:
    message = f"rerank_weight must be a number from 0 to 1, not {weight!r}"
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        search("otter", river, rerank=shortest, rerank_weight=weight)


@pytest.mark.parametrize("sort", ["date", "-date", "path"])
def test_reranking_needs_the_order_of_scores(sort: Any, river: Index) -> None:
    message = (
        f'rerank changes scores and needs sort="score", not {sort!r}: leave out one of the two'
    )
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        search("otter", river, rerank=shortest, sort=sort)


def test_the_part_of_the_function_is_explained(river: Index) -> None:
    plain = search("otter", river, explain=True)
    hits = search("otter", river, explain=True, rerank=longest)
    for hit in hits:
        assert hit.explanation is not None
        (before,) = (one.explanation for one in plain if one.citation == hit.citation)
        *parts, part = hit.explanation.parts
        assert before is not None
        assert tuple(parts) == before.parts
        factors = dict(part.factors)
        assert part.label == "rerank"
        assert factors["rerank_score"] == len(hit.text)
        distance = factors["z_score"] - factors["own_z_score"]
        assert part.value == pytest.approx(
            factors["rerank_weight"] * factors["deviation"] * distance
        )


def test_options_carry_the_function(river: Index) -> None:
    options = SearchOptions(rerank=longest, rerank_weight=1, limit=1)
    assert found(river, **options.keywords()) == ["long"]
    with Searcher(river) as searcher:
        (results,) = searcher.search_many(["otter"], **options.keywords())
        assert [hit.article for hit in results] == ["long"]  # type: ignore[union-attr]
    assert found(Index.in_memory(), rerank=longest) == []


def test_no_hits_have_no_scores() -> None:
    assert scores_by(None, "otter", ()) == []


@pytest.mark.parametrize("group", [False, True])
def test_a_title_does_not_change_which_hits_are_reranked(group: bool) -> None:
    long = "The bridge toll, a toll of the bridge: bridge toll, toll bridge, and the bridge toll."
    far = "Nobody in the village had a toll or a bridge before the last of the lamps went out."
    with Index.in_memory(language="en") as index:
        index.add(
            [
                Article(id="a", title="Bridge toll", text=f"Bridge toll\n\n{long}", date="2020"),
                Article(id="c", text=long, date="2021"),
                Article(id="d", text=far),
            ]
        )
        hits = search("bridge toll", index, group=group, rerank=lambda _, hits: [0] * len(hits))
        assert len({hit.citation for hit in hits}) == len(hits)
        assert {"a", "d"} <= {hit.article for hit in hits}
