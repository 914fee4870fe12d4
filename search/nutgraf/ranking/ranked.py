"""Matching passages in the order of their scores, as many as are asked for."""

from collections.abc import Iterable
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

import numpy as np

from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.positions.phrase import DocIds, Mask
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, Explanation, NearDuplicates
from nutgraf_index.arrays import units_of
from nutgraf_index.fields import Level

__all__ = ["ByScore", "Match", "Ranked", "RankedPassages", "merged", "ranked_of"]

Ranked = tuple[float, SegmentSearcher, int]  # a score, and a passage of a segment


class Match(NamedTuple):
    """A passage that matched: `document` is its number in the segment of `searcher`.

    `more` are other passages of its article that match, where hits are grouped.
    """

    searcher: SegmentSearcher
    document: int
    score: float
    near_duplicates: NearDuplicates = NO_NEAR_DUPLICATES
    more: int = 0
    explanation: Explanation | None = None


class RankedPassages(Protocol):
    """Matching passages in an order, of which some can be excluded.

    `total` is how many match, excluded ones too; `articles` is of how many articles they are.
    """

    searchers: list[SegmentSearcher]
    excluded: dict[SegmentSearcher, Mask]

    @property
    def total(self) -> int:
        """How many passages match."""

    @property
    def articles(self) -> int | None:
        """Of how many articles they are; None where that is not counted."""

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded."""

    def matches(self, searcher: SegmentSearcher, documents: DocIds) -> Mask:
        """Return which passages of a segment are among all, excluded ones too."""

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return how many other passages of a passage's article match."""


class ByScore:
    """Matches by score, the best first; equal ones by citation."""

    articles = None

    def __init__(self, searchers: list[SegmentSearcher]) -> None:
        self.searchers = searchers
        self.excluded: dict[SegmentSearcher, Mask] = {}
        self._total: int | None = None

    @property
    def total(self) -> int:
        """How many passages match: counted with the first of them."""
        if self._total is None:
            self.first(0)
        return self._total or 0

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded."""
        total, floor = 0, -np.inf
        best: list[Ranked] = []
        for searcher in self.searchers:
            found, documents, scores = searcher.candidates(
                depth, floor, self.excluded.get(searcher)
            )
            total += found
            best = merged([best, ranked_of(searcher, documents, scores, depth)])[:depth]
            if depth and len(best) == depth:
                floor = best[-1][0]
        if self._total is None:
            self._total = total
        return best

    def matches(self, searcher: SegmentSearcher, documents: DocIds) -> Mask:
        """Return which passages of a segment match."""
        return searcher.matches(documents)

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return 0: matches are not grouped."""
        return 0


def ranked_of(
    searcher: SegmentSearcher, documents: DocIds, scores: Scores, depth: int
) -> list[Ranked]:
    """Return the best of some passages of a segment in order; of equal scores by citation."""
    if len(documents) > depth:
        some = _best(searcher, documents, scores, depth)
        documents, scores = documents[some], scores[some]
    ranks = np.asarray(searcher.reader.rank)[
        units_of(searcher.reader.firsts(Level.ARTICLE), documents)
    ]
    order = np.lexsort((documents, ranks, -scores))
    return [
        (score, searcher, document)
        for score, document in zip(scores[order].tolist(), documents[order].tolist(), strict=True)
    ]


def _best(searcher: SegmentSearcher, documents: DocIds, scores: Scores, depth: int) -> DocIds:
    """Return the places of the best `depth`, in no order."""
    if not depth:
        return np.zeros(0, np.int64)
    threshold = np.partition(scores, -depth)[-depth]
    above = np.flatnonzero(scores > threshold)
    level = np.flatnonzero(scores == threshold)
    wanted = depth - len(above)
    if len(level) > wanted:
        articles = units_of(searcher.reader.firsts(Level.ARTICLE), documents[level])
        ranks = np.asarray(searcher.reader.rank)[articles].astype(np.int64)
        keys = (ranks << 32) + documents[level]
        level = level[np.argpartition(keys, wanted - 1)[:wanted]]
    return np.concatenate([above, level])


def merged(ranked: Iterable[list[Ranked]]) -> list[Ranked]:
    """Return passages of several segments, each in its order, as one: by score, then citation.

    Ids are read only to compare equal scores of several segments.
    """
    parts = [part for part in ranked if part]
    if len(parts) < 2:
        return parts[0] if parts else []
    together: list[Ranked] = []
    by_score = itemgetter(0)
    for _, level in groupby(sorted(chain(*parts), key=by_score, reverse=True), by_score):
        tied = list(level)
        if len({searcher for _, searcher, _ in tied}) > 1:
            tied.sort(key=lambda one: (one[1].article_of(one[2]), one[2]))
        together += tied
    return together
