"""What the nodes of a query contribute in one segment: passages with scores.

Postings of single terms (`TermScorer`) are read as far as they are needed; the scores of other
nodes are worked out in full.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from nutgraf.positions.phrase import DocIds, Mask, distinct, look_up
from nutgraf.scoring.bm25f import on_grid

if TYPE_CHECKING:
    from nutgraf.matching.term_scorer import TermScorer

__all__ = [
    "NO_DOCS",
    "Bits",
    "DocScores",
    "Scorer",
    "Scores",
    "sum_scores",
    "summed",
    "total_weight",
    "union_scores",
]

Scores = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint8]  # for each passage one for each of some things that are true of it


class Scorer(Protocol):
    """What one node gives to the passages of a segment.

    `worth` is what it may give at most by what all segments say of it. `bound` is what it does
    give at most in this one to the passages it has more than to others, and `beyond` what to any,
    both without titles and headings.
    """

    weight: float
    background: float

    @property
    def max_score(self) -> float:
        """The most it gives, to the passages it has more of than others."""

    @property
    def over(self) -> "Sequence[TermScorer]":
        """The words of which titles and headings give more, to any passage under them."""

    @property
    def count(self) -> int:
        """How many passages it has, deleted ones included."""

    @property
    def documents(self) -> DocIds:
        """Its passages."""

    @property
    def listed(self) -> DocIds:
        """Its passages in the order of its list."""

    def scores_at(self, documents: DocIds, *, other_fields: bool = True) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have.

        Without `titled` none is under a title or heading with a word of the query.
        """

    def has(self, documents: DocIds) -> Mask:
        """Return which of some passages it has."""

    def mark(self, bits: Bits, bit: int) -> None:
        """Set a bit of all its passages."""

    def reaching(self, limit: float) -> DocIds | None:
        """Return the places in its list of all whose score may reach a limit; None for all."""

    def scores(self, places: DocIds | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all.

        For passages under no title or heading with a word of the query.
        """


class DocScores:
    """A part worked out in full."""

    background = 0.0

    @property
    def over(self) -> "Sequence[TermScorer]":
        """No words: the scores are whole."""
        return ()

    def __init__(self, documents: DocIds, values: Scores, weight: float) -> None:
        self.documents = documents
        self.weight = weight
        self._values = values
        self.count = len(documents)
        self.max_score = float(values.max()) if len(values) else 0.0

    @property
    def listed(self) -> DocIds:
        """Its passages in the order of its list."""
        return self.documents

    def scores_at(self, documents: DocIds, *, other_fields: bool = True) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        if not self.count:
            return np.zeros(len(documents))
        held, places = look_up(self.documents, documents)
        scores: Scores = self._values.take(places, mode="clip") * held
        return scores

    def has(self, documents: DocIds) -> Mask:
        """Return which of some passages it has."""
        return look_up(self.documents, documents)[0]

    def mark(self, bits: Bits, bit: int) -> None:
        """Set a bit of all its passages."""
        bits[self.documents] |= bit

    def reaching(self, limit: float) -> DocIds | None:
        """Return None: it has no bounds but one."""
        return None

    def scores(self, places: DocIds | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        return self._values if places is None else self._values[places]

    def boosted(self, boost: float) -> "DocScores":
        """Return the part with its scores times a weight."""
        if boost == 1:
            return self
        return DocScores(self.documents, on_grid(self._values * boost), self.weight * boost)

    def kept(self, mask: Mask) -> "DocScores":
        """Return the part without some of its passages."""
        return DocScores(self.documents[mask], self._values[mask], self.weight)


NO_DOCS = DocScores(np.zeros(0, np.int64), np.zeros(0), 0)


def union_scores(scorers: Sequence[Scorer]) -> DocScores:
    """Join parts, adding up the scores of a passage in the order of the parts."""
    documents = distinct(np.sort(np.concatenate([scorer.documents for scorer in scorers])))
    return DocScores(documents, sum_scores(scorers, documents), total_weight(scorers))


def sum_scores(scorers: Sequence[Scorer], documents: DocIds) -> Scores:
    """Add up the parts' scores of some passages, in the order of the parts."""
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
    """Return what parts are worth together."""
    return sum(scorer.weight for scorer in scorers)
