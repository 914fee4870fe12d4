"""Matches in another order than by score, and those of an article as one.

Where the order is not by score only what is returned is scored, and none of it rescored.
"""

from typing import NamedTuple

import numpy as np

from nutgraf.matching.postings import UNDATED
from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.options import Sort
from nutgraf.positions.phrase import DocIds, Mask, distinct
from nutgraf.ranking.ranked import Ranked
from nutgraf_index.fields import Level
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
        self._matching = {searcher: searcher.matching() for searcher in searchers}
        self.total = sum(map(len, self._matching.values()))

    @property
    def articles(self) -> int:
        """Of how many articles the matches are."""
        return sum(_articles(one.reader, found) for one, found in self._matching.items())

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded, or articles whose best is not."""
        found: list[_Placed] = []
        for searcher, documents in self._matching.items() if depth else ():
            if searcher in self.excluded:
                documents = self._left(searcher, documents)
            found += _placed(searcher, documents, depth, self._sort, group=self._group)
        found.sort(key=lambda one: one.key)
        return [(one.score, one.searcher, one.document) for one in found[:depth]]

    def matches(self, searcher: SegmentSearcher, documents: DocIds) -> Mask:
        """Return which passages match, and if grouped are the best of their article."""
        here = searcher.matches(documents)
        if self._group:
            here[here] = _are_best(searcher, documents[here], self._matching[searcher])
        return here

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return how many other passages of a passage's article match."""
        reader, documents = searcher.reader, self._matching[searcher]
        article = reader.passages_of(reader.unit_at(Level.ARTICLE, document))
        start, stop = documents.searchsorted([article.start, article.stop]).tolist()
        return int(stop - start) - 1

    def _left(self, searcher: SegmentSearcher, documents: DocIds) -> DocIds:
        """Return the passages that are not excluded, or those of articles whose best is not."""
        excluded = self.excluded[searcher]
        if not self._group:
            return documents[~excluded[documents]]
        units = searcher.reader.unit_of(Level.ARTICLE, documents)
        return documents[~np.isin(units, units[excluded[documents]])]


def _articles(reader: SegmentReader, documents: DocIds) -> int:
    """Return of how many articles some passages are."""
    return int(np.count_nonzero(np.diff(reader.unit_of(Level.ARTICLE, documents), prepend=-1)))


class _Placed(NamedTuple):
    """A passage, with what places it among all."""

    key: tuple[float | str, str, int]
    score: float
    searcher: SegmentSearcher
    document: int


def _placed(
    searcher: SegmentSearcher, documents: DocIds, first: int, sort: str, *, group: bool
) -> list[_Placed]:
    """Return the first passages of a segment, or the best of each of its first articles."""
    reader = searcher.reader
    if sort != "score":
        units = reader.unit_of(Level.ARTICLE, documents)
        keys = _keys(searcher, sort)
        chosen = distinct(units) if group else documents
        articles = chosen if group else units
        order = np.lexsort((chosen, reader.rank[articles], keys[articles]))[:first]
        documents = documents[np.isin(units, chosen[order])] if group else chosen[order]
    scores = searcher.scores_at(documents)
    if group:
        best = _best(reader, documents, scores)
        documents, scores = documents[best], scores[best]
    if sort == "score":
        kept = searcher.chosen(documents, scores, first)
        documents, scores = documents[kept], scores[kept]
    placed = []
    for document, score in zip(documents.tolist(), scores.tolist(), strict=True):
        article = reader.unit_at(Level.ARTICLE, document)
        key = -score if sort == "score" else _key(reader, sort, keys, article)
        whole = key, searcher.article_of(document), document
        placed.append(_Placed(whole, score, searcher, document))
    return placed


def _are_best(searcher: SegmentSearcher, documents: DocIds, matching: DocIds) -> Mask:
    """Return which of some passages are the best of their articles that match."""
    reader = searcher.reader
    units = reader.unit_of(Level.ARTICLE, documents)
    rivals = matching[np.isin(reader.unit_of(Level.ARTICLE, matching), units)]
    best = rivals[_best(reader, rivals, searcher.scores_at(rivals))]
    are: Mask = np.isin(documents, best)
    return are


def _best(reader: SegmentReader, documents: DocIds, scores: Scores) -> DocIds:
    """Return the places of the best passage of each article."""
    units = reader.unit_of(Level.ARTICLE, documents)
    order = np.lexsort((documents, -scores, units))
    places: DocIds = order[np.diff(units[order], prepend=-1) != 0]
    return places


def _keys(searcher: SegmentSearcher, sort: str) -> DocIds:
    """Return for each article of a segment a number by which it is placed."""
    reader, days = searcher.reader, searcher.segment.days
    if sort == "path":
        field = reader.field("path")
        numbers = np.full(reader.counts[Level.ARTICLE], _NO_PATH, np.int64)
        count = len(field.terms)
        numbers[field.bulk(0, count)] = np.arange(count).repeat(np.diff(field.ends(0, count)))
        return numbers
    return days if sort == "date" else np.where(days == UNDATED, days, -days)


def _key(reader: SegmentReader, sort: str, keys: DocIds, article: int) -> float | str:
    """Return what places an article among those of all segments."""
    key = int(keys[article])
    if sort != "path":
        return key
    return "" if key == _NO_PATH else reader.decode(reader.field("path").terms[key])
