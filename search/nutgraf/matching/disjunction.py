"""A choice of parts, any of which makes a match: the best passages without scoring all of them.

Parts are taken the rarest first (MaxScore: Turtle and Flood, Query Evaluation: Strategies and
Optimizations, 1995). A byte for each passage has a bit for each part that has it: what these give
at most tells whether it can be among the best, and only then it is scored and looked up in them.
Once all that is left cannot lift a passage that has none of the parts before, no more are
taken. Of a long list only blocks whose bound allows it are read (Ding and Suel, Faster Top-k
Document Retrieval Using Block-Max Indexes, 2011). Passages under a title or heading with a word of
the query, which gives to them whether it stands in their text or not, come before all parts:
the bounds of the parts need not count what few passages have. Scores are always added up in the
order of idf, which all segments have in common, so that the answer is to the last bit that of
the plain way.
"""

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.matching.scorer import Bits, Scorer, Scores, sum_scores
from nutgraf.matching.term_scorer import documents_under_fields
from nutgraf.positions.phrase import DocIds, Mask
from nutgraf.scoring.bm25f import GRID

__all__ = ["Disjunction", "by_weight"]

_MARGIN = 1 - 1e-9  # of a score: more than rounding of the bounds can make
_SAMPLE = 64  # passages scored in full at first, at least, to find out how good the best are
_FEW_SAMPLES = 8  # up to so many times these it is as soon done to score all of them
_FEW = 256  # passages that are as soon scored in full as found to be hopeless
_LAST = 7  # the bit of all parts from this one on

_local = threading.local()


class Disjunction:
    """Parts to choose from.

    `passages` is how many there are in the segment; `eligible` are those that may match.
    """

    def __init__(self, scorers: Sequence[Scorer], eligible: Mask | None, passages: int) -> None:
        self._scorers = by_weight(scorers)
        self._background = sum(scorer.background for scorer in self._scorers)
        self._eligible = eligible
        self._passages = passages
        # The most that a part and all after it give together.
        self._rest = [0.0]
        for scorer in reversed(self._scorers):
            self._rest.insert(0, self._rest[0] + scorer.max_score)
        # The same of the parts of some bits.
        bounds = [0.0]
        for at, scorer in enumerate(self._scorers[: _LAST + 1]):
            most = self._rest[at] if at == _LAST else scorer.max_score
            bounds += [most + max_score for max_score in bounds]
        self._bounds = np.array(bounds)

    def answer(self, first: int, floor: float) -> tuple[int, DocIds, Scores]:
        """Return how many passages match, and some with their scores: among them the best `first`.

        Those with a score below `floor` need not be among them. They are in no order.
        """
        bits = _scratch(self._passages)
        try:
            for at, scorer in enumerate(self._scorers):
                scorer.mark(bits, _bit(at))
            if self._eligible is not None:
                bits *= self._eligible
            total = int(np.count_nonzero(bits))
            best = _TopK(first, floor, GRID * len(self._scorers))
            if first:
                self._take_titled(bits, best)
                self._take_parts(bits, best)
            return total, best.documents, best.scores
        finally:
            bits[:] = 0

    def _take_titled(self, bits: Bits, best: "_TopK") -> None:
        """Take the best of all passages under titles and headings with a word of the query."""
        documents, extra = documents_under_fields(
            [term for scorer in self._scorers for term in scorer.over], bits
        )
        if not len(documents):
            return
        extra += self._background
        most = extra + self._bounds.take(bits.take(documents))
        bits[documents] = 0  # they are done with
        self._take(_Candidates(documents, np.zeros(len(documents)), extra), most, -1, best)

    def _take_parts(self, bits: Bits, best: "_TopK") -> None:
        """Take the best of all other passages, part by part."""
        for at, scorer in enumerate(self._scorers):
            limit = best.threshold - self._background
            if self._rest[at] < limit:
                break
            self._take(*self._candidates(at, bits, limit), at, best)
            if at >= _LAST:
                bits[scorer.documents] = 0

    def _take(self, candidates: "_Candidates", most: Scores, at: int, best: "_TopK") -> None:
        """Score in full those of some passages that may be among the best.

        `most` is what each can have.
        """
        sample = max(_SAMPLE, 2 * best.first)
        if best.floor < 0 and len(most) > _FEW_SAMPLES * sample:
            some = np.sort(most.argpartition(-sample)[-sample:])
            self._completed(candidates.some(some), at, best)
        candidates = candidates.some((most >= best.threshold).nonzero()[0])
        best.add(self._completed(candidates, at, best))

    def _candidates(self, at: int, bits: Bits, limit: float) -> tuple["_Candidates", Scores]:
        """Return those of a part's passages that may reach a limit, with the most each can have.

        Those of parts before are left out.
        """
        scorer = self._scorers[at]
        places = scorer.reaching(limit - self._rest[at + 1])
        documents = scorer.listed if places is None else scorer.listed[places]
        bit = _bit(at)
        kinds = np.arange(len(self._bounds))
        wanted = (kinds & (2 * bit - 1) == bit) & (self._bounds >= limit)
        own = bits.take(documents)
        some = wanted.take(own).nonzero()[0]
        documents = documents[some]
        scores = scorer.scores(some if places is None else places[some])
        later = (
            self._rest[at + 1] if at >= _LAST else self._bounds.take(own[some]) - scorer.max_score
        )
        most = scores + later
        most += self._background
        return _Candidates(documents, scores, np.full(len(some), self._background)), most

    def _completed(self, candidates: "_Candidates", at: int, best: "_TopK") -> "_Candidates":
        """Add to passages of a part what they have of all others; leave out the hopeless.

        With -1 for the part to passages under titles.
        """
        before = [scorer for scorer in self._scorers[: max(at, 0)] if scorer.background]
        if before:
            given = sum_scores(before, candidates.documents)
            candidates = candidates._replace(scores=given + candidates.scores)
        for number, scorer in enumerate(self._scorers[at + 1 :], at + 1):
            if not scorer.weight:
                break  # and no part after it gives anything
            given = scorer.scores_at(candidates.documents, other_fields=at < 0)
            candidates = candidates._replace(scores=candidates.scores + given)
            if len(candidates.documents) > _FEW:
                best.raise_floor(candidates.scores)
                reached = candidates.scores + candidates.extra
                reached += self._rest[number + 1]
                candidates = candidates.some((reached >= best.threshold).nonzero()[0])
        best.raise_floor(candidates.scores)
        return candidates


