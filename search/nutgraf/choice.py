"""A choice of parts, any of which makes a match: the best passages without scoring all of them.

Parts are taken the rarest first (MaxScore: Turtle and Flood, Query Evaluation: Strategies and
Optimizations, 1995). A mask for each tells which of the parts after it a passage has; what these
give at most tells whether it can be among the best, and only then it is scored and looked up in
them. Once all that is left cannot lift a passage that has none of the parts before, no more are
taken. Of a long list only blocks whose bound allows it are read (Ding and Suel, Faster Top-k
Document Retrieval Using Block-Max Indexes, 2011). Passages under a title or heading with a word of
the query, which gives to them whether it stands in their text or not, come before all parts:
the bounds of the parts need not count what few passages have. Scores are always added up in the
order of rarity, which all segments have in common, so that the answer is to the last bit that of
the plain way.
"""

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nutgraf.parts import Part, Scores, sum_at
from nutgraf.rows import Documents, Mask
from nutgraf.term import Context

__all__ = ["Choice", "by_worth"]

_MARGIN = 1 - 1e-9  # of a score: more than rounding in another order can make
_SAMPLE = 64  # passages scored in full at first, at least, to find out how good the best are
_FEW_SAMPLES = 8  # up to so many times these it is as soon done to score all of them
_MASKED = 8  # parts that have a mask; what others give is taken for granted

_local = threading.local()


class Choice:
    """Parts to choose from.

    `passages` is how many there are in the segment; `eligible` are those that may match.
    """

    def __init__(self, parts: Sequence[Part], eligible: Mask | None, passages: int) -> None:
        self._parts = by_worth(parts)
        self._context = Context([term for part in self._parts for term in part.over])
        self._beyond = sum(part.beyond for part in self._parts)
        self._eligible = eligible
        self._passages = passages
        # The most that a part and all after it give together; and those alone that have no mask.
        self._rest, self._granted = [0.0], [0.0]
        for at, part in reversed(list(enumerate(self._parts))):
            self._rest.insert(0, self._rest[0] + part.bound)
            self._granted.insert(0, self._granted[0] + (part.bound if at >= _MASKED else 0))

    def answer(self, first: int, floor: float) -> tuple[int, Documents, Scores]:
        """Return how many passages match, and some with their scores: among them the best `first`.

        Those with a score below `floor` need not be among them. They are in no order.
        """
        count = min(len(self._parts), _MASKED)
        scratch = _scratch(count + 3, self._passages)
        *masks, others, under, seen = scratch
        try:
            for at, part in enumerate(self._parts):
                part.mark(masks[at] if at < count else others)
            np.logical_or(masks[0], others, out=seen)
            for mask in masks[1:]:
                seen |= mask
            if self._eligible is not None:
                seen &= self._eligible
            total = int(np.count_nonzero(seen))
            others[:] = False
            if not first:
                return total, np.zeros(0, np.int64), np.zeros(0)
            best = _Best(first, floor)
            if self._context.mark(under):
                np.logical_and(seen, under, out=seen)
                self._take_titled(np.flatnonzero(seen), masks, best)
            self._take_parts(masks, under, others, best)
            return total, best.documents, best.scores
        finally:
            scratch[:] = False

    def _take_titled(self, documents: Documents, masks: list[Mask], best: "_Best") -> None:
        """Take the best of all passages under titles and headings with a word of the query."""
        extra = self._context.scores_at(documents)
        extra += self._beyond
        most = extra + self._granted[0]
        for mask, part in zip(masks, self._parts, strict=False):
            most += mask[documents] * part.bound
        self._take(_Hopeful(documents, np.zeros(len(documents)), extra), most, (), -1, best)

    def _take_parts(self, masks: list[Mask], under: Mask, met: Mask, best: "_Best") -> None:
        """Take the best of all other passages, part by part.

        `met` is for the passages of parts that have no mask.
        """
        for at, part in enumerate(self._parts):
            limit = best.floor * _MARGIN - self._beyond
            if self._rest[at] < limit:
                break
            hopeful, most = self._hopeful(at, masks, under, limit)
            self._take(hopeful, most, (*masks[:at], met) if at else (), at, best)
            if at >= len(masks):
                part.mark(met)

    def _take(
        self,
        hopeful: "_Hopeful",
        most: Scores,
        before: Sequence[Mask],
        at: int,
        best: "_Best",
    ) -> None:
        """Score in full those of some passages that may be among the best.

        `most` is what each can have; those in the masks `before` were met before.
        """
        sample = max(_SAMPLE, 2 * best.first)
        if best.floor < 0 and len(most) > _FEW_SAMPLES * sample:
            some = np.sort(most.argpartition(-sample)[-sample:])
            self._completed(hopeful.some(some), at, best)
        kept = np.flatnonzero(most >= best.floor * _MARGIN)
        for mask in before:
            kept = kept[~mask[hopeful.documents[kept]]]
        found = self._completed(hopeful.some(kept), at, best)
        best.documents = np.concatenate([best.documents, found.documents])
        best.scores = np.concatenate([best.scores, found.scores])
        best.raise_floor(best.scores)

    def _hopeful(
        self, at: int, masks: list[Mask], under: Mask, limit: float
    ) -> tuple["_Hopeful", Scores]:
        """Return those of a part's passages that may reach a limit, with the most each can have.

        Those under titles are left out.
        """
        part = self._parts[at]
        places = part.reaching(limit - self._rest[at + 1])
        documents = part.listed if places is None else part.listed[places]
        more = np.full(len(documents), self._granted[at + 1])
        for mask, later in zip(masks[at + 1 :], self._parts[at + 1 :], strict=False):
            more += mask[documents] * later.bound
        kept = ~under[documents]
        if self._eligible is not None:
            kept &= self._eligible[documents]
        if limit > 0:
            kept &= more >= limit - part.bound
        some = np.flatnonzero(kept)
        documents, more = documents[some], more[some]
        places = some if places is None else places[some]
        hopeful = _Hopeful(documents, part.scores(places), np.full(len(some), self._beyond))
        more += hopeful.scores
        more += self._beyond
        return hopeful, more

    def _completed(self, hopeful: "_Hopeful", at: int, best: "_Best") -> "_Hopeful":
        """Add to passages of a part what they have of all others; leave out the hopeless."""
        before = [part for part in self._parts[: max(at, 0)] if part.beyond]
        if before:
            given = sum_at(before, hopeful.documents)
            hopeful = hopeful._replace(scores=given + hopeful.scores)
        for number, part in enumerate(self._parts[at + 1 :], at + 1):
            if not part.worth:
                break  # and no part after it gives anything
            hopeful = hopeful._replace(scores=hopeful.scores + part.scores_at(hopeful.documents))
            if len(hopeful.documents) > 2 * best.first:
                best.raise_floor(hopeful.scores)
                reached = hopeful.scores + hopeful.extra
                reached += self._rest[number + 1]
                hopeful = hopeful.some(np.flatnonzero(reached >= best.floor * _MARGIN))
        best.raise_floor(hopeful.scores)
        return hopeful


