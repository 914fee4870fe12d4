"""Matches in another order than by score, and those of an article as one.

Where the order is not by score only what is returned is scored, and none of it rescored.
"""

from typing import NamedTuple

import numpy as np

from nutgraf.matching.postings import UNDATED
from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.options import Sort
from nutgraf.positions.phrase import DocIds, Mask
from nutgraf.ranking.ranked import Ranked, merged, ranked_of
from nutgraf_index.arrays import units_of
from nutgraf_index.fields import Level
from nutgraf_index.segment.term_dictionary import TermDictionary
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["InOrder"]

_NO_PATH = -1  # before every path


class InOrder:
    """Matches in an order by `sort`; if `group`, the best match of each article.

    The best is the one with the highest score before it is rescored, the earlier of equal ones.
    What is equal in the order is ordered by citation.
    """

    def __init__(self, searchers: list[SegmentSearcher], sort: Sort, *, group: bool) -> None:
        self.searchers = searchers
        self.excluded: dict[SegmentSearcher, Mask] = {}
        self._sort = sort
        self._group = group

    @property
    def total(self) -> int:
        """How many passages match."""
        return sum(len(searcher.matching) for searcher in self.searchers)

    @property
    def articles(self) -> int:
        """Of how many articles the matches are."""
        return sum(_articles(one.reader, one.matching) for one in self.searchers)

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded, or articles whose best is not."""
        if not depth:
            return []
        left = [(searcher, self._left(searcher)) for searcher in self.searchers]
        if self._sort == "score":
            best = (
                ranked_of(one, *_best(one, found, one.scores_at(found)), depth)
                for one, found in left
            )
            return merged(best)[:depth]
        placed = [
            passage
            for searcher, documents in left
            for passage in _placed(searcher, documents, depth, self._sort, group=self._group)
        ]
        placed.sort(key=lambda one: one.key)
        return [(one.score, one.searcher, one.document) for one in placed[:depth]]

    def matches(self, searcher: SegmentSearcher, documents: DocIds) -> Mask:
        """Return which passages match, and if grouped are the best of their article."""
        here = searcher.matches(documents)
        if self._group:
            units, every = (
                units_of(searcher.reader.firsts(Level.ARTICLE), some)
                for some in (documents[here], searcher.matching)
            )
            rivals = searcher.matching[np.isin(every, units)]
            here[here] = np.isin(
                documents[here], _best(searcher, rivals, searcher.scores_at(rivals))[0]
            )
        return here

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return how many other passages of a passage's article match."""
        reader = searcher.reader
        article = reader.passages_of(reader.unit_at(Level.ARTICLE, document))
        start, stop = searcher.matching.searchsorted([article.start, article.stop]).tolist()
        return int(stop - start) - 1

    def _left(self, searcher: SegmentSearcher) -> DocIds:
        """Return the matches that are not excluded, or those of articles whose best is not."""
        documents, excluded = searcher.matching, self.excluded.get(searcher)
        if excluded is None:
            return documents
        if not self._group:
            return documents[~excluded[documents]]
        units = units_of(searcher.reader.firsts(Level.ARTICLE), documents)
        return documents[~np.isin(units, units[excluded[documents]])]


def _articles(reader: SegmentReader, documents: DocIds) -> int:
    """Return of how many articles some passages are."""
    return int(
        np.count_nonzero(np.diff(units_of(reader.firsts(Level.ARTICLE), documents), prepend=-1))
    )


class _Placed(NamedTuple):
    """A passage, with what places it among all."""

    key: tuple[int | bytes, str, int]
    score: float
    searcher: SegmentSearcher
    document: int


def _placed(
    searcher: SegmentSearcher, documents: DocIds, first: int, sort: str, *, group: bool
) -> list[_Placed]:
    """Return the first passages of a segment, or the best of each of its first articles."""
    reader = searcher.reader
    units = units_of(reader.firsts(Level.ARTICLE), documents)
    keys, paths = _keys(searcher, sort)
    chosen = np.unique(units) if group else documents
    articles = chosen if group else units
    order = np.lexsort((chosen, np.asarray(reader.rank)[articles], keys[articles]))[:first]
    documents = documents[np.isin(units, chosen[order])] if group else chosen[order]
    scores = searcher.scores_at(documents)
    if group:
        documents, scores = _best(searcher, documents, scores)
    placed = []
    for document, score in zip(documents.tolist(), scores.tolist(), strict=True):
        number = keys.item(reader.unit_at(Level.ARTICLE, document))
        key = number if sort != "path" else b"" if number == _NO_PATH else paths[number]
        whole = key, searcher.article_of(document), document
        placed.append(_Placed(whole, score, searcher, document))
    return placed


def _best(searcher: SegmentSearcher, documents: DocIds, scores: Scores) -> tuple[DocIds, Scores]:
    """Return the best of some passages in each article, with their scores."""
    units = units_of(searcher.reader.firsts(Level.ARTICLE), documents)
    order = np.lexsort((documents, -scores, units))
    best = order[np.diff(units[order], prepend=-1) != 0]
    return documents[best], scores[best]


def _keys(searcher: SegmentSearcher, sort: str) -> tuple[DocIds, TermDictionary]:
    """Return for each article of a segment a number by which it is placed.

    And the paths that the numbers stand for by "path", in bytes that sort as they do.
    """
    reader, days = searcher.reader, searcher.segment.days
    field = reader.field("path")
    if sort != "path":
        return days if sort == "date" else np.where(days == UNDATED, days, -days), field.terms
    numbers = np.full(reader.counts[Level.ARTICLE], _NO_PATH, np.int64)
    lists = field.read(0, len(field.terms))
    numbers[lists.docs] = np.arange(len(lists.counts)).repeat(lists.counts)
    return numbers, field.terms
