"""Matching passages in the order of their scores, as many as are asked for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, Explanation, NearDuplicates
from nutgraf_index.core.buffers import Bitmap
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
    excluded: dict[SegmentSearcher, Bitmap]

    @property
    def total(self) -> int:
        """How many passages match."""

    @property
    def articles(self) -> int | None:
        """Of how many articles they are; None where that is not counted."""

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded."""

    def matches(self, searcher: SegmentSearcher, documents: Sequence[int]) -> list[bool]:
        """Return which passages of a segment are among all, excluded ones too."""

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return how many other passages of a passage's article match."""


class ByScore:
    """Matches by score, the best first; equal ones by citation."""

    articles = None

    def __init__(self, searchers: list[SegmentSearcher]) -> None:
        self.searchers = searchers
        self.excluded: dict[SegmentSearcher, Bitmap] = {}

    @property
    def total(self) -> int:
        """How many passages match."""
        return sum(searcher.total for searcher in self.searchers)

    def first(self, depth: int) -> list[Ranked]:
        """Return the first so many that are not excluded."""
        threshold = 0.0
        best: list[Ranked] = []
        for searcher in self.searchers:
            documents, scores = searcher.best(depth, threshold, self.excluded.get(searcher))
            found = [
                (score, searcher, document)
                for score, document in zip(scores, documents, strict=True)
            ]
            best = merged([best, found])[:depth]
            if depth and len(best) == depth:
                threshold = best[-1][0]
        return best

    def matches(self, searcher: SegmentSearcher, documents: Sequence[int]) -> list[bool]:
        """Return which passages of a segment match."""
        return searcher.matches(documents)

    def others(self, searcher: SegmentSearcher, document: int) -> int:
        """Return 0: matches are not grouped."""
        return 0


def ranked_of(
    searcher: SegmentSearcher, documents: Sequence[int], scores: Sequence[float]
) -> list[Ranked]:
    """Return passages of a segment, which ascend, by score; equal ones by citation."""
    ranked = [
        (score, searcher, document) for score, document in zip(scores, documents, strict=True)
    ]
    rank = searcher.segment.rank
    if len(rank) and len({*scores}) < len(scores):
        tied = {score for score, times in Counter(scores).items() if times > 1}
        unit_at = searcher.reader.unit_at
        ranked.sort(key=lambda one: one[0] in tied and rank[unit_at(Level.ARTICLE, one[2])])
    ranked.sort(key=itemgetter(0), reverse=True)
    return ranked


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
