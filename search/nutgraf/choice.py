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

from nutgraf.parts import Context, Found, Part, Scores
from nutgraf.rows import Documents, Mask, distinct

__all__ = ["Choice"]

_SHORT = 2048  # passages: lists up to here are scored sooner than asked whether they need be
_MARGIN = 1 - 1e-9  # of a score: more than rounding in another order can make
_BEGIN = 64  # blocks that are scored to find out how good the best are, at least
_OUT = -1e9  # far below what scores can add up to
_NOTHING = np.zeros(0, np.int64)

_local = threading.local()


class Choice:
    """Parts to choose from, and what else is added to the score of a passage."""

    def __init__(self, parts: list[Part], contexts: list[Context], eligible: Mask | None) -> None:
        self.parts = sorted(parts, key=lambda part: part.count)
        self.contexts = contexts
        self.eligible = eligible
        bounds = [part.bound for part in self.parts] + [part.bound for part in contexts]
        # The most that a part and all after it give together.
        self.rest = [sum(bounds[at:]) for at in range(len(bounds) + 1)]

    def candidates(self, first: int, floor: float, passages: int) -> tuple[int, Documents]:
        """Return how many passages match, and those that may be among the best `first`.

        Passages with a score below `floor` need not be among them.
        """
        self.seen, self.sums = _scratch(passages)
        self.added: list[Documents] = []
        self.latest: Scores = np.zeros(0)  # sums of the list that was added last
        try:
            self._shut_out(passages)
            best = self._best(first, floor) if first else _NOTHING
            for part in self.parts:
                part.mark(self.seen)
            seen = self.seen if self.eligible is None else self.seen & self.eligible
            return int(np.count_nonzero(seen)), best
        finally:
            self.seen[:] = False
            for documents in (*self.added, self.out):
                self.sums[documents] = 0

    def _best(self, first: int, floor: float) -> Documents:
        done = 0
        for part in self.parts:
            if part.count > _SHORT:
                if self.rest[done] < floor * _MARGIN:
                    break
                self._add_long(part, first, floor, self.rest[done + 1])
            else:
                self._add(part.documents, part.scores())
            done += 1
            floor = max(floor, _threshold(self.latest, first))
        found = self._above(floor * _MARGIN - self.rest[done])
        more: list[Part | Context] = [*self.parts[done:], *self.contexts]
        for at, one in enumerate(more, done):
            self.sums[found] += one.scores_at(found)
            sums = self.sums[found]
            floor = max(floor, _threshold(sums, first))
            found = found[sums + self.rest[at + 1] >= floor * _MARGIN]
        return found

    def _shut_out(self, passages: int) -> None:
        """Give passages that are not eligible sums that no scores make up for, if they are few."""
        self.out, self.filter = _NOTHING, self.eligible
        if (
            self.eligible is not None
            and (passages - np.count_nonzero(self.eligible)) * 16 < passages
        ):
            self.out, self.filter = np.flatnonzero(~self.eligible), None
            self.sums[self.out] = _OUT

    def _add(self, documents: Documents, scores: Scores) -> None:
        """Add scores to the sums of passages."""
        if self.filter is not None:
            kept = self.filter[documents]
            documents, scores = documents[kept], scores[kept]
        self.latest = self.sums[documents] + scores
        self.sums[documents] = self.latest
        self.added.append(documents)

    def _add_long(self, part: Part, first: int, floor: float, rest: float) -> None:
        """Add of a long list what may put a passage among the best that has no part before.

        Passages that have one get what this part gives them, too.
        """
        blocks = part.blocks()
        if blocks is not None and not self.added:
            # Nothing tells yet how good the best are: the blocks of the highest bounds do.
            some = np.argpartition(blocks, -min(_BEGIN, len(blocks)))[-_BEGIN:]
            documents, scores = part.some(np.sort(some))
            if self.eligible is not None:
                scores = scores[self.eligible[documents]]
            floor = max(floor, _threshold(scores, first))
        if blocks is not None:
            chosen = np.flatnonzero(blocks + rest >= floor * _MARGIN)
        if blocks is None or 2 * len(chosen) > len(blocks):
            self._add(part.documents, part.scores())
            return
        known = self._above(-np.inf)
        self.sums[known] += part.scores_at(known)
        documents, scores = part.some(chosen)
        new = ~_among(known, documents)
        self._add(documents[new], scores[new])

    def _above(self, limit: float) -> Documents:
        """Return the passages so far whose sums are at least so high."""
        if limit > 0 and sum(map(len, self.added)) * 4 > len(self.sums):
            return np.flatnonzero(self.sums >= limit)
        limit = max(limit, 0.0)  # what is shut out is below
        lists = [documents[self.sums[documents] >= limit] for documents in self.added]
        return distinct(np.sort(np.concatenate([_NOTHING, *lists])))


def _threshold(sums: Scores, first: int) -> float:
    """Return the `first`-highest of some sums, which none of the best is below.

    They must be of different passages.
    """
    return float(np.partition(sums, -first)[-first]) if len(sums) >= first else -np.inf


def _among(sorted_in: Documents, wanted: Documents) -> Mask:
    return Found(sorted_in, np.zeros(len(sorted_in))).has(wanted)


def _scratch(passages: int) -> tuple[Mask, Scores]:
    """Return a mask and sums for each passage, all zero, that are this thread's and kept."""
    if getattr(_local, "size", -1) < passages:
        _local.size = passages
        _local.seen, _local.sums = np.zeros(passages, bool), np.zeros(passages)
    return _local.seen[:passages], _local.sums[:passages]
