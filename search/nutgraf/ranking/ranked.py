"""The first passages that match, ranked by score."""

from collections.abc import Iterable
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, NearDuplicates
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, uints

if TYPE_CHECKING:
    from nutgraf.ranking.explanation import Explanation

__all__ = [
    "ByScore",
    "Match",
    "Ranked",
    "RankedPassages",
    "Scored",
    "merged",
    "ranked_of",
]

Ranked = tuple[float, SegmentSearcher, int]  # a score, and the doc id of a passage in a segment


class Match(NamedTuple):
    """A passage that matches, with its doc id in the segment of `searcher`.

    Args:
        more: where the hits of an article are limited, the number of its other passages that match
    """

    searcher: SegmentSearcher
    doc_id: int
    score: float
    near_duplicates: NearDuplicates = NO_NEAR_DUPLICATES
    more: int = 0
    explanation: "Explanation | None" = None


class RankedPassages(Protocol):
    """The passages that match, in an order; `first` leaves out the passages in `excluded`."""

    searchers: list[SegmentSearcher]
    excluded: dict[SegmentSearcher, Bitmap]

    @property
    def total(self) -> int:
        """The number of passages that match, excluded ones included."""

    @property
    def articles(self) -> int | None:
        """The number of articles with passages that match; None if articles are not counted."""

    def first(self, depth: int) -> list[Ranked]:
        """Return the first `depth` passages that are not excluded."""

    def among(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return which of ascending passages of a segment match, and may be near-duplicates."""

    def scores_of(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending matches, before rescoring and without decay."""

    def rescore(self, searcher: SegmentSearcher, doc_ids: Numbers, sums: Numbers) -> None:
        """Add to `sums` what this order alone adds to the best of its matches, ascending."""


class Scored:
    """Passages by a score, best first; equal scores by citation.

    Passages that represent a title which is the query, word by word, come first.
    """

    def __init__(self, searchers: list[SegmentSearcher]) -> None:
        self.searchers = searchers
        self.excluded: dict[SegmentSearcher, Bitmap] = {}

    @property
    def total(self) -> int:
        """The number of passages that match."""
        return sum(searcher.total for searcher in self.searchers)

    def first(self, depth: int) -> list[Ranked]:
        """Return the first `depth` passages that are not excluded."""
        titled = merged(
            [self._titled(searcher) for searcher in self.searchers if searcher.titled is not None]
        )
        return [*titled[:depth], *self._others(depth - len(titled))]

    def _titled(self, searcher: SegmentSearcher) -> list[Ranked]:
        """Return the passages of a segment that are titled and not excluded."""
        titled, excluded = searcher.titled, self.excluded.get(searcher)
        assert titled is not None
        doc_ids = self.among(searcher, titled.numbers())
        if excluded is not None:
            doc_ids = uints(doc_id for doc_id in doc_ids if doc_id not in excluded)
        scores = searcher.decayed(doc_ids, self.scores_of(searcher, doc_ids))
        return ranked_of(searcher, doc_ids, scores)

    def _others(self, depth: int) -> list[Ranked]:
        """Return the first `depth` passages that are neither titled nor excluded."""
        threshold = 0.0
        best: list[Ranked] = []
        for searcher in self.searchers if depth > 0 else ():
            excluded = self.excluded.get(searcher)
            if searcher.titled is not None:
                titled = searcher.titled.copy()
                if excluded is not None:
                    titled |= excluded
                excluded = titled
            doc_ids, scores = self._top_k(searcher, depth, threshold, excluded)
            of_segment = [*zip(scores, repeat(searcher, len(scores)), doc_ids, strict=True)]
            best = merged([best, of_segment])[:depth] if best else of_segment
            if len(best) == depth:
                threshold = best[-1][0]
        return best

    def _top_k(
        self, searcher: SegmentSearcher, k: int, threshold: float, excluded: Bitmap | None
    ) -> tuple[list[int], list[float]]:
        """Return the top k passages of a segment, and their scores; ties by citation.

        Args:
            threshold: passages with a lower score may be left out
            excluded: passages to leave out
        """
        raise NotImplementedError

    def among(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return which of ascending passages of a segment match; see `RankedPassages`."""
        raise NotImplementedError

    def scores_of(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending passages, before rescoring and without decay."""
        raise NotImplementedError

    def rescore(self, searcher: SegmentSearcher, doc_ids: Numbers, sums: Numbers) -> None:
        """Add nothing to the scores of passages; see `RankedPassages`."""


class ByScore(Scored):
    """Passages by their own score."""

    articles = None

    def _top_k(
        self, searcher: SegmentSearcher, k: int, threshold: float, excluded: Bitmap | None
    ) -> tuple[list[int], list[float]]:
        return searcher.top_k(k, threshold, excluded)

    def among(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return which of ascending passages of a segment match."""
        return searcher.among(doc_ids)

    def scores_of(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending passages, before rescoring and without decay."""
        return searcher.scored_terms.scores_at(doc_ids)


def ranked_of(searcher: SegmentSearcher, doc_ids: Numbers, scores: Numbers) -> list[Ranked]:
    """Return passages of a segment by score, then by citation; both buffers are sorted."""
    core.scoring.rank_docs(searcher.segment.texts, doc_ids, scores)
    return [*zip(scores, repeat(searcher, len(scores)), doc_ids, strict=True)]


def merged(ranked: Iterable[list[Ranked]]) -> list[Ranked]:
    """Return the ranked passages of all segments together, by score, then by citation.

    Article ids are read only where passages of different segments have equal scores.
    """
    parts = [part for part in ranked if part]
    if len(parts) < 2:
        return parts[0] if parts else []
    by_score = itemgetter(0)
    ordered, ranking = sorted(chain(*parts), key=by_score, reverse=True), []
    if len({*map(by_score, ordered)}) == len(ordered):
        return ordered
    for _, equal in groupby(ordered, by_score):
        tied = list(equal)
        if len({searcher for _, searcher, _ in tied}) > 1:
            tied.sort(key=lambda entry: entry[1].tie(entry[2]))
        ranking += tied
    return ranking
