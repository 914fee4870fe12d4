"""The fingerprints of a segment's passages, sorted so that those that share a hash are found."""

from typing import NamedTuple

import numpy as np

from nutgraf_index.arrays import Array, expand
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.segment.fingerprints import hashes_of

__all__ = ["FingerprintIndex", "Ranges"]

_BITS = np.uint64(32)  # of a passage's number, below a hash of it
_NEXT = np.uint64(1 << 32)


class Ranges(NamedTuple):
    """Passages that share a hash with some fingerprints: which, from where on, and how many."""

    which: Array
    starts: Array
    counts: Array


class FingerprintIndex:
    """Sketches, and which passages share a hash in them."""

    def __init__(self, prints: Numbers) -> None:
        self.all = np.asarray(prints).astype(np.uint64)
        numbers = np.arange(len(self.all), dtype=np.uint64)
        self._keys = (hashes_of(self.all) << _BITS | numbers).ravel()
        self._keys.sort()
        hashes = self._keys >> _BITS
        same = np.flatnonzero(hashes[1:] == hashes[:-1])
        self._shared: Array = np.zeros(len(self.all), bool)  # with another of the segment
        self._shared[_passages(self._keys[same])] = True
        self._shared[_passages(self._keys[same + 1])] = True

    def sharing(self, prints: Array, own: Array) -> Ranges:
        """Return where the passages are that share a hash with some fingerprints.

        `own` are the passages of these fingerprints that are in the segment, -1 where they are not.
        """
        if not len(self._keys):
            return Ranges(own[:0], own[:0], own[:0])
        wanted = (own < 0) | self._shared.take(own)
        wanted &= prints != 0  # what has no words is no copy
        some = wanted.nonzero()[0]
        keys = hashes_of(prints[some]) << _BITS
        starts = self._keys.searchsorted(keys)
        found = (self._keys.take(starts, mode="clip") ^ keys < _NEXT).nonzero()
        starts = starts[found]
        counts = self._keys.searchsorted(keys[found] + _NEXT) - starts
        return Ranges(some[found[1]], starts, counts)

    def passages(self, ranges: Ranges) -> Array:
        """Return the passages of ranges, one after the other."""
        return _passages(self._keys.take(expand(ranges.starts, ranges.counts)))


def _passages(keys: Array) -> Array:
    """Return the passages of some keys."""
    return keys.astype(np.uint32).astype(np.int64)
