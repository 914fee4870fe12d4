"""Other orders than by score, and the best passage of each article, against plain sorting."""

import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated import ARTICLES, QUERIES
from nutgraf import ArgumentError, Article, Hit, Index, Searcher, search
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.options import Sort

SORTS = st.sampled_from(["date", "-date", "path"])
SCOPES = st.sampled_from(["passage", "article", "window:2"])


def place(hit: Hit, sort: Sort) -> tuple[object, ...]:
    """Return what a hit is sorted by."""
    if sort == "path":
        # The path of an article of these is its folder's and its own.
        return f"d{int(hit.article) % 2}/{hit.article}.txt", hit.article, hit.number
    day = int(f"{hit.date.replace('-', '')}0101"[:8] if hit.date else 0)
    if len(hit.date) == 7:
        day = int(hit.date.replace("-", "") + "01")
    return not day, day if sort == "date" else -day, hit.article, hit.number


@given(ARTICLES, QUERIES, SORTS, SCOPES, st.integers(0, 4), st.integers(0, 3))
def test_orders_and_groups_are_those_of_plain_sorting(
    articles: list[Article], query: str, sort: Sort, scope: str, limit: int, offset: int
) -> None:
    with Index.in_memory() as index:
        index.add(articles[:2])  # in more than one segment
        index.add(articles[2:])
        with Searcher(index) as searcher:
            searched = partial(searcher.search, query, require="any", scope=scope, collapse=False)
            scored = searched(limit=1000)
            whole = searched(limit=1000, sort=sort)
            assert {hit.citation for hit in whole} == {hit.citation for hit in scored}
            assert list(whole) == sorted(whole, key=lambda hit: place(hit, sort))
            assert whole.total == scored.total
            assert whole.articles is None
            page = searched(limit=limit, offset=offset, sort=sort)
            assert list(page) == list(whole)[offset : offset + limit]
            assert page.total == whole.total

            # Whatever the order, the best of an article is the one with the highest score in it.
            of_article: dict[str, list[Hit]] = {}
            for hit in whole:
                of_article.setdefault(hit.article, []).append(hit)
            best = {
                id: min(hits, key=lambda hit: (-hit.score, hit.number)).citation
                for id, hits in of_article.items()
            }
            for order in (sort, "score"):
                grouped = searched(limit=1000, sort=order, group=True)
                assert {hit.article: hit.citation for hit in grouped} == best
                assert {hit.article: hit.more + 1 for hit in grouped} == {
                    id: len(hits) for id, hits in of_article.items()
                }
                assert (grouped.total, grouped.articles) == (whole.total, len(best))
                keys = [
                    (-hit.score, hit.article) if order == "score" else place(hit, order)
                    for hit in grouped
                ]
                assert keys == sorted(keys)
                page = searched(limit=limit, offset=offset, sort=order, group=True)
                assert list(page) == list(grouped)[offset : offset + limit]
                assert (page.total, page.articles) == (grouped.total, grouped.articles)


@pytest.mark.parametrize("sort", ["Score", "+date", "", "title"])
def test_an_order_there_is_not(sort: Sort, sample: Index) -> None:
    message = f'sort must be one of "score", "date", "-date", "path", not {sort!r}'
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        search("port", sample, sort=sort)


def test_only_what_is_returned_is_scored(sample: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    scores_at = SegmentSearcher.scores_at

    def counted(self: SegmentSearcher, documents: object) -> object:
        asked.append(len(documents))  # type: ignore[arg-type]
        return scores_at(self, documents)  # type: ignore[arg-type]

    monkeypatch.setattr(SegmentSearcher, "scores_at", counted)
    results = search("the", sample, sort="-date", limit=2, collapse=False)
    assert results.total > 20
    assert asked == [2]
