"""Sorting of matches by date or path, with or without grouping by article.

Only the first passages (with `group`, all matches of the first articles) are scored, and no passage
is rescored.
"""

from typing import NamedTuple

import numpy as np

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.options import Sort
from nutgraf.ranking.ranked import Ranked
from nutgraf_index.arrays import Array
from nutgraf_index.core.buffers import Bitmap, Numbers, uints
from nutgraf_index.fields import Level
from nutgraf_index.segment.term_dictionary import TermDictionary
from nutgraf_index.segment.writing.postings_arrays import read_postings

__all__ = ["InOrder"]

_NO_PATH = -1  # sorts before every path
_UNDATED = 99_999_999  # sorts after every day


class InOrder:
    """Matches sorted by `sort`; with `group`, only the best match of each article.

    The best match of an article is the match with the highest score before rescoring; of equal
    scores, the first passage. Ties are sorted by citation.
    """

    def __init__(self, searchers: list[SegmentSearcher], sort: Sort, *, group: bool) -> None:
        self.searchers = searchers
        self.excluded: dict[SegmentSearcher, Bitmap] = {}
        self._sort = sort
        self._group = group

    @property
    def total(self) -> int:
        """The number of passages that match."""
        return sum(searcher.total for searcher in self.searchers)

    @property
    def articles(self) -> int:
        """The number of articles with passages that match."""
        return sum(len(np.unique(s.articles_of(_matching(s)))) for s in self.searchers)

    def first(self, depth: int) -> list[Ranked]:
        """Return the first `depth` matches that are not excluded.

        With `group`, leave out the articles whose best match is excluded.
        """
        if not depth:
            return []
        remaining = [(searcher, self._not_excluded(searcher)) for searcher in self.searchers]
        passages = [
            passage
            for searcher, doc_ids in remaining
            for passage in _sorted(searcher, doc_ids, depth, self._sort, group=self._group)
        ]
        passages.sort(key=lambda passage: passage.key)
        return [(passage.score, passage.searcher, passage.doc_id) for passage in passages[:depth]]

    def among(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return which of ascending passages match.

        With `group`, which are the best match of an article without an excluded match.
        """
        matching = searcher.among(doc_ids)
        if self._group:
            articles, remaining = searcher.articles_of(matching), self._not_excluded(searcher)
            rivals = remaining[np.isin(searcher.articles_of(remaining), articles)]
            best = {*_best(searcher, rivals)[0].tolist()}
            matching = uints(doc_id for doc_id in matching if doc_id in best)
        return matching

    def scores_of(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending passages, before rescoring and without decay."""
        return searcher.scored_terms.scores_at(doc_ids)

    def rescore(self, searcher: SegmentSearcher, doc_ids: Numbers, sums: Numbers) -> None:
        """Add nothing: no match is rescored."""

    def _not_excluded(self, searcher: SegmentSearcher) -> Array:
        """Return the matches that are not excluded.

        With `group`, leave out all matches of articles that have an excluded match.
        """
        doc_ids, excluded = _matching(searcher), self.excluded.get(searcher)
        if excluded is None:
            return doc_ids
        is_excluded = np.isin(doc_ids, np.asarray(excluded.numbers()))
        if not self._group:
            return doc_ids[~is_excluded]
        articles = searcher.articles_of(doc_ids)
        return doc_ids[~np.isin(articles, articles[is_excluded])]


def _matching(searcher: SegmentSearcher) -> Array:
    return np.asarray(searcher.matching_doc_ids)


class _Sorted(NamedTuple):
    """A passage with its sort key, which compares across segments."""

    key: tuple[int | bytes, tuple[str, str, int]]
    score: float
    searcher: SegmentSearcher
    doc_id: int


def _sorted(
    searcher: SegmentSearcher, doc_ids: Array, depth: int, sort: str, *, group: bool
) -> list[_Sorted]:
    """Return the first `depth` passages, or with `group` the best of the first `depth` articles."""
    reader = searcher.reader
    article_of = searcher.articles_of(doc_ids)
    keys, paths = _keys(searcher, sort)
    numbers = np.unique(article_of) if group else doc_ids
    articles = numbers if group else article_of
    order = np.lexsort((numbers, np.asarray(reader.id_ranks)[articles], keys[articles]))[:depth]
    if group:
        doc_ids, scores = _best(searcher, doc_ids[np.isin(article_of, numbers[order])])
    else:
        doc_ids = np.sort(numbers[order])
        scores = np.asarray(searcher.scores_at(doc_ids.data))
    passages = []
    for doc_id, score in zip(doc_ids.tolist(), scores.tolist(), strict=True):
        value = keys.item(reader.doc_at(Level.ARTICLE, doc_id))
        if sort == "path":
            value = b"" if value == _NO_PATH else paths[value]
        passages.append(_Sorted((value, searcher.tie(doc_id)), score, searcher, doc_id))
    return passages


def _best(searcher: SegmentSearcher, doc_ids: Array) -> tuple[Array, Array]:
    """Return the best match of each article and its score, in the order of articles."""
    scores = np.asarray(searcher.scores_at(doc_ids.data))
    articles = searcher.articles_of(doc_ids)
    order = np.lexsort((doc_ids, -scores, articles))
    best = order[np.diff(articles[order], prepend=-1) != 0]
    return doc_ids[best], scores[best]


def _keys(searcher: SegmentSearcher, sort: str) -> tuple[Array, TermDictionary]:
    """Return the sort key of each article of a segment, and the term dictionary of paths.

    Keys are days, negative for "-date"; for "path" they are numbers in the term dictionary.
    """
    reader = searcher.reader
    field = reader.field("path")
    if sort != "path":
        days = np.asarray(reader.days).astype(np.int64)
        return np.where(days == 0, _UNDATED, days if sort == "date" else -days), field.terms
    numbers = np.full(reader.counts[Level.ARTICLE], _NO_PATH, np.int64)
    postings = read_postings(field, 0, len(field.terms))
    numbers[postings.docs] = np.arange(len(postings.counts)).repeat(postings.counts)
    return numbers, field.terms
