"""The stretches of neighbouring passages, in one segment, that answer a query together."""

import numpy as np
import numpy.typing as npt

from nutgraf.positions.phrase import DocIds, Mask
from nutgraf_index.arrays import expand
from nutgraf_index.fields import Level
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["Windows"]

_SOME = 16  # times as many numbers: what is in few of them is written number by number
_Numbers = npt.NDArray[np.signedinteger]


class Windows:
    """The stretches of `size` neighbouring passages, or of all passages of a shorter article.

    What is asked takes time in proportion to the passages or units that are given and marked.
    """

    def __init__(self, reader: SegmentReader, size: int) -> None:
        passages = np.arange(reader.passages, dtype=np.int64)
        firsts = np.asarray(reader.firsts(Level.ARTICLE)).astype(np.int64)
        last = np.repeat(firsts[1:], np.diff(firsts))
        begins = np.repeat(firsts[:-1], np.diff(firsts)) == passages
        self._starts = np.flatnonzero(begins | (passages + min(size, reader.passages) <= last))
        self._ends = np.minimum(self._starts + min(size, reader.passages), last[self._starts])
        self._passages = reader.passages
        # Of each passage the first unit that has it, and the one after the last.
        self._first = self._ends.searchsorted(passages, "right").astype(np.int32)
        self._after = self._starts.searchsorted(passages, "right").astype(np.int32)

    def __len__(self) -> int:
        return len(self._starts)

    def having(self, documents: DocIds) -> Mask:
        """Return the units that have any of some passages."""
        return _covered(self._first[documents], self._after[documents], len(self))

    def passages(self, units: Mask) -> Mask:
        """Return the passages that are in any of some units."""
        return _covered(self._starts[units], self._ends[units], self._passages)


def _covered(starts: _Numbers, ends: _Numbers, size: int) -> Mask:
    """Return which of `size` numbers are in any of some ranges.

    Both the starts and the ends of these ascend.
    """
    if not len(starts):
        return np.zeros(size, bool)
    apart = starts[1:] > ends[:-1]
    starts, ends = starts[np.append(True, apart)], ends[np.append(apart, True)]
    lengths = ends - starts
    if lengths.sum() * _SOME < size:
        covered = np.zeros(size, bool)
        covered[expand(starts, lengths)] = True
        return covered
    edges = np.column_stack([starts, ends]).ravel()
    return np.repeat(np.arange(len(edges) + 1) % 2 == 1, np.diff(edges, prepend=0, append=size))