class _TopK:
    """What was found so far; `floor` is what none of the best `first` is below."""

    def __init__(self, first: int, floor: float, rounding: float) -> None:
        self.first = first
        self.floor = floor
        self._rounding = rounding
        self.documents: DocIds = np.zeros(0, np.int64)
        self.scores: Scores = np.zeros(0)

    @property
    def threshold(self) -> float:
        """What an upper bound reaches of any that may be among the best, rounding allowed for."""
        return self.floor * _MARGIN - self._rounding

    def add(self, found: "_Candidates") -> None:
        """Add passages with their whole scores."""
        if len(self.documents):
            self.documents = np.concatenate([self.documents, found.documents])
            self.scores = np.concatenate([self.scores, found.scores])
            self.raise_floor(self.scores)
        else:
            self.documents, self.scores = found.documents, found.scores

    def raise_floor(self, scores: Scores) -> None:
        """Learn from the scores of some passages, each at most what it has in the end."""
        if len(scores) >= self.first:
            ordered = scores.copy()
            ordered.partition(-self.first)
            self.floor = max(self.floor, float(ordered[-self.first]))


def by_weight(scorers: Sequence[Scorer]) -> list[Scorer]:
    """Return parts the rarest first, in which order their scores are added up."""
    return sorted(scorers, key=lambda scorer: -scorer.weight)


class _Candidates(NamedTuple):
    """Passages with what some parts give them, and the most that any give where they are not."""

    documents: DocIds
    scores: Scores
    extra: Scores

    def some(self, places: DocIds) -> "_Candidates":
        """Return those at some places."""
        return _Candidates(self.documents[places], self.scores[places], self.extra[places])


def _bit(at: int) -> int:
    """Return the bit of a part by its place."""
    return 1 << min(at, _LAST)


def _scratch(passages: int) -> Bits:
    """Return bits of all passages that are this thread's, all unset."""
    if getattr(_local, "size", -1) < passages:
        _local.size, _local.bits = passages, np.zeros(passages, np.uint8)
    bits: Bits = _local.bits[:passages]
    return bits
