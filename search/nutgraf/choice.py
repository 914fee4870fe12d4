"""A choice of parts, any of which makes a match: the best passages without scoring all of them.

Parts are taken the rarest first (MaxScore: Turtle and Flood, Query Evaluation: Strategies and
Optimizations, 1995). A mask for each tells which of the parts after it a passage has; what these
give at most tells whether it can be among the best, and only then it is scored and looked up in
them. Once all that is left cannot lift a passage that has none of the parts before, no more are
taken. Of a long list only blocks whose bound allows it are read (Ding and Suel, Faster Top-k
Document Retrieval Using Block-Max Indexes, 2011). What words give to a passage by its title and
heading, whether they stand in its text or not, has a bound for each title and heading. Scores are
always added up in the order of rarity, which all segments have in common, so that the answer is to
the last bit that of the plain way.
"""

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nutgraf.parts import Context, Part, Scores, sum_at
from nutgraf.rows import Documents, Mask

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
        scratch = _scratch(count + 2, self._passages)
        *masks, others, seen = scratch
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
            return total, *self._best(masks, others, first, floor)
        finally:
            scratch[:] = False

    def _best(
        self, masks: list[Mask], met: Mask, first: int, floor: float
    ) -> tuple[Documents, Scores]:
        """Return what `answer` does; `met` is for the passages of parts that have no mask."""
        documents, scores = np.zeros(0, np.int64), np.zeros(0)
        beside = self._context.bound + self._beyond
        sample = max(_SAMPLE, 2 * first)
        for at, part in enumerate(self._parts if first else ()):
            limit = floor * _MARGIN
            if self._rest[at] + beside < limit:
                break
            places = part.reaching(limit - self._rest[at + 1] - beside)
            hopeful, most = self._hopeful(at, places, masks, limit - beside)
            if floor < 0 and len(most) > _FEW_SAMPLES * sample:
                some = np.sort(most.argpartition(-sample)[-sample:])
                floor = self._completed(hopeful.some(some), at, first, floor)[1]
            kept = np.flatnonzero(most >= floor * _MARGIN)
            for mask in (*masks[:at], met) if at else ():
                kept = kept[~mask[hopeful.documents[kept]]]  # the others were met before
            found, floor = self._completed(hopeful.some(kept), at, first, floor)
            documents = np.concatenate([documents, found.documents])
            scores = np.concatenate([scores, found.scores])
            floor = max(floor, _threshold(scores, first))
            if at >= len(masks):
                part.mark(met)
        return documents, scores

    def _hopeful(
        self, at: int, places: Documents | None, masks: list[Mask], limit: float
    ) -> tuple["_Hopeful", Scores]:
        """Return those at some places of a part's list that may reach a limit by their text alone.

        With the most that each can have.
        """
        part = self._parts[at]
        documents = part.listed if places is None else part.listed[places]
        more = np.full(len(documents), self._granted[at + 1])
        for mask, later in zip(masks[at + 1 :], self._parts[at + 1 :], strict=False):
            more += mask[documents] * later.bound
        if limit > 0:
            some = np.flatnonzero(more >= limit - part.bound)
            documents, more = documents[some], more[some]
            places = some if places is None else places[some]
        if self._eligible is not None:
            kept = self._eligible[documents]
            if not kept.all():
                some = np.flatnonzero(kept)
                documents, more = documents[some], more[some]
                places = some if places is None else places[some]
        hopeful = _Hopeful(documents, part.scores(places), self._extra(documents))
        more += hopeful.scores
        more += hopeful.extra
        return hopeful, more

    def _extra(self, documents: Documents) -> Scores:
        """Return the most that parts give to some passages whether these have them or not."""
        extra = self._context.scores_at(documents)
        extra += self._beyond
        return extra

    def _completed(
        self, hopeful: "_Hopeful", at: int, first: int, floor: float
    ) -> tuple["_Hopeful", float]:
        """Add to passages of a part what they have of all others; leave out the hopeless.

        Returns as well how good the best are at least.
        """
        before = [part for part in self._parts[:at] if part.over or part.beyond]
        if before:
            given = sum_at(before, hopeful.documents)
            hopeful = hopeful._replace(scores=given + hopeful.scores)
        for number, part in enumerate(self._parts[at + 1 :], at + 1):
            if not part.worth:
                break  # and no part after it gives anything
            hopeful = hopeful._replace(scores=hopeful.scores + part.scores_at(hopeful.documents))
            if len(hopeful.documents) > 2 * first:
                floor = max(floor, _threshold(hopeful.scores, first))
                reached = hopeful.scores + hopeful.extra
                reached += self._rest[number + 1]
                hopeful = hopeful.some(np.flatnonzero(reached >= floor * _MARGIN))
        return hopeful, max(floor, _threshold(hopeful.scores, first))


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


def _threshold(scores: Scores, first: int) -> float:
    """Return the `first`-highest of some scores, which none of the best is below."""
    if len(scores) < first:
        return -np.inf
    ordered = scores.copy()
    ordered.partition(-first)
    return float(ordered[-first])


def _scratch(masks: int, passages: int) -> npt.NDArray[np.bool_]:
    """Return masks of all passages that are this thread's, all false."""
    if getattr(_local, "size", -1) < masks * passages:
        _local.size = masks * passages
        _local.masks = np.zeros(_local.size, bool)
    taken: npt.NDArray[np.bool_] = _local.masks[: masks * passages].reshape(masks, passages)
    return taken
