"""A choice of parts, any of which makes a match: the best passages without scoring all of them.

Parts are taken the rare ones first. Once those left cannot lift a passage among the best that has
none of the parts before, they are only looked up, for the passages that are in question (MaxScore:
Turtle and Flood, Query Evaluation: Strategies and Optimizations, 1995). Of a long list that must be
gone through, only blocks whose bound allows it are (Ding and Suel, Faster Top-k Document Retrieval
Using Block-Max Indexes, 2011). What is returned are candidates: their scores are then added up in
the order of the query, so that the answer is to the last bit that of the plain way.
"""

import threading

import numpy as np

from nutgraf.postings import Context, Documents, Mask, Part, Scores

__all__ = ["Choice"]

_SHORT = 2048  # passages: lists up to here are scored sooner than asked whether they need be
_MARGIN = 1 - 1e-9  # of a score: more than rounding in another order can make
_BEGIN = 64  # blocks that are scored to find out how good the best are, at least
_NOTHING = np.zeros(0, np.int32)

_local = threading.local()


class Choice:
    """Parts to choose from, and what else is added to the score of a passage."""

    def __init__(
        self, parts: list[Part], contexts: list[Context], eligible: Mask | None
    ) -> None:
        self.parts = sorted(parts, key=lambda part: part.count)
        self.contexts = contexts
        self.eligible = eligible
        bounds = [part.bound for part in (*self.parts, *contexts)]
        # The most that a part and all after it give together.
        self.rest = [sum(bounds[at:]) for at in range(len(bounds) + 1)]

    def candidates(self, first: int, floor: float, passages: int) -> tuple[int, Documents]:
        """Return how many passages match, and those that may be among the best `first`.

        Passages with a score below `floor` need not be among them.
        """
        self.seen, self.sums = _scratch(passages)
        self.found: list[Documents] = []
        self.dirty: list[Documents] = []
        self.done = 0  # parts that have been gone through
        try:
            best = self._best(first, floor) if first else _NOTHING
            for part in self.parts:
                part.mark(self.seen)
            seen = self.seen if self.eligible is None else self.seen & self.eligible
            return int(np.count_nonzero(seen)), best
        finally:
            self.seen[:] = False
            for documents in self.dirty:
                self.sums[documents] = 0

    def _best(self, first: int, floor: float) -> Documents:
        for part in self.parts:
            if part.count > _SHORT:
                floor = max(floor, self._threshold(first))
                if self.rest[self.done] < floor * _MARGIN:
                    break
                self._add_blocks(part, first, floor)
            else:
                self._add(part.documents, part.scores())
            self.done += 1
        found = np.concatenate([_NOTHING, *self.found])
        more = [*self.parts[self.done :], *self.contexts]
        for at in range(len(more) + 1):
            sums = self.sums[found]
            if len(sums) > first:
                floor = max(floor, float(np.partition(sums, -first)[-first]))
            found = found[sums + self.rest[self.done + at] >= floor * _MARGIN]
            if at < len(more):
                self.sums[found] += more[at].scores_at(found)
        return np.sort(found)

    def _add_blocks(self, part: Part, first: int, floor: float) -> None:
        """Add of a long list what may put a passage among the best that has no part before.

        Passages that have one get what this part gives them, too.
        """
        blocks = part.blocks()
        rest = self.rest[self.done + 1]
        if blocks is None:
            self._add(part.documents, part.scores())
            return
        if floor == -np.inf and len(blocks) > 2 * _BEGIN:
            best = part.some(np.sort(np.argpartition(blocks, -_BEGIN)[-_BEGIN:]))
            if self.eligible is not None:
                best = best[0], best[1][self.eligible[best[0]]]
            if len(best[1]) >= first:
                floor = float(np.partition(best[1], -first)[-first])
        chosen = np.flatnonzero(blocks + rest >= floor * _MARGIN)
        if 2 * len(chosen) > len(blocks):
            self._add(part.documents, part.scores())
            return
        known = np.concatenate([_NOTHING, *self.found])
        known = known[self.sums[known] + self.rest[self.done] >= floor * _MARGIN]
        self.sums[known] += part.scores_at(known)
        if len(chosen):
            documents, scores = part.some(chosen)
            new = ~self.seen[documents]
            self._add(documents[new], scores[new])

    def _add(self, documents: Documents, scores: Scores) -> None:
        self.dirty.append(documents)
        self.sums[documents] += scores
        new = documents[~self.seen[documents]]
        self.seen[new] = True
        self.found.append(new if self.eligible is None else new[self.eligible[new]])

    def _threshold(self, first: int) -> float:
        """Return the score of the last of the best so far."""
        found = np.concatenate([_NOTHING, *self.found])
        if len(found) < first:
            return -np.inf
        return float(np.partition(self.sums[found], -first)[-first])


def _scratch(passages: int) -> tuple[Mask, Scores]:
    """Return a mask and sums for each passage, all zero, that are this thread's and kept."""
    if getattr(_local, "size", -1) < passages:
        _local.size = passages
        _local.seen, _local.sums = np.zeros(passages, bool), np.zeros(passages)
    return _local.seen[:passages], _local.sums[:passages]
