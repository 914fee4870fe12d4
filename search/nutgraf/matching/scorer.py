"""What the nodes of a query contribute in one segment: passages with scores.

Postings of single terms (`TermScorer`) are read as far as they are needed; the scores of other
nodes are worked out in full.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nutgraf.positions.phrase import DocIds, Mask, distinct, look_up
from nutgraf.scoring.bm25f import on_grid

__all__ = [
    "NO_DOCS",
    "Bits",
    "DocScores",
    "FieldOccurrences",
    "Scorer",
    "Scores",
    "sum_scores",
    "summed",
    "total_weight",
    "union_scores",
]

Scores = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint8]  # for each passage one for each of some things that are true of it


class FieldOccurrences(NamedTuple):
    """Where a word stands in titles, or in headings.

    `under` is the title or heading of each passage. The term stands in `units`, in each with the
    frequency `freqs`, divided by the length norm of the field. `starts` are the first passages
    under each, `counts` how many these are, and `most` the upper bound of what it adds to a
    score, for a term of weight 1.
    """

    under: DocIds
    units: DocIds
    freqs: Scores
    starts: DocIds
    counts: npt.NDArray[np.int64]
    most: Scores

    def freqs_at(self, documents: DocIds) -> Scores:
        """Return the frequency over passages, divided by the length norm of the field."""
        held, places = look_up(self.units, self.under.take(documents))
        freqs: Scores = self.freqs.take(places, mode="clip") * held
        return freqs


class Scorer:
    """What one node of a query gives to the passages of a segment.

    `weight` is the upper bound of its scores by what all segments say of it. `max_score` is that of
    this segment for the passages that match, `background` that for the rest; both leave out titles
    and headings, which are in `over`: the weights of terms, and where they stand.
    """

    weight: float
    background: float = 0
    over: Sequence[tuple[float, FieldOccurrences]] = ()
    count: int  # of the passages that match

    @cached_property
    def max_score(self) -> float:
        """The upper bound of its scores in this segment, by the text."""
        return 0.0

    @cached_property
    def documents(self) -> DocIds:
        """The passages that match, deleted ones included."""
        raise NotImplementedError

    @cached_property
    def listed(self) -> DocIds:
        """The passages that match, in the order of the postings."""
        return self.documents

    def scores_at(self, documents: DocIds, *, other_fields: bool = True) -> Scores:
        """Return the scores of passages, 0 for those to which it gives nothing.

        Without `other_fields` none is under a title or heading with a term of the query.
        """
        raise NotImplementedError

    def has(self, documents: DocIds) -> Mask:
        """Return which of some passages match."""
        return look_up(self.documents, documents)[0]

    def mark(self, bits: Bits, bit: int) -> None:
        """Set a bit of all passages that match."""
        bits[self.documents] |= bit

    def reaching(self, limit: float) -> DocIds | None:
        """Return the indexes into `listed` whose score may reach a limit; None for all."""
        return None

    def scores(self, places: DocIds | None) -> Scores:
        """Return the scores of the passages at some indexes of `listed`; with None of all.

        For passages under no title or heading with a term of the query.
        """
        return self.scores_at(self.listed if places is None else self.listed[places])


class DocScores(Scorer):
    """Scores that are worked out for all passages that match."""

    def __init__(self, documents: DocIds, values: Scores, weight: float) -> None:
        self.documents = documents
        self.weight = weight
        self._values = values
        self.count = len(documents)

    @cached_property
    def max_score(self) -> float:
        """The highest of its scores."""
        return float(self._values.max()) if self.count else 0.0

    def scores_at(self, documents: DocIds, *, other_fields: bool = True) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        if not self.count:
            return np.zeros(len(documents))
        held, places = look_up(self.documents, documents)
        scores: Scores = self._values.take(places, mode="clip") * held
        return scores

    def scores(self, places: DocIds | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        return self._values if places is None else self._values[places]

    def boosted(self, boost: float) -> "DocScores":
        """Return the same with scores times a boost."""
        if boost == 1:
            return self
        return DocScores(self.documents, on_grid(self._values * boost), self.weight * boost)

    def kept(self, mask: Mask) -> "DocScores":
        """Return the same for some of its passages."""
        return DocScores(self.documents[mask], self._values[mask], self.weight)


NO_DOCS = DocScores(np.zeros(0, np.int64), np.zeros(0), 0)


def union_scores(scorers: Sequence[Scorer]) -> DocScores:
    """Join scorers, adding up the scores of a passage in their order."""
    documents = distinct(np.sort(np.concatenate([scorer.documents for scorer in scorers])))
    return DocScores(documents, sum_scores(scorers, documents), total_weight(scorers))


def sum_scores(scorers: Sequence[Scorer], documents: DocIds) -> Scores:
    """Add up the scores of some passages, in the order of the scorers."""
    if not (scorers and len(documents)):
        return np.zeros(len(documents))
    return summed([scorer.scores_at(documents) for scorer in scorers])


def summed(arrays: list[Scores]) -> Scores:
    """Add scores up in their order, in the first of them."""
    first, *more = arrays
    for scores in more:
        first += scores
    return first


def total_weight(scorers: Sequence[Scorer]) -> float:
    """Return the weight of some scorers together."""
    return sum(scorer.weight for scorer in scorers)