class _Best:
    """What was found so far; `floor` is what none of the best `first` is below."""

    def __init__(self, first: int, floor: float) -> None:
        self.first = first
        self.floor = floor
        self.documents: Documents = np.zeros(0, np.int64)
        self.scores: Scores = np.zeros(0)

    def raise_floor(self, scores: Scores) -> None:
        """Learn from the scores of some passages, each at most what it has in the end."""
        if len(scores) >= self.first:
            ordered = scores.copy()
            ordered.partition(-self.first)
            self.floor = max(self.floor, float(ordered[-self.first]))


def by_worth(parts: Sequence[Part]) -> list[Part]:
    """Return parts the rarest first, in which order their scores are added up."""
    return sorted(parts, key=lambda part: -part.worth)


class _Hopeful(NamedTuple):
    """Passages with what some parts give them, and the most that any give where they are not."""

    documents: Documents
    scores: Scores
    extra: Scores

    def some(self, places: Documents) -> "_Hopeful":
        """Return those at some places."""
        return _Hopeful(self.documents[places], self.scores[places], self.extra[places])


def _scratch(masks: int, passages: int) -> npt.NDArray[np.bool_]:
    """Return masks of all passages that are this thread's, all false."""
    if getattr(_local, "size", -1) < masks * passages:
        _local.size = masks * passages
        _local.masks = np.zeros(_local.size, bool)
    taken: npt.NDArray[np.bool_] = _local.masks[: masks * passages].reshape(masks, passages)
    return taken
