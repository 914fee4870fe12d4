"""Matches in another order than by score, and those of an article as one.

Where the order is not by score only what is returned is scored, and none of it rescored.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.options import Sort
from nutgraf.ranking.ranked import Ranked, merged, ranked_of
from nutgraf_index.arrays import Array
from nutgraf_index.core.buffers import Bitmap
from nutgraf_index.fields import Level
from nutgraf_index.segment.term_dictionary import TermDictionary
from nutgraf_index.segment.writing.postings_arrays import read

__all__ = ["InOrder"]

_NO_PATH = -1  # before every path
_UNDATED = 99_999_999


class InOrder:
    """Matches in an order by `sort`; if `group`, the best match of each article.

    The best is the one with the highest score before it is rescored, the earlier of equal ones.
    What is equal in the order is ordered by citation.
    """

    def __init__(self, searchers: list[SegmentSearcher], sort: Sort, *, group: bool) -> None:
        self.searchers = searchers
        self.excluded: dict[SegmentSearcher, Bitmap] = {}
        self._sort = sort
        self._group = group

    @property
    def total(self) -> int:
        """How many passages match."""
        return sum(searcher.total for searcher in self.searchers)

    @property
    def articles(self) -> int:
        """Of how many articles the matches are."""
        return sum(len(np.unique(_articles(one, _matching(one)))) for one in self.searchers)

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded, or articles whose best is not."""
        if not depth:
            return []
        left = [(searcher, self._left(searcher)) for searcher in self.searchers]
        if self._sort == "score":
            best = (
                ranked_of(one, *(found.tolist() for found in _best(one, documents)))[:depth]
                for one, documents in left
            )
            return merged(best)[:depth]
        placed = [
            passage
            for searcher, documents in left
            for passage in _placed(searcher, documents, depth, self._sort, group=self._group)
        ]
        placed.sort(key=lambda one: one.key)
        return [(one.score, one.searcher, one.document) for one in placed[:depth]]

    def matches(self, searcher: SegmentSearcher, documents: Sequence[int]) -> list[bool]:
        """Return which passages match, and if grouped are the best of their article."""
        here = searcher.matches(documents)
        if self._group:
            articles = _articles(searcher, np.asarray(documents)[here])
            every = _matching(searcher)
            rivals = every[np.isin(_articles(searcher, every), articles)]
            best = {*_best(searcher, rivals)[0].tolist()}
            here = [document in best for document in documents]
        return here

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return how many other passages of a passage's article match."""
        reader = searcher.reader
        article = reader.passages_of(reader.unit_at(Level.ARTICLE, document))
        start, stop = _matching(searcher).searchsorted([article.start, article.stop]).tolist()
        return int(stop - start) - 1

    def _left(self, searcher: SegmentSearcher) -> Array:
        """Return the matches that are not excluded, or those of articles whose best is not."""
        documents, excluded = _matching(searcher), self.excluded.get(searcher)
        if excluded is None:
            return documents
        gone = np.isin(documents, np.asarray(excluded.numbers()))
        if not self._group:
            return documents[~gone]
        articles = _articles(searcher, documents)
        return documents[~np.isin(articles, articles[gone])]


def _matching(searcher: SegmentSearcher) -> Array:
    return np.asarray(searcher.matching_doc_ids)


def _articles(searcher: SegmentSearcher, documents: Array) -> Array:
    """Return the article of each of some passages."""
    firsts = np.asarray(searcher.reader.firsts(Level.ARTICLE))
    return firsts.searchsorted(documents, "right") - 1


class _Placed(NamedTuple):
    """A passage, with what places it among all."""

    key: tuple[int | bytes, str, int]
    score: float
    searcher: SegmentSearcher
    document: int


def _placed(
    searcher: SegmentSearcher, documents: Array, first: int, sort: str, *, group: bool
) -> list[_Placed]:
    """Return the first passages of a segment, or the best of each of its first articles."""
    reader = searcher.reader
    units = _articles(searcher, documents)
    keys, paths = _keys(searcher, sort)
    chosen = np.unique(units) if group else documents
    articles = chosen if group else units
    order = np.lexsort((chosen, np.asarray(reader.rank)[articles], keys[articles]))[:first]
    if group:
        documents, scores = _best(searcher, documents[np.isin(units, chosen[order])])
    else:
        documents = np.sort(chosen[order])
        scores = np.asarray(searcher.scores_at(documents.data))
    placed = []
    for document, score in zip(documents.tolist(), scores.tolist(), strict=True):
        number = keys.item(reader.unit_at(Level.ARTICLE, document))
        key = number if sort != "path" else b"" if number == _NO_PATH else paths[number]
        whole = key, searcher.article_of(document), document
        placed.append(_Placed(whole, score, searcher, document))
    return placed


def _best(searcher: SegmentSearcher, documents: Array) -> tuple[Array, Array]:
    """Return the best of some passages in each article, which ascend, with their scores."""
    scores = np.asarray(searcher.scores_at(documents.data))
    articles = _articles(searcher, documents)
    order = np.lexsort((documents, -scores, articles))
    best = order[np.diff(articles[order], prepend=-1) != 0]
    return documents[best], scores[best]


def _keys(searcher: SegmentSearcher, sort: str) -> tuple[Array, TermDictionary]:
    """Return for each article of a segment a number by which it is placed.

    And the paths that the numbers stand for by "path", in bytes that sort as they do.
    """
    reader = searcher.reader
    field = reader.field("path")
    if sort != "path":
        days = np.asarray(reader.days).astype(np.int64)
        undated = days == 0  # after every day
        return np.where(undated, _UNDATED, days if sort == "date" else -days), field.terms
    numbers = np.full(reader.counts[Level.ARTICLE], _NO_PATH, np.int64)
    lists = read(field, 0, len(field.terms))
    numbers[lists.docs] = np.arange(len(lists.counts)).repeat(lists.counts)
    return numbers, field.terms
